import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../../core/clock.ts';
import { textOf } from '../../../../core/exact/json.ts';
import type { Watch } from '../../../../core/events/watching.ts';
import { payment } from '../../../../core/provider/payment.ts';
import type { Provider } from '../../../../core/provider/provider.ts';
import { type Play, stage, type Stored } from '../../pollingStage.mts';

const DAY = 24 * 60 * 60 * 1000;
const now = Date.parse('2026-11-20T12:00:00Z');
beforeEach(() => {
	jest.spyOn(clock, 'now').mockReturnValue(now);
	jest.spyOn(clock, 'sleep').mockResolvedValue();
});
afterEach(() => jest.restoreAllMocks());

const row = {
	action: 'Read',
	description: '',
	effect: 'read' as const,
	docs: '',
};

const provider: Provider = {
	name: 'shop',
	displayName: 'Shop',
	credential: 'shopApi',
	resources: [
		{
			name: 'Order',
			value: 'order',
			operations: [
				{ ...row, name: 'Get', value: 'get', request: 'GET /orders/{id}', returns: { kind: 'order' } },
				{
					...row,
					name: 'Get Many',
					value: 'getMany',
					request: 'GET /{page}/orders',
					wire: { fromAccount: { page: { parameter: 'page', label: 'Page' } } },
					returns: { kind: 'order', list: 'orders' },
				},
			],
		},
	],
	parallelReads: 1,
	dashboard: 'the dashboard',
	account: ({ baseUrl, key, page, other }) => ({
		origin: String(baseUrl ?? 'https://shop.example'),
		id: String(key ?? 'k1'),
		parameters: { page: String(page ?? 'main'), other: String(other ?? '') },
		secrets: [],
	}),
	verdict: ({ status, text }) => {
		if (status === 200) return { state: 'accepted', data: JSON.parse(text) };
		if (status === 404) return { state: 'refused', code: '404', reason: 'not there', meaning: 'absent' };
		if (status === 400) return { state: 'refused', code: '400', reason: 'odd' };
		return { state: 'unclear', reason: `it answered ${status}` };
	},
	payment: (kind, { id, state = null }) =>
		payment(
			'shop',
			kind,
			{ table: { open: { status: 'pending' }, paid: { status: 'succeeded' } }, text: textOf(state) },
			{ id: textOf(id) },
		),
};

/** The same with a total, and with times: exact ones, and some without a zone. */
const datedShop: Provider = {
	...provider,
	resources: [
		{
			name: 'Order',
			value: 'order',
			operations: [
				{
					...row,
					name: 'Get Many',
					value: 'getMany',
					request: 'GET /orders',
					returns: {
						kind: 'order',
						list: 'orders',
						page: { number: 'page', size: 'size', first: 1, maximumSize: 50, total: 'total' },
					},
				},
			],
		},
	],
	payment: (kind, { id, state = null, created = null, local = null, changed = null }) =>
		payment(
			'shop',
			kind,
			{ table: { open: { status: 'pending' }, paid: { status: 'succeeded' } }, text: textOf(state) },
			{
				id: textOf(id),
				createdAt: textOf(created),
				createdAtLocal: textOf(local),
				updatedAt: textOf(changed),
			},
		),
};

const watches: Readonly<Record<string, Watch>> = {
	orders: { event: 'order', operation: 'order.getMany', reads: ({ from }) => [{ from }] },
	named: {
		event: 'order',
		operation: 'order.get',
		reads: (_range, references) => references.map((id) => ({ id })),
	},
};

interface Order {
	id: string;
	state: string;
	/** The days since its creation. */
	age: number;
}

/** A shop whose list has a filter for the beginning of a range. */
function shop(
	orders: Order[],
	{
		parameters = {},
		credentials = {},
		n8n = {},
	}: { parameters?: IDataObject; credentials?: IDataObject; n8n?: Partial<Play> } = {},
	stored?: Stored,
) {
	const play = stage(
		{
			provider,
			watches,
			credentials: credentials as Record<string, string>,
			parameters: { watch: 'orders', days: 7, ...parameters },
			...n8n,
			answer: ({ url }) => {
				const from = Number(new URL(url).searchParams.get('from'));
				const found = orders.filter(({ age }) => now - age * DAY >= from);
				return { body: JSON.stringify({ orders: found }) };
			},
		},
		stored,
	);
	const seen = () => play.emitted.map(({ json }) => [json.id, json.status]);
	return { play, seen };
}

