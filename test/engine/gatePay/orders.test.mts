import type { INodeParameters } from 'n8n-workflow';
import { byId, many, one, order, paidOrder } from './merchant.mts';
import { type GatePaySetting, openGatePay } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const run = (
	resource: string,
	operation: string,
	fields: INodeParameters = {},
	options: INodeParameters = {},
) => one(setting, resource, operation, fields, options);
const sent = (operation: string) =>
	setting.provider.requests.filter((request) => request.operation === operation);
const bodyOf = (operation: string): unknown => JSON.parse(sent(operation)[0]?.body ?? 'null');

describe('payment orders', () => {
	it('of every kind are records with what a payer needs', async () => {
		const checkout = await run('paymentOrder', 'createCheckout', order('checkout', 'A-1'), {
			surchargeAmount: '0',
			channelId: 'smart_shop',
		});
		expect(checkout).toMatchObject({
			outcome: 'applied',
			reference: 'A-1',
			kind: 'paymentOrder',
			status: 'created',
			amount: '100',
			currency: 'USDT',
			network: 'BSC',
			payUrl: expect.stringContaining('https://'),
			address: expect.stringMatching(/^0x/),
		});
		expect(await run('paymentOrder', 'createPrepay', order('native', 'A-2'))).toMatchObject({
			reference: 'A-2',
			amount: '100',
		});
		expect(await run('paymentOrder', 'createNative', order('native', 'A-3'))).toMatchObject({
			requisites: { qrContent: expect.any(String) },
		});
		expect(bodyOf('createCheckoutOrder')).toEqual({
			merchantTradeNo: 'A-1',
			currency: 'USDT',
			orderAmount: '100',
			chain: 'BSC',
			fullCurrType: 'USDT_BSC',
			goods: { goodsName: 'Coffee – 1 kg' },
			merchantUserId: 7,
			env: { terminalType: 'WEB' },
			surchargeAmount: '0',
			channelId: 'smart_shop',
		});
	});

	it('in fiat carry the fiat pair alone', async () => {
		const fiat = { ...order('native', 'A-1'), amountGivenIn: 'fiat', fiatCurrency: 'EUR', fiatAmount: '10' };
		expect(await run('paymentOrder', 'createNative', fiat)).toMatchObject({
			fiatAmount: '10',
			fiatCurrency: 'EUR',
		});
		expect(bodyOf('createNativeOrder')).not.toHaveProperty('orderAmount');
		const again = await run('paymentOrder', 'createNative', fiat);
		expect(again).toMatchObject({ replayed: true });
	});

	it('are made once: an answer that was lost is looked up, a number in use is refused', async () => {
		setting.sandbox.fault({ operation: 'createCheckoutOrder', kind: 'reset-after-applying' });
		const made = await run('paymentOrder', 'createCheckout', order('checkout', 'A-1'));
		expect(made).toMatchObject({ outcome: 'applied', status: 'pending', providerStatus: 'PENDING' });
		const duplicate = { ...order('checkout', 'A-1'), orderAmount: '99' };
		for (const checkFirst of [true, false]) {
			await expect(run('paymentOrder', 'createCheckout', duplicate, { checkFirst })).rejects.toThrow(
				/already used at the provider: orderAmount is 99 here and 100 there/,
			);
		}
		const equal = await run('paymentOrder', 'createCheckout', order('checkout', 'A-1'), {
			checkFirst: false,
		});
		expect(equal).toMatchObject({ replayed: true });
		expect(setting.provider.state.orders).toHaveLength(1);
	});

	it('are read by either number and closed while unpaid', async () => {
		const prepayId = await paidOrder(setting, 'native', 'A-1');
		const byOwn = await run('paymentOrder', 'get', { merchantTradeNo: 'A-1', prepayId: '' });
		const byTheirs = await run('paymentOrder', 'getOlder', { merchantTradeNo: '', prepayId });
		for (const record of [byOwn, byTheirs])
			expect(record).toMatchObject({ status: 'succeeded', final: true, paidAmount: '100' });
		await expect(run('paymentOrder', 'close', { merchantTradeNo: 'A-1', prepayId: '' })).rejects.toThrow(
			/Gate Pay refused Payment Order: Close `A-1`: .*\(400620\).*Nothing was changed by it.*Get the order/s,
		);
		await run('paymentOrder', 'createNative', order('native', 'A-2'));
		const closed = await run('paymentOrder', 'close', { merchantTradeNo: 'A-2', prepayId: '' });
		expect(closed).toMatchObject({ outcome: 'applied', reference: 'A-2' });
		const after = await run('paymentOrder', 'get', { merchantTradeNo: 'A-2', prepayId: '' });
		expect(after).toMatchObject({ status: 'cancelled', final: true });
	});

	it('on behalf of a sub-account use the institution paths, and its order query for the lookup', async () => {
		const credential = { onBehalfOf: '53695180' };
		setting.sandbox.fault({ operation: 'institutionCreateCheckoutOrder', kind: 'half-a-body' });
		const made = await one(
			setting,
			'paymentOrder',
			'createCheckout',
			order('checkout', 'A-1'),
			{},
			credential,
		);
		expect(made).toMatchObject({ outcome: 'applied', reference: 'A-1' });
		expect(sent('institutionQueryOrder')).toHaveLength(2);
		for (const { headers } of setting.provider.requests)
			expect(headers['x-gatepay-on-behalf-of']).toBe('53695180');
		const get = one(setting, 'paymentOrder', 'get', { merchantTradeNo: 'A-1', prepayId: '' }, {}, credential);
		await expect(get).rejects.toThrow(/no documented path for acting on behalf/);
	});
});

