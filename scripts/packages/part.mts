import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import prettier from 'prettier';

import type { CatalogueEntry } from '../../index.ts';
import { classOf } from './built.mts';
import { projectFolder } from '../../host/folders.mts';

/** One provider as a package of its own. */
export interface Part {
	entry: CatalogueEntry;
	/** The npm package, e.g. `n8n-nodes-gate-pay`. */
	packageName: string;
	/** The folder in nodes/, e.g. `GatePay`. */
	folder: string;
}

/** The members of the project's package.json that are used here. */
export interface Manifest {
	name: string;
	version: string;
	description: string;
	license: string;
	homepage: string;
	keywords: string[];
	author: Record<string, string>;
	repository: { type: string; url: string };
	bugs: { url: string };
	engines: Record<string, string>;
	files: string[];
	n8n: { n8nNodesApiVersion: number; strict: boolean; credentials: string[]; nodes: string[] };
	peerDependencies: Record<string, string>;
	devDependencies: Record<string, string>;
}

export const packagesFolder = join(projectFolder, 'packages');

/** How the provider is called as a package. */
export function partOf(entry: CatalogueEntry): Part {
	return {
		entry,
		packageName: `n8n-nodes-${entry.displayName.toLowerCase().replaceAll(' ', '-')}`,
		folder: classOf(entry.node),
	};
}

/** Reads the project's package.json. */
export async function readManifest(): Promise<Manifest> {
	return JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
}

/** The address under which people read the repository. */
export function webAddress({ homepage }: Manifest): string {
	return homepage.replace(/#.*$/, '');
}

/** The version with which the whole is built and tested. */
export function pinned({ devDependencies }: Manifest, name: string): string {
	const version = devDependencies[name];
	if (version === undefined) throw new Error(`package.json pins no ${name}.`);
	return version;
}

/** Writes a generated file in the project's style. */
export async function write(folder: string, file: string, text: string): Promise<void> {
	const options = await prettier.resolveConfig(join(projectFolder, file));
	const target = join(folder, file);
	await mkdir(dirname(target), { recursive: true });
	await writeFile(target, await prettier.format(text, { ...options, filepath: file }));
}
