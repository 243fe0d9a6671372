import { ExactNumber, type Json } from '../../../../core/exact/json.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { MAX_READ_TRIES, read, type Reading } from '../../../../core/wire/reading.ts';
import { eachPage, readPages } from '../../../../core/wire/pages.ts';
import { differences } from '../../../../core/money/sameness.ts';
import { milliseconds } from '../../../../core/exact/time.ts';
import type { Transmission } from '../../../../core/provider/http.ts';

const answered = (status: number, headers: Record<string, string> = {}): Transmission => ({
	state: 'answered',
	answer: { status, headers, text: '' },
});

async function reads(transmissions: Transmission[]) {
	const waits: number[] = [];
	let sent = 0;
	const reading = await read(
		() => Promise.resolve(transmissions[sent++] ?? answered(200)),
		({ status }) =>
			status === 200
				? { state: 'accepted', data: 1 }
				: status === 400
					? { state: 'refused', code: '7', reason: 'too old', meaning: 'stale' }
					: { state: 'unclear', reason: `answered ${status}` },
		{
			sleep: (wait) => Promise.resolve(void waits.push(wait)),
			random: () => 0,
			now: () => Date.parse('2026-11-20T00:00:00Z'),
		},
	);
	return { reading, waits, sent };
}

describe('a read is repeated', () => {
	it('after no answer, with growing waits, four times at most', async () => {
		const cut: Transmission = { state: 'no-answer', reason: 'cut' };
		expect(await reads([cut, cut])).toEqual({
			reading: { state: 'read', data: 1 },
			waits: [500, 1000],
			sent: 3,
		});
		expect((await reads([cut, cut, cut, cut, cut])).sent).toBe(MAX_READ_TRIES);
	});

	it.each([
		['7', 7000],
		['Fri, 20 Nov 2026 00:00:05 GMT', 5000],
		['99999', 20_000],
		['nonsense', 500],
	])('after Retry-After %p in %i ms', async (header, wait) => {
		expect((await reads([answered(429, { 'retry-after': header })])).waits).toEqual([wait]);
	});

	it('after a refusal for its age six times, whatever else it is repeated for', async () => {
		const [stale, busy] = [answered(400), answered(503)];
		const mixed = await reads([stale, busy, stale, busy, stale, busy, stale, stale, stale]);
		expect(mixed).toMatchObject({ reading: { state: 'read' }, sent: 10 });
		const always = await reads(new Array<Transmission>(9).fill(stale));
		expect(always).toMatchObject({ reading: { state: 'refused', code: '7' }, sent: 7 });
		// These waits are half of the longest ones. Chance keeps two workers apart.
		expect(always.waits).toEqual([50, 100, 200, 400, 800, 1000]);
	});

	it('not when it never left, and not after 404', async () => {
		expect((await reads([{ state: 'never-sent', reason: 'refused' }])).sent).toBe(1);
		expect((await reads([answered(404)])).sent).toBe(1);
	});
});

