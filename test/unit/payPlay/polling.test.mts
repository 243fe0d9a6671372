import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { providerEvent } from '../../../core/events/event.ts';
import { payPlay } from '../../../nodes/PayPlay/provider.ts';
import { sign } from '../../../nodes/PayPlay/signing.ts';
import { watches } from '../../../nodes/PayPlay/watches.ts';
import { receive } from '../../../nodes/PayPlay/webhook.ts';
import { stage } from '../pollingStage.mts';
import { notification, token } from './vectors.mts';

const credentials = {
	apiToken: 'api-token-1234',
	paymentPageSlug: 'my shop',
	pageSignatureToken: token,
	baseUrl: 'https://api.payplay.io',
};
const now = Date.parse('2026-11-20T09:30:00Z');
beforeEach(() => {
	jest.spyOn(clock, 'now').mockReturnValue(now);
	jest.spyOn(clock, 'sleep').mockResolvedValue();
});

type Row = Record<string, unknown>;

const order = (id: string, status: string, created_at = '2026-11-19 10:00:00'): Row => ({
	id,
	currency: 'USDT',
	value: '10.50',
	status,
	external_order_id: `INV-${id}`,
	created_at,
	completed_at: status === 'COMPLETE' ? '2026-11-19 11:00:00' : null,
	transactions: [],
});

/** A payment page with orders that change between two polls. */
function paymentPage(parameters: IDataObject = {}, change: object = {}) {
	const orders: Row[] = [];
	const play = stage({
		provider: payPlay,
		watches,
		credentials: { ...credentials, ...change },
		parameters: { watch: 'orders', ...parameters },
		answer: ({ url }) => {
			const number = Number(new URL(url).searchParams.get('page'));
			return {
				body: JSON.stringify({
					orders: orders.slice((number - 1) * 50, number * 50),
					meta: { current_page: number, last_page: Math.ceil(orders.length / 50), total: orders.length },
				}),
			};
		},
	});
	const statuses = () => play.emitted.map(({ json }) => [json.id, json.status]);
	return { orders, play, statuses };
}

it.each([
	['orders', '/private-api/orders/my%20shop'],
	['cryptoOrders', '/private-api/crypto-orders/my%20shop'],
])('%s are listed page by page, with a day more on both sides', async (watch, path) => {
	const { orders, play, statuses } = paymentPage({ watch, days: 7, emitExisting: true });
	for (let id = 1; id <= 60; id += 1) orders.push(order(String(id), 'INIT'));
	await play.start();
	expect(play.requests.map(({ url }) => url)).toEqual(
		[1, 2].map(
			(number) =>
				`https://api.payplay.io${path}?date_from=2026-11-12%2009%3A30%3A00&date_to=2026-11-21%2009%3A30%3A00&page=${number}&per_page=50`,
		),
	);
	expect(new Set(statuses().map(([id]) => id)).size).toBe(60);
});

it('emits what is new or changed after the start, each once, the oldest first', async () => {
	const { orders, play, statuses } = paymentPage();
	orders.push(order('1', 'INIT'));
	await play.start();
	expect(play.emitted).toEqual([]);
	orders[0] = order('1', 'OPEN');
	// The list has the newest order first.
	orders.unshift(order('3', 'INIT', '2026-11-19 10:02:00'), order('2', 'INIT', '2026-11-19 10:01:00'));
	await play.tick();
	await play.tick();
	expect(statuses()).toEqual([
		['1', 'pending'],
		['2', 'created'],
		['3', 'created'],
	]);
	orders[2] = order('1', 'DECLINED');
	await play.tick();
	// Late money completes an order that was declined.
	orders[2] = order('1', 'COMPLETE');
	await play.tick();
	expect(statuses().slice(3)).toEqual([
		['1', 'failed'],
		['1', 'succeeded'],
	]);
	expect(play.emitted[4]?.json).toMatchObject({
		event: 'order',
		kind: 'order',
		final: true,
		reference: 'INV-1',
		amount: '10.50',
		updatedAtLocal: '2026-11-19 11:00:00',
		raw: { status: 'COMPLETE' },
	});
});

it.each(['orders', 'cryptoOrders'])(
	'%s: the event has the eventId of the webhook, before and after confirmation',
	async (watch) => {
		const row = order('7', 'COMPLETE');
		const body = notification('order::completed', 'COMPLETE', row);
		const received = receive(
			{ headers: { signature: sign(token, body) }, body: Buffer.from(body) },
			{ ...credentials },
		);
		const told = received.state === 'genuine' ? received.notified[0]?.event : undefined;
		// The record as core makes it from the confirming read.
		const record = payPlay.payment('order', row as never);
		const confirmed = providerEvent('order', record, {}, payPlay.eventVersion?.(record));
		const { orders, play } = paymentPage({ watch, emitExisting: true });
		orders.push(row);
		await play.start();
		const polled = play.emitted[0]?.json;
		expect(polled?.eventId).toBe(confirmed.eventId);
		expect(polled?.eventId).toBe(told?.eventId);
		expect(polled?.event).toBe(told?.event);
	},
);

