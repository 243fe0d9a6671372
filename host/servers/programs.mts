import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file that forbids Debian to start the servers that it installs. Ours run on their own ports and end with us. */
const POLICY = '/usr/sbin/policy-rc.d';
const PACKAGES = ['redis-server', 'postgresql'];

export interface Programs {
	redisServer: string;
	/** Where `postgres`, `initdb` and `psql` are. */
	postgresFolder: string;
}

/**
 * Finds Redis and PostgreSQL as Debian packages them, or installs them where that is possible.
 * @throws Error that says what to install by hand
 */
export async function ensurePrograms(): Promise<Programs> {
	const found = findPrograms();
	if (found) return found;
	const byHand = `sudo apt-get install ${PACKAGES.join(' ')}`;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		throw new Error(
			`Redis or PostgreSQL is missing, and only root can install them here. On Debian: ${byHand}`,
		);
	}
	console.log(`Installing ${PACKAGES.join(' and ')} ...`);
	try {
		await install();
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`Redis or PostgreSQL could not be installed. By hand: ${byHand}\n${reason}`, { cause });
	}
	const installed = findPrograms();
	if (installed) return installed;
	throw new Error(
		`apt-get has installed ${PACKAGES.join(' and ')}, but redis-server or postgres is not there.`,
	);
}

function findPrograms(): Programs | undefined {
	const path = (process.env['PATH'] ?? '').split(delimiter);
	// Debian keeps PostgreSQL's server out of the PATH, in a folder for each version.
	const versions = globSync('/usr/lib/postgresql/*/bin').sort(
		(one, other) => versionOf(other) - versionOf(one),
	);
	const redis = [...path, '/usr/bin'].find((folder) => existsSync(join(folder, 'redis-server')));
	const postgres = [...versions, ...path].find((folder) =>
		['postgres', 'initdb', 'psql'].every((program) => existsSync(join(folder, program))),
	);
	return redis && postgres
		? { redisServer: join(redis, 'redis-server'), postgresFolder: postgres }
		: undefined;
}

function versionOf(folder: string): number {
	return Number(/postgresql\/(\d+)/.exec(folder)?.[1] ?? 0);
}

async function install(): Promise<void> {
	const forbidden = existsSync(POLICY);
	if (!forbidden) await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	try {
		const options = {
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
			maxBuffer: 16_000_000,
		};
		await run('apt-get', ['update'], options);
		await run('apt-get', ['install', '--yes', '--no-install-recommends', ...PACKAGES], options);
	} finally {
		if (!forbidden) await rm(POLICY, { force: true });
	}
}
