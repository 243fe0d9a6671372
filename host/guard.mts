// Stands between a program and the process that wants it (supervisor.mts). It starts the program as often as it is told.
// When that process is gone, however it ended, the guard ends the program and removes its folder: nothing stays behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';

import type { News, Order, Program } from './supervisor.mts';

const STOP_TIMEOUT_MS = 15_000;

const { command, cwd, env, user, folder, stopSignal }: Program = JSON.parse(process.argv[2] ?? '');
let running: ChildProcess | undefined;

function tell(news: News): void {
	if (process.connected) process.send?.(news);
}

function start(): void {
	const [program = '', ...args] = [...boundToThisProcess(), ...command];
	// Its own process group: n8n starts task runners, and a signal has to reach them too.
	const child = spawn(program, args, {
		cwd,
		...(env && { env }),
		...user,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	running = child;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => tell({ kind: 'output', text }));
	}
	child.on('spawn', () => tell({ kind: 'started', pid: child.pid ?? 0 }));
	child.on('error', ({ message }) => ended(message));
	// What the program has started ends with it.
	child.on('exit', () => signalGroup(child, 'SIGKILL'));
	child.on('close', (code, signal) => ended(String(signal ?? code)));
}

/** When somebody kills this process, it cannot end its program. Linux does it then. */
function boundToThisProcess(): string[] {
	return process.platform === 'linux' ? ['setpriv', '--pdeathsig', stopSignal.replace('SIG', '')] : [];
}

function ended(how: string): void {
	running = undefined;
	tell({ kind: 'ended', how });
}

/** Ends the program by a signal. One that does not obey is killed. */
async function end(signal: NodeJS.Signals): Promise<void> {
	const child = running;
	if (!child) return;
	const closed = once(child, 'close');
	signalGroup(child, signal);
	const impatience = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
	await closed;
	clearTimeout(impatience);
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// The group is gone already.
	}
}

async function endForGood(): Promise<void> {
	await end(stopSignal);
	if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	process.exit(0);
}

process.on('message', (order: Order) => {
	if (order.kind === 'start') start();
	else void end(order.signal);
});
process.on('disconnect', () => void endForGood());
