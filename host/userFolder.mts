import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface UserFolder {
	path: string;
	/** Whether the folder goes when its n8n is stopped. A given folder stays. */
	isTemporary: boolean;
}

/** A place for n8n's database, settings and community nodes: the given folder, or a new temporary one. */
export async function openUserFolder(given?: string): Promise<UserFolder> {
	if (given === undefined) return { path: await mkdtemp(join(tmpdir(), 'n8n-user-')), isTemporary: true };
	await mkdir(given, { recursive: true });
	return { path: given, isTemporary: false };
}

/** Installs community packages as n8n itself does. Packages without dependencies need no network for that. */
export async function installPackages(userFolder: string, tarballs: string[]): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	const manifest = join(nodes, 'package.json');
	if (!existsSync(manifest)) {
		await writeFile(manifest, JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }));
	}
	const flags = [
		'--omit=peer',
		'--legacy-peer-deps',
		'--ignore-scripts',
		'--offline',
		'--no-audit',
		'--no-fund',
	];
	await run('npm', ['install', ...flags, ...tarballs], { cwd: nodes });
}