const order = (id: string, state = 'open', age = 1): Order => ({ id, state, age });

describe('what was there before is not new', () => {
	it.each<[string, IDataObject]>([
		['on another host', { baseUrl: 'https://sandbox.shop.example' }],
		['of another account', { key: 'k2' }],
		['of another page of the account', { page: 'other' }],
	])('%s', async (_case, credentials) => {
		const first = shop([order('1'), order('2')]);
		await first.play.start();
		const theirs = [order('8'), order('9')];
		const second = shop(theirs, { credentials }, first.play.stored);
		await second.play.start();
		expect(second.seen()).toEqual([]);
		theirs.push(order('10'));
		await second.play.tick();
		expect(second.seen()).toEqual([['10', 'pending']]);
	});

	it('when more days are looked back and it was forgotten meanwhile', async () => {
		const orders = [order('1', 'paid')];
		const first = shop(orders);
		await first.play.start();
		for (const days of [10, 48]) {
			jest.spyOn(clock, 'now').mockReturnValue(now + days * DAY);
			await first.play.tick();
		}
		expect(Object.keys(first.play.remembered('orders').known)).toEqual([]);
		const second = shop(orders, { parameters: { days: 70 } }, first.play.stored);
		await second.play.start();
		await second.play.tick();
		expect(second.seen()).toEqual([]);
		expect(second.play.requests).toHaveLength(3);
	});

	it('when more days are looked back', async () => {
		const orders = [order('1'), order('2', 'open', 20)];
		const first = shop(orders);
		await first.play.start();
		orders.push(order('3'));
		const second = shop(orders, { parameters: { days: 30 } }, first.play.stored);
		await second.play.start();
		expect(second.seen()).toEqual([['3', 'pending']]);
		orders[1] = order('2', 'paid', 20);
		await second.play.tick();
		expect(second.seen()).toEqual([
			['3', 'pending'],
			['2', 'succeeded'],
		]);
	});
});

it('an answer without a list is no empty list: what was there before is not new after it', async () => {
	let body = '{"message":"under maintenance"}';
	const answer = () => ({ body });
	const play = stage({ provider, watches, credentials: {}, parameters: { watch: 'orders' }, answer });
	await play.start();
	body = JSON.stringify({ orders: [order('1')] });
	await play.tick();
	expect(play.emitted).toEqual([]);
	expect(play.failures).toEqual([expect.stringContaining('it answered without the list')]);
});

it('the same account with another setting that has nothing to do with the list loses nothing', async () => {
	const first = shop([order('1')]);
	await first.play.start();
	const second = shop([order('2')], { credentials: { other: 'x' } }, first.play.stored);
	await second.play.start();
	expect(second.seen()).toEqual([['2', 'pending']]);
});

it('the same account with another key loses nothing', async () => {
	const first = shop([order('1'), order('2')]);
	await first.play.start();
	const orders = [order('1', 'paid'), order('2'), order('3')];
	const second = shop(orders, { credentials: { key: 'k2' } }, first.play.stored);
	await second.play.start();
	expect(second.seen()).toEqual([
		['1', 'succeeded'],
		['3', 'pending'],
	]);
});

it('more objects than a poll reads are told, and those that were read are emitted', async () => {
	const orders: Order[] = [];
	const { play } = shop(orders);
	await play.start();
	for (let id = 1; id <= 10_001; id += 1) orders.push(order(String(id)));
	await play.tick();
	expect(play.emitted).toHaveLength(10_000);
	expect(play.failures).toEqual([
		'Shop lists more than 10,000 objects for these days; one poll reads 10,000, and changes of the others are not seen.',
	]);
});

