import type { JsonRecord } from '../../sandbox/values.mts';
import { type Client, closeAll, contract, start, type Answered } from './client.mts';

afterEach(closeAll);

const manual = { autopilot: false };
const env = { terminalType: 'WEB' };
const goods = { goodsName: 'Coffee – 1 kg' };
const price = { currency: 'USDT', orderAmount: '100' };
const network = { chain: 'BSC', fullCurrType: 'USDT_BSC', merchantUserId: 7 };

function create(client: Client, operation: string, merchantTradeNo: string, more: JsonRecord = {}) {
	return client.call(operation, { merchantTradeNo, env, goods, ...price, ...more });
}

const data = ({ data: found }: Answered) => found;
const events = (sandbox: Awaited<ReturnType<typeof start>>['sandbox']) =>
	sandbox.gatePay.deliveries.map(({ event }) => event);

describe('payment orders', () => {
	it('of every kind are created, read by both queries, paid by a payer and announced', async () => {
		const { client, sandbox } = await start(manual);
		const made = [
			await create(client, 'createCheckoutOrder', 'A-1', network),
			await create(client, 'createPrepayOrder', 'A-2'),
			await create(client, 'createNativeOrder', 'A-3'),
		];
		expect(made.map(({ code }) => code)).toEqual(['000000', 'SUCCESS', '000000']);
		for (const merchantTradeNo of ['A-1', 'A-2', 'A-3']) {
			const before = await client.call('queryOrder', { merchantTradeNo });
			expect(data(before)).toMatchObject({ merchantTradeNo, status: 'PENDING', payDetails: [] });
			sandbox.gatePay.act('payOrder', merchantTradeNo);
			const after = await client.call('queryOrderV2', undefined, { query: { merchantTradeNo } });
			expect(data(after).bizData).toMatchObject({ merchantTradeNo, status: 'PAID', pay_amount: '100' });
			const fee = await client.call('getOrderFee', undefined, { query: { merchantTradeNo } });
			expect(data(fee)).toMatchObject({ totalFeeAmount: '1', totalSettleAmount: '99' });
		}
		expect(sandbox.gatePay.state.balances.USDT).toBe('1000297');
		expect(events(sandbox)).toEqual([
			'TRANSFER_ADDRESS TRANSFERRED_ADDRESS_IN_TERM',
			'PAY PAY_SUCCESS',
			'PAY PAY_SUCCESS',
			'PAY PAY_SUCCESS',
		]);
	});

	it('are unique by the merchant number, and closed only while unpaid', async () => {
		const { client, sandbox } = await start(manual);
		await create(client, 'createNativeOrder', 'A-1');
		expect((await create(client, 'createNativeOrder', 'A-1')).code).toBe('400201');
		expect(data(await client.call('closeOrder', { merchantTradeNo: 'A-1' }))).toEqual({ result: 'SUCCESS' });
		expect((await client.call('closeOrder', { merchantTradeNo: 'A-1' })).code).toBe('400204');
		await create(client, 'createNativeOrder', 'A-2');
		sandbox.gatePay.act('payOrder', 'A-2');
		expect((await client.call('closeOrder', { merchantTradeNo: 'A-2' })).code).toBe('400620');
		expect((await client.call('queryOrder', { merchantTradeNo: 'A-9' })).code).toBe('400202');
	});

	it('can be priced in fiat, and need one complete pair', async () => {
		const { client } = await start(manual);
		const fiat = { currency: undefined, orderAmount: undefined, fiatCurrency: 'EUR', fiatAmount: '10' };
		await create(client, 'createNativeOrder', 'A-1', fiat);
		expect(data(await client.call('queryOrder', { merchantTradeNo: 'A-1' }))).toMatchObject({
			currency: 'USDT',
			orderAmount: '10.8',
			fiatCurrency: 'EUR',
			fiatAmount: '10',
		});
		const half = await create(client, 'createNativeOrder', 'A-2', { orderAmount: undefined });
		expect(half.code).toBe('400001');
	});

	it('live at most one hour', async () => {
		const { client } = await start(manual);
		const late = { orderExpireTime: Date.now() + 2 * 3_600_000 };
		expect((await create(client, 'createNativeOrder', 'A-1', late)).code).toBe('400001');
	});

	it('are listed for reconciliation, by filters in the query and with both client ids', async () => {
		const { client, sandbox } = await start(manual);
		await create(client, 'createNativeOrder', 'A-1');
		await create(client, 'createAddressOrder', 'A-2', network);
		sandbox.gatePay.act('payOrder', 'A-1');
		const query = { startTime: '0', endTime: '9999999999999', page: '1', count: '10' };
		const headers = { 'X-GatePay-ClientId': sandbox.gatePay.account.clientId };
		const all = await client.call('listPaymentOrders', undefined, { query, headers });
		expect(data(all)).toMatchObject({ Total: 2 });
		const paid = await client.call('listPaymentOrders', undefined, {
			query: { ...query, status: 'PAID', orderType: 'web_pt', payType: 'GatePay' },
			headers,
		});
		expect(data(paid).orderList).toEqual([
			expect.objectContaining({ merchantTradeNo: 'A-1', orderAmount: 100, generalizedStatus: 'PAY_SUCCESS' }),
		]);
		expect((await client.call('listPaymentOrders', undefined, { query })).code).toBe('400001');
		const other = { 'X-GatePay-ClientId': 'other' };
		expect((await client.call('listPaymentOrders', undefined, { query, headers: other })).code).toBe(
			'400004',
		);
		const payouts = await client.call('listPayoutSuborders', undefined, {
			query: { page: '1', count: '10' },
			headers,
		});
		expect(data(payouts)).toMatchObject({ total: 0, suborder_list: [] });
	});
});