describe('transactions', () => {
	const transaction = (id: string, status: string): Row => ({
		id,
		type: 'WITHDRAWAL',
		currency: 'USDT',
		value: '10',
		status,
		hash: null,
		created_at: '2026-11-19 10:00:00',
		completed_at: status === 'COMPLETE' ? '2026-11-19 11:00:00' : null,
	});

	function transactions(watch: string, references: string) {
		const known: Record<string, string> = { a: 'PENDING_WITHDRAWAL', b: 'COMPLETE' };
		const play = stage({
			provider: payPlay,
			watches,
			credentials,
			parameters: { watch, references, emitExisting: true },
			answer: ({ url }) => {
				const id = new URL(url).pathname.split('/').at(-1) ?? '';
				return known[id] === undefined
					? { status: 404, body: '{"message":"Not Found"}' }
					: { body: JSON.stringify({ transaction: transaction(id, known[id]) }) };
			},
		});
		return { known, play };
	}

	it.each([
		['transactions', 'transaction'],
		['withdrawals', 'withdrawal'],
	])(
		'%s are asked about one by one, each once, and those that are gone are passed over',
		async (watch, event) => {
			const { known, play } = transactions(watch, ' a, gone,b ,, a');
			await play.start();
			expect(play.requests.map(({ url }) => url)).toEqual(
				['a', 'gone', 'b'].map((id) => `https://api.payplay.io/private-api/transactions/${id}`),
			);
			known.a = 'CANCELLED';
			await play.tick();
			expect(play.failures).toEqual([]);
			expect(play.emitted.map(({ json }) => [json.event, json.kind, json.id, json.status])).toEqual([
				[event, 'transaction', 'a', 'processing'],
				[event, 'transaction', 'b', 'succeeded'],
				[event, 'transaction', 'a', 'cancelled'],
			]);
		},
	);

	it('have the eventId of the webhook', async () => {
		const row = transaction('b', 'COMPLETE');
		const body = notification('withdrawal::completed', 'COMPLETE', { ...row, is_internal: false });
		const received = receive(
			{ headers: { signature: sign(token, body) }, body: Buffer.from(body) },
			{ ...credentials },
		);
		const { play } = transactions('withdrawals', 'b');
		await play.start();
		expect(received).toMatchObject({
			notified: [{ event: { eventId: play.emitted[0]?.json.eventId, event: 'withdrawal' } }],
		});
	});

	it('without IDs nothing is asked', async () => {
		const { play } = transactions('withdrawals', ' , ');
		await play.start();
		expect([play.requests, play.failures]).toEqual([[], []]);
	});
});

describe('a poll that was not answered is shown, and the next one tries again', () => {
	it.each<[string, { status?: number; body: string }, string]>([
		['502', { status: 502, body: '<html>' }, 'PayPlay gave no usable answer to Order: Get Many'],
		['401', { status: 401, body: '{"message":"Unauthenticated."}' }, 'Unauthenticated'],
		['a wrong slug', { status: 404, body: '{"message":"Page not found"}' }, 'Page not found'],
		[
			'a list under another name',
			{ body: '{"rows":[]}' },
			'PayPlay gave no usable answer to Order: Get Many',
		],
	])('%s', async (_case, answer, text) => {
		const good = { body: JSON.stringify({ orders: [order('1', 'OPEN')], meta: { total: 1 } }) };
		let isDown = true;
		const play = stage({
			provider: payPlay,
			watches,
			credentials,
			parameters: { watch: 'orders', emitExisting: true },
			answer: () => (isDown ? answer : good),
		});
		await play.start();
		expect(play.failures.join()).toContain(text);
		expect(play.failures.join()).not.toContain('api-token-1234');
		expect(play.emitted).toEqual([]);
		isDown = false;
		await play.tick();
		expect(play.emitted.map(({ json }) => json.id)).toEqual(['1']);
	});

	it('a credential without the slug is named', async () => {
		const { play } = paymentPage({}, { paymentPageSlug: '' });
		await play.start();
		expect([play.requests, play.emitted]).toEqual([[], []]);
		expect(play.failures).toEqual([
			'Payment Page Slug is set neither in the credential nor in the operation',
		]);
	});
});

it('shows the newest order in the editor', async () => {
	const play = stage({
		provider: payPlay,
		watches,
		credentials,
		parameters: { watch: 'orders' },
		mode: 'manual',
		answer: () => ({
			body: JSON.stringify({
				orders: [order('2', 'INIT', '2026-11-19 10:01:00'), order('1', 'INIT', '2026-11-19 10:00:00')],
				meta: { total: 2 },
			}),
		}),
	});
	await play.start();
	expect(play.emitted.map(({ json }) => json.id)).toEqual(['2']);
});
