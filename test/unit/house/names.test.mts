import { readFileSync } from 'node:fs';

import { names, places, unset } from '../../../scripts/names.mts';

const set = { repository: 'https://github.com/someone/payouts', mail: 'someone@payouts.example' };
const read = (file: string) => readFileSync(file, 'utf8');

describe('the names that only the owner can give', () => {
	it.each(Object.entries(places))('stand in %s as they are set', (file, write) => {
		expect(write(read(file), names)).toBe(read(file));
	});

	it.each(Object.entries(places))('all change in %s, and nothing else does', (file, write) => {
		const changed = write(read(file), set);
		expect(changed).not.toMatch(/_not_set_|not-set\.invalid/);
		expect(changed).toContain(set.repository);
		expect(write(changed, names)).toBe(read(file));
	});

	it('are refused for a release while they are not set', () => {
		expect(unset(names, undefined)).toEqual(['The repository is not set.', 'The mail is not set.']);
	});

	it('are refused where another repository is built', () => {
		expect(unset(set, 'https://github.com/somebody/else')).toEqual([
			'This release is built at https://github.com/somebody/else, but the repository is said to be https://github.com/someone/payouts.',
		]);
		expect(unset(set, set.repository)).toEqual([]);
	});
});
