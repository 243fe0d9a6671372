import type { INodeParameters } from 'n8n-workflow';
import { GatePay } from '../../../nodes/GatePay/GatePay.node.ts';
import { callListSearch } from '../harness/index.mts';
import { authorizedSubscription, byId, many, one, order, paidOrder } from './merchant.mts';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

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
const rows = (
	resource: string,
	operation: string,
	fields: INodeParameters = {},
	options: INodeParameters = {},
) => many(setting, resource, operation, { returnAll: true, ...fields }, options);
const sent = (operation: string) =>
	setting.provider.requests.filter((request) => request.operation === operation);
const range = { startTime: '={{ $now.minus({ hours: 1 }) }}', endTime: '={{ $now.plus({ hours: 1 }) }}' };

describe('conversions', () => {
	it('go from a quote to a conversion whose state nobody explains', async () => {
		expect(await rows('convert', 'getCurrencies')).toContainEqual({ currency: 'BTC' });
		expect(await rows('convert', 'getPairs', { currency: byId('BTC') })).not.toHaveLength(0);
		const currencies = { sellCurrency: byId('USDT'), buyCurrency: byId('BTC') };
		const quote = await run('convert', 'getQuote', {
			...currencies,
			amountGivenIn: 'sell',
			sellAmount: '600',
		});
		const made = await run('convert', 'create', {
			...currencies,
			clientReqId: 'c-1',
			quoteId: String(quote.quoteId),
			sellAmount: String(quote.sellAmount),
			buyAmount: String(quote.buyAmount),
		});
		expect(made).toMatchObject({
			kind: 'conversion',
			reference: 'c-1',
			status: 'unknown',
			final: false,
			amount: '600',
			currency: 'USDT',
			buyCurrency: 'BTC',
		});
		const read = await run('convert', 'get', { orderId: String(made.id) });
		expect(read).toMatchObject({ id: made.id, providerStatus: '1' });
	});

	it('whose outcome is unknown say so, and where to look', async () => {
		setting.sandbox.fault({ operation: 'createConvert', kind: 'reset-before-reading' });
		const fields = {
			clientReqId: 'c-1',
			quoteId: 'PAY-1',
			sellCurrency: byId('USDT'),
			sellAmount: '1',
			buyCurrency: byId('BTC'),
			buyAmount: '1',
		};
		await expect(run('convert', 'create', fields)).rejects.toThrow(
			/Money may or may not have moved.*Do not send it again before you know\. Look in the Gate Pay dashboard/s,
		);
	});

	it('know fiat rates', async () => {
		const pair = { sourceCurrency: 'EUR', targetCurrency: 'USDT' };
		expect(await run('convert', 'getExchangeRate', pair)).toMatchObject({ rate: '1.08' });
	});
});

describe('gift cards', () => {
	const card = {
		title: 'Thanks',
		templateId: byId('1'),
		currency: byId('USDT'),
		amount: '25',
		paymentReference: '={{ `g-${$itemIndex + 1}` }}',
	};

	it('show their redemption code in Raw only', async () => {
		const made = await run('giftCard', 'create', card);
		const { key = '' } = setting.provider.state.giftCards[0] ?? {};
		expect(made).toMatchObject({ kind: 'giftCard', status: 'succeeded', final: false, reference: 'g-1' });
		expect(JSON.stringify(made)).not.toContain(key);
		const number = { card_number: String(made.id), key: '' };
		expect(JSON.stringify(await run('giftCard', 'get', number))).not.toContain(key);
		expect(JSON.stringify(await run('giftCard', 'get', number, { output: 'raw' }))).toContain(key);
		expect(await run('giftCard', 'get', { card_number: '', key })).toMatchObject({ id: made.id });
		expect(await rows('giftCard', 'getTemplates')).toHaveLength(2);
	});

	it('are as many as there are Payment References, and a retry repeats none', async () => {
		const parameters = {
			resource: 'giftCard',
			operation: 'create',
			...card,
			options: { allowRepeats: true },
		};
		expect((await setting.run(parameters, { items: [{}, {}] })).items).toHaveLength(2);
		setting.sandbox.fault({ operation: 'createGiftCard', kind: 'reset-after-applying', nth: 2 });
		const cut = await setting.run(parameters, { items: [{}, {}] });
		const again = await setting.retry(cut, parameters, { items: [{}, {}] });
		expect(again.error?.message).toContain('Money may or may not have moved');
		expect(setting.provider.state.giftCards).toHaveLength(4);
		expect(sent('createGiftCard')).toHaveLength(4);
	});

	it('without a clear answer point at the ledger', async () => {
		setting.sandbox.fault({ operation: 'createGiftCard', kind: 'reset-after-applying' });
		await expect(run('giftCard', 'create', card)).rejects.toThrow(
			/Do not send it again before you know.*Balance: Get Ledger/s,
		);
	});
});