describe('pages', () => {
	const operation = (page: object): Operation =>
		({
			returns: { list: 'rows', page: { number: 'page', size: 'size', first: 1, maximumSize: 2, ...page } },
		}) as unknown as Operation;
	const rows = ['a', 'b', 'c', 'd', 'e'];
	const serve = (extra: (page: number) => object) => {
		const asked: unknown[] = [];
		const readPage = (values: Record<string, unknown>): Promise<Reading> => {
			asked.push(values);
			const start = (Number(values.page) - 1) * 2;
			return Promise.resolve({
				state: 'read',
				data: { rows: rows.slice(start, start + 2), ...extra(Number(values.page)) } as never,
			});
		};
		return { asked, readPage: readPage as never };
	};

	it.each<[string, object, (page: number) => object]>([
		['a total', { total: 'total' }, () => ({ total: 5 })],
		['a total as text', { total: 'total' }, () => ({ total: '5' })],
		['a flag', { more: 'hasNext' }, (page) => ({ hasNext: page < 3 })],
		['a short page', {}, () => ({})],
	])('end with %s', async (_case, page, extra) => {
		const { asked, readPage } = serve(extra);
		expect(await readPages(operation(page), Number.POSITIVE_INFINITY, readPage)).toEqual({ rows });
		expect(asked).toHaveLength(3);
	});

	it('end at the limit', async () => {
		const { asked, readPage } = serve(() => ({}));
		expect((await readPages(operation({}), 3, readPage)).rows).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([
			{ page: 1, size: 2 },
			{ page: 2, size: 2 },
		]);
	});

	it('give each row once when a new row shifts them', async () => {
		const pages = [
			[{ id: 'c' }, { id: 'b' }],
			[{ id: 'b' }, { id: 'a' }],
		];
		const shifted: never = ((values: { page: number }) =>
			Promise.resolve({ state: 'read', data: { rows: pages[values.page - 1] ?? [], total: 4 } })) as never;
		const { rows: found } = await readPages(operation({ total: 'total', unique: 'id' }), 100, shifted);
		expect(found).toEqual([{ id: 'c' }, { id: 'b' }, { id: 'a' }]);
	});

	it('end when no row of a page is new, whatever else has changed in it', async () => {
		let asked = 0;
		const same: never = (() => {
			asked += 1;
			return Promise.resolve({ state: 'read', data: { rows: [{ id: 'b', asked }, { id: 'a' }], total: 9 } });
		}) as never;
		const { rows: found } = await readPages(operation({ total: 'total', unique: 'id' }), 100, same);
		expect([found, asked]).toEqual([[{ id: 'b', asked: 1 }, { id: 'a' }], 2]);
	});

	it.each([
		['counted from 1, and 0 is the same page', (page: number) => Math.max(1, page), 4],
		['counted from 0', (page: number) => page + 1, 3],
		['not counted at all', () => 1, 3],
	])('that are %s are all read from 0', async (_case, served, requests) => {
		const asked: number[] = [];
		const { readPage } = serve(() => ({}));
		const countFrom: never = ((values: { page: number }) => {
			asked.push(values.page);
			return (readPage as (values: object) => Promise<Reading>)({ page: served(values.page) });
		}) as never;
		const { rows: found } = await readPages(operation({ first: 0 }), 100, countFrom);
		expect(found).toEqual(served(2) === 1 ? ['a', 'b'] : rows);
		expect(asked).toHaveLength(requests);
	});

	it('end when the reader has enough, told the new rows of each page', async () => {
		const told: unknown[] = [];
		const { readPage, asked } = serve(() => ({ total: 5 }));
		const isEnough = (page: readonly unknown[]) => told.push(page) === 2;
		const reading = await readPages(operation({ total: 'total' }), 100, readPage, isEnough);
		expect(reading).toEqual({ rows: ['a', 'b', 'c', 'd'] });
		expect(told).toEqual([
			['a', 'b'],
			['c', 'd'],
		]);
		expect(asked).toHaveLength(2);
	});

	it('end when a page repeats the one before', async () => {
		const same: never = (() => Promise.resolve({ state: 'read', data: { rows: ['x', 'y'] } })) as never;
		expect((await readPages(operation({}), 100, same)).rows).toEqual(['x', 'y']);
	});
});

