import SHA256 from 'crypto-js/sha256.js';

import { FAULT_KINDS, type Sandbox, type SandboxOptions } from '../../sandbox/index.mts';
import { phpText, sign, verify } from '../../sandbox/okiPays/signing.mts';
import { STATUS } from '../../sandbox/okiPays/state.mts';
import type { JsonRecord } from '../../sandbox/values.mts';
import { eventually, failureOf } from './client.mts';
import { callOkiPays, closeOkiPays, contract, joined, startOkiPays } from './okiPaysClient.mts';
import { Receiver } from './receiver.mts';

const manual = { autopilot: false };
let sandbox: Sandbox;

afterEach(closeOkiPays);

async function start(options: SandboxOptions = manual) {
	sandbox = await startOkiPays(options);
	return sandbox.okiPays;
}

const call = (operation: string, given?: JsonRecord, change: Record<string, string> = {}) =>
	callOkiPays(sandbox, operation, given, change);

function order(order_id: number, more: JsonRecord = {}): JsonRecord {
	return { order_id, payment_currency_iso: 'USD', price: 15, include_commission: 1, ...more };
}

describe('signing as a PHP server does', () => {
	it('reproduces the vectors of the reference', () => {
		const v2 = {
			request_id: '1610097140116',
			order_id: 123,
			payment_currency_iso: 'USD',
			price: 15,
			include_commission: 1,
			description: 'description',
			currencies: [
				{ iso: 'USDT', network: 1 },
				{ iso: 'BTC', network: 0 },
			],
			time_expired: 1676525820,
		};
		const signature = 'e701474e64d8ada1df4ad08d09e6abe77617ec488a34cc5bb7c8d20a296f5f4d';
		expect(sign('okipays-demo-secret', v2)).toBe(signature);
		expect(verify('okipays-demo-secret', v2, signature.toUpperCase())).toBe(false);
		const v1 = { request_id: 123, a: { d: 'param_D', a: 'param_A' }, c: 'param_C', b: 'param_B' };
		expect(sign('secret', v1)).toBe('0551d21b800598c1fe947847d1a0f0b9e42b80571e3ec6ba497ecd977eb7c537');
	});

	it.each<[unknown, string]>([
		[15, '15'],
		[15.5, '15.5'],
		[0.1 + 0.2, '0.3'],
		[1234567890.1234567, '1234567890.1235'],
		[0.0001, '0.0001'],
		[0.00001, '1.0E-5'],
		[1.5e300, '1.5E+300'],
		[true, '1'],
		[false, ''],
		[null, ''],
		['15.50', '15.50'],
	])('%p is written %p', (value, text) => expect(phpText(value)).toBe(text));
});