describe('objects that are asked for one by one', () => {
	/** Orders that answer with their state: an HTTP status, or the order's status. */
	function asked(states: Record<string, string>) {
		const urls: string[] = [];
		const play = stage({
			provider,
			watches,
			credentials: {},
			parameters: { watch: 'named', references: Object.keys(states).join(',') },
			answer: ({ url }) => {
				urls.push(url);
				const id = url.split('/').at(-1) ?? '';
				const state = states[id] ?? '';
				return /^\d+$/.test(state)
					? { status: Number(state), body: '' }
					: { body: JSON.stringify({ id, state }) };
			},
		});
		return { play, urls };
	}

	it.each(['400', '500'])('one that answers %s does not hide the others, and is named', async (status) => {
		const states: Record<string, string> = { a: 'open', b: 'open', c: 'open' };
		const { play } = asked(states);
		await play.start();
		Object.assign(states, { a: status, c: 'paid' });
		await play.tick();
		await play.tick();
		expect(play.emitted.map(({ json }) => [json.id, json.status])).toEqual([['c', 'succeeded']]);
		expect(play.failures).toEqual([
			expect.stringContaining('Order: Get `a`'),
			expect.stringContaining('Order: Get `a`'),
		]);
		states.a = 'paid';
		await play.tick();
		expect(play.emitted.at(-1)?.json).toMatchObject({ id: 'a', status: 'succeeded' });
	});

	it('are not new when the first poll did not see them', async () => {
		const states: Record<string, string> = { a: '500', b: 'open' };
		const { play } = asked(states);
		await play.start();
		Object.assign(states, { a: 'open' });
		await play.tick();
		expect(play.emitted).toEqual([]);
		Object.assign(states, { a: 'paid' });
		await play.tick();
		expect(play.emitted.map(({ json }) => json.id)).toEqual(['a']);
	});

	it('are not all asked for when the provider is down', async () => {
		const states = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`o${index}`, 'open']));
		const { play, urls } = asked(states);
		await play.start();
		for (const id of Object.keys(states)) states[id] = '503';
		urls.length = 0;
		await play.tick();
		expect(new Set(urls).size).toBe(3);
		expect(play.failures).toHaveLength(1);
	});
});

describe('a state that comes again', () => {
	it.each([true, false])('is told again, under another eventId (durable cursors: %p)', async (isDurable) => {
		const orders = [order('1', 'new')];
		const { play, seen } = shop(orders, { n8n: { isDurable } });
		await play.start();
		await play.tick();
		for (const state of ['open', 'paid', 'open', 'open', 'paid', 'open']) {
			orders[0] = order('1', state);
			await play.tick();
		}
		expect(seen().map(([, status]) => status)).toEqual([
			'pending',
			'succeeded',
			'pending',
			'succeeded',
			'pending',
		]);
		const ids = play.emitted.map(({ json }) => String(json.eventId));
		expect(new Set(ids).size).toBe(5);
		// The first time of each state has the eventId that a webhook gives it.
		expect(ids.slice(2)).toEqual([`${ids[0]}-2`, `${ids[1]}-2`, `${ids[0]}-3`]);
	});
});

describe('renaming the node', () => {
	it.each([
		[true, 'B'],
		[false, 'B'],
		[true, 'Trigger'],
		[false, 'Trigger'],
	])(
		'loses nothing and doubles nothing (durable cursors: %p, renamed at last to %s)',
		async (isDurable, last) => {
			const orders = [order('1'), order('2')];
			const first = shop(orders, { n8n: { isDurable } });
			await first.play.start();
			await first.play.tick();
			orders.push(order('3'));
			await first.play.tick();
			orders[0] = order('1', 'paid');
			const second = shop(orders, { n8n: { isDurable, name: 'Other' } }, first.play.stored);
			await second.play.start();
			await second.play.tick();
			orders[1] = order('2', 'paid');
			const third = shop(orders, { n8n: { isDurable, name: last } }, second.play.stored);
			await third.play.start();
			await third.play.tick();
			expect([first.seen(), second.seen(), third.seen()]).toEqual([
				[['3', 'pending']],
				[['1', 'succeeded']],
				[['2', 'succeeded']],
			]);
		},
	);
});

