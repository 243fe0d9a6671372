import type { JsonObject } from '../../../core/exact/json.ts';
import { providerEvent } from '../../../core/events/event.ts';
import { MAX_DELIVERY_BYTES, type Delivery, type Received } from '../../../core/events/webhook.ts';
import { gatePay } from '../../../nodes/GatePay/provider.ts';
import { sign } from '../../../nodes/GatePay/signing.ts';
import { receive, gatePayWebhook } from '../../../nodes/GatePay/webhook.ts';
import { documentedWebhooks } from '../documentedWebhooks.mts';

const secret = 'gp_test_secret_0123456789abcdef';
const now = 1_782_864_000_000;

/** The 13 documented notifications, from the contract. */
const documented: Array<[string, JsonObject]> = Object.entries(
	documentedWebhooks('gatepay') as Record<string, never>,
).map(([name, item]) => [
	name,
	Object.values<{ value: JsonObject }>(
		item['post']['requestBody']['content']['application/json']['examples'],
	)[0]?.value ?? {},
]);

function delivery(body: string, { at = now, nonce = 'n1', key = secret } = {}): Delivery {
	const timestamp = String(at);
	return {
		headers: {
			'x-gatepay-timestamp': timestamp,
			'x-gatepay-nonce': nonce,
			'x-gatepay-signature': sign(key, { timestamp, nonce, body }),
		},
		body: Buffer.from(body, 'utf8'),
	};
}

const credentials = { paymentSecret: secret };
const received = (body: unknown) => receive(delivery(JSON.stringify(body)), credentials, now);

function eventOf(result: Received): JsonObject {
	const event = result.state === 'genuine' ? result.notified[0]?.event : undefined;
	if (!event) throw new Error(`No event: ${JSON.stringify(result)}`);
	return event;
}

describe('every documented notification becomes an event', () => {
	it('there are 13', () => {
		expect(documented).toHaveLength(13);
	});

	it.each(documented)('%s', (name, body) => {
		const result = received(body);
		expect(gatePayWebhook.acknowledge([])).toEqual({ returnCode: 'SUCCESS', returnMessage: '' });
		const event = eventOf(result);
		expect(event).toMatchObject({
			event: name,
			provider: 'gatePay',
			eventId: expect.stringMatching(/^gatePay-[0-9a-f]{32}$/),
		});
		expect(event.status).not.toBe('unknown');
		expect(event).not.toHaveProperty('error');
	});

	it('reads a payout, whose body has another shape', () => {
		const [, body] = documented.find(([name]) => name === 'payout') ?? ['', {}];
		expect(eventOf(received(body))).toMatchObject({
			kind: 'payoutLine',
			status: 'succeeded',
			final: true,
			reference: '1526052914503263472',
			batchReference: '1526052914503263472',
			batchStatus: 'SUCCESS',
			amount: '0.1',
			paidAmount: '0.0501',
			fee: '0.0499',
			currency: 'USDC',
			network: 'BASEEVM',
			txHash: '0x2546',
		});
	});

	it('reads an OTC order by its type', () => {
		const [, body] = documented.find(([name]) => name === 'otc') ?? ['', {}];
		expect(eventOf(received(body))).toMatchObject({
			kind: 'otcSell',
			status: 'processing',
			final: false,
			id: '79550727153516602',
			reference: 'PCC101800177995803114487146200',
			amount: '124710',
			fiatCurrency: 'USD',
			updatedAt: '2026-05-28T08:47:12.486Z',
		});
	});

	it('takes data as text or as an object', () => {
		const data = { type: 'BUY', orderId: '1', cryptoAmount: '1.50' };
		const base = { bizType: 'OTC', bizId: '1', bizStatus: 'RECHARGE_SUCCESS' };
		const asText = eventOf(received({ ...base, data: JSON.stringify(data) }));
		const asObject = eventOf(received({ ...base, data }));
		expect(asText).toEqual(asObject);
	});

	it('reads a payout whose lines are not shown as its batch', () => {
		const body = { main_order: { batch_id: 'b1', status: 'SUCCESS' }, client_id: 'cid' };
		expect(eventOf(received(body))).toMatchObject({
			event: 'payout',
			kind: 'payout',
			reference: 'b1',
			raw: { ...body, suborders: [] },
		});
	});

	it.each<[string, unknown, unknown]>([
		['text that is no JSON', 'paid', 'paid'],
		['a list', [1], [1]],
		['a number', 7, 7],
		['null', null, null],
		['text that holds null', 'null', 'null'],
	])('passes data on that is %s, and reads nothing out of it', (_case, data, raw) => {
		const event = eventOf(received({ bizType: 'PAY', bizId: '1', bizStatus: 'PAY_SUCCESS', data }));
		expect(event).toMatchObject({ event: 'paymentOrder', id: '1', status: 'succeeded' });
		expect(event.raw).toMatchObject({ data: raw });
	});

	it('passes a notification without a kind as other', () => {
		expect(eventOf(received({ bizId: '1', bizStatus: 'PAY_SUCCESS' }))).toMatchObject({
			event: 'other',
			status: 'unknown',
			final: false,
		});
	});

	it('keeps ids and amounts exact where JSON numbers would round them', () => {
		const body =
			'{"main_order":{"batch_id":7615917337495251231,"status":"SUCCESS"},"suborders":[{"suborder_id":7615917337495251232,"amount":0.1000,"status":"DONE"}]}';
		const event = eventOf(receive(delivery(body), credentials, now));
		expect(event).toMatchObject({
			id: '7615917337495251232',
			batchReference: '7615917337495251231',
			amount: '0.1000',
		});
	});

	it('passes kinds and states that are not documented, and never calls them final', () => {
		expect(eventOf(received({ bizType: 'NEW_KIND', bizId: '1', bizStatus: 'X', data: '{}' }))).toMatchObject({
			event: 'other',
			status: 'unknown',
			final: false,
		});
		expect(
			eventOf(received({ bizType: '__proto__', bizId: '1', bizStatus: 'constructor', data: 'no json' })),
		).toMatchObject({ event: 'other', status: 'unknown' });
	});
});

