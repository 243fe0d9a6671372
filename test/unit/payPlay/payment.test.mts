import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { JsonObject } from '../../../core/exact/json.ts';
import { tickerOf, toPayment } from '../../../nodes/PayPlay/payment.ts';
import * as statuses from '../../../nodes/PayPlay/statuses.ts';
import { shapes } from '../../../nodes/PayPlay/shapes.ts';

const { paths, webhooks } = parse(readFileSync('contracts/payplay.openapi.yaml', 'utf8'));

interface Sampled {
	responses: Record<
		string,
		{ content: Record<string, { example?: JsonObject; examples?: Record<string, { value: JsonObject }> }> }
	>;
}

/** A documented answer, from the contract. */
function sample(path: string, method: string, name?: string): JsonObject {
	const { responses }: Sampled = paths[path][method];
	const content = responses['200']?.content['application/json'];
	const found = name === undefined ? content?.example : content?.examples?.[name]?.value;
	if (!found) throw new Error(`No sample of ${method} ${path}`);
	return found;
}

const member = (value: JsonObject, name: string) => value[name] as JsonObject;

describe('one record from every documented sample of an order', () => {
	it('an order that is new', () => {
		const { order } = sample('/private-api/crypto-orders/{slug}', 'post');
		expect(toPayment('order', order as JsonObject)).toEqual({
			provider: 'payPlay',
			kind: 'order',
			id: '5f96a6c7-d2f6-4e20-8ace-9f398b8ce43e',
			reference: '2362325124',
			status: 'created',
			final: false,
			providerStatus: 'INIT',
			amount: '100',
			currency: 'EUR',
			payUrl: 'https://merchant.pay.payplay.io/crypto-orders/5f96a6c7-d2f6-4e20-8ace-9f398b8ce43e',
			createdAtLocal: '2024-12-05 09:51:25',
		});
	});

	it('an order that is paid, although less than its amount was received', () => {
		const order = member(sample('/private-api/orders/{slug}/{orderId}', 'get', 'complete'), 'order');
		expect(order.received_total).toBe('9.9');
		const record = toPayment('order', order);
		expect(record).toMatchObject({
			status: 'succeeded',
			final: true,
			amount: '10',
			rate: '1',
			createdAtLocal: '2024-12-02 10:03:26',
			updatedAtLocal: '2024-12-02 10:21:32',
			lines: [
				{
					provider: 'payPlay',
					kind: 'transaction',
					id: '9da0b0f6-b071-4166-aa23-7f17746afe52',
					status: 'succeeded',
					amount: '10',
					currency: 'USDT',
					txHash: 'e82549fe-1a52-4db2-a2fe-f4a315a78d24',
				},
			],
		});
		for (const name of ['paidAmount', 'createdAt', 'updatedAt']) expect(record).not.toHaveProperty(name);
	});

	it('orders of a list, one declined, which may still be completed', () => {
		const { orders } = sample('/private-api/orders/{slug}', 'get');
		expect((orders as JsonObject[]).map((one) => toPayment('order', one))).toMatchObject([
			{ status: 'succeeded', final: true },
			{ status: 'failed', final: false, rate: '10.9469' },
		]);
	});
});

