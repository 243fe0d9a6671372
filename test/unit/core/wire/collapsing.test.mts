import { collapsing } from '../../../../core/wire/collapsing.ts';

/** Reads that end when the test says so. Each answers with its number. */
function reader() {
	const ends: Array<(fails?: boolean) => void> = [];
	const read = () =>
		new Promise<number>((resolve, reject) => {
			const number = ends.length + 1;
			ends.push((fails = false) => (fails ? reject(new Error(`read ${number}`)) : resolve(number)));
		});
	return { read, ends };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('makes one read of all that come while another is under way, begun after it', async () => {
	const collapse = collapsing<number>();
	const { read, ends } = reader();
	const first = collapse('key', read);
	const others = Array.from({ length: 49 }, () => collapse('key', read));
	expect(ends).toHaveLength(1);
	ends[0]?.();
	await settled();
	expect(ends).toHaveLength(2);
	ends[1]?.();
	expect([await first, ...(await Promise.all(others))]).toEqual([1, ...Array(49).fill(2)]);
});

it('does not share a read that has left: it may be older than the question', async () => {
	const collapse = collapsing<number>();
	const { read, ends } = reader();
	const answers = [collapse('key', read), collapse('key', read)];
	ends[0]?.();
	await settled();
	answers.push(collapse('key', read));
	ends[1]?.();
	await settled();
	ends[2]?.();
	expect(await Promise.all(answers)).toEqual([1, 2, 3]);
});

it('reads anew when nothing is under way, and apart for another key', async () => {
	const collapse = collapsing<number>();
	const { read, ends } = reader();
	const one = collapse('one', read);
	const other = collapse('other', read);
	for (const end of ends) end();
	expect([await one, await other]).toEqual([1, 2]);
	const again = collapse('one', read);
	ends[2]?.();
	expect(await again).toBe(3);
});

it('a read that was not answered holds up nobody', async () => {
	const collapse = collapsing<number>();
	const { read, ends } = reader();
	const first = collapse('key', read);
	const second = collapse('key', read);
	ends[0]?.(true);
	await expect(first).rejects.toThrow('read 1');
	ends[1]?.();
	expect(await second).toBe(2);
});