describe('a workflow that was saved with the first edition', () => {
	// Its eventIds were made otherwise, so that nothing of it can be compared.
	const kept = (orders: object) => ({ staticData: { 'node:Trigger': { orders } } }) as never;
	const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();

	it.each([true, false])(
		'tells what has changed since its last poll, once (durable cursors: %p)',
		async (isDurable) => {
			const known = { 'order 1': 'shop-1', 'order 2': 'shop-2', 'order 3': 'shop-3' };
			const rows = [
				{ id: '1', state: 'paid', created: at(-50), changed: at(-30) },
				{ id: '2', state: 'paid', created: at(-50), changed: at(-3) },
				{ id: '3', state: 'paid', created: at(-50) },
				{ id: '4', state: 'open', created: at(-2) },
			];
			const play = stage(
				{
					provider: datedShop,
					watches: { orders: { event: 'order', operation: 'order.getMany', reads: () => [{}] } },
					credentials: {},
					parameters: { watch: 'orders' },
					isDurable,
					answer: () => ({ body: JSON.stringify({ total: rows.length, orders: rows }) }),
				},
				kept({ known, readAt: now - 24 * 3_600_000, days: 7, source: 'h', seen: {} }),
			);
			await play.start();
			await play.tick();
			await play.tick();
			expect(play.emitted.map(({ json }) => json.id)).toEqual(['2', '4']);
			// It says what it cannot know.
			expect(new Set(play.failures)).toEqual(
				new Set([expect.stringMatching(/for the first time about 3\./)]),
			);
		},
	);

	it('that had no answer yet begins at its first one', async () => {
		const { play, seen } = shop([order('1')], {}, kept({ known: {}, since: now - 1 }));
		await play.start();
		expect(seen()).toEqual([]);
	});
});

describe('a first list that is cut short', () => {
	/** The list names more rows than it gives, as long as it is cut. */
	function cutShop(dated: boolean) {
		const rows = Array.from({ length: 40 }, (_, index) => ({
			id: String(index + 1),
			state: 'open',
			...(dated ? { created: new Date(now - DAY).toISOString() } : { local: '2026-11-19 10:00:00' }),
		}));
		rows[4] = {
			...rows[4],
			id: '5',
			state: 'open',
			...(!dated && { local: '2026-11-19 10:00:01' }),
		} as never;
		const line = { given: 5 };
		const play = stage({
			provider: datedShop,
			watches: { orders: { event: 'order', operation: 'order.getMany', reads: () => [{}] } },
			credentials: {},
			parameters: { watch: 'orders' },
			answer: ({ url }) => ({
				body: JSON.stringify({
					total: rows.length,
					orders: new URL(url).searchParams.get('page') === '1' ? rows.slice(0, line.given) : [],
				}),
			}),
		});
		return { rows, line, play };
	}

	it.each([true, false])(
		'makes its rest no news, and what is made afterwards is (zone: %p)',
		async (dated) => {
			const { rows, line, play } = cutShop(dated);
			await play.start();
			expect(play.failures).toEqual([
				expect.stringContaining('did not list everything: it names 40 rows and gave 5'),
			]);
			line.given = 40;
			jest.spyOn(clock, 'now').mockReturnValue(now + 60_000);
			await play.tick();
			expect(play.emitted).toEqual([]);
			rows[20] = { ...rows[20], state: 'paid' } as never;
			rows.push({
				id: '41',
				state: 'open',
				...(dated ? { created: new Date(now + 1000).toISOString() } : { local: '2026-11-20 11:00:00' }),
			} as never);
			line.given = 41;
			await play.tick();
			expect(play.emitted.map(({ json }) => json.id).sort()).toEqual(['21', '41']);
		},
	);
});

