import type { JsonRecord } from '../../sandbox/values.mts';
import { type Client, closeAll, contract, eventually, start, type Answered } from './client.mts';
import { Receiver } from './receiver.mts';

afterEach(closeAll);

const manual = { autopilot: false };
const data = ({ data: found }: Answered) => found;
const merchant = { 'X-GatePay-MerchantId': '10001' };
const behalf = (account = '53695180') => ({ 'X-GatePay-On-Behalf-Of': account });
const range = { startTime: '0', endTime: '9999999999999' };

describe('static addresses', () => {
	const save = (client: Client, more: JsonRecord = {}) =>
		client.call('saveStaticAddress', {
			channelId: 'smart_shop',
			chain: 'TRX',
			currencies: 'USDT',
			...more,
		});

	it('are kept per customer and chain, and updated by the same call', async () => {
		const { client } = await start(manual);
		const first = data(await save(client));
		const again = data(await save(client, { callbackUrl: 'https://shop.example/hook' }));
		expect(again).toMatchObject({ address: first.address, callbackUrl: 'https://shop.example/hook' });
		const query = { channelId: 'smart_shop', chain: 'TRX' };
		expect(data(await client.call('getStaticAddress', undefined, { query }))).toMatchObject({ is_risk: 0 });
		const list = await client.call('listStaticAddresses', undefined, { query: { page: '0', count: '10' } });
		expect(data(list)).toMatchObject({ total: 1, list: [expect.objectContaining(query)] });
		expect(data(await client.call('deleteStaticAddress', undefined, { query }))).toEqual({
			result: 'SUCCESS',
		});
		expect((await client.call('getStaticAddress', undefined, { query })).code).toBe('400202');
	});

	it('of EVM networks are one address, and not made twice', async () => {
		const { client } = await start(manual);
		const body = {
			channelId: 'evm_shop',
			chianCurrencyInfos: [
				{ chain: 'ETH', currencies: ['USDT', 'USDC'] },
				{ chain: 'BSC', currencies: ['USDT'] },
			],
		};
		expect(data(await client.call('createEvmStaticAddress', body)).chainInfos).toHaveLength(2);
		expect((await client.call('createEvmStaticAddress', body)).code).toBe('400201');
		const chains = await client.call('listStaticAddressChains');
		expect(data(chains).Chains).toContainEqual(
			expect.objectContaining({ chain: 'TRX', currencies: ['USDT'] }),
		);
	});

	it('announce what they receive to their own callback URL', async () => {
		const [app, own] = [new Receiver(), new Receiver()];
		await Promise.all([app.open(), own.open()]);
		const { client, sandbox } = await start({ pace: 100 });
		sandbox.gatePay.setCallbackUrl(app.url);
		await save(client, { callbackUrl: own.url });
		sandbox.gatePay.act('receiveOnAddress', 'smart_shop TRX');
		sandbox.gatePay.act('holdOnAddress', 'smart_shop TRX');
		sandbox.gatePay.act('flagAddress', 'smart_shop TRX');
		await eventually(() => own.received.length === 3);
		expect(app.received).toHaveLength(0);
		const bodies = own.received.map(({ body }) => JSON.parse(body));
		expect(bodies.map(({ bizStatus }) => bizStatus).sort()).toEqual([
			'PAY_BLOCK',
			'PAY_SUCCESS',
			'RISK_ADDRESS',
		]);
		for (const body of bodies) {
			const name = body.bizType === 'PAY_FIXED_ADDRESS' ? 'StaticAddressPayment' : 'StaticAddressRisk';
			expect(contract.checkSchema(`${name}Notification`, body)).toEqual([]);
			expect(contract.checkSchema(`${name}Data`, JSON.parse(body.data))).toEqual([]);
		}
		const query = { channelId: 'smart_shop', chain: 'TRX', ...range, page: '0' };
		const payments = await client.call('listStaticAddressPayments', undefined, { query });
		// A held payment is not credited.
		expect(data(payments)).toMatchObject({ total: 1, details: [expect.objectContaining({ amount: '100' })] });
		app.close();
		own.close();
	});
});

