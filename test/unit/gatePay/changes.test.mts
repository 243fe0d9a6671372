import { eventsOf } from '../../../core/events/event.ts';
import { isObject, type JsonObject } from '../../../core/exact/json.ts';
import type { Delivery } from '../../../core/events/webhook.ts';
import { toPayment } from '../../../nodes/GatePay/payment.ts';
import { gatePay } from '../../../nodes/GatePay/provider.ts';
import { sign } from '../../../nodes/GatePay/signing.ts';
import { gatePayWebhook, receive } from '../../../nodes/GatePay/webhook.ts';
import { documentedWebhooks } from '../documentedWebhooks.mts';
import { webhookStage } from '../webhookStage.mts';

const secret = 'gp_test_secret_0123456789abcdef';
const credentials = { paymentSecret: secret };
const now = 1_782_864_000_000;

const webhooks = documentedWebhooks('gatepay');

/** A documented notification, with its `data` as an object. */
function documented(name: string): { bizStatus: string; data: JsonObject } {
	const [example] = Object.values<{ value: JsonObject }>(
		webhooks[name].post.requestBody.content['application/json'].examples,
	);
	const { data, bizStatus, ...rest } = example?.value ?? {};
	const opened = typeof data === 'string' ? JSON.parse(data) : data;
	return { ...rest, bizStatus: String(bizStatus), data: isObject(opened) ? opened : {} };
}

function signed(text: string, at = now): Delivery {
	const timestamp = String(at);
	const body = Buffer.from(text);
	return {
		headers: {
			'x-gatepay-timestamp': timestamp,
			'x-gatepay-nonce': 'n1',
			'x-gatepay-signature': sign(secret, { timestamp, nonce: 'n1', body }),
		},
		body,
	};
}

function eventsIn(body: unknown): JsonObject[] {
	const received = receive(signed(JSON.stringify(body)), credentials, now);
	if (received.state !== 'genuine') throw new Error(JSON.stringify(received));
	return received.notified.map(({ event }) => event);
}

const idOf = (body: unknown) => eventsIn(body)[0]?.eventId;
const isEachAnother = (bodies: readonly unknown[]) =>
	expect(new Set(bodies.map(idOf)).size).toBe(bodies.length);

/** A documented notification with some of its data changed. */
function changed(name: string, change: JsonObject = {}, bizStatus = documented(name).bizStatus) {
	const body = documented(name);
	return { ...body, bizStatus, data: { ...body.data, ...change } };
}

describe('two changes are two events', () => {
	const states =
		'CREATED AUTHORIZED CONFIRMING TRIAL RUNNING UNPAID COMPLETED CANCELLED CLOSED BLOCKED'.split(' ');

	it('of a subscription: its ten states', () => {
		isEachAnother(states.map((state) => changed('subscriptionOrder', { orderStatus: state }, state)));
	});

	it('of a subscription that runs again after it was unpaid', () => {
		isEachAnother([
			changed('subscriptionOrder'),
			changed('subscriptionOrder', { updateTime: 1_779_346_665_363 }),
			changed('subscriptionOrder', { totalPaidAmount: '0.2' }),
		]);
	});

	it('of two refunds of one order, and of equal ones', () => {
		const { refundInfo } = documented('refund').data;
		const other = { ...(isObject(refundInfo) ? refundInfo : {}), refundRequestId: '6559049046' };
		isEachAnother([
			changed('refund'),
			changed('refund', { refundInfo: other }),
			changed('refund', {}, 'REFUND_PROCESS'),
			changed('refund', { refundInfo: other }, 'REFUND_PROCESS'),
		]);
		// The ID of the notification is that of the order.
		expect(eventsIn(changed('refund'))[0]).not.toHaveProperty('id');
	});

	it.each<[string, string[]]>([
		['paymentOrder', ['PAY_SUCCESS', 'PAY_ERROR', 'PAY_CLOSE']],
		[
			'addressPayment',
			[
				'PAY_SUCCESS',
				'PAY_CLOSE',
				'PAY_EXPIRED_IN_PROCESS',
				'TRANSFERRED_ADDRESS_IN_TERM',
				'TRANSFERRED_ADDRESS_DELAY',
				'TRANSFERRED_ADDRESS_BLOCK',
				'CONVERT_ADDRESS_PAY_DELAY',
				'PAY_BLOCK',
			],
		],
		['staticAddressPayment', ['PAY_SUCCESS', 'PAY_BLOCK']],
		[
			'otc',
			['RECHARGE_SUCCESS', 'RECHARGE_FAIL', 'WITHDRAW_DISPATCHED', 'WITHDRAW_SUCCESS', 'WITHDRAW_FAIL'],
		],
		['subscriptionDebit', ['SUCCESS', 'DEDUCT_SUCCESS', 'DEDUCT_FAILED']],
		['institutionAccount', ['INSTITUTION_ACCOUNT_SUCCESS', 'INSTITUTION_ACCOUNT_FAIL']],
	])('of %s: each word of the provider', (name, words) => {
		isEachAnother(words.map((word) => changed(name, {}, word)));
	});
});

