// node scripts/run.mjs scripts/pack.mts: makes the tarball that npm would publish, and checks what is in it.
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { cacheFolder, projectFolder } from '../host/folders.mts';

const run = promisify(execFile);

/** The package stays small, because every n8n that uses it installs it. */
const MAX_BYTES = 370_000;
const OUTSIDE_DIST = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
/** The sources of the tarball, and the files that decide how it is built. */
const SOURCES = ['core', 'credentials', 'nodes', 'index.ts', 'package.json', 'tsconfig.json', 'gulpfile.js'];
const NOT_FOR_USERS =
	/(^|\/)(bench|host|test|tests|sandbox|scripts|__tests__)\/|\.(test|spec)\.|\.tsbuildinfo$|\.mts$/;

export interface Tarball {
	path: string;
	bytes: number;
	files: string[];
}

interface PackReport {
	filename: string;
	size: number;
	files: { path: string }[];
}

interface Manifest {
	name: string;
	version: string;
	dependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	scripts?: Record<string, string>;
	overrides?: unknown;
	n8n: { nodes: string[]; credentials: string[] };
}

/** Builds the package and packs it into .cache. Rejects when the tarball holds something that it must not. Needs no network. */
export async function pack({ build = true } = {}): Promise<Tarball> {
	const gulp = join(projectFolder, 'node_modules', 'gulp', 'bin', 'gulp.js');
	if (build) await run(process.execPath, [gulp, 'build', '-L'], { cwd: projectFolder });
	return await packBuilt(projectFolder);
}

/** Packs the built package in this folder, with the same checks. */
export async function packBuilt(folder: string): Promise<Tarball> {
	const tarball = await npmPack(folder);
	const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const complaints = [...complaintsAboutFiles(tarball, manifest), ...complaintsAboutManifest(manifest)];
	if (complaints.length > 0)
		throw new Error(`${tarball.path} cannot be published:\n${complaints.join('\n')}`);
	return tarball;
}

/** The tarball of `pack`. It is made again only when one of its sources has changed since. */
export async function packIfChanged(): Promise<Pick<Tarball, 'path' | 'bytes'>> {
	const { name, version }: Manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
	const path = join(cacheFolder, `${name}-${version}.tgz`);
	const made = await stat(path).catch(() => undefined);
	const isCurrent = made && made.mtimeMs > (await changedAt());
	return isCurrent ? { path, bytes: made.size } : await pack();
}

/** When a source was last written. Folders count too: they change when a file is removed. */
async function changedAt(): Promise<number> {
	const paths = [...SOURCES, ...OUTSIDE_DIST].map((file) => join(projectFolder, file));
	const within = await Promise.all(
		['core', 'credentials', 'nodes'].map((folder) =>
			readdir(join(projectFolder, folder), { recursive: true, withFileTypes: true }),
		),
	);
	const all = [...paths, ...within.flat().map(({ parentPath, name }) => join(parentPath, name))];
	const times = await Promise.all(all.map(async (file) => (await stat(file)).mtimeMs));
	return Math.max(...times);
}

/** `npm pack` of any package folder. */
export async function npmPack(folder: string): Promise<Tarball> {
	await mkdir(cacheFolder, { recursive: true });
	const flags = ['--json', '--offline', '--ignore-scripts', '--pack-destination', cacheFolder];
	const { stdout } = await run('npm', ['pack', ...flags], { cwd: folder, maxBuffer: 16_000_000 });
	const [report] = reportsOf(JSON.parse(stdout));
	if (!report) throw new Error(`npm pack in ${folder} reported nothing.`);
	return {
		path: join(cacheFolder, report.filename),
		bytes: report.size,
		files: report.files.map((file) => file.path),
	};
}

/** npm up to version 11 writes a list, later versions an object by package name. */
function reportsOf(output: PackReport[] | Record<string, PackReport>): PackReport[] {
	return Array.isArray(output) ? output : Object.values(output);
}

function complaintsAboutFiles({ bytes, files }: Tarball, { n8n }: Manifest): string[] {
	const missing = ['package.json', 'LICENSE', ...n8n.nodes, ...n8n.credentials].filter(
		(file) => !files.includes(file),
	);
	const unexpected = files.filter(
		(file) => NOT_FOR_USERS.test(file) || !(file.startsWith('dist/') || OUTSIDE_DIST.includes(file)),
	);
	return [
		...(bytes > MAX_BYTES ? [`It has ${bytes} bytes; at most ${MAX_BYTES} are meant to be.`] : []),
		...missing.map((file) => `${file} is missing.`),
		...unexpected.map((file) => `${file} is not for users.`),
	];
}

/** What breaks n8n's rules for community packages. */
function complaintsAboutManifest({ dependencies, peerDependencies, scripts, overrides }: Manifest): string[] {
	const installScripts = ['preinstall', 'install', 'postinstall', 'prepare'].filter(
		(name) => scripts?.[name],
	);
	return [
		...Object.keys(dependencies ?? {}).map((name) => `Dependency ${name}: n8n wants none.`),
		...(JSON.stringify(peerDependencies) === '{"n8n-workflow":"*"}'
			? []
			: ['peerDependencies must be exactly {"n8n-workflow":"*"}.']),
		...installScripts.map((name) => `Script ${name}: n8n allows no install scripts.`),
		...(overrides === undefined ? [] : ['The field overrides is not allowed.']),
	];
}

async function printTarball(): Promise<void> {
	const { path, bytes, files } = await pack();
	console.log(`${path}: ${files.length} files, ${Math.round(bytes / 1000)} kB`);
}

// No top-level await: jest loads this file as CommonJS.
if (import.meta.main) void printTarball();
