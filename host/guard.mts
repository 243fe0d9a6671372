// Between a server and whoever started it: starts the server as often as it is told, and when the caller is gone,
// however it ended, ends the server and removes its folder. So no server and no data stay behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';

import type { Guarded, News, Order } from './server.mts';

const STOP_TIMEOUT_MS = 15_000;

const { program, args, cwd, user, folder, stopSignal }: Guarded = JSON.parse(process.argv[2] ?? '');
let server: ChildProcess | undefined;

function tell(news: News): void {
	if (process.connected) process.send?.(news);
}

function start(): void {
	// Killed by somebody, this process could not end its server: then the system does.
	const bound = ['--pdeathsig', stopSignal.replace('SIG', ''), program, ...args];
	const child = spawn('setpriv', bound, { cwd, ...user, stdio: ['ignore', 'pipe', 'pipe'] });
	server = child;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => tell({ kind: 'output', text }));
	}
	child.on('error', ({ message }) => ended(message));
	child.on('close', (code, signal) => ended(String(signal ?? code)));
}

function ended(how: string): void {
	server = undefined;
	tell({ kind: 'ended', how });
}

async function endAll(): Promise<void> {
	if (server) {
		const closed = once(server, 'close');
		server.kill(stopSignal);
		const impatience = setTimeout(() => server?.kill('SIGKILL'), STOP_TIMEOUT_MS);
		await closed;
		clearTimeout(impatience);
	}
	await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	process.exit(0);
}

process.on('message', (order: Order) => {
	if (order.kind === 'start') start();
	else server?.kill(order.signal);
});
process.on('disconnect', () => void endAll());