describe('the end of a list', () => {
	const page = { number: 'page', size: 'size', first: 1, maximumSize: 2 };
	const listed = (more: object): Operation => ({
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many rows',
		description: 'List rows',
		request: 'GET /rows',
		effect: 'read',
		docs: 'https://example.com',
		returns: { list: 'rows', page: { ...page, ...more } },
	});
	/** Rows and what an answer says about them. */
	interface Listed {
		rows: unknown[];
		[name: string]: unknown;
	}
	/** Gives each answer once, and then the last one again and again. */
	const answers = (...all: Array<Listed | Reading>) => {
		let next = 0;
		return () => {
			const one = all[Math.min(next, all.length - 1)];
			next += 1;
			return Promise.resolve((one && 'rows' in one ? { state: 'read', data: one } : one) as Reading);
		};
	};
	const refused: Reading = { state: 'refused', reason: 'no', code: '1' };
	const rows = (...ids: string[]) => ids.map((id) => ({ id }));

	it.each<[string, object, Array<Listed | Reading>, string]>([
		['a page that is not full', {}, [{ rows: ['a', 'b'] }, { rows: ['c'] }], 'complete'],
		['an empty page', {}, [{ rows: ['a', 'b'] }, { rows: [] }], 'complete'],
		['the total', { total: 'total' }, [{ rows: ['a', 'b'], total: 2 }], 'complete'],
		['a full page once more', {}, [{ rows: ['a', 'b'] }], 'short'],
		['a total that the row does not name', {}, [{ rows: ['a'], total: 3 }], 'short'],
		['pages that it names', {}, [{ rows: ['a'], totalPages: 2 }], 'short'],
		['more that it names', {}, [{ rows: ['a'], hasNext: true }], 'short'],
		['the last of its pages', {}, [{ rows: ['a'], totalPages: 1, hasNext: false, total: 1 }], 'complete'],
		['an amount that is called a total', {}, [{ rows: ['a'], total: '120.50' }], 'complete'],
		[
			'an empty page before the total',
			{ total: 'total' },
			[
				{ rows: ['a', 'b'], total: 4 },
				{ rows: [], total: 4 },
			],
			'short',
		],
		[
			'rows that left while it was read',
			{ total: 'total' },
			[
				{ rows: ['a', 'b'], total: 4 },
				{ rows: ['d'], total: 3 },
			],
			'short',
		],
		[
			'rows that came while it was read',
			{ total: 'total', unique: 'id' },
			[
				{ rows: rows('d', 'c'), total: 4 },
				{ rows: rows('c', 'b'), total: 5 },
				{ rows: rows('a'), total: 5 },
				{ rows: [], total: 5 },
			],
			'complete',
		],
		['a refusal', {}, [{ rows: ['a', 'b'] }, refused], 'refused'],
	])('by %s', async (_case, more, given, state) => {
		const taken: unknown[] = [];
		const end = await eachPage(listed(more), Infinity, answers(...given), (news) => {
			taken.push(...news);
			return false;
		});
		expect([end.state, taken.length > 0]).toEqual([state, true]);
	});
});

it.each([
	[{ page: 1, pageSize: 10, total: 25, data: ['a'] }, 'short'],
	[{ page: 1, pageSize: 10, total: 1, data: ['a'] }, 'complete'],
	[{ total: null, totalPage: null, data: ['a'] }, 'complete'],
])('a list without pages is held against what it shows: %j %s', async (data, state) => {
	const list = { returns: { list: ['data', 'list'] } } as unknown as Operation;
	const end = await eachPage(
		list,
		Infinity,
		() => Promise.resolve({ state: 'read', data }),
		() => false,
	);
	expect(end.state).toBe(state);
});

describe('the same payment', () => {
	const same = {
		fields: { amount: 'sum' },
		lines: {
			sent: 'list',
			found: 'rows',
			by: ['id', 'no'] as [string, string],
			fields: { amount: 'amount', to: 'address' },
		},
	};
	it('is told by amounts, lines and addresses', () => {
		const sent = {
			amount: '1.50',
			list: [
				{ id: '1', amount: '1', to: '0xAb' },
				{ id: '2', amount: '0.5', to: 'T1' },
			],
		};
		expect(
			differences(same, sent, {
				sum: '1.5',
				rows: [
					{ no: '2', amount: '0.50', address: 'T1' },
					{ no: 1, amount: '1', address: '0xaB' },
				],
			}),
		).toEqual([]);
		expect(
			differences(same, sent, { sum: '1.5', rows: [{ no: '1', amount: '1', address: '0xAb' }] }),
		).toEqual(['2 lines here and 1 there']);
		expect(
			differences(same, sent, {
				sum: '2',
				rows: [
					{ no: '1', amount: '1', address: '0xAb' },
					{ no: '2', amount: '0.5', address: 't1' },
				],
			}),
		).toEqual(['amount is 1.50 here and 2 there', 'line 2: to is T1 here and t1 there']);
		expect(
			differences(same, sent, {
				sum: '1.5',
				rows: [
					{ no: '1', amount: '1', address: '0xAb' },
					{ no: '3', amount: '0.5', address: 'T1' },
				],
			}),
		).toEqual(['line 2 is not there']);
	});

	it('holds for an amount that is sent as a JSON number', () => {
		const fields = { fields: { price: 'price' } };
		const sent = { price: new ExactNumber('15.50') };
		expect(differences(fields, sent, { price: '15.5' })).toEqual([]);
		expect(differences(fields, sent, { price: '15' })).toEqual(['price is 15.50 here and 15 there']);
	});

	it('is not assumed when nothing can be compared', () => {
		expect(differences(same, { amount: '1' }, {})).toEqual(['the provider shows nothing to compare']);
		expect(differences(same, { amount: '1' }, null)).toEqual(['the provider shows no details']);
	});

	it('matches two lines with one key each to its own', () => {
		const sent = {
			list: [
				{ id: '1', amount: '1' },
				{ id: '1', amount: '2' },
			],
		};
		expect(
			differences(same, sent, {
				rows: [
					{ no: '1', amount: '2' },
					{ no: '1', amount: '1' },
				],
			}),
		).toEqual([]);
		expect(
			differences(same, sent, {
				rows: [
					{ no: '1', amount: '2' },
					{ no: '1', amount: '2' },
				],
			}),
		).not.toEqual([]);
	});
});