describe('a filter of the trigger', () => {
	const filtered: Readonly<Record<string, Watch>> = {
		orders: {
			event: 'order',
			operation: 'order.getMany',
			reads: ({ from }) => [{ from }],
			filters: { city: 'city' },
		},
	};
	function cities(orders: Array<Order & { city: string }>, parameters: IDataObject, stored?: Stored) {
		const play = stage(
			{
				provider,
				watches: filtered,
				credentials: {},
				parameters: { watch: 'orders', ...parameters },
				answer: ({ url }) => {
					const city = new URL(url).searchParams.get('city');
					return { body: JSON.stringify({ orders: orders.filter((one) => !city || one.city === city) }) };
				},
			},
			stored,
		);
		return { play, ids: () => play.emitted.map(({ json }) => json.id) };
	}

	it('that is taken away makes nothing old new, and loses nothing that it let through', async () => {
		const orders = [
			{ ...order('1'), city: 'Bonn' },
			{ ...order('2'), city: 'Rome' },
		];
		const first = cities(orders, { city: 'Bonn' });
		await first.play.start();
		orders.push({ ...order('3'), city: 'Rome' }, { ...order('4'), city: 'Bonn' });
		const second = cities(orders, {}, first.play.stored);
		await second.play.start();
		expect(second.ids()).toEqual(['4']);
		orders.push({ ...order('5'), city: 'Rome' });
		orders[1] = { ...order('2', 'paid'), city: 'Rome' };
		await second.play.tick();
		expect(second.ids()).toEqual(['4', '2', '5']);
	});

	it('that is put in lets through only what it is for', async () => {
		const orders = [{ ...order('1'), city: 'Bonn' }];
		const first = cities(orders, {});
		await first.play.start();
		orders.push({ ...order('2'), city: 'Rome' }, { ...order('3'), city: 'Bonn' });
		const second = cities(orders, { city: 'Bonn' }, first.play.stored);
		await second.play.start();
		await second.play.tick();
		expect(second.ids()).toEqual(['3']);
	});

	it('of statuses that is taken away makes nothing new that it had left out', async () => {
		const orders = [order('1')];
		const first = shop(orders, { parameters: { statuses: ['succeeded'] } });
		await first.play.start();
		orders.push(order('2'));
		await first.play.tick();
		const second = shop(orders, {}, first.play.stored);
		await second.play.start();
		expect(second.seen()).toEqual([]);
		orders.push(order('3'));
		await second.play.tick();
		expect(second.seen()).toEqual([['3', 'pending']]);
	});
});

describe('the first poll of all without an answer', () => {
	const since = now;
	const at = (minutes: number) => new Date(since + minutes * 60_000).toISOString();

	async function afterStop(rows: object[], isDurable: boolean) {
		const play = (answer: { status?: number; body: string }, stored?: Stored) =>
			stage(
				{
					provider: datedShop,
					watches: { orders: { event: 'order', operation: 'order.getMany', reads: () => [{}] } },
					credentials: {},
					parameters: { watch: 'orders' },
					isDurable,
					answer: () => answer,
				},
				stored,
			);
		const first = play({ status: 503, body: '' });
		await first.start();
		jest.spyOn(clock, 'now').mockReturnValue(now + DAY);
		const second = play({ body: JSON.stringify({ total: rows.length, orders: rows }) }, first.stored);
		await second.start();
		await second.tick();
		await second.tick();
		return second;
	}

	it.each([true, false])(
		'and a stop: what changed after it is told, once (durable cursors: %p)',
		async (isDurable) => {
			const rows = [
				{ id: '1', state: 'paid', created: at(-60), changed: at(5) },
				{ id: '2', state: 'open', created: at(6) },
				{ id: '3', state: 'paid', created: at(-60), changed: at(-30) },
			];
			const play = await afterStop(rows, isDurable);
			expect(play.emitted.map(({ json }) => json.id)).toEqual(['1', '2']);
			expect(play.failures).toEqual([]);
		},
	);

	it('names what does not say when it changed, and does not tell it', async () => {
		const play = await afterStop([{ id: '1', state: 'paid', created: at(-60) }], false);
		expect(play.emitted).toEqual([]);
		expect(play.failures).toEqual([
			expect.stringMatching(/answered for the first time about 1\. .* does not say when/),
		]);
	});
});