describe('an off-ramp order', () => {
	const order = { orderId: '7', cryptoAmount: '10', fiatAmount: '9', type: 'SELL' };
	const announced = (bizStatus: string) =>
		eventOf(received({ bizType: 'OTC', bizId: '7', bizStatus, data: JSON.stringify(order) })).eventId;
	const polled = (status: string) => {
		const record = gatePay.payment('otcSell', { ...order, status });
		return providerEvent('otc', record, {}, gatePay.eventVersion?.(record)).eventId;
	};

	it.each([
		['WITHDRAW_DISPATCHED', 'DISPATCHED'],
		['WITHDRAW_SUCCESS', 'DONE'],
		['WITHDRAW_FAIL', 'FAIL'],
	])('has one eventId for %s and for %s in the list', (bizStatus, status) => {
		expect(announced(bizStatus)).toBe(polled(status));
	});

	it('has another one before the bank has sent it: the slip must not be lost', () => {
		const ids = ['PROCESSING', 'DISPATCHED', 'DONE', 'FAIL'].map(polled);
		expect(new Set(ids).size).toBe(4);
	});
});

describe('eventId', () => {
	const base = {
		bizType: 'OTC',
		bizId: '1',
		bizStatus: 'RECHARGE_SUCCESS',
		data: '{"type":"BUY","cryptoAmount":"1","updateTime":"1779958032486"}',
	};
	const idOf = (body: unknown) => eventOf(received(body)).eventId;

	it('stays the same when a retry is signed anew or keys change their order', () => {
		const later = receive(
			delivery(JSON.stringify(base), { at: now + 60_000, nonce: 'n2' }),
			credentials,
			now + 60_000,
		);
		expect(eventOf(later).eventId).toBe(idOf(base));
		expect(idOf(Object.fromEntries(Object.entries(base).reverse()))).toBe(idOf(base));
	});

	it('differs for every real change', () => {
		const changes = [
			base,
			{ ...base, bizId: '2' },
			{ ...base, bizStatus: 'RECHARGE_FAIL' },
			{ ...base, bizType: 'PAY' },
			{ ...base, data: base.data.replace('"1"', '"2"') },
		];
		expect(new Set(changes.map(idOf)).size).toBe(changes.length);
	});

	it('tells notifications of kinds and states that are not documented apart, whatever they hold', () => {
		const kind = { bizType: 'NEW_KIND', bizStatus: 'X', data: '{"no":"1"}' };
		const changes = [
			kind,
			{ ...kind, bizStatus: 'Y' },
			{ ...kind, data: '{"no":"2"}' },
			{ ...kind, bizId: '1' },
			{ ...base, bizStatus: 'ON_HOLD' },
			{ ...base, bizStatus: 'IN_REVIEW' },
		];
		expect(new Set(changes.map(idOf)).size).toBe(changes.length);
		expect(idOf(Object.fromEntries(Object.entries(kind).reverse()))).toBe(idOf(kind));
	});

	const credit = (data: JsonObject, change: JsonObject = {}) =>
		idOf({
			bizType: 'PAY_ADDRESS',
			bizId: '1',
			bizStatus: 'PAY_SUCCESS',
			data: JSON.stringify(data),
			...change,
		});

	it.each(['transactionId', 'paymentOrderNo', 'deductOrderNo'])(
		'tells two credits of one order and one amount apart by %s',
		(name) => {
			const amount = { doneAmountOnChain: '5' };
			expect(credit({ ...amount, [name]: 't1' })).not.toBe(credit({ ...amount, [name]: 't2' }));
			expect(credit({ ...amount, [name]: 't1' })).toBe(credit({ ...amount, [name]: 't1' }));
		},
	);

	it('tells a credit from a transfer, which have one kind of event', () => {
		const transfer = credit({ transactionId: 't1' }, { bizType: 'TRANSFER_ADDRESS' });
		expect(credit({ transactionId: 't1' })).not.toBe(transfer);
	});

	it('of a documented kind does not change with a member that says nothing about money', () => {
		expect(credit({ transactionId: 't1', goodsName: 'a' })).toBe(
			credit({ transactionId: 't1', goodsName: 'b' }),
		);
		expect(credit({ transactionId: 't1' }, { client_id: 'a' })).toBe(
			credit({ transactionId: 't1' }, { client_id: 'b' }),
		);
	});

	it('tells the lines of two payout notifications apart', () => {
		const payout = (status: string, txId: string) => ({
			main_order: { batch_id: 'b1', status: 'PROCESSING' },
			suborders: [{ merchant_withdraw_id: 'w1', status, tx_id: txId }],
		});
		expect(
			new Set([payout('PENDING', ''), payout('DONE', '0x1'), payout('DONE', '0x2')].map(idOf)).size,
		).toBe(3);
	});
});