describe('address orders', () => {
	it('are paid in part, then in full, then announced', async () => {
		const { client, sandbox } = await start(manual);
		const made = await create(client, 'createAddressOrder', 'A-1', network);
		expect(data(made).chain).toMatchObject({ chain_type: 'BSC', address: expect.stringMatching(/^0x/) });
		sandbox.gatePay.act('payOrderInPart', 'A-1');
		const query = { merchantTradeNo: 'A-1' };
		const half = await client.call('getAddressOrder', undefined, { query });
		// This answer is documented without an envelope.
		expect(half.body).toMatchObject({ status: 'PENDING', transaction_info: { done_amount: '50' } });
		sandbox.gatePay.act('payOrder', 'A-1');
		const prepayId = String(data(made).prepayId);
		const detail = await client.call('getAddressTransactionDetail', undefined, { query: { prepayId } });
		expect(data(detail).transactionDetail).toMatchObject({ inTerm: { done: { amount: '100' } } });
		expect(events(sandbox)).toEqual([
			'TRANSFER_ADDRESS TRANSFERRED_ADDRESS_IN_TERM',
			'TRANSFER_ADDRESS TRANSFERRED_ADDRESS_IN_TERM',
			'PAY_ADDRESS PAY_SUCCESS',
		]);
	});

	it('count as paid within their tolerance, and are credited late', async () => {
		const { client, sandbox } = await start(manual);
		await create(client, 'createAddressOrder', 'A-1', { ...network, toleranceAmount: '50' });
		sandbox.gatePay.act('payOrderInPart', 'A-1');
		expect(sandbox.gatePay.state.orders[0]?.status).toBe('PAID');
		await create(client, 'createAddressOrder', 'A-2', network);
		sandbox.gatePay.act('expireOrder', 'A-2');
		const before = sandbox.gatePay.state.balances.USDT;
		sandbox.gatePay.act('payOrderLate', 'A-2');
		expect(sandbox.gatePay.state.orders[1]?.status).toBe('EXPIRED');
		expect(Number(sandbox.gatePay.state.balances.USDT)).toBe(Number(before) + 100);
		expect(events(sandbox).slice(-2)).toEqual([
			'PAY_ADDRESS PAY_CLOSE',
			'TRANSFER_ADDRESS TRANSFERRED_ADDRESS_DELAY',
		]);
	});

	it('say which currencies and networks there are', async () => {
		const { client } = await start(manual);
		expect(data(await client.call('listAddressCurrencies')).currencies).toContain('BTC');
		const convert = await client.call('listAddressConvertCurrencies', undefined, {
			query: { currency: 'BTC' },
		});
		expect(data(convert).currencies).not.toContain('BTC');
		const chains = await client.call('listAddressChains', undefined, { query: { currency: 'USDC' } });
		expect(data(chains).chains).toContainEqual(expect.objectContaining({ full_curr_type: 'USDC_MATIC' }));
		const wrong = { ...network, fullCurrType: 'USDT_TRX' };
		expect((await create(client, 'createAddressOrder', 'A-1', wrong)).code).toBe('400001');
	});
});