describe('customers', () => {
	it('are created once, listed, changed and deleted', async () => {
		const made = await run(
			'customer',
			'create',
			{ channelId: 'new_shop' },
			{ desc: 'New', channelType: '1' },
		);
		expect(made).toMatchObject({ outcome: 'applied', reference: 'new_shop' });
		const again = await run(
			'customer',
			'create',
			{ channelId: 'new_shop' },
			{ desc: 'New', channelType: '1' },
		);
		expect(again).toMatchObject({ replayed: true });
		await run('customer', 'update', { channelId: byId('new_shop') }, { desc: 'Newer' });
		expect(await rows('customer', 'getMany', {}, { channelId: 'new' })).toEqual([
			expect.objectContaining({ channelId: 'new_shop', desc: 'Newer', channelType: '1' }),
		]);
		expect(JSON.parse(sent('updateCustomer')[0]?.body ?? '')).toEqual({
			merchantChannelList: [{ channelId: 'new_shop', desc: 'Newer' }],
		});
		await run('customer', 'delete', { channelId: byId('new_shop') });
		expect(await rows('customer', 'getMany')).toHaveLength(1);
	});
});

describe('subscriptions', () => {
	it('have products, plans, subscriptions and debits, each readable', async () => {
		await authorizedSubscription(setting);
		expect(await rows('subscription', 'getProducts')).toEqual([
			expect.objectContaining({ merchantProductNo: 'm-1' }),
		]);
		const product = await run('subscription', 'getProduct', { merchantProductNo: 'm-1' });
		expect(product).toMatchObject({ productName: 'Membership' });
		const plan = await run('subscription', 'getPlan', { merchantPlanNo: 'plan-1', planNo: '' });
		expect(await rows('subscription', 'getPlans')).toEqual([
			expect.objectContaining({ planNo: plan.planNo }),
		]);
		const own = { merchantSubscriptionOrderNo: 's-1', subscriptionOrderNo: '' };
		const debit = { ...own, merchantDeductNo: 'd-1', amount: '9.90', currency: 'USDT' };
		expect(await run('subscription', 'debit', debit)).toMatchObject({
			kind: 'subscriptionDebit',
			reference: 'd-1',
			status: 'succeeded',
		});
		// The amount is a JSON number with exactly the typed digits.
		expect(sent('deductSubscription')[0]?.body).toContain('"amount":9.90,');
		expect(await run('subscription', 'get', own)).toMatchObject({ status: 'processing', paidAmount: '9.9' });
		expect(await rows('subscription', 'getMany')).toEqual([expect.objectContaining({ reference: 's-1' })]);
		expect(sent('listSubscriptionOrders')[0]?.url).toContain('page=1&count=100');
		const read = { merchantDeductNo: 'd-1', paymentOrderNo: '' };
		expect(await run('subscription', 'getDebit', read)).toMatchObject({ status: 'succeeded', final: true });
		expect(await rows('subscription', 'getDebits', own)).toHaveLength(1);
		const ended = await run('subscription', 'complete', { ...own, operationType: 'CANCEL' }, { reason: 'x' });
		expect(ended).toMatchObject({ outcome: 'applied', reference: 's-1' });
		expect(await run('subscription', 'get', own)).toMatchObject({ status: 'cancelled', final: true });
	});

	it('are made once under their number', async () => {
		await authorizedSubscription(setting);
		const again = { merchantSubscriptionOrderNo: 's-1', merchantPlanNo: 'plan-1', planNo: byId('') };
		expect(await run('subscription', 'create', again)).toMatchObject({ replayed: true });
		expect(setting.provider.state.subscriptions).toHaveLength(1);
	});
});

