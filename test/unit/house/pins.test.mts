import { readFileSync } from 'node:fs';

const manifestOf = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const EXACT = /^\d+\.\d+\.\d+$/;

describe('what is installed', () => {
	it.each(['package.json', 'host/n8n/package.json'])('is named with its exact version in %s', (file) => {
		const { dependencies = {}, devDependencies = {} } = manifestOf(file);
		const all = Object.entries<string>({ ...dependencies, ...devDependencies });
		expect(all.filter(([, version]) => !EXACT.test(version))).toEqual([]);
		expect(all).not.toEqual([]);
	});

	it('is the Node in the release workflow that the tests run on', () => {
		const { node } = manifestOf('package.json').devDependencies;
		const used = readFileSync('.github/workflows/release.yml', 'utf8').match(/(?<=node-version: ).*/g);
		expect(new Set(used)).toEqual(new Set([node]));
	});
});