describe('one change is one event', () => {
	it.each([
		['BUY', 'otcBuy', 'RECHARGE_SUCCESS', 'DONE'],
		['BUY', 'otcBuy', 'RECHARGE_FAIL', 'ERROR'],
		['SELL', 'otcSell', 'WITHDRAW_SUCCESS', 'DONE'],
		['SELL', 'otcSell', 'WITHDRAW_FAIL', 'FAIL'],
		['SELL', 'otcSell', 'WITHDRAW_DISPATCHED', 'DISPATCHED'],
	])('of an OTC order: %s, %s announced as %s and listed as %s', (type, kind, announced, listed) => {
		const told = eventsIn(changed('otc', { type }, announced))[0];
		const [found] = eventsOf(gatePay, kind, 'otc', { ...documented('otc').data, status: listed });
		expect(found?.eventId).toBe(told?.eventId);
	});

	it("of a batch's line: notified and asked for, under whatever ID of Gate Pay's own", () => {
		const line = { merchant_withdraw_id: 'w1', status: 'DONE', amount: '5', currency: 'USDC', tx_id: '0x1' };
		const [told] = eventsIn({
			main_order: { batch_id: 'b1', status: 'PROCESSING' },
			suborders: [{ ...line, suborder_id: '1', done_amount: '4.9' }],
		});
		const whole = {
			batch_id: 'b1',
			status: 'SUCCESS',
			withdraw_list: [
				{ ...line, withdraw_id: '9', done_amount: '4.9' },
				{ ...line, merchant_withdraw_id: 'w2', withdraw_id: '8', status: 'FAIL', done_amount: '0' },
			],
		};
		const found = eventsOf(gatePay, 'payout', 'payout', whole);
		expect(found[0]?.eventId).toBe(told?.eventId);
		expect(found[1]).toMatchObject({ kind: 'payoutLine', reference: 'w2', status: 'failed', final: true });
		expect(found[1]?.raw).toEqual({ ...whole, withdraw_list: [whole.withdraw_list[1]] });
	});
});

describe('a payout notification is told line by line', () => {
	const line = (id: string, status: string, amount: string) => ({
		suborder_id: `s-${id}`,
		merchant_withdraw_id: id,
		status,
		amount,
		currency: 'USDT',
		address: `T${id}`,
		tx_id: status === 'DONE' ? `0x${id}` : '',
		batch_withdraw_id: 'b1',
	});
	const notification = (status: string, ...suborders: JsonObject[]) => ({
		main_order: { batch_id: 'b1', status },
		suborders,
	});

	it('a line that was paid never takes the status of a batch that was not', () => {
		expect(eventsIn(notification('PARTIAL', line('w3', 'DONE', '70')))).toMatchObject([
			{
				event: 'payout',
				kind: 'payoutLine',
				batchReference: 'b1',
				batchStatus: 'PARTIAL',
				reference: 'w3',
				status: 'succeeded',
				final: true,
				amount: '70',
				address: 'Tw3',
				txHash: '0xw3',
			},
		]);
	});

	it('a line that failed is failed while its batch goes on', async () => {
		const { deliver } = webhookStage({
			trigger: gatePayWebhook,
			credentials,
			parameters: { statuses: ['failed'] },
		});
		const body = notification('PROCESSING', line('w1', 'FAIL', '9.99'), line('w2', 'PENDING', '100'));
		const { items } = await deliver(signed(JSON.stringify(body), Date.now()));
		expect(items).toMatchObject([{ reference: 'w1', status: 'failed', final: true, amount: '9.99' }]);
		expect(items?.[0]?.raw).toEqual({ ...body, suborders: [body.suborders[0]] });
	});

	it.each([
		['no line', []],
		['a line that nothing names', [{ status: 'DONE', amount: '9.99', address: 'T1' }]],
	])('of a batch that shows %s there is the batch, without figures', (_case, suborders) => {
		const [event] = eventsIn(notification('SUCCESS', ...suborders));
		expect(event).toMatchObject({ kind: 'payout', reference: 'b1', status: 'succeeded', final: true });
		for (const figure of ['amount', 'paidAmount', 'address', 'txHash', 'id', 'fee'])
			expect(event).not.toHaveProperty(figure);
	});

	it('a batch that was read with one of its lines has no figures of it', () => {
		const read = { batch_id: 'b1', status: 'PARTIAL', withdraw_list: [line('w3', 'DONE', '70')] };
		expect(toPayment('payout', read)).not.toHaveProperty('amount');
		expect(toPayment('payout', read).lines).toMatchObject([{ amount: '70' }]);
		const transfers = { merchant_batch_no: 'r1', batchItemList: [{ amount: '1', receiver_id: 1 }] };
		expect(toPayment('batchTransfer', transfers)).not.toHaveProperty('amount');
	});
});

