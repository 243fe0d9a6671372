import { globSync } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { catalogue } from '../documents/catalogue.mts';
import { builtCredential, builtDescriptions, classOf } from './built.mts';
import { projectFolder } from '../../host/folders.mts';
import { partManifest } from './manifest.mts';
import { packagesFolder, partOf, readManifest, write, type Manifest, type Part } from './part.mts';
import { reachedFrom } from './reached.mts';
import { partReadme } from './readme.mts';
import { makeSandbox } from './sandbox.mts';

const AS_THEY_ARE = ['LICENSE', 'eslint.config.mjs'];

/** Makes packages/ anew: a complete package tree per provider, and the sandbox. Needs the built package. */
export async function makePackages(): Promise<void> {
	await rm(packagesFolder, { recursive: true, force: true });
	const whole = await readManifest();
	const parts = catalogue().map(partOf);
	await Promise.all([makeSandbox(whole), ...parts.map((part) => makePart(whole, part))]);
}

async function makePart(whole: Manifest, part: Part): Promise<void> {
	const folder = join(packagesFolder, part.packageName);
	const nodes = builtDescriptions(part.entry);
	const credential = builtCredential(part.entry);
	for (const file of [...AS_THEY_ARE, ...(await filesOf(part))]) await copy(file, folder);
	const aliases = await renameCodex(folder, whole.name, part);
	await write(folder, 'package.json', JSON.stringify(partManifest(whole, part, nodes, aliases)));
	await write(folder, 'README.md', await partReadme(whole, part, nodes, credential));
	await write(folder, 'CHANGELOG.md', await changelog(whole));
	await write(folder, 'tsconfig.json', await compilerOptions());
}

/** The provider's own files, its credential, and the files of core/ that these reach. */
async function filesOf({ folder, entry }: Part): Promise<string[]> {
	const own = globSync(`nodes/${folder}/**/*.{ts,json,svg,md}`, { cwd: projectFolder });
	const credential = `credentials/${classOf(entry.credential)}.credentials.ts`;
	const sources = await reachedFrom([...own.filter((file) => file.endsWith('.ts')), credential]);
	return [...new Set([...own, ...sources])];
}

async function copy(file: string, folder: string): Promise<void> {
	const target = join(folder, file);
	await mkdir(dirname(target), { recursive: true });
	await cp(join(projectFolder, file), target);
}

/** Puts the part's name into the codex files, because a node type has its package's name. Resolves to their search words. */
async function renameCodex(folder: string, wholeName: string, { packageName }: Part): Promise<string[]> {
	const aliases: string[] = [];
	for (const file of globSync('nodes/**/*.node.json', { cwd: folder })) {
		const codex: { node: string; alias: string[] } = JSON.parse(await readFile(join(folder, file), 'utf8'));
		aliases.push(...codex.alias);
		const node = codex.node.replace(`${wholeName}.`, `${packageName}.`);
		await write(folder, file, JSON.stringify({ ...codex, node }));
	}
	return aliases;
}

async function changelog({ name }: Manifest): Promise<string> {
	const text = await readFile(join(projectFolder, 'CHANGELOG.md'), 'utf8');
	const note = `This package is made from the source of ${name} and has its version. The list is that of the whole; what it says of other providers does not concern this package.`;
	return text.replace(/\n(?=## )/, `\n${note}\n\n`);
}

/** The options of the whole, with two changes: the compiler also copies the codex files, and there is no index.ts. */
async function compilerOptions(): Promise<string> {
	const options = JSON.parse(await readFile(join(projectFolder, 'tsconfig.json'), 'utf8'));
	const include = ['core/**/*.ts', 'credentials/**/*.ts', 'nodes/**/*.ts', 'nodes/**/*.node.json'];
	return JSON.stringify({
		compilerOptions: { ...options.compilerOptions, resolveJsonModule: true },
		include,
	});
}