describe('conversions', () => {
	async function quote(client: Client) {
		const body = { sellCurrency: 'USDT', buyCurrency: 'BTC', sellAmount: '600' };
		const { quoteId, sellAmount, buyAmount } = data(await client.call('previewConvert', body));
		return { quoteId, sellAmount, buyAmount, sellCurrency: 'USDT', buyCurrency: 'BTC' };
	}

	it('are made once per clientReqId, whatever is repeated', async () => {
		const { client, sandbox } = await start(manual);
		const quoted = await quote(client);
		const first = data(await client.call('createConvert', { clientReqId: 'c-1', ...quoted }));
		expect(first).toMatchObject({ status: 1, sellAmount: '600' });
		const again = data(await client.call('createConvert', { clientReqId: 'c-1', ...quoted }));
		expect(again.order_id).toBe(first.order_id);
		expect((await client.call('createConvert', { clientReqId: 'c-2', ...quoted })).code).toBe('400204');
		const other = { clientReqId: 'c-1', ...(await quote(client)) };
		expect((await client.call('createConvert', other)).code).toBe('400201');
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ 'c-1': 1 });
		sandbox.gatePay.act('settleConversion', String(first.order_id));
		const query = { orderId: String(first.order_id) };
		expect(data(await client.call('getConvertOrder', undefined, { query }))).toMatchObject({ status: 6 });
	});

	it('are as quoted, between known currencies', async () => {
		const { client } = await start(manual);
		const body = { clientReqId: 'c-1', ...(await quote(client)), sellAmount: '601' };
		expect((await client.call('createConvert', body)).code).toBe('400621');
		expect(data(await client.call('listConvertCurrencies')).currency).toContain('BTC');
		const pairs = await client.call('listConvertPairs', undefined, { query: { currency: 'BTC' } });
		expect(pairs.body.data).toContainEqual(expect.objectContaining({ pair: 'BTC_USDT' }));
		const both = { sellCurrency: 'USDT', buyCurrency: 'BTC', sellAmount: '1', buyAmount: '1' };
		expect((await client.call('previewConvert', both)).code).toBe('400001');
		const rate = await client.call('getExchangeRate', { sourceCurrency: 'EUR', targetCurrency: 'USDT' });
		expect(data(rate)).toMatchObject({ rate: '1.08' });
	});

	it('and fees can be estimated', async () => {
		const { client } = await start(manual);
		const body = { orderCurrency: 'USDT', accessMode: 0, scenario: 0, orderAmount: '100' };
		expect(data(await client.call('previewMerchantFee', body))).toMatchObject({ orderFee: 1 });
	});
});

describe('gift cards', () => {
	const card = { title: 'Thanks', templateId: '1', currency: 'USDT', amount: '25' };

	it('are paid from the balance, read by number or code, and redeemed', async () => {
		const { client, sandbox } = await start(manual);
		const made = data(await client.call('createGiftCard', card));
		expect(made).toMatchObject({ status: 2, amount: '25' });
		expect(sandbox.gatePay.state.balances.USDT).toBe('999975');
		sandbox.gatePay.act('redeemGiftCard', String(made.card_num));
		for (const body of [{ card_number: made.card_num }, { key: made.card_key }]) {
			expect(data(await client.call('getGiftCard', body))).toMatchObject({ status: 3 });
		}
		expect((await client.call('getGiftCard', { key: 'NO' })).code).toBe('400202');
		const templates = await client.call('listGiftCardTemplates');
		expect(templates.body.data).toHaveLength(2);
	});

	it('have no reference: a repeat is a second card', async () => {
		const { client, sandbox } = await start(manual);
		await client.call('createGiftCard', card);
		await client.call('createGiftCard', card);
		expect(sandbox.gatePay.state.giftCards).toHaveLength(2);
	});

	it('of large amounts are reviewed; several at once are announced', async () => {
		const { client, sandbox } = await start(manual);
		const large = data(await client.call('createGiftCard', { ...card, amount: '10000' }));
		expect(large.status).toBe(6);
		sandbox.gatePay.act('rejectGiftCard', String(large.card_num));
		expect(sandbox.gatePay.state.balances.USDT).toBe('1000000');
		await client.call('createGiftCard', { ...card, count: 3 });
		const [delivery] = sandbox.gatePay.deliveries;
		const notification = JSON.parse(delivery?.body ?? '{}');
		expect(contract.checkSchema('GiftCardBatchNotification', notification)).toEqual([]);
		expect(contract.checkSchema('GiftCardBatchData', JSON.parse(notification.data))).toEqual([]);
	});
});