describe('a date and time', () => {
	it.each([
		['2026-11-20T12:00:00Z', 'UTC', '2026-11-20T12:00:00.000Z'],
		['2026-11-20T12:00:00.000+03:00', 'UTC', '2026-11-20T09:00:00.000Z'],
		['2026-11-20T12:00:00', 'Europe/Berlin', '2026-11-20T11:00:00.000Z'],
		['2026-07-20 12:00:00', 'Europe/Berlin', '2026-07-20T10:00:00.000Z'],
		['2026-11-20', 'America/New_York', '2026-11-20T05:00:00.000Z'],
		// These times are in the hours around the change of the clocks.
		['2026-10-25T01:30:00', 'Europe/Berlin', '2026-10-24T23:30:00.000Z'],
		['2026-10-25T03:30:00', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
		['2026-03-08T03:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z'],
		['2026-03-08T01:30:00', 'America/New_York', '2026-03-08T06:30:00.000Z'],
		['2026-10-04T03:30:00', 'Australia/Sydney', '2026-10-03T16:30:00.000Z'],
		[1782864000000, 'UTC', '2026-07-01T00:00:00.000Z'],
		['1782864000000', 'UTC', '2026-07-01T00:00:00.000Z'],
		[new Date(5), 'UTC', '1970-01-01T00:00:00.005Z'],
		[{ toMillis: () => 7 }, 'UTC', '1970-01-01T00:00:00.007Z'],
	])('%p in %s', (value, zone, iso) => {
		expect(new Date(milliseconds(value, zone) ?? Number.NaN).toISOString()).toBe(iso);
	});

	it.each(['yesterday', '', '2026', '2026-13-45T00:00:00Z', null, true, {}, 1.5])('refuses %p', (value) => {
		expect(milliseconds(value, 'UTC')).toBeUndefined();
	});
});

it.each<[string, Json, 'complete' | 'unclear']>([
	['a list', { rows: [] }, 'complete'],
	['null in its place', { rows: null }, 'complete'],
	['nothing', null, 'complete'],
	['an empty object', {}, 'complete'],
	['a total of none', { total: 0, page: 1 }, 'complete'],
	['a total of some', { total: 3 }, 'unclear'],
	['a message', { message: 'under maintenance' }, 'unclear'],
	['a text in its place', { rows: 'none' }, 'unclear'],
])('an answer with %s says %j: %s', async (_case, data, state) => {
	const page = { number: 'page', size: 'size', first: 1, maximumSize: 9, total: 'total' };
	const list = { returns: { list: 'rows', page } } as unknown as Operation;
	const end = await eachPage(
		list,
		9,
		() => Promise.resolve({ state: 'read', data }),
		() => false,
	);
	expect(end.state).toBe(state);
});
