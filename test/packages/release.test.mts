import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'yaml';

import { node24, projectFolder } from '../../host/folders.mts';
import { runCommand } from '../../scripts/test/command.mts';

interface Job {
	permissions: Record<string, string>;
	if: string;
	steps: { name?: string; run?: string }[];
}

const file = join(projectFolder, '.github', 'workflows', 'release.yml');
const jobs = async (): Promise<Record<'prepare' | 'publish', Job>> =>
	parse(await readFile(file, 'utf8')).jobs;

describe('the release workflow', () => {
	it('lets only the job that publishes ask for an identity, and publishes with provenance', async () => {
		const { prepare, publish } = await jobs();
		expect(prepare.permissions).not.toHaveProperty('id-token');
		expect(publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
		const runs = publish.steps.map(({ run = '' }) => run).join('\n');
		expect(runs.match(/npm publish.*/g)).toEqual(['npm publish --provenance --access public)']);
	});

	it('publishes from the commit that has the parts in it, where the scanner looks for them', async () => {
		const { prepare, publish } = await jobs();
		expect(prepare.steps.at(-1)?.run).toBe('gh workflow run release.yml --ref "packages-$VERSION_TAG"');
		expect(publish.if).toContain("startsWith(github.ref, 'refs/tags/packages-v')");
	});
});

describe('the lint of workflow files', () => {
	it.each([
		['an unknown permission', 'id-token: write', 'id-tokens: write', 'unknown permission scope'],
		[
			'a job that is not there',
			'if: github.event_name ==',
			'needs: nobody\n    if: github.event_name ==',
			'"nobody"',
		],
		['an unknown value', '${{ github.ref_name }}', '${{ github.reff }}', '"reff" is not defined'],
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