describe('who may call', () => {
	it('accepts what another implementation signed', async () => {
		const okiPays = await start();
		const { status, envelope, data } = await call('createOrder', order(1, { price: 15.5 }));
		expect([status, envelope.status]).toEqual([200, true]);
		expect(contract.checkSchema('OrderResponse', envelope)).toEqual([]);
		expect(data).toMatchObject({ order_id: 1, status: 'Created', status_id: 0, price: '15.5' });
		expect(okiPays.books.appliedPerReference()).toEqual({ '1': 1 });
	});

	it.each<[string, JsonRecord, Record<string, string>, number, object]>([
		['an unknown token', order(1), { 'X-Auth-Token': 'x' }, 401, { name: 'Unauthorized', status: 401 }],
		['no token', order(1), { 'X-Auth-Token': '' }, 401, { name: 'Unauthorized' }],
		[
			'a wrong signature',
			order(1),
			{ 'X-Auth-Sign': '0'.repeat(64) },
			400,
			{ status: false, error: 'Wrong sign' },
		],
		['a request_id of the past', order(1, { request_id: '5' }), {}, 400, { status: false, code: 7 }],
		['a request_id that is no number', order(1, { request_id: 'x' }), {}, 400, { code: 6 }],
		['another content type', order(1), { 'Content-Type': 'text/plain' }, 400, { name: 'Bad Request' }],
		['an unknown field', order(1, { extra: '1' }), {}, 400, { name: 'Bad Request', status: 400 }],
		['no order_id', { price: 1, payment_currency_iso: 'USD' }, {}, 400, { status: false, code: 19 }],
		['an unknown currency', order(1, { payment_currency_iso: 'XXX' }), {}, 400, { code: -1 }],
		['an unknown network', order(1, { currencies: [{ iso: 'BTC', network: 9 }] }), {}, 400, { code: -1 }],
		['too many decimals', order(1, { price: 1.234 }), {}, 400, { status: false, code: 21 }],
		['no price', { order_id: 1, payment_currency_iso: 'USD' }, {}, 400, { status: false, code: 20 }],
	])('refuses %s', async (_case, body, headers, status, expected) => {
		const okiPays = await start();
		await call('getOrder', { order_id: 9 });
		const answer = await call('createOrder', body, headers);
		expect(answer.status).toBe(status);
		expect(answer.envelope).toMatchObject(expected);
		expect(contract.checkSchema('AnyError', answer.envelope)).toEqual([]);
		expect(okiPays.books.entries).toEqual([]);
	});

	it('refuses an order_id that is there, and one that is not', async () => {
		await start();
		await call('createOrder', order(1));
		expect((await call('createOrder', order(1))).envelope).toMatchObject({ status: false, code: 8 });
		expect((await call('getOrder', { order_id: 2 })).envelope).toMatchObject({
			status: false,
			error: 'Order not found',
			code: 14,
			token: sandbox.okiPays.account.token,
		});
	});

	it('serves public calls to anybody, and finds out who shows a token there', async () => {
		await start();
		for (const operation of ['listCurrencies', 'listCurrencyNetworks']) {
			expect((await call(operation)).envelope.status).toBe(true);
			expect((await call(operation, undefined, { 'X-Auth-Token': 'x' })).status).toBe(400);
		}
	});

	it('has every documented shape of the networks', async () => {
		const okiPays = await start();
		for (const shape of ['list', 'table', 'sample'] as const) {
			okiPays.state.networkShape = shape;
			const { envelope } = await call('listCurrencyNetworks');
			expect(contract.checkSchema('CurrencyNetworkListResponse', envelope)).toEqual([]);
		}
		expect(contract.checkSchema('CurrencyListResponse', (await call('listCurrencies')).envelope)).toEqual([]);
	});

	it('does not serve what is known by name only', async () => {
		await start();
		expect((await call('createPayIn', { order_id: 1 })).envelope).toMatchObject({
			name: 'Not Found',
			status: 404,
		});
	});
});

describe('notifications', () => {
	let receiver: Receiver;
	beforeEach(async () => {
		receiver = new Receiver();
		await receiver.open();
	});
	afterEach(() => receiver.close());

	async function orderWithCallback(answers: string[], options: SandboxOptions = manual) {
		const okiPays = await start({ pace: 1000, ...options });
		okiPays.setCallbackUrl(receiver.url);
		receiver.answers = answers.map((body) => ({ status: 200, body }));
		await call('createOrder', order(7));
		return okiPays;
	}

	const delivered = (count: number) =>
		eventually(
			() => sandbox.okiPays.deliveries.filter(({ state }) => state === 'delivered').length === count,
		);

	it('have the documented body, with the headers that receivers of others read', async () => {
		const okiPays = await orderWithCallback(['{}']);
		okiPays.act('payHalf', '7');
		await delivered(1);
		const [received] = receiver.received;
		const body: unknown = JSON.parse(received?.body ?? '');
		expect(contract.checkSchema('OrderNotification', body)).toEqual([]);
		expect(body).toMatchObject({
			order_id: 7,
			status: 'Partially',
			status_id: 1,
			price: '15',
			total_sum_price: '7.5',
		});
		expect(received?.headers).toMatchObject({
			token: okiPays.account.token,
			sign: SHA256(joined(body) + okiPays.account.secret).toString(),
		});
	});

	it('decide by their answer: done closes', async () => {
		const okiPays = await orderWithCallback(['{"status":"done"}', '{}']);
		okiPays.act('payInFull', '7');
		await delivered(2);
		expect(okiPays.state.orders[0]?.status).toBe('Completed');
		expect(receiver.received.map(({ body }) => JSON.parse(body).status)).toEqual(['Paid', 'Completed']);
	});

	it('decide by their answer: cancel cancels, and done closes what was half paid', async () => {
		const okiPays = await orderWithCallback(['{"status":"cancel"}', '{}', '{"status":"done"}', '{}']);
		okiPays.act('chooseCoin', '7');
		await delivered(2);
		expect(okiPays.state.orders[0]?.status).toBe('Cancelled');
		await call('createOrder', order(8));
		okiPays.act('payHalf', '8');
		await delivered(4);
		expect(okiPays.state.orders[1]?.status).toBe('Completed');
	});

	it.each(['{}', '', 'done', '{"status":"ok"}', '[]'])(
		'are only taken note of by the answer %p',
		async (answer) => {
			const okiPays = await orderWithCallback([answer]);
			okiPays.act('payInFull', '7');
			await delivered(1);
			expect(okiPays.state.orders[0]?.status).toBe('Paid');
		},
	);

	it('are repeated until they are taken, and forged ones decide nothing', async () => {
		const okiPays = await orderWithCallback([]);
		receiver.answers = [
			{ status: 500, body: '{"status":"done"}' },
			{ status: 200, body: '{}' },
			{ status: 200, body: '{"status":"done"}' },
			{ status: 200, body: '{"status":"done"}' },
		];
		okiPays.act('payInFull', '7');
		await delivered(1);
		const [delivery] = okiPays.deliveries;
		expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 200]);
		for (const forgery of ['signature', 'unsigned'] as const)
			await okiPays.forge(delivery?.id ?? '', forgery);
		expect(okiPays.state.orders[0]?.status).toBe('Paid');
	});

	it('come by themselves: a coin is chosen, then all is paid', async () => {
		const okiPays = await orderWithCallback(['{}', '{}'], { autopilot: true, pace: 500 });
		await delivered(2);
		expect(okiPays.state.orders[0]).toMatchObject({ status: 'Paid', received: '15' });
	});
});

