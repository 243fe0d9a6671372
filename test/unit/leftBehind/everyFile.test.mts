import { globSync, readFileSync } from 'node:fs';

/** These calls create credentials too. A file that only starts n8n may create none. */
const STARTS = /\b(startQueue|startSetting|startStage|createCredential)\(/;
const SEARCHES = /\b(leavesNoSecret|findNoSecret|search)\(/;

const files = globSync('test/{host,e2e,queue,browser,packages}/**/*.test.mts').map((path) => ({
	path,
	source: readFileSync(path, 'utf8'),
}));

describe('a test file that gives credentials to a real n8n', () => {
	const starting = files.filter(({ source }) => STARTS.test(source));

	it('is one of many', () => expect(starting.length).toBeGreaterThan(19));

	it('searches what that n8n leaves behind for secrets', () => {
		const forgetful = starting.filter(({ source }) => !SEARCHES.test(source));
		expect(forgetful.map(({ path }) => path)).toEqual([]);
	});
});
