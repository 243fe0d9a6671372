import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { freePorts } from '../ports.mts';
import { ensurePrograms } from './programs.mts';
import { startServer, type Server } from './server.mts';

const run = promisify(execFile);

const OWNER = 'n8n';
const DATABASE = 'postgres';

export interface Postgres extends Server {
	port: number;
	user: string;
	database: string;
	/** Runs the query with psql. Resolves to rows of texts. */
	query(sql: string): Promise<string[][]>;
}

/** Starts a PostgreSQL of our own on the loopback, with an empty database. */
export async function startPostgres(): Promise<Postgres> {
	const { postgresFolder } = await ensurePrograms();
	const program = (name: string) => join(postgresFolder, name);
	const user = await unprivileged();
	const [port = 0] = await freePorts(1);
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	if (user) await chown(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	try {
		const flags = ['--username', OWNER, '--auth', 'trust', '--encoding', 'UTF8', '--no-locale', '--no-sync'];
		await run(program('initdb'), ['--pgdata', data, ...flags], { cwd: folder, ...user });
	} catch (cause) {
		await rm(folder, { recursive: true, force: true });
		throw cause;
	}
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: '',
		// The tests kill processes, but never the machine.
		fsync: 'off',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const server = await startServer(
		{
			command: [program('postgres'), '-D', data, ...args],
			cwd: folder,
			...(user && { user }),
			folder,
			stopSignal: 'SIGQUIT',
		},
		'database system is ready to accept connections',
	);

	const connection = [
		'--host',
		'127.0.0.1',
		'--port',
		String(port),
		'--username',
		OWNER,
		'--dbname',
		DATABASE,
	];
	const format = ['--no-psqlrc', '--tuples-only', '--no-align', '--field-separator', '\t'];
	return Object.assign(server, {
		port,
		user: OWNER,
		database: DATABASE,
		query: async (sql: string) => {
			const { stdout } = await run(program('psql'), [...connection, ...format, '--command', sql], {
				maxBuffer: 64_000_000,
			});
			return stdout
				.split('\n')
				.filter((line) => line !== '')
				.map((line) => line.split('\t'));
		},
	});
}

/** The user that Debian's package makes for PostgreSQL, which refuses to be root. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
	);
	return uid === undefined || gid === undefined ? undefined : { uid, gid };
}
