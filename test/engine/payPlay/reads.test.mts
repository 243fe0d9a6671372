import { PayPlay } from '../../../nodes/PayPlay/PayPlay.node.ts';
import { SECOND_PAGE } from '../../../sandbox/payPlay/account.mts';
import { callListSearch } from '../harness/index.mts';
import {
	byId,
	cryptoOrderPerItem,
	EUR_BALANCE,
	openPayPlay,
	row,
	USDT_ID,
	withdrawalPerItem,
	withdrawals,
	type PayPlaySetting,
} from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const balances = row('balance', 'getMany', { returnAll: true });
const orders = (count: number) =>
	Array.from({ length: count }, (_each, index) => ({ reference: `INV-${index + 1}`, amount: '10' }));

describe('a read', () => {
	it('keeps every digit', async () => {
		setting.provider.state.balances.USDT = '123456789012345678.98686588093984211645';
		const { items } = await setting.run(balances, { items: [{}] });
		expect(items[0]?.json).toEqual({
			id: '9a747ebd-1b42-4bd2-a72e-62ffedd3f4aa',
			currency: 'USDT',
			value: '123456789012345678.98686588093984211645',
			title: 'Tether US',
			currencyId: USDT_ID,
		});
	});

	it.each<[string, object]>([
		['429', { kind: 'too-many-requests', retryAfter: 2 }],
		['502', { kind: 'bad-gateway', status: 502 }],
		['a reset', { kind: 'reset-before-reading' }],
		['a web page', { kind: 'ok-but-wrong', body: 'html' }],
		['a refusal under 200', { kind: 'ok-but-wrong', body: 'refusal' }],
		['half an answer', { kind: 'half-a-body' }],
	])('is repeated after %s', async (_case, fault) => {
		setting.sandbox.fault({ provider: 'payPlay', operation: 'listBalances', ...fault } as never);
		const { items, error } = await setting.run(balances, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(4);
		expect(setting.waits).toHaveLength(1);
	});

	it('waits as long as Retry-After asks', async () => {
		setting.sandbox.fault({
			provider: 'payPlay',
			operation: 'listBalances',
			kind: 'too-many-requests',
			retryAfter: 7,
		});
		await setting.run(balances, { items: [{}] });
		expect(setting.waits).toEqual([7000]);
	});

	it('is not repeated after 404', async () => {
		const { error } = await setting.run(row('order', 'get', { orderId: byId('none') }), { items: [{}] });
		expect(error?.message).toBe('PayPlay refused Order: Get `none`: Not Found (404). [item 1]');
		expect(setting.provider.requests).toHaveLength(1);
	});
});

describe('every read gives its items', () => {
	it.each<[string, ReturnType<typeof row>, object]>([
		['order statuses', row('order', 'getStatuses'), { label: 'CANCELED', id: expect.any(String) }],
		['currencies of orders', row('cryptoOrder', 'getCurrencies'), { ticker: 'USDT', min_amount: '5' }],
		['currencies of top-ups', row('topUp', 'getCurrencies'), { ticker: 'USDT' }],
		[
			'coins of static wallets, fees under one spelling',
			row('staticWallet', 'getCurrencies'),
			{
				id: USDT_ID,
				ticker: 'USDT',
				max: null,
				networks: expect.arrayContaining([
					{
						network: 'TRC20',
						minAmount: '5',
						maxAmount: null,
						fixedFee: '1',
						feePercent: '0',
						minFee: '0',
						maxFee: '0',
					},
					{ network: 'TON', minAmount: '5', maxAmount: null, fixedFee: '0.5' },
				]),
			},
		],
		[
			'withdrawal fees, under the same spelling',
			row('withdrawal', 'getFees'),
			{
				networks: expect.arrayContaining([
					expect.objectContaining({ network: 'TON', isMemoRequired: true, minFee: '0' }),
				]),
			},
		],
		[
			'a balance with its rates',
			row('balance', 'get', { balanceId: byId(EUR_BALANCE) }),
			{ currency: 'EUR', rates: expect.arrayContaining([expect.objectContaining({ currency: 'USDT' })]) },
		],
		[
			'an exchange rate',
			row('rate', 'get', { currencyTicker: 'NGN' }),
			{ ticker: 'NGN', exchange_rate: '1660.2759444311' },
		],
		['the rate with a point', row('rate', 'getUsdtUsd'), { USDT_USD: '1.00' }],
		['the rate as it is', row('rate', 'getUsdtUsd', {}, { output: 'raw' }), { USDT_USD: '1,00' }],
		[
			'transactions as they are',
			row('transaction', 'getMany', {}, { page: 1, per_page: 5 }),
			{ transactions: [], meta: expect.anything() },
		],
		[
			'currencies of conversions as they are',
			row('convertWithdrawal', 'getCurrencies'),
			{ currencies: expect.any(Array) },
		],
	])('%s', async (_name, parameters, expected) => {
		const { items, error } = await setting.run({ returnAll: true, ...parameters }, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject(expected);
	});
});

describe('orders', () => {
	it('are read page by page, each once, up to the limit', async () => {
		await setting.run(cryptoOrderPerItem({ checkFirst: false }), { items: orders(53) });
		setting.provider.requests.length = 0;
		const all = await setting.run(row('order', 'getMany', { returnAll: true }), { items: [{}] });
		expect(new Set(all.items.map(({ json }) => json.id)).size).toBe(53);
		expect(setting.provider.requests.map(({ url }) => url)).toEqual([
			'/private-api/orders/sandbox-shop?page=1&per_page=50',
			'/private-api/orders/sandbox-shop?page=2&per_page=50',
		]);
		const some = await setting.run(row('cryptoOrder', 'getMany', { returnAll: false, limit: 3 }), {
			items: [{}],
		});
		expect(some.items).toHaveLength(3);
	});

	it('are filtered by times as PayPlay writes them', async () => {
		await setting.run(cryptoOrderPerItem(), { items: orders(1) });
		setting.provider.requests.length = 0;
		const parameters = row(
			'order',
			'getMany',
			{ returnAll: true },
			{
				date_from: '2022-06-01T00:00:00Z',
				date_to: '={{ $now.plus({ days: 1 }) }}',
				external_order_id: 'INV-1',
				order_status_id: byId('7f8550ad-11da-4060-8d1d-54a6d9c08e10'),
			},
		);
		const { items, error } = await setting.run(parameters, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.reference)).toEqual(['INV-1']);
		expect(setting.provider.requests[0]?.url).toContain('date_from=2022-06-01%2000%3A00%3A00&');
	});
});

describe('the token', () => {
	it('goes with every call, also outside /private-api', async () => {
		await setting.run(row('rate', 'getUsdtUsd'), { items: [{}] });
		await setting.run(row('staticWallet', 'getCurrencies'), { items: [{}] });
		const { apiToken } = setting.provider.account;
		for (const { headers } of setting.provider.requests) {
			expect(headers).toMatchObject({ authorization: `Bearer ${apiToken}`, accept: 'application/json' });
		}
	});

	it('is in no output', async () => {
		const { saved } = await setting.run(withdrawalPerItem({ output: 'raw' }), { items: withdrawals('w-1') });
		expect(saved).not.toContain(setting.provider.account.apiToken);
	});
});

describe('Custom API Request', () => {
	it('reads any path with the token', async () => {
		const parameters = row('customRequest', 'read', { path: '/private-api/transactions', query: {} });
		const { items, error } = await setting.run(parameters, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ transactions: [] });
	});

	it('sends what was typed, once, and PayPlay converts the amount that it names', async () => {
		const body = '{ "currency_to": "USDT", "amount_to_convert": "1.50" }';
		const parameters = row('customRequest', 'send', {
			paymentReference: '={{ `custom-${$itemIndex + 1}` }}',
			method: 'POST',
			path: `/private-api/balances/${EUR_BALANCE}`,
			query: {},
			body,
		});
		const { items } = await setting.run(parameters, { items: [{}] });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', reference: 'custom-1' });
		expect(setting.provider.requests[0]?.body).toBe(body);
		expect(setting.provider.state.balances.EUR).toBe('49998.5');
	});
});

