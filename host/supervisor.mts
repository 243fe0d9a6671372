import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { node24, projectFolder } from '../folders.mts';
import { poll } from '../poll.mts';

const READY_TIMEOUT_MS = 120_000;
const LINES_SHOWN = 20;

export interface Guarded {
	program: string;
	args: string[];
	cwd: string;
	/** PostgreSQL refuses to be root. */
	user?: { uid: number; gid: number };
	/** Removed at the end. */
	folder: string;
	stopSignal: NodeJS.Signals;
}

export type Order = { kind: 'start' } | { kind: 'signal'; signal: NodeJS.Signals };
export type News = { kind: 'output'; text: string } | { kind: 'ended'; how: string };

export interface Server {
	/** Where its data is. */
	folder: string;
	/** All that it has said, over restarts. */
	readonly log: string;
	/** Until it says that it is ready. */
	start(): Promise<void>;
	/** By default as a crash does it. `start` brings it back, with its data. */
	kill(signal?: NodeJS.Signals): Promise<void>;
	/** For good, with its data. */
	stop(): Promise<void>;
}

/** A server program of this machine. It ends with this process, however this process ends. */
export function serverOf(guarded: Guarded, readyText: string): Server {
	const guard = fork(join(projectFolder, 'host', 'servers', 'guard.mts'), [JSON.stringify(guarded)], {
		execPath: node24,
		execArgv: [],
		detached: true, // Ctrl+C in a terminal must not end it before its server
		stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
	});
	let log = '';
	let output = '';
	let state: 'stopped' | 'running' = 'stopped';
	guard.on('message', (news: News) => {
		if (news.kind === 'ended') state = 'stopped';
		else {
			output += news.text;
			log += news.text;
		}
	});
	const order = (one: Order) => guard.send(one);
	return {
		folder: guarded.folder,
		get log() {
			return log;
		},
		start: async () => {
			output = '';
			state = 'running';
			order({ kind: 'start' });
			const look = () => (output.includes(readyText) || state === 'stopped' ? true : undefined);
			await poll(look, `${guarded.program} to be ready`, READY_TIMEOUT_MS);
			if (state === 'running') return;
			const lastLines = output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
			throw new Error(`${guarded.program} ended before it was ready.\n${lastLines}`);
		},
		kill: async (signal = 'SIGKILL') => {
			order({ kind: 'signal', signal });
			await poll(() => (state === 'stopped' ? true : undefined), `${guarded.program} to end`);
		},
		stop: async () => {
			if (guard.exitCode !== null || guard.signalCode !== null) return;
			const exited = once(guard, 'exit');
			if (guard.connected) guard.disconnect();
			await exited;
		},
	};
}

/** A server that does not start leaves nothing behind. */
export async function startOrStop(server: Server): Promise<void> {
	try {
		await server.start();
	} catch (cause) {
		await server.stop();
		throw cause;
	}
}