describe('refunds', () => {
	async function paid(client: Client, operation = 'createNativeOrder', more: JsonRecord = {}) {
		const made = await create(client, operation, 'A-1', more);
		client.sandbox.gatePay.act('payOrder', 'A-1');
		return String(data(made).prepayId);
	}

	it('of both generations are made once, found by both queries, and announced', async () => {
		const { client, sandbox } = await start(manual);
		const prepayId = await paid(client);
		const first = { refundRequestId: 'r-1', prepayId, refundAmount: '30', refundReason: 'x' };
		expect(data(await client.call('refundOrder', first))).toMatchObject({ refundAmount: '30' });
		expect((await client.call('refundOrder', first)).code).toBe('400201');
		const second = { ...first, refundRequestId: 'r-2', refundStyle: 1, refundPayChannel: 1 };
		expect(data(await client.call('refundOrderV2', second))).toMatchObject({
			refundGateId: expect.any(String),
		});
		sandbox.gatePay.act('succeedRefund', 'r-1');
		sandbox.gatePay.act('rejectRefund', 'r-2');
		expect(data(await client.call('queryRefund', { refundRequestId: 'r-1' }))).toMatchObject({
			refundStatus: 'REFUND_SUCCESS',
		});
		const details = await client.call('getRefundDetails', undefined, { query: { refundRequestId: 'r-2' } });
		expect(data(details)).toMatchObject({ status: 'REFUND_REJECTED', requestAmount: '30' });
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ 'r-1': 1, 'r-2': 1 });
		// 1 000 000 and 99 for the order, minus the first refund. The second refund came back.
		expect(sandbox.gatePay.state.balances.USDT).toBe('1000069');
		expect(events(sandbox).slice(-2)).toEqual(['PAY_REFUND REFUND_SUCCESS', 'PAY_REFUND REFUND_REJECTED']);
	});

	it('are at most what was paid, and only of paid orders', async () => {
		const { client } = await start(manual);
		const prepayId = await paid(client);
		const refund = (refundRequestId: string, refundAmount: string, of = prepayId) =>
			client.call('refundOrder', { refundRequestId, prepayId: of, refundAmount });
		expect((await refund('r-1', '100.1')).code).toBe('400608');
		expect((await refund('r-1', '60')).code).toBe('000000');
		expect((await refund('r-2', '50')).code).toBe('400608');
		const open = await create(client, 'createNativeOrder', 'A-2');
		expect((await refund('r-3', '1', String(data(open).prepayId))).code).toBe('400604');
	});

	it('of direct address orders come without an envelope, of convert orders with five zeros', async () => {
		const { client } = await start(manual);
		const direct = await paid(client, 'createAddressOrder', network);
		const bare = await client.call('refundAddressOrder', {
			refundRequestId: 'r-1',
			prepayId: direct,
			refundAmount: '20',
		});
		expect(bare.body).toMatchObject({ refundRequestId: 'r-1', refundAmount: '20' });
		const convert = { chain: 'MATIC', fullCurrType: 'USDC_MATIC', merchantUserId: 7 };
		const made = await create(client, 'createAddressOrder', 'A-2', convert);
		client.sandbox.gatePay.act('payOrder', 'A-2');
		const prepayId = String(data(made).prepayId);
		const request = { refundRequestId: 'r-2', prepayId, refundPayCurrency: 'USDC', refundPayAmount: '10' };
		const refunded = await client.call('refundAddressConvertOrder', request);
		expect(refunded.code).toBe('00000');
		expect(data(refunded)).toMatchObject({
			orderCurrency: 'USDT',
			payCurrency: 'USDC',
			refundPayAmount: '10',
		});
		const other = { ...request, refundRequestId: 'r-3', refundPayCurrency: 'BTC' };
		expect((await client.call('refundAddressConvertOrder', other)).code).toBe('500205');
		expect((await client.call('refundAddressConvertOrder', { ...request, prepayId: direct })).code).toBe(
			'500208',
		);
	});

	it('of checkout orders have a call of their own too', async () => {
		const { client } = await start(manual);
		const prepayId = await paid(client, 'createCheckoutOrder', network);
		const request = { refundRequestId: 'r-1', prepayId, refundOrderCurrency: 'USDT', refundOrderAmount: '5' };
		expect(data(await client.call('refundCheckoutOrder', request))).toMatchObject({ refundOrderAmount: '5' });
		const chains = await client.call('listRefundChains', undefined, { query: { currency: 'USDT' } });
		expect(data(chains).chains).toContainEqual(expect.objectContaining({ chain: 'TRX' }));
	});
});

it('order and refund notifications have the documented shape', async () => {
	const { client, sandbox } = await start(manual);
	const made = await create(client, 'createAddressOrder', 'A-1', network);
	sandbox.gatePay.act('payOrderWrongCurrency', 'A-1');
	sandbox.gatePay.act('payOrder', 'A-1');
	const prepayId = String(data(made).prepayId);
	await client.call('refundAddressOrder', { refundRequestId: 'r-1', prepayId, refundAmount: '1' });
	sandbox.gatePay.act('succeedRefund', 'r-1');
	await create(client, 'createNativeOrder', 'A-2');
	sandbox.gatePay.act('payOrder', 'A-2');
	const schemas: Record<string, string> = {
		PAY: 'PaymentOrder',
		PAY_REFUND: 'Refund',
		PAY_ADDRESS: 'AddressPayment',
		TRANSFER_ADDRESS: 'AddressPayment',
		PAY_UNRESOLVED: 'UnresolvedPayment',
	};
	expect(sandbox.gatePay.deliveries).toHaveLength(5);
	for (const { body } of sandbox.gatePay.deliveries) {
		const notification = JSON.parse(body);
		const name = schemas[notification.bizType];
		expect(contract.checkSchema(`${name}Notification`, notification)).toEqual([]);
		const inner = typeof notification.data === 'string' ? JSON.parse(notification.data) : notification.data;
		expect(contract.checkSchema(`${name}Data`, inner)).toEqual([]);
	}
});