describe('address orders', () => {
	it('are created, read without an envelope, and their transactions listed', async () => {
		const made = await run('addressPayment', 'create', order('address', 'A-1'));
		expect(made).toMatchObject({
			kind: 'addressPayment',
			status: 'created',
			address: expect.stringMatching(/^0x/),
		});
		setting.provider.act('payOrderInPart', 'A-1');
		const half = await run('addressPayment', 'get', { merchantTradeNo: 'A-1', prepayId: '' });
		expect(half).toMatchObject({ status: 'pending', paidAmount: '50', reference: 'A-1' });
		setting.provider.act('expireOrder', 'A-1');
		const late = await run('addressPayment', 'get', { merchantTradeNo: '', prepayId: String(made.id) });
		expect(late).toMatchObject({ status: 'expired', final: false });
		const detail = await run('addressPayment', 'getTransactions', { prepayId: String(made.id) });
		expect(detail).toMatchObject({ transactionDetail: { inTerm: { done: { amount: '50' } } } });
	});

	it('are looked up by their own query, and refused to another amount', async () => {
		setting.sandbox.fault({ operation: 'createAddressOrder', kind: 'reset-after-applying' });
		await run('addressPayment', 'create', order('address', 'A-1'));
		expect(sent('createAddressOrder')).toHaveLength(1);
		const other = { ...order('address', 'A-1'), orderAmount: '1' };
		await expect(run('addressPayment', 'create', other)).rejects.toThrow(/already used/);
	});
});

