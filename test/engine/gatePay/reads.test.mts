import { GatePay } from '../../../nodes/GatePay/GatePay.node.ts';
import { callListSearch } from '../harness/index.mts';
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

const balances = { resource: 'balance', operation: 'getMany', returnAll: true, options: {} };
const requests = () => setting.provider.requests.length;

describe('a read', () => {
	it('keeps every digit', async () => {
		setting.provider.state.balances.USDT = '123456789012345.123456';
		const { items } = await setting.run(balances, { items: [{}] });
		expect(items.find(({ json }) => json.currency === 'USDT')?.json.available).toBe('123456789012345.123456');
	});

	it.each<[string, object]>([
		['429', { kind: 'too-many-requests', retryAfter: 2 }],
		['502', { kind: 'bad-gateway', status: 502 }],
		['a reset', { kind: 'reset-before-reading' }],
		['a web page', { kind: 'ok-but-wrong', body: 'html' }],
		['half an answer', { kind: 'half-a-body' }],
	])('is repeated after %s', async (_case, fault) => {
		setting.sandbox.fault({ operation: 'getBalances', ...fault } as never);
		const { items, error } = await setting.run(balances, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(2);
		expect(setting.waits).toHaveLength(1);
	});

	it('waits as long as Retry-After asks, and gives up after four tries', async () => {
		setting.sandbox.fault({ operation: 'getBalances', kind: 'too-many-requests', retryAfter: 2, times: 9 });
		const { error } = await setting.run(balances, { items: [{}] });
		expect(error?.message).toContain('gave no usable answer to Balance: Get Many');
		expect(setting.waits).toEqual([2000, 2000, 2000]);
		expect(requests()).toBe(4);
	});

	it('is not repeated after a refusal', async () => {
		const parameters = {
			resource: 'otc',
			operation: 'getDeposit',
			orderId: '99999999999999999',
			options: {},
		};
		const { error } = await setting.run(parameters, { items: [{}] });
		expect(error?.message).toMatch(
			/^Gate Pay refused OTC: Get Deposit: .*\(400202\) \[item 1\]$|^Gate Pay refused OTC: Get Deposit: .*\(400202\)\. \[item 1\]$/,
		);
		expect(requests()).toBe(1);
	});

	it('is not begun for the other items when one has failed the node', async () => {
		const items = Array.from({ length: 40 }, () => ({}));
		setting.sandbox.fault({ operation: 'getBalances', kind: 'ok-but-wrong', body: 'refusal', times: 40 });
		const { error } = await setting.run(balances, { items });
		expect(error).toBeDefined();
		await new Promise((resolve) => setTimeout(resolve, 200)); // requests that have started come to their end
		expect(requests()).toBeLessThan(20);
		setting.sandbox.fault({ operation: 'getBalances', kind: 'ok-but-wrong', body: 'refusal' });
		const before = requests();
		const goOn = { settings: { onError: 'continueRegularOutput' } } as const;
		await setting.run(balances, { items, ...goOn });
		expect(requests() - before).toBe(40);
	});

	it('runs items in parallel and returns them in order', async () => {
		const { items } = await setting.run(
			{
				resource: 'payout',
				operation: 'getFees',
				currency: { __rl: true, mode: 'id', value: '={{ $json.currency }}' },
				options: {},
			},
			{ items: ['USDT', 'USDC', 'BTC', 'USDT'].map((currency) => ({ currency })) },
		);
		expect(items.map(({ json }) => json.currency)).toEqual(['USDT', 'USDC', 'BTC', 'USDT']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
	});
});

describe('payouts as they go on', () => {
	it('are read as one record with their lines', async () => {
		await setting.run(payoutPerItem(), { items: payouts('p_1') });
		const get = { resource: 'payout', operation: 'get', batch_id: 'p_1', detail_status: 'ALL', options: {} };
		const before = await setting.run(get, { items: [{}] });
		expect(before.items[0]?.json).toMatchObject({ kind: 'payout', reference: 'p_1', final: false });
		setting.provider.act('completePayout', 'p_1');
		const { items } = await setting.run(get, { items: [{}] });
		expect(items[0]?.json).toMatchObject({
			status: 'succeeded',
			final: true,
			lines: [
				expect.objectContaining({
					kind: 'payoutLine',
					reference: 'p_1_1',
					amount: '10.5',
					txHash: expect.any(String),
					status: 'succeeded',
				}),
			],
		});
	});
});

describe('the ledger', () => {
	it('is read page by page up to the limit, each row once', async () => {
		await setting.run(payoutPerItem(), { items: payouts('p_1', 'p_2', 'p_3', 'p_4', 'p_5') });
		setting.provider.requests.length = 0;
		const ledger = {
			resource: 'balance',
			operation: 'getLedger',
			startTime: '={{ $now.minus({ days: 1 }) }}',
			endTime: '={{ $now.plus({ days: 1 }) }}',
			options: {},
		};
		const some = await setting.run({ ...ledger, returnAll: false, limit: 3 }, { items: [{}] });
		expect(some.items).toHaveLength(3);
		const all = await setting.run({ ...ledger, returnAll: true }, { items: [{}] });
		const ids = all.items.map(({ json }) => json.transactId);
		expect(ids.length).toBeGreaterThanOrEqual(5);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

describe('batch transfers', () => {
	it('pay Gate users once and can be asked about', async () => {
		const parameters = {
			resource: 'payout',
			operation: 'createBatchTransfer',
			merchant_batch_no: 'RB-1',
			currency: { __rl: true, mode: 'id', value: 'USDT' },
			batchorderList: {
				transfer: [
					{ user_id: '100001', amount: '12.5' },
					{ user_id: '100002', amount: '0.000001' },
				],
			},
			options: { bizscene: 'REWARDS' },
		};
		setting.sandbox.fault({ operation: 'createBatchTransfer', kind: 'reset-after-applying' });
		const { items, error } = await setting.run(parameters, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', reference: 'RB-1', kind: 'batchTransfer' });
		expect(setting.provider.books.appliedPerReference()).toEqual({ 'RB-1': 1 });
		expect(setting.provider.books.total('USDT')).toBe('12.500001');
	});
});

describe('drop-downs', () => {
	const call = (method: string, parameters = {}, filter?: string) =>
		callListSearch({
			node: new GatePay(),
			method,
			parameters,
			filter,
			credentials: setting.credentials(),
			credentialTypes: setting.credentialTypes,
		});

	it('list bank accounts with their review', async () => {
		const { results } = await call('searchBankAccounts');
		expect(results.map(({ name }) => name).join()).toMatch(/approved/);
		expect(results.map(({ value }) => value)).toContain('ba_123456789');
	});

	it('list currencies of the balance, countries, and the chains of the chosen currency', async () => {
		expect((await call('searchCurrencies', {}, 'usdt')).results).toEqual([
			{ name: 'USDT', value: 'USDT', description: expect.stringContaining('available') },
		]);
		expect((await call('searchBankCountries')).results.length).toBeGreaterThan(1);
		const chains = await call('searchChains', {
			resource: 'payout',
			operation: 'getChains',
			currency: { __rl: true, mode: 'id', value: 'USDT' },
		});
		expect(chains.results).toContainEqual({ name: expect.stringMatching(/\(TRX\)$/), value: 'TRX' });
	});

	it('say what to do first', async () => {
		await expect(call('searchChains', { resource: 'payout', operation: 'getChains' })).rejects.toThrow(
			'Choose the currency first',
		);
	});
});