describe('reconciliation', () => {
	it('lists orders and payouts with both client ids, and knows fees', async () => {
		await paidOrder(setting, 'native', 'A-1');
		await one(setting, 'addressPayment', 'create', order('address', 'A-2'));
		await setting.run(payoutPerItem(), { items: payouts('p_1') });
		const orders = await rows('reconciliation', 'getPaymentOrders', range);
		expect(orders.map(({ reference, status, amount }) => [reference, status, amount])).toEqual([
			['A-2', 'pending', '100'],
			['A-1', 'succeeded', '100'],
		]);
		const paid = await rows('reconciliation', 'getPaymentOrders', range, { status: 'PAID' });
		expect(paid).toHaveLength(1);
		const lines = await rows('reconciliation', 'getPayouts');
		expect(lines).toEqual([
			expect.objectContaining({ kind: 'payoutLine', reference: 'p_1_1', status: 'created' }),
		]);
		for (const operation of ['listPaymentOrders', 'listPayoutSuborders'])
			expect(sent(operation)[0]?.headers['x-gatepay-clientid']).toBe(setting.provider.account.clientId);
		const fee = await run('reconciliation', 'getOrderFee', { merchantTradeNo: 'A-1' });
		expect(fee).toMatchObject({ totalFeeAmount: '1' });
		await expect(run('reconciliation', 'getOrderFee', { merchantTradeNo: 'A-2' })).rejects.toThrow(
			/\(550140\)/,
		);
		const preview = { orderCurrency: 'USDT', orderAmount: '100', accessMode: 0 };
		expect(await run('reconciliation', 'previewFee', preview)).toMatchObject({ orderFee: 1 });
	});
});

describe('institutions', () => {
	const behalf = { onBehalfOf: '53695180' };
	const holder = '{ "entity_country": "GB", "entity_type": "BUSINESS" }';
	const account = { request_id: 'q-1', customer_id: 'c-1', display_name: 'ABC', account_holder: holder };

	it('open sub-accounts as themselves, whatever the credential says', async () => {
		const made = await one(setting, 'institution', 'createSubAccount', account, {}, behalf);
		expect(made).toMatchObject({ outcome: 'applied', reference: 'q-1', status: 'INIT' });
		const again = await one(setting, 'institution', 'createSubAccount', account, {}, behalf);
		expect(again).toMatchObject({ replayed: true });
		const read = { account_id: String(made.account_id), request_id: '' };
		expect(await one(setting, 'institution', 'getSubAccount', read, {}, behalf)).toMatchObject({
			status: 'INIT',
		});
		expect(await rows('institution', 'getSubAccounts')).toHaveLength(3);
		for (const { headers } of setting.provider.requests)
			expect(headers).not.toHaveProperty('x-gatepay-on-behalf-of');
	});

	it('move money from and to the account of the credential', async () => {
		const move = { merchantBatchNo: 't-1', accountId: byId('53695181'), amount: '100', currency: 'USDT' };
		const act = (operation: string, fields: INodeParameters) =>
			one(setting, 'institution', operation, fields, {}, behalf);
		expect(await act('createTransfer', move)).toMatchObject({
			kind: 'institutionTransfer',
			status: 'succeeded',
			final: true,
			address: '53695181',
		});
		expect(await act('createCharge', move)).toMatchObject({ kind: 'institutionCharge', address: '53695180' });
		expect(await act('getTransfer', { merchantBatchNo: 't-1' })).toMatchObject({ amount: '100' });
		expect(await act('getCharge', { merchantBatchNo: 't-1' })).toMatchObject({ amount: '100' });
		const balances = await many(
			setting,
			'institution',
			'getBalances',
			{ currencies: 'USDT, BTC', returnAll: true },
			{},
			behalf,
		);
		expect(balances).toEqual([{ currency: 'USDT', available: '5000' }]);
		expect(sent('institutionGetBalances')[0]?.body).toBe('["USDT","BTC"]');
	});

	it('set fee rules under their merchant id', async () => {
		const rule = {
			sub_merchant_id: byId('53695180'),
			r_markup: '0.50',
			effective_date: '2026-12-01 00:00:00',
		};
		const made = await one(setting, 'institution', 'createFeeRule', rule, { f_markup: '0' }, behalf);
		expect(made).toMatchObject({ outcome: 'applied', reference: '53695180', version_no: 1 });
		const [request] = sent('createFeeRule');
		expect(request?.body).toContain('"r_markup":0.50,');
		expect(request?.headers).toMatchObject({ 'x-gatepay-merchantid': '10001' });
		expect(request?.headers).not.toHaveProperty('x-gatepay-on-behalf-of');
		expect(await run('institution', 'createFeeRule', rule, { f_markup: '0' })).toMatchObject({
			replayed: true,
		});
		await expect(run('institution', 'createFeeRule', { ...rule, r_markup: '1' })).rejects.toThrow(
			/already used/,
		);
		expect(await run('institution', 'upgradeFeeRule', { ...rule, r_markup: '0' })).toMatchObject({
			r_markup: 0,
		});
		expect(await run('institution', 'getFeeRule', { sub_merchant_id: byId('53695180') })).toMatchObject({
			version_no: 1,
		});
		expect(await rows('institution', 'getFeeRules', {}, { has_markup: false })).toHaveLength(1);
	});

	it.each<[string, string, INodeParameters, object, RegExp]>([
		[
			'a transfer without On Behalf Of',
			'createTransfer',
			{ merchantBatchNo: 't-1', accountId: byId('1'), amount: '1', currency: 'USDT' },
			{},
			/Create Transfer exists only on behalf of an account\. Nothing was sent\..*Set On Behalf Of/s,
		],
		[
			'balances without On Behalf Of',
			'getBalances',
			{ currencies: 'USDT' },
			{},
			/only on behalf of an account/,
		],
		[
			'a fee rule without the Merchant ID',
			'getFeeRule',
			{ sub_merchant_id: byId('1') },
			{ merchantId: '' },
			/Get Fee Rule needs the Merchant ID, which the credential does not have\. Nothing was sent/,
		],
		[
			'an account holder that is not JSON',
			'createSubAccount',
			{ ...account, account_holder: '{entity: 1}' },
			{},
			/Account Holder is not JSON\. Nothing was sent/,
		],
		[
			'a date in another form',
			'createFeeRule',
			{ sub_merchant_id: byId('1'), r_markup: '1', effective_date: '01.12.2026' },
			{},
			/Effective Date .* use the form 2026-12-01 00:00:00/,
		],
		[
			'a markup with a sign',
			'createFeeRule',
			{ sub_merchant_id: byId('1'), r_markup: '-1', effective_date: '2026-12-01 00:00:00' },
			{},
			/Percentage Markup `-1` has a sign/,
		],
	])('%s is refused before anything is sent', async (_case, operation, fields, credential, message) => {
		await expect(one(setting, 'institution', operation, fields, {}, { ...credential })).rejects.toThrow(
			message,
		);
		expect(setting.provider.requests).toHaveLength(0);
	});
});