describe('refunds', () => {
	it('go on, and are read by both queries', async () => {
		const prepayId = await paidOrder(setting, 'native');
		const refund = { refundRequestId: 'r-1', prepayId, refundAmount: '30', refundReason: 'Returned' };
		expect(await run('refund', 'create', refund)).toMatchObject({ status: 'created', amount: '30' });
		const read = (operation: string) => run('refund', operation, { refundRequestId: 'r-1' });
		expect(await read('get')).toMatchObject({ status: 'processing', final: false });
		setting.provider.act('succeedRefund', 'r-1');
		expect(await read('get')).toMatchObject({ status: 'refunded', final: true, paidAmount: '30' });
		expect(await read('getOlder')).toMatchObject({ status: 'refunded', reference: 'r-1' });
		await expect(run('refund', 'get', { refundRequestId: 'r-2' })).rejects.toThrow(/\(400304\)/);
	});

	it('made by the older call are looked up by the older query, on behalf by the newer', async () => {
		const prepayId = await paidOrder(setting, 'native');
		const refund = (refundRequestId: string) => ({ refundRequestId, prepayId, refundAmount: '1' });
		setting.sandbox.fault({ operation: 'refundOrder', kind: 'half-a-body' });
		expect(await run('refund', 'createOlder', refund('r-1'))).toMatchObject({ outcome: 'applied' });
		expect(sent('queryRefund')).toHaveLength(2);
		setting.sandbox.fault({ operation: 'institutionRefundOrder', kind: 'half-a-body' });
		const behalf = { onBehalfOf: '53695180' };
		const made = await one(setting, 'refund', 'createOlder', refund('r-2'), {}, behalf);
		expect(made).toMatchObject({ outcome: 'applied', reference: 'r-2' });
		expect(sent('institutionGetRefundDetails')).toHaveLength(2);
	});

	it('above what was paid say what to do', async () => {
		const prepayId = await paidOrder(setting, 'native');
		const refund = { refundRequestId: 'r-1', prepayId, refundAmount: '101', refundReason: 'x' };
		await expect(run('refund', 'create', refund)).rejects.toThrow(
			/refused Refund: Create `r-1`: .*\(400608\)\. No money was moved by it\..*at most what was paid/s,
		);
	});
});

describe('static addresses', () => {
	const address = { channelId: 'smart_shop', chain: byId('TRX') };

	it('are kept, read page by page from 0, and deleted', async () => {
		const saved = await run('staticAddress', 'save', { ...address, currencies: 'USDT' });
		expect(saved).toMatchObject({
			outcome: 'applied',
			reference: null,
			address: expect.stringMatching(/^T/),
		});
		const networks = {
			network: [
				{ chain: 'ETH', currencies: 'USDT, USDC' },
				{ chain: 'BSC', currencies: 'USDT' },
			],
		};
		await run('staticAddress', 'createEvm', { channelId: 'evm_shop', chianCurrencyInfos: networks });
		const all = await many(setting, 'staticAddress', 'getMany', { returnAll: true });
		expect(all.map(({ chain }) => chain)).toEqual(['TRX', 'ETH', 'BSC']);
		expect(sent('listStaticAddresses')[0]?.url).toContain('page=0&count=100');
		expect(await run('staticAddress', 'get', address)).toMatchObject({ currencies: ['USDT'] });
		expect(await run('staticAddress', 'delete', address)).toMatchObject({
			outcome: 'applied',
			deleted: true,
			result: 'SUCCESS',
		});
		await expect(run('staticAddress', 'get', address)).rejects.toThrow(/\(400202\)/);
	});

	it('list what they received', async () => {
		await run('staticAddress', 'save', { ...address, currencies: 'USDT' });
		setting.provider.act('receiveOnAddress', 'smart_shop TRX');
		const range = { startTime: '={{ $now.minus({ hours: 1 }) }}', endTime: '={{ $now.plus({ hours: 1 }) }}' };
		const payments = await many(setting, 'staticAddress', 'getPayments', {
			...address,
			...range,
			returnAll: true,
		});
		expect(payments).toEqual([
			expect.objectContaining({ kind: 'staticAddressPayment', status: 'succeeded', amount: '100' }),
		]);
	});

	it('say that the call may have been carried out when nothing came back', async () => {
		setting.sandbox.fault({ operation: 'saveStaticAddress', kind: 'reset-before-reading' });
		await expect(run('staticAddress', 'save', { ...address, currencies: 'USDT' })).rejects.toThrow(
			/It may or may not have been carried out.*use Static Address: Get, or look in the Gate Pay dashboard/s,
		);
	});
});
