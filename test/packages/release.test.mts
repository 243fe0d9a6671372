import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'yaml';

import { node24, projectFolder } from '../../host/folders.mts';
import { npmPack, packIfChanged } from '../../scripts/pack.mts';
import { runCommand } from '../../scripts/test/command.mts';

const MINUTE_MS = 60_000;
jest.setTimeout(6 * MINUTE_MS);

interface Job {
	permissions: Record<string, string>;
	if: string;
	needs?: string;
	steps: { name?: string; uses?: string; run?: string; env?: Record<string, string> }[];
}

const file = join(projectFolder, '.github', 'workflows', 'release.yml');
const jobs = async (): Promise<Record<'test' | 'prepare' | 'pack' | 'publish', Job>> =>
	parse(await readFile(file, 'utf8')).jobs;
const runsOf = ({ steps }: Job) => steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

describe('the release workflow', () => {
	it('lets only the job that publishes ask for an identity, and publishes with provenance', async () => {
		const { test, prepare, pack, publish } = await jobs();
		expect([test, prepare, pack, publish].map(({ permissions }) => permissions)).toEqual([
			{ contents: 'read' },
			{ contents: 'write', actions: 'write' },
			{ contents: 'read' },
			{ 'id-token': 'write' },
		]);
		expect(
			runsOf(publish)
				.join('\n')
				.match(/npm publish.*/g),
		).toEqual(['npm publish "./$tarball" --provenance --access public']);
	});

	it('runs nothing but npm where npm trusts it', async () => {
		const { publish } = await jobs();
		expect(runsOf(publish)).toHaveLength(1);
		expect(publish.needs).toBe('pack');
		expect(publish.steps.map(({ uses = '' }) => uses.replace(/@.*/, ''))).toEqual([
			'actions/setup-node',
			'actions/download-artifact',
			'',
		]);
	});

	it('gives the right to write to the step that pushes, and to nothing before it', async () => {
		const { prepare } = await jobs();
		expect(prepare.steps.flatMap(({ env }, index) => (env?.['GH_TOKEN'] ? [index] : []))).toEqual([
			prepare.steps.length - 1,
		]);
	});

	it('publishes from the commit that has the parts in it, where the scanner looks for them', async () => {
		const { prepare, pack } = await jobs();
		expect(runsOf(prepare).at(-1)).toContain(
			'git push origin "packages-$VERSION_TAG"\ngh workflow run release.yml --ref "packages-$VERSION_TAG"',
		);
		expect(pack.if).toContain("startsWith(github.ref, 'refs/tags/packages-v')");
	});

	it('does nothing before it knows that the names are set', async () => {
		const { test, prepare, pack } = await jobs();
		for (const job of [test, pack]) expect(runsOf(job)[0]).toBe('node scripts/names.mts --release');
		expect(prepare.needs).toBe('test');
	});

	it('says what the packages were built with, beside them', async () => {
		const { prepare, pack } = await jobs();
		for (const job of [prepare, pack]) expect(runsOf(job).join('\n')).toContain('npm run sbom\n');
	});
});

describe('the lint of workflow files', () => {
	it.each([
		['an unknown permission', 'id-token: write', 'id-tokens: write', 'unknown permission scope'],
		['a job that is not there', 'needs: test', 'needs: nobody', '"nobody"'],
		['an unknown value', '${{ github.ref_name }}', '${{ github.reff }}', '"reff" is not defined'],
		['an action by its tag', /(checkout)@\w+ # v6\.0\.2/, '$1@v6', 'not pinned by commit'],
		['a commit without its version', / # v6\.0\.2/, '', 'not pinned by commit'],
		['a token that stays in the folder', 'persist-credentials: false', 'fetch-depth: 1', 'leaves its token'],
		['a range of Node', 'node-version: 24.21.0', 'node-version: 24', 'no exact version'],
		['rights for every job', 'permissions: {}', 'permissions: read-all', 'not empty for the whole'],
		['a job without its rights', /permissions:\n +id-token.*/, '', 'publish: says no permissions'],
		['a value that a script would run', '"$VERSION_TAG" =', '"${{ github.sha }}" =', 'run as code'],
		['a tool from anywhere', 'node_modules/.bin/gulp', 'npx gulp', 'no lock file names'],
	])('finds %s', async (_what, right, wrong, complaint) => {
		const folder = await mkdtemp(join(tmpdir(), 'workflow-'));
		try {
			const planted = join(folder, 'release.yml');
			await writeFile(planted, (await readFile(file, 'utf8')).replace(right, wrong));
			const lint = join(projectFolder, 'scripts', 'lintWorkflows.mts');
			const { code, output } = await runCommand([node24, lint, planted], { timeoutMs: 30_000 });
			expect(output).toContain(complaint);
			expect(code).toBe(1);
		} finally {
			await rm(folder, { recursive: true });
		}
	});
});

describe('the look at a tarball', () => {
	const look = async (tarball: string) =>
		await runCommand([node24, join(projectFolder, 'scripts', 'tarballs.mts'), tarball], {
			timeoutMs: 5 * MINUTE_MS,
		});

	it('finds nothing in that of the whole', async () => {
		const { path } = await packIfChanged();
		expect(await look(path)).toEqual({ code: 0, output: `${path}: nothing found\n` });
	});

	it.each([
		['a file that is not there', { main: 'missing.js' }, 'missing.js but the file does not exist'],
		[
			'types that say another kind of module',
			{ main: 'index.js', types: 'index.d.mts' },
			'Masquerading as ESM',
		],
	])('finds %s', async (_what, members, complaint) => {
		const folder = await mkdtemp(join(tmpdir(), 'tarball-'));
		try {
			const manifest = { name: 'planted', version: '1.0.0', license: 'MIT', type: 'commonjs', ...members };
			await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
			await writeFile(join(folder, 'index.js'), 'exports.one = 1;');
			await writeFile(join(folder, 'index.d.mts'), 'export declare const one: number;');
			const { code, output } = await look((await npmPack(folder)).path);
			expect(output).toContain(complaint);
			expect(code).toBe(1);
		} finally {
			await rm(folder, { recursive: true });
		}
	});
});