describe('the console', () => {
	it('shows orders with what can be done, and every state can be reached', async () => {
		const okiPays = await start();
		const reached = new Set(['Created']);
		const actions = Object.entries({
			chooseCoin: 'In Process',
			payHalf: 'Partially',
			payInFull: 'Paid',
			payDouble: 'Overpayment',
			complete: 'Completed',
			cancel: 'Cancelled',
			failPayment: 'Pay Failed',
			breakOrder: 'Error',
			expire: 'Expired',
			deleteOrder: 'Deleted',
		});
		for (const [index, [action, status]] of actions.entries()) {
			await call('createOrder', order(index));
			okiPays.act(action, String(index));
			expect(okiPays.state.orders[index]?.status).toBe(status);
			reached.add(status);
		}
		expect([...reached].sort()).toEqual(Object.keys(STATUS).sort());
		const [table] = okiPays.tables();
		expect(table?.rows.map(({ cells }) => cells.Status)).toEqual(
			actions.map(([, status]) => status).reverse(),
		);
		expect(table?.rows.find(({ cells }) => cells.Status === 'Completed')?.actions).toEqual([]);
		expect(() => okiPays.act('cancel', '4')).toThrow('The order is Completed');
		expect(() => okiPays.act('vanish', '1')).toThrow('OkiPays has no action vanish');
		expect(() => okiPays.act('cancel', '999')).toThrow('OkiPays has no order 999');
	});

	it('reset forgets orders and ids', async () => {
		const okiPays = await start();
		await call('createOrder', order(1));
		await sandbox.reset();
		expect(okiPays.state.orders).toEqual([]);
		expect((await call('createOrder', order(1, { request_id: '5' }))).envelope.status).toBe(true);
	});
});

describe('faults', () => {
	it.each(FAULT_KINDS.filter((kind) => !['dns', 'connection-refused', 'tls-handshake'].includes(kind)))(
		'%s: applied once or not at all, and never answered as asked',
		async (kind) => {
			const okiPays = await start();
			sandbox.fault({ provider: 'okiPays', operation: 'createOrder', kind });
			let status: unknown;
			const failure = await failureOf(
				call('createOrder', order(1)).then(({ envelope }) => (status = envelope.status)),
			);
			expect([failure, status]).not.toEqual(['answered', true]);
			const after = /after-applying|half-a-body|slow-drip/.test(kind);
			expect(okiPays.books.appliedPerReference()).toEqual(after ? { '1': 1 } : {});
		},
	);

	it.each(['dns', 'connection-refused', 'tls-handshake'] as const)(
		'%s: an address to call instead',
		async (kind) => {
			const okiPays = await start();
			sandbox.fault({ provider: 'okiPays', operation: 'createOrder', kind });
			expect(okiPays.takeAddressFault('createOrder')).toEqual({ url: okiPays.brokenAddresses[kind] });
		},
	);
});
