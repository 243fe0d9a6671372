import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DOCS, RUNBOOK } from '../../../../core/provider/pages.ts';
import { projectFolder } from '../../../../host/folders.mts';
import { catalogue } from '../../../catalogue.mts';

const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');
const codexFiles = globSync('nodes/*/*.node.json', { cwd: projectFolder });

/** The file of this project behind an address of the documentation. */
const fileOf = (address: string) => join(projectFolder, address.replace(DOCS, 'docs'));

/** All addresses that a codex file leads to. */
function addressesIn(path: string): string[] {
	return [...read(path).matchAll(/"url":\s*"([^"]+)"/g)].map(([, address = '']) => address);
}

describe('the addresses of our pages', () => {
	it('are those of the project', () => {
		const { homepage } = JSON.parse(read('package.json'));
		expect(DOCS).toBe(`${String(homepage).replace(/#.*$/, '')}/blob/main/docs`);
		expect(existsSync(fileOf(RUNBOOK))).toBe(true);
	});

	it('are where the help of each credential and each node leads: the page of its provider', () => {
		expect(codexFiles.length).toBeGreaterThanOrEqual(14);
		const credentials = catalogue.map(({ credential }) => credential.documentationUrl ?? '');
		const led = [...credentials, ...codexFiles.flatMap(addressesIn)];
		expect(led.filter((address) => !address.startsWith(`${DOCS}/providers/`))).toEqual([]);
		expect(led.filter((address) => !existsSync(fileOf(address)))).toEqual([]);
		expect(new Set(credentials).size).toBe(catalogue.length);
	});
});