describe('drop-downs', () => {
	const call = (method: string, parameters: INodeParameters = {}) =>
		callListSearch({
			node: new GatePay(),
			method,
			parameters,
			credentials: setting.credentials(),
			credentialTypes: setting.credentialTypes,
		});
	const values = async (method: string, parameters: INodeParameters = {}) =>
		(await call(method, parameters)).results.map(({ value }) => value);

	const names = async (method: string) => (await call(method)).results.map(({ name }) => name);

	it('list what can be paid, on which networks, in both names', async () => {
		expect(await values('searchPayableCurrencies')).toEqual(['BTC', 'USDC', 'USDT']);
		const parameters = {
			resource: 'paymentOrder',
			operation: 'createCheckout',
			amountGivenIn: 'crypto',
			currency: byId('USDC'),
		};
		expect(await values('searchPayableChains', parameters)).toEqual(
			expect.arrayContaining(['BASEEVM', 'ETH', 'MATIC']),
		);
		expect(await values('searchPayableFullTypes', parameters)).toContain('USDC_MATIC');
		const paidInAnother = { ...parameters, options: { payCurrency: 'BTC' } };
		expect(await values('searchPayableFullTypes', paidInAnother)).toEqual(['BTC_BTC']);
	});

	it('list chains of static addresses, currencies to convert, templates, customers, plans and sub-accounts', async () => {
		expect(await values('searchStaticAddressChains')).toContain('TRX');
		expect(await names('searchStaticAddressChains')).toContainEqual(expect.stringMatching(/\(TRX\)$/));
		expect(await values('searchConvertCurrencies')).toContain('BTC');
		expect(await values('searchGiftCardTemplates')).toEqual(['1', '2']);
		expect(await values('searchCustomers')).toEqual(['smart_shop']);
		expect(await values('searchSubAccounts')).toEqual(['53695180', '53695181']);
		await expect(call('searchSubscriptionPlans')).rejects.toThrow(/There are no plans yet/);
		await authorizedSubscription(setting);
		expect(await values('searchSubscriptionPlans')).toHaveLength(1);
		expect((await call('searchSubscriptionPrices')).results).toEqual([
			{ name: 'Membership: Monthly', value: expect.stringMatching(/^\d{17,}$/) },
		]);
	});

	it('list currencies and networks of payments as rows too', async () => {
		expect(await rows('addressPayment', 'getCurrencies')).toContainEqual({ currency: 'USDT' });
		expect(await rows('addressPayment', 'getConvertCurrencies', {}, { currency: 'BTC' })).toHaveLength(2);
		expect(await rows('addressPayment', 'getChains', { currency: byId('USDT') })).not.toHaveLength(0);
		expect(await rows('refund', 'getChains', { currency: byId('USDT') })).not.toHaveLength(0);
		expect(await rows('staticAddress', 'getChains')).not.toHaveLength(0);
	});
});
