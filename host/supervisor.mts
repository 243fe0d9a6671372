import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { node24, projectFolder } from './folders.mts';
import { poll } from './poll.mts';

const READY_TIMEOUT_MS = 600_000; // several of them start at once on a busy machine
const LINES_SHOWN = 40;

/** How a program is started and ended. */
export interface Program {
	/** The program and its arguments. */
	command: readonly string[];
	cwd: string;
	/** The whole environment. Absent: the environment of this process. */
	env?: NodeJS.ProcessEnv;
	/** PostgreSQL refuses to be root. */
	user?: { uid: number; gid: number };
	/** Removed when the program is stopped for good. Absent: nothing is removed. */
	folder?: string;
	/** Asks the program to end in order. */
	stopSignal: NodeJS.Signals;
}

/** What the guard is told. */
export type Order = { kind: 'start' } | { kind: 'signal'; signal: NodeJS.Signals };
/** What the guard tells. */
export type News =
	{ kind: 'started'; pid: number } | { kind: 'output'; text: string } | { kind: 'ended'; how: string };

/** A program of this machine. It ends with this process, however this process ends. */
export interface Supervised {
	/** Everything that the program has written, over restarts. */
	readonly log: string;
	/** 0 while the program does not run. */
	readonly pid: number;
	/** Resolves when the program is ready. Does nothing while it runs. */
	start(): Promise<void>;
	/** Ends the program and all that it has started, by default as a crash does. `start` brings it back with its data. */
	kill(signal?: NodeJS.Signals): Promise<void>;
	/** Ends the program for good and removes its folder. */
	stop(): Promise<void>;
}

export interface Watch {
	/** What the program is called in messages. */
	name: string;
	/** Whether the program is ready. Asked again and again, with the output since its start. */
	isReady(output: string): boolean | Promise<boolean>;
	/** Sees the output as it comes. */
	onOutput?: (text: string) => void;
}

/** Prepares a program; `start` starts it. */
export function supervise(program: Program, { name, isReady, onOutput }: Watch): Supervised {
	const guard = fork(join(projectFolder, 'host', 'guard.mts'), [JSON.stringify(program)], {
		execPath: node24,
		execArgv: [],
		detached: true, // Ctrl+C in a terminal must not end the guard before its program
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	let log = '';
	let output = '';
	let pid = 0;
	/** Undefined while the program runs or starts. */
	let end: string | undefined = 'not started';
	guard.on('message', (news: News) => {
		if (news.kind === 'started') pid = news.pid;
		else if (news.kind === 'ended') end ??= news.how;
		else {
			output += news.text;
			log += news.text;
			onOutput?.(news.text);
		}
	});
	guard.on('exit', () => (end ??= 'lost its guard'));

	const hasEnded = () => (end === undefined ? undefined : true);
	const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
		if (hasEnded()) return;
		guard.send({ kind: 'signal', signal } satisfies Order);
		await poll(hasEnded, `${name} to end`);
	};
	return {
		get log() {
			return log;
		},
		get pid() {
			return hasEnded() ? 0 : pid;
		},
		start: async () => {
			if (!hasEnded()) return;
			output = '';
			end = undefined;
			guard.send({ kind: 'start' } satisfies Order);
			const look = async () => hasEnded() ?? ((await isReady(output)) || undefined);
			try {
				await poll(look, `${name} to be ready`, READY_TIMEOUT_MS);
				if (hasEnded()) throw new Error(`It ended with ${end}.`);
			} catch (cause) {
				await kill();
				const reason = cause instanceof Error ? cause.message : String(cause);
				const lastLines = output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
				throw new Error(`${name} did not get ready. ${reason}\n${lastLines}`, { cause });
			}
		},
		kill,
		stop: async () => {
			if (guard.exitCode !== null || guard.signalCode !== null) return;
			await kill(program.stopSignal); // first, so that its last words are in the log
			const exited = once(guard, 'exit');
			if (guard.connected) guard.disconnect();
			await exited;
		},
	};
}