describe('what a bookkeeper takes from it', () => {
	const first = (body: unknown) => eventsIn(body)[0];

	it('an order that was paid from a Gate account has its amount paid', () => {
		expect(first(documented('paymentOrder'))).toMatchObject({ amount: '21.88', paidAmount: '21.88' });
	});

	it('an order that was closed or has failed says nothing of a payment, unless something came on chain', () => {
		for (const word of ['PAY_CLOSE', 'PAY_ERROR', 'PAY_NEW'])
			expect(first(changed('paymentOrder', {}, word))).not.toHaveProperty('paidAmount');
		expect(first(changed('paymentOrder', { doneAmountOnChain: '3' }, 'PAY_CLOSE'))).toMatchObject({
			paidAmount: '3',
		});
	});

	it('an address order has what came on chain', () => {
		expect(first(documented('addressPayment'))).toMatchObject({ amount: '98.2', paidAmount: '98.2' });
		expect(first(changed('addressPayment', { doneAmountOnChain: '0' }, 'PAY_CLOSE'))).toMatchObject({
			paidAmount: '0',
		});
	});

	it('a refund is told in the currency that it is paid in', () => {
		expect(first(documented('refund'))).toMatchObject({ amount: '0.012', currency: 'USDT' });
		const refundInfo = {
			refundRequestId: 'r1',
			refundAmount: '10',
			refundPayAmount: '0.0001',
			refundPayCurrency: 'BTC',
		};
		expect(first(changed('refund', { refundInfo }))).toMatchObject({ amount: '0.0001', currency: 'BTC' });
	});

	it('an unresolved payment never has the expected amount in the currency that came', () => {
		expect(first(documented('unresolvedPayment'))).toMatchObject({
			amount: '10.0',
			paidAmount: '1.0',
			currency: 'USDT',
		});
		const wrong = first(changed('unresolvedPayment', { actualCurrency: 'BTC' }));
		expect(wrong).toMatchObject({ paidAmount: '1.0', currency: 'BTC' });
		expect(wrong).not.toHaveProperty('amount');
	});

	it('a subscription has what it was paid so far', () => {
		expect(first(documented('subscriptionOrder'))).toMatchObject({ amount: '0.1', paidAmount: '0.1' });
	});
});

describe('a signed body', () => {
	it('with a byte order mark is genuine', () => {
		const text = JSON.stringify(documented('otc'));
		expect(receive(signed(`\uFEFF${text}`), credentials, now)).toEqual(
			receive(signed(text), credentials, now),
		);
		expect(receive(signed(`\uFEFF${text}`), credentials, now).state).toBe('genuine');
	});

	it.each(['PAY', 'PAY_REFUND', 'PAY_ADDRESS', 'OTC', 'PAY_BATCH', 'SUBSCRIPTION_ORDER_STATUS'])(
		'of a documented kind that names nothing is left to a retry: %s',
		async (bizType) => {
			const { deliver } = webhookStage({ trigger: gatePayWebhook, credentials });
			const body = JSON.stringify({ bizType, bizId: '', bizStatus: 'PAY_SUCCESS', data: '{}' });
			expect(await deliver(signed(body, Date.now()))).toMatchObject({ status: 503, items: undefined });
		},
	);
});