it('customers are added one by one, searched, changed and deleted', async () => {
	const { client } = await start(manual);
	const customer = { channelId: 'new_shop', desc: 'New', customFields: [{ name: 'a', value: 'b' }] };
	await client.call('createCustomer', { merchantChannelList: [customer] });
	expect((await client.call('createCustomer', { merchantChannelList: [customer] })).code).toBe('400201');
	expect((await client.call('createCustomer', { merchantChannelList: [customer, customer] })).code).toBe(
		'400001',
	);
	await client.call('updateCustomer', { merchantChannelList: [{ channelId: 'new_shop', channelType: '1' }] });
	const query = { page: '1', count: '10' };
	const found = await client.call('listCustomers', undefined, { query: { ...query, channelId: 'new' } });
	expect(data(found).merchantChannelList).toEqual([
		expect.objectContaining({ channelId: 'new_shop', desc: 'New', channelType: '1' }),
	]);
	await client.call('deleteCustomer', undefined, { query: { channelId: 'new_shop' } });
	expect(data(await client.call('listCustomers', undefined, { query }))).toMatchObject({ total: 1 });
});

describe('subscriptions', () => {
	async function subscribed(client: Client, priceType: string) {
		const price = {
			merchantPriceNo: 'p-1',
			priceName: 'Monthly',
			priceType,
			amountType: 'crypto',
			cryptoCurrency: 'USDT',
			cryptoAmount: 9.9,
			period: 'MONTH',
			interval: 1,
		};
		const product = { merchantProductNo: 'm-1', productName: 'Membership', priceList: [price] };
		const made = data(await client.call('createSubscriptionProduct', product));
		const prices: unknown = made.priceList;
		const [{ priceNo }] = Array.isArray(prices) ? prices : [{}];
		const plan = {
			merchantPlanNo: 'plan-1',
			planName: 'Monthly',
			planDesc: 'x',
			priceNo,
			authorizedAmount: '12',
		};
		await client.call('createSubscriptionPlan', plan);
		const order = { merchantSubscriptionOrderNo: 's-1', merchantPlanNo: 'plan-1' };
		return String(data(await client.call('createSubscriptionOrder', order)).subscriptionOrderNo);
	}

	it('go from a product to debits, and are announced', async () => {
		const { client, sandbox } = await start(manual);
		const id = await subscribed(client, 'ACCOUNT_AUTH');
		const debit = {
			merchantDeductNo: 'd-1',
			merchantSubscriptionOrderNo: 's-1',
			amount: 9.9,
			currency: 'USDT',
		};
		expect((await client.call('deductSubscription', debit)).code).toBe('400204');
		sandbox.gatePay.act('authorizeSubscription', id);
		expect(data(await client.call('deductSubscription', debit))).toMatchObject({ remainingAmount: '2.1' });
		await client.call('deductSubscription', debit);
		expect(sandbox.gatePay.books.appliedPerReference()).toEqual({ 'd-1': 1 });
		const over = { ...debit, merchantDeductNo: 'd-2', amount: 3 };
		expect((await client.call('deductSubscription', over)).code).toBe('400605');
		const query = { merchantSubscriptionOrderNo: 's-1' };
		expect(data(await client.call('getSubscriptionOrder', undefined, { query }))).toMatchObject({
			orderStatus: 'RUNNING',
			totalPaidAmount: '9.9',
		});
		const found = await client.call('getSubscriptionDeduction', undefined, {
			query: { merchantDeductNo: 'd-1' },
		});
		expect(data(found)).toMatchObject({ payStatus: 'SUCCESS', cryptoAmount: '9.9' });
		const debits = await client.call('listSubscriptionDeductions', undefined, { query });
		expect(data(debits)).toMatchObject({ total: 1 });
		const list = await client.call('listSubscriptionOrders', undefined, {
			query: { page: '1', count: '10', orderStatus: 'RUNNING' },
		});
		expect(data(list).records).toHaveLength(1);
		const end = { ...query, operationType: 'FINISH' };
		expect((await client.call('completeSubscriptionOrder', end)).body).toMatchObject({
			code: '0',
			data: null,
		});
		expect((await client.call('completeSubscriptionOrder', end)).code).toBe('400204');
		for (const { body } of sandbox.gatePay.deliveries) {
			const notification = JSON.parse(body);
			const name =
				notification.bizType === 'SUBSCRIPTION_ORDER_STATUS' ? 'SubscriptionOrder' : 'SubscriptionDebit';
			expect(contract.checkSchema(`${name}Notification`, notification)).toEqual([]);
			expect(contract.checkSchema(`${name}Data`, JSON.parse(notification.data))).toEqual([]);
		}
		expect(sandbox.gatePay.deliveries.map(({ event }) => event)).toEqual([
			'SUBSCRIPTION_ORDER_STATUS AUTHORIZED',
			'SUBSCRIPTION_ORDER_STATUS RUNNING',
			'ACCOUNT_AUTH_DEDUCTION DEDUCT_SUCCESS',
			'SUBSCRIPTION_ORDER_STATUS COMPLETED',
		]);
	});

	it('by the plan are debited by Gate Pay, and products and plans are read', async () => {
		const { client, sandbox } = await start(manual);
		const id = await subscribed(client, 'FIX_AMOUNT');
		sandbox.gatePay.act('authorizeSubscription', id);
		sandbox.gatePay.act('debitSubscription', id);
		expect(sandbox.gatePay.deliveries.at(-1)?.event).toBe('SUBSCRIPTION_PAYMENT SUCCESS');
		const product = await client.call('getSubscriptionProduct', { merchantProductNo: 'm-1' });
		expect(product.body.success).toBe('true');
		expect(data(await client.call('listSubscriptionProducts', {}))).toMatchObject({ total: 1 });
		const query = { merchantPlanNo: 'plan-1' };
		expect(data(await client.call('getSubscriptionPlan', undefined, { query }))).toMatchObject({
			planStatus: 'on',
		});
		expect(data(await client.call('listSubscriptionPlans'))).toMatchObject({ total: 1 });
	});
});

