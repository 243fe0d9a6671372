import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePorts } from '../ports.mts';
import { ensurePrograms } from './programs.mts';
import { startServer, type Server } from './server.mts';

export interface Redis extends Server {
	port: number;
}

/**
 * Starts a Redis of our own on the loopback, with its log of writes (`appendonly`): acknowledged writes survive a crash of
 * the process. Every n8n in queue mode needs such a Redis.
 */
export async function startRedis(): Promise<Redis> {
	const { redisServer } = await ensurePrograms();
	const [port = 0] = await freePorts(1);
	const folder = await mkdtemp(join(tmpdir(), 'redis-'));
	const settings = {
		bind: '127.0.0.1',
		port: String(port),
		dir: folder,
		appendonly: 'yes',
		// The log keeps every write, so that it can be searched.
		'auto-aof-rewrite-percentage': '0',
		save: '',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
	const server = await startServer(
		{ command: [redisServer, ...args], cwd: folder, folder, stopSignal: 'SIGTERM' },
		'Ready to accept connections',
	);
	return Object.assign(server, { port });
}