describe('time', () => {
	it('of one poll is kept: what was not asked for is first in the next one', async () => {
		let time = now;
		jest.spyOn(clock, 'now').mockImplementation(() => time);
		const asked: string[] = [];
		const states: Record<string, string> = Object.fromEntries(
			Array.from({ length: 9 }, (_, index) => [`o${index}`, 'open']),
		);
		const play = stage({
			provider,
			watches,
			credentials: {},
			parameters: { watch: 'named', references: Object.keys(states).join(',') },
			budget: 4_000,
			answer: ({ url }) => {
				time += 1_000;
				const id = url.split('/').at(-1) ?? '';
				asked.push(id);
				return { body: JSON.stringify({ id, state: states[id] }) };
			},
		});
		await play.start();
		for (const id of Object.keys(states)) states[id] = 'paid';
		asked.length = 0;
		for (let poll = 0; poll < 3; poll += 1) await play.tick();
		expect(new Set(asked).size).toBe(9);
		expect(play.emitted.map(({ json }) => json.id).sort()).toEqual(Object.keys(states).sort());
		expect(play.failures).toEqual([]);
	});

	it('that goes back by an hour stops nothing', async () => {
		const orders = [order('1')];
		const { play, seen } = shop(orders);
		await play.start();
		jest.spyOn(clock, 'now').mockReturnValue(now - 3_600_000);
		orders.push(order('2'));
		await play.tick();
		expect(seen()).toEqual([['2', 'pending']]);
	});
});

describe('an answer without an ID', () => {
	it.each(['{}', '{"id":"other","state":"paid"}', '[]', '{"state":"paid"}'])(
		'%s is none about the reference: it makes no event, and is told',
		async (body) => {
			let answer = body;
			const play = stage({
				provider,
				watches,
				credentials: {},
				parameters: { watch: 'named', references: 'a', emitExisting: true },
				answer: () => ({ body: answer }),
			});
			await play.start();
			expect(play.emitted).toEqual([]);
			expect(play.failures).toHaveLength(1);
			answer = '{"id":"a","state":"paid"}';
			await play.tick();
			expect(play.emitted.map(({ json }) => json.id)).toEqual(['a']);
		},
	);

	it('in a list makes no event', async () => {
		const rows: object[] = [{ id: '1', state: 'open' }];
		const play = stage({
			provider,
			watches,
			credentials: {},
			parameters: { watch: 'orders' },
			answer: () => ({ body: JSON.stringify({ orders: rows }) }),
		});
		await play.start();
		rows.push({}, { state: 'paid' }, { id: '2', state: 'paid' });
		await play.tick();
		expect(play.emitted.map(({ json }) => json.id)).toEqual(['2']);
	});
});

it('with durable cursors a list that is not answered is thrown, so that n8n waits longer', async () => {
	const orders = [order('1')];
	const line = { isDown: false };
	const play = (stored?: Stored) =>
		stage(
			{
				provider,
				watches,
				credentials: {},
				parameters: { watch: 'orders' },
				isDurable: true,
				answer: () => (line.isDown ? { status: 503, body: '' } : { body: JSON.stringify({ orders }) }),
			},
			stored,
		);
	const first = play();
	await first.start();
	await first.tick();
	line.isDown = true;
	await first.tick();
	expect(first.failures).toEqual([expect.stringContaining('it answered 503')]);
	orders.push(order('2'));
	line.isDown = false;
	await first.tick();
	expect(first.emitted.map(({ json }) => json.id)).toEqual(['2']);
});

it('a list that is not answered at a start stops no trigger: n8n would not activate it', async () => {
	const orders = [order('1')];
	const first = shop(orders);
	await first.play.start();
	let isDown = true;
	const second = stage(
		{
			provider,
			watches,
			credentials: {},
			parameters: { watch: 'orders' },
			answer: () => (isDown ? { status: 503, body: '' } : { body: JSON.stringify({ orders }) }),
		},
		first.play.stored,
	);
	await second.start();
	expect(second.failures).toEqual([expect.stringContaining('it answered 503')]);
	orders.push(order('2'));
	isDown = false;
	await second.tick();
	expect(second.emitted.map(({ json }) => json.id)).toEqual(['2']);
});