describe('one record from every documented sample of another payment', () => {
	it('a withdrawal, filled up from the request, whose currency is an object', () => {
		const sent = { amount: '100', currency: 'USDT', wallet: 'T1', network: 'TRC20', external_id: '123456' };
		expect(toPayment('withdrawal', sample('/private-api/{slug}/withdrawal', 'post'), sent)).toMatchObject({
			kind: 'withdrawal',
			id: '123',
			reference: '123456',
			status: 'processing',
			final: false,
			amount: '77',
			currency: 'USDT',
			network: 'TRC20',
			fee: '1',
			address: 'T1',
			lines: [{ kind: 'transaction', id: '123' }],
		});
	});

	it('a withdrawal of several transactions has no status of its own', () => {
		const data = {
			request_id: 'r-1',
			transactions: [
				{ id: '1', value: '1', status: 'COMPLETE' },
				{ id: '2', value: '2', status: 'DECLINED' },
			],
		};
		const record = toPayment('withdrawal', data, { amount: '3', wallet: 'T1' });
		expect(record).toMatchObject({ id: 'r-1', status: 'created', final: false, amount: '3' });
		expect(record.lines).toMatchObject([{ status: 'succeeded' }, { status: 'failed' }]);
	});

	it('a transaction within PayPlay has no hash on a chain', () => {
		const transaction = member(sample('/private-api/transactions/{transactionId}', 'get'), 'transaction');
		const record = toPayment('transaction', transaction);
		expect(record).toMatchObject({ status: 'succeeded', final: true, currency: 'USDT', amount: '10' });
		expect(record).not.toHaveProperty('txHash');
		expect(toPayment('transaction', { ...transaction, is_internal: false, hash: 'null' })).not.toHaveProperty(
			'txHash',
		);
		expect(toPayment('transaction', { ...transaction, is_internal: false })).toHaveProperty('txHash');
	});

	it('a conversion: what is converted, and what is withdrawn', () => {
		const transaction = member(sample('/private-api/convert-withdrawal', 'post'), 'transaction');
		expect(toPayment('convertWithdrawal', transaction)).toMatchObject({
			kind: 'convertWithdrawal',
			reference: '23523512',
			status: 'processing',
			amount: '50',
			currency: 'EUR',
			rate: '0.98686588093984211645',
			lines: [{ kind: 'withdrawal', amount: '50.665446', currency: 'USDT', network: 'TON' }],
		});
	});

	it('a static wallet: the address, and the memo where there is one', () => {
		const order = member(sample('/acquiring/{slug}/order/{orderId}', 'get'), 'order');
		expect(toPayment('staticWallet', order)).toEqual({
			provider: 'payPlay',
			kind: 'staticWallet',
			id: '43a7afe4-9964-4c2d-967c-3a16c41db4d8',
			status: 'pending',
			final: false,
			providerStatus: 'OPEN',
			network: 'TRC20',
			fee: '1',
			address: 'TA9NT7kSgMt2PCe5geTaKhXm6V8DvRNZEu',
			requisites: {
				address: 'TA9NT7kSgMt2PCe5geTaKhXm6V8DvRNZEu',
				network: 'TRC20',
				expected_amount: '21',
				min_deposit_amount: '5',
				invoice_reminder: '21',
			},
		});
		const withMemo = { ...order, wallet: { ...(order.wallet as JsonObject), memo: '7' } };
		expect(toPayment('staticWallet', withMemo).requisites).toMatchObject({ memo: '7' });
		const created = toPayment(
			'staticWallet',
			{ id: '1' },
			{ amount: '5', network: 'TRX', external_order_id: 'a' },
		);
		expect(created).toMatchObject({ status: 'created', amount: '5', network: 'TRX', reference: 'a' });
	});
});

describe('one record from every documented refund and notification', () => {
	it('a refund that goes on, and one that is done', () => {
		const order = member(sample('/private-api/refunds/orders/{orderId}', 'post'), 'order');
		expect(toPayment('refund', order)).toMatchObject({
			kind: 'refund',
			status: 'processing',
			final: false,
			providerStatus: 'COMPLETE',
			amount: '15',
		});
		expect(toPayment('refund', { ...order, is_refunded: true })).toMatchObject({
			status: 'refunded',
			final: true,
		});
		expect(toPayment('refund', { id: '1', status: 'COMPLETE' })).toMatchObject({
			status: 'unknown',
			final: false,
		});
		expect(toPayment('order', { ...order, is_refunded: true })).toMatchObject({
			status: 'refunded',
			final: true,
		});
	});

	it('the notifications, for the trigger to come', () => {
		const { examples } = webhooks.transactionEvent.post.requestBody.content['application/json'];
		expect(toPayment('transaction', examples.withdrawalCompleted.value.transaction)).toMatchObject({
			reference: '12345rtg234',
			status: 'succeeded',
			amount: '11.2',
		});
		expect(toPayment('transaction', examples.rollback.value.transaction)).toMatchObject({
			status: 'succeeded',
		});
	});

	it('a state that is not documented is unknown and never final', () => {
		for (const kind of ['order', 'staticWallet', 'transaction', 'convertWithdrawal']) {
			for (const status of ['PAID', 'complete', 'constructor', '__proto__', '']) {
				expect([kind, status, toPayment(kind, { id: '1', status })]).toEqual([
					kind,
					status,
					expect.objectContaining({ status: 'unknown', final: false }),
				]);
			}
		}
		expect(() => toPayment('gift', {})).toThrow('no payments of the kind gift');
	});

	it('a currency as text and as an object', () => {
		expect([
			tickerOf('USDT'),
			tickerOf({ ticker: 'USDT' }),
			tickerOf({}),
			tickerOf(null),
			tickerOf(''),
		]).toEqual(['USDT', 'USDT', undefined, undefined, undefined]);
	});
});

