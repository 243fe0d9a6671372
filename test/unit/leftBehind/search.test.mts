import { createHash } from 'node:crypto';

import { bothWays, search } from '../../leftBehind/search.mts';
import { marker } from '../../secrets.mts';

const proofs = Array.from({ length: 2000 }, (_, index) => {
	const signature = createHash('sha512').update(String(index)).digest('base64url');
	return `eyJhbGciOiJIUzI1NiJ9.${signature}`;
});
const short = 'short-token';
const noise = createHash('sha512').update('noise').digest('hex').repeat(50);

const leaksOf = async (text: string) =>
	(await search([{ place: 'here', text }], { secrets: [marker('unit')], proofs: [...proofs, short] })).leaks;

describe('the search in what is left behind', () => {
	it.each(Array.from({ length: 16 }, (_, index) => index))(
		'finds one of 2000 tokens behind %d characters and more',
		async (before) => {
			const text = `${noise.slice(0, 500 + before)}${proofs[before * 100]}${noise}`;
			expect(await leaksOf(text)).toEqual([expect.stringMatching(/^here: eyJh\.\.\. behind: /)]);
			expect(await leaksOf(`${noise.slice(0, before)}${proofs[before * 100]}`)).toHaveLength(1);
		},
	);

	it('finds one that is short', async () => {
		expect(await leaksOf(`${noise}${short}`)).toHaveLength(1);
	});

	it('finds nothing where nothing is', async () => {
		expect(await leaksOf(noise)).toEqual([]);
		expect(await leaksOf(proofs.map((proof) => proof.slice(0, -1)).join('\n'))).toEqual([]);
	});

	it('counts what it has searched, by place', async () => {
		const texts = [
			{ place: 'a', text: 'one' },
			{ place: 'b', text: '' },
			{ place: 'a', text: 'two' },
		];
		const found = await search(texts, { secrets: [marker('unit')] });
		expect(found).toEqual({ searched: { a: 6, b: 0 }, texts: 3, leaks: [] });
	});

	it('finds a secret that HTML spells', async () => {
		const spelt = marker('unit').replaceAll('&', '&amp;').replaceAll('"', '&quot;');
		expect(await leaksOf(spelt)).toEqual([]);
		expect(await leaksOf(bothWays(`<p title="${spelt}">`))).toHaveLength(1);
	});
});