describe('drop-downs', () => {
	const call = (method: string, parameters = {}, credential = {}) =>
		callListSearch({
			node: new PayPlay(),
			method,
			parameters,
			credentials: setting.credentials(credential),
			credentialTypes: setting.credentialTypes,
		});
	const names = async (method: string, parameters = {}) =>
		(await call(method, parameters)).results.map(({ name, value }) => [name, value]);

	it('list orders of the chosen page, statuses and balances', async () => {
		await setting.run(cryptoOrderPerItem({ slug: SECOND_PAGE }), { items: orders(1) });
		const [order] = setting.provider.state.orders;
		expect(await names('searchOrders', { options: { slug: SECOND_PAGE } })).toEqual([
			[`${order?.number} · INV-1 · 10 USDT · INIT`, order?.id],
		]);
		await expect(call('searchOrders')).rejects.toThrow('no orders yet');
		expect(await names('searchOrderStatuses')).toContainEqual([
			'COMPLETE',
			'ab306dbd-b837-413a-add5-3bd76542c1c4',
		]);
		expect(await names('searchBalances')).toContainEqual(['EUR', EUR_BALANCE]);
		expect(await names('searchBalanceCurrencies')).toContainEqual(['EUR', 'EUR']);
	});

	it('list currencies, and the networks of the chosen one', async () => {
		expect(await names('searchOrderCurrencies')).toContainEqual(['USDT · Tether US · from 5', 'USDT']);
		expect(await names('searchTopUpCurrencies')).toContainEqual(['EUR · Euro · from 1', 'EUR']);
		expect(await names('searchWalletCurrencies')).toContainEqual(['USDT (TRC20, ERC20, TON)', USDT_ID]);
		const chosen = { resource: 'staticWallet', operation: 'create', currency_id: byId(USDT_ID) };
		expect(await names('searchWalletNetworks', chosen)).toEqual([
			['ERC20 (from 20)', 'ERC20'],
			['TON (from 5)', 'TON'],
			['TRC20 (from 5)', 'TRC20'],
		]);
		expect(await names('searchWithdrawalNetworks')).toEqual([
			['BTC', 'BTC'],
			['ERC20', 'ERC20'],
			['TON (needs a memo)', 'TON'],
			['TRC20', 'TRC20'],
		]);
	});

	it('say what to do first', async () => {
		await expect(call('searchWalletNetworks', {})).rejects.toThrow('Choose the currency first');
		await expect(call('searchOrders', {}, { paymentPageSlug: '' })).rejects.toThrow(
			'Payment Page Slug is set neither',
		);
	});
});
