import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { textOf } from '../../../core/exact/json.ts';
import type { Watch } from '../../../core/events/watching.ts';
import { payment } from '../../../core/provider/payment.ts';
import type { Provider } from '../../../core/provider/provider.ts';
import { stage, type Stored } from '../pollingStage.mts';

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
					fromAccount: { page: { parameter: 'page', label: 'Page' } },
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
		if (status === 404) return { state: 'refused', code: '404', reason: 'not there' };
		if (status === 400) return { state: 'refused', code: '400', reason: 'odd', meaning: 'unread' };
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
	/** Days since it was made. */
	age: number;
}

/** A shop whose list takes the beginning of a range. */
function shop(
	orders: Order[],
	{ parameters = {}, credentials = {} }: { parameters?: IDataObject; credentials?: IDataObject } = {},
	stored?: Stored,
) {
	const play = stage(
		{
			provider,
			watches,
			credentials: credentials as Record<string, string>,
			parameters: { watch: 'orders', days: 7, ...parameters },
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
	/** Each answers what its state says: a status of HTTP, or that of the order. */
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