describe('what is still genuine', () => {
	const body = JSON.stringify(documented[0]?.[1]);
	const hours = 60 * 60 * 1000;

	it.each([
		['the last of a day of retries', 25 * hours],
		['one that is 26 hours old', 26 * hours],
		["one that Gate Pay's clock has signed 5 minutes ahead", -5 * 60 * 1000],
	])('%s', (_case, age) => {
		expect(receive(delivery(body), credentials, now + age).state).toBe('genuine');
	});

	it('one of the largest size', () => {
		const largest = `{"a":"${'x'.repeat(MAX_DELIVERY_BYTES - 8)}"}`;
		expect(Buffer.byteLength(largest)).toBe(MAX_DELIVERY_BYTES);
		expect(receive(delivery(largest), credentials, now).state).toBe('genuine');
	});

	it('one whose secret was pasted with a line break', () => {
		expect(receive(delivery(body), { paymentSecret: `${secret}\n` }, now).state).toBe('genuine');
	});
});

describe('a forgery is refused, and the log says why', () => {
	const body = JSON.stringify(documented[0]?.[1]);
	const genuine = delivery(body);
	const headed = (name: string, value: string | undefined): Delivery => ({
		...genuine,
		headers: { ...genuine.headers, [`x-gatepay-${name}`]: value },
	});
	const missing = 'A signature header is missing';
	const outside = 'The timestamp is outside the window';

	it.each<[string, string, Delivery, number?]>([
		['no timestamp', missing, headed('timestamp', undefined)],
		['no nonce', missing, headed('nonce', undefined)],
		['no signature', missing, headed('signature', undefined)],
		['a timestamp in seconds', 'The timestamp is not in milliseconds', delivery(body, { at: now / 1000 })],
		['a digit more', 'The timestamp is not in milliseconds', delivery(body, { at: now * 10 })],
		['a sign before it', 'The timestamp is not in milliseconds', delivery(body, { at: -now })],
		['a line break', 'The nonce has white space in it', delivery(body, { nonce: 'n\n1' })],
		['another secret', 'The signature does not fit', delivery(body, { key: 'other' })],
		['26 hours and a moment', outside, genuine, now + 26 * 60 * 60 * 1000 + 1],
		['more than 5 minutes ahead', outside, genuine, now - 5 * 60 * 1000 - 1],
		['a list', 'The notification is not a JSON object', delivery('[]')],
		['too large', 'The notification is too large', delivery('x'.repeat(MAX_DELIVERY_BYTES + 1))],
	])('%s: %s', (_case, reason, forged, at = now) => {
		expect(receive(forged, credentials, at)).toEqual({ state: 'forged', reason });
	});

	it.each([undefined, '', ' ', 1, [secret]])('the secret %j', (paymentSecret) => {
		const reason = 'The trigger has no Payment API Secret';
		for (const key of ['', ' ', secret])
			expect(receive(delivery(body, { key }), { paymentSecret } as never, now)).toEqual({
				state: 'forged',
				reason,
			});
	});

	it('Gate Pay is answered with FAIL', () => {
		expect(gatePayWebhook.refuse('why')).toEqual({ returnCode: 'FAIL', returnMessage: 'why' });
	});
});