describe('the tables of statuses', () => {
	const tables = Object.values(statuses);
	const mapping = readFileSync('nodes/PayPlay/MAPPING.md', 'utf8');

	it('have a reason in MAPPING.md for every state', () => {
		expect(tables).toHaveLength(3);
		for (const table of tables)
			for (const state of Object.keys(table)) expect(mapping).toContain(`\`${state}\``);
	});

	it('agree with MAPPING.md in status and finality', () => {
		const rows = mapping
			.split('\n')
			.map((line) => line.split('|').map((cell) => cell.trim()))
			.filter(([, , , , final]) => final === 'yes' || final === 'no');
		const told = (kind: string, state: string) =>
			rows.find(([, kinds, states]) => kinds?.split(', ').includes(kind) && states?.includes(`\`${state}\``));
		const kinds = [
			['order', statuses.orderStatus],
			['transaction', statuses.transactionStatus],
			['refund', statuses.refundStatus],
		] as const;
		for (const [kind, table] of kinds) {
			for (const [state, { status, final }] of Object.entries(table)) {
				const [, , , ours, isFinal] = told(kind, state) ?? [];
				expect([kind, state, ours, isFinal]).toEqual([kind, state, status, final ? 'yes' : 'no']);
			}
		}
	});

	it('know every status of the contract', () => {
		const { OrderStatus, Transaction } = parse(readFileSync('contracts/payplay.openapi.yaml', 'utf8'))
			.components.schemas;
		expect(Object.keys(statuses.orderStatus)).toEqual(expect.arrayContaining(OrderStatus.enum));
		const { examples } = Transaction.properties.status;
		expect(Object.keys(statuses.transactionStatus)).toEqual(expect.arrayContaining(examples));
	});

	it('call only ended states final', () => {
		for (const table of tables) {
			for (const { status, final } of Object.values(table)) {
				if (['created', 'pending', 'processing', 'action_required'].includes(status))
					expect(final).toBeUndefined();
			}
		}
	});
});

describe('readable forms', () => {
	it.each([
		['1,00', '1.00'],
		['0,98686588093984211645', '0.98686588093984211645'],
		['1.00', '1.00'],
		['1,234.5', '1,234.5'],
		['1,2,3', '1,2,3'],
		['', ''],
	])('a rate of %p is %p', (rate, expected) => {
		expect(shapes.rates({ USDT_USD: rate })).toEqual({ USDT_USD: expected });
	});

	it('leave what they do not know', () => {
		for (const shape of Object.values(shapes)) {
			for (const odd of [null, 'x', 7, []]) expect(shape(odd)).toEqual(odd);
		}
		expect(shapes.rates({ a: null, b: 1 })).toEqual({ a: null, b: 1 });
	});

	it('of the documented samples', () => {
		const [fees] = sample('/private-api/withdrawals/fees', 'get').currencies as JsonObject[];
		expect(shapes.withdrawalFees(fees ?? {})).toEqual({
			fees: null,
			networks: [
				{
					network: 'TRC20',
					minAmount: '10',
					maxAmount: null,
					fixedFee: '1',
					feePercent: '0',
					minFee: '0',
					maxFee: '0',
					isMemoRequired: false,
				},
			],
		});
		const [coin] = sample('/acquiring/{slug}/currencies', 'get').currencies as JsonObject[];
		expect(shapes.walletCurrency(coin ?? {})).toMatchObject({
			ticker: 'USDT',
			max: null,
			networks: [{ network: 'TRC20', minAmount: '5' }],
		});
		const balance = member(sample('/private-api/balances/{balanceId}', 'get'), 'balance');
		expect(shapes.balance(balance)).toMatchObject({
			currency: 'USDT',
			value: '249.07714917',
			rates: [{ currency: 'BTC', rate: '0.00001723' }],
		});
	});
});
