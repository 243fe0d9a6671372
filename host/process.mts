import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { hostFolder, hostNode, projectFolder } from './folders.mts';

const READY_TIMEOUT_MS = 600_000; // four of them at once on a busy machine
const STOP_TIMEOUT_MS = 15_000;
const LINES_SHOWN = 40;

export interface RunningProcess {
	pid: number;
	/** n8n ends itself when Redis stays away, for example. */
	readonly hasEnded: boolean;
	/** Resolves when it has ended. */
	end(signal: NodeJS.Signals): Promise<void>;
}

export interface Launch {
	/** `start`, `worker`, `webhook` or any other command of n8n. */
	command: string[];
	env: NodeJS.ProcessEnv;
	cwd: string;
	/** Answers 200 as soon as the process can be asked. */
	readyUrl: string;
	/** Printed when it is really ready: /healthz/readiness is early, workflows are activated after it. */
	readyText: string;
	onOutput(text: string): void;
}

/** Starts n8n and waits until it is ready. When it ends before that, the rejection carries its output. */
export async function launch({
	command,
	env,
	cwd,
	readyUrl,
	readyText,
	onOutput,
}: Launch): Promise<RunningProcess> {
	const n8n = join(hostFolder, 'node_modules', 'n8n', 'bin', 'n8n');
	const guard = join(projectFolder, 'host', 'endWithCaller.mts');
	const child = spawn(hostNode, ['--import', guard, n8n, ...command], {
		env,
		cwd,
		detached: true, // its own process group: n8n starts task runners, and a kill has to take them along
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			onOutput(text);
		});
	}
	try {
		await ready(child, readyUrl, () => output.includes(readyText));
	} catch (cause) {
		signalGroup(child, 'SIGKILL');
		const reason = cause instanceof Error ? cause.message : String(cause);
		const lastLines = output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
		throw new Error(`n8n ${command.join(' ')} did not get ready. ${reason}\n${lastLines}`, { cause });
	}
	return {
		pid: child.pid ?? 0,
		end: (signal) => end(child, signal),
		get hasEnded() {
			return hasEnded(child);
		},
	};
}

async function ready(child: ChildProcess, url: string, saysSo: () => boolean): Promise<void> {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (hasEnded(child)) throw new Error(`It ended with ${child.signalCode ?? child.exitCode}.`);
		if (saysSo() && (await answers(url))) return;
		await sleep(100);
	}
	throw new Error(`${url} was not ready within ${READY_TIMEOUT_MS / 1000} s.`);
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
	} catch {
		return false;
	}
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (hasEnded(child)) return;
	const closed = once(child, 'close');
	signalGroup(child, signal);
	const impatience = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
	await closed;
	clearTimeout(impatience);
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group is gone already.
	}
}