describe('institutions', () => {
	it('open sub-accounts once per request id, and hear the result', async () => {
		const { client, sandbox } = await start(manual);
		const body = {
			request_id: 'q-1',
			customer_id: 'c-1',
			display_name: 'ABC',
			account_holder: { entity_country: 'GB', entity_type: 'BUSINESS' },
		};
		const made = data(await client.call('createSubAccount', body));
		expect(made).toMatchObject({ status: 'INIT', created: expect.any(String) });
		expect(data(await client.call('createSubAccount', body)).account_id).toBe(made.account_id);
		sandbox.gatePay.act('approveSubAccount', String(made.account_id));
		const query = { request_id: 'q-1' };
		expect(data(await client.call('getSubAccount', undefined, { query }))).toMatchObject({
			status: 'ACTIVE',
		});
		const page = await client.call('listSubAccounts', undefined, { query: { limit: '2', cursor: '1' } });
		expect(data(page)).toMatchObject({ has_more: true });
		const notification = JSON.parse(sandbox.gatePay.deliveries[0]?.body ?? '{}');
		expect(contract.checkSchema('InstitutionAccountNotification', notification)).toEqual([]);
		expect(contract.checkSchema('InstitutionAccountData', JSON.parse(notification.data))).toEqual([]);
		expect((await client.call('getSubAccount', undefined, { query, headers: behalf() })).code).toBe('400001');
	});

	it('move money between accounts once per number', async () => {
		const { client, sandbox } = await start(manual);
		const body = { merchantBatchNo: 't-1', accountId: '53695181', currency: 'USDT', amount: '100' };
		const headers = behalf();
		expect(data(await client.call('createInstitutionTransfer', body, { headers }))).toMatchObject({
			status: 'PAID',
			fromAccountId: '53695180',
			toAccountId: '53695181',
		});
		expect((await client.call('createInstitutionTransfer', body, { headers })).code).toBe('400201');
		const charged = await client.call('createInstitutionCharge', body, { headers });
		expect(data(charged)).toMatchObject({ fromAccountId: '53695181', toAccountId: '53695180' });
		const query = { merchantBatchNo: 't-1' };
		for (const operation of ['getInstitutionTransfer', 'getInstitutionCharge'])
			expect(data(await client.call(operation, undefined, { query, headers }))).toMatchObject({
				amount: '100',
			});
		expect((await client.call('createInstitutionTransfer', { ...body, merchantBatchNo: 't-2' })).code).toBe(
			'400001',
		);
		const poor = { ...body, merchantBatchNo: 't-3', amount: '999999' };
		expect((await client.call('createInstitutionTransfer', poor, { headers })).code).toBe('400605');
		const balances = await client.call('institutionGetBalances', ['USDT'], { headers });
		expect(data(balances).balanceList).toEqual([{ currency: 'USDT', available: '5000' }]);
		expect(sandbox.gatePay.books.entries).toHaveLength(2);
	});

	it('set fee rules in versions, under their merchant id and never on behalf of another', async () => {
		const { client, sandbox } = await start(manual);
		const body = { sub_merchant_id: '53695180', r_markup: 0.5, effective_date: '2026-12-01 00:00:00' };
		const first = data(await client.call('createFeeRule', body, { headers: merchant }));
		expect(first).toMatchObject({ version_no: 1, status: 'PENDING_EFFECTIVE' });
		expect((await client.call('createFeeRule', body, { headers: merchant })).code).toBe('400201');
		sandbox.gatePay.act('startFeeRule', String(first.config_id));
		const next = { ...body, r_markup: 0 };
		const second = data(await client.call('upgradeFeeRule', next, { headers: merchant }));
		expect(second).toMatchObject({ version_no: 2, previous_config_id: first.config_id, has_markup: false });
		const query = { sub_merchant_id: '53695180' };
		expect(data(await client.call('getFeeRule', undefined, { query, headers: merchant }))).toMatchObject({
			version_no: 1,
		});
		const rules = await client.call('listFeeRules', { pageNum: 1, pageSize: 10 }, { headers: merchant });
		expect(data(rules)).toMatchObject({ total: 2, pages: 1 });
		expect((await client.call('listFeeRules', {})).code).toBe('400001');
		const both = { ...merchant, ...behalf() };
		expect((await client.call('listFeeRules', {}, { headers: both })).code).toBe('400001');
	});
});

it('every table of the console names only actions that exist', async () => {
	const { client, sandbox } = await start(manual);
	await client.call('saveStaticAddress', { channelId: 'smart_shop', chain: 'TRX', currencies: 'USDT' });
	const titles = sandbox.gatePay.tables().map(({ title }) => title);
	expect(titles).toEqual(expect.arrayContaining(['Refunds', 'Gift cards', 'Subscriptions', 'Fee rules']));
	for (const { rows } of sandbox.gatePay.tables()) {
		for (const { id, actions: named } of rows) {
			for (const action of named) {
				try {
					sandbox.gatePay.act(action, id);
				} catch (error) {
					expect(String(error)).not.toContain('has no action');
				}
			}
		}
	}
});
