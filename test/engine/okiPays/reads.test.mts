import type { INodeParameters } from 'n8n-workflow';
import { OkiPays } from '../../../nodes/OkiPays/OkiPays.node.ts';
import { callListSearch } from '../harness/index.mts';
import { getOrder, openOkiPays, orderPerItem, orders, type OkiPaysSetting } from './setting.mts';

let setting: OkiPaysSetting;
beforeAll(async () => {
	setting = await openOkiPays();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const currencies = { resource: 'currency', operation: 'getMany', returnAll: true, options: {} };
const coins = { ...currencies, operation: 'getCoins' };

describe('public reads', () => {
	it('list payment currencies, and carry no credential', async () => {
		const { items, error } = await setting.run(currencies, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({ id: 4, name: 'Dollar', iso3: 'USD', decimal: 2 });
		const names = setting.provider.requests.flatMap(({ headers }) => Object.keys(headers));
		expect(names.filter((name) => /auth|token|sign/.test(name))).toEqual([]);
	});

	it('stop at the limit', async () => {
		const { items } = await setting.run({ ...currencies, returnAll: false, limit: 2 }, { items: [{}] });
		expect(items).toHaveLength(2);
	});

	it('do not need a token that OkiPays knows', async () => {
		const credentials = setting.credentials({ token: 'nobody' });
		const { items } = await setting.run(coins, { items: [{}], credentials });
		expect(items).toHaveLength(2);
	});

	it.each(['list', 'table', 'sample'] as const)('give coins one form from the shape %s', async (shape) => {
		setting.provider.state.networkShape = shape;
		const { items, error } = await setting.run(coins, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({
			iso: shape === 'table' ? 'Tether' : 'USDT',
			name: 'Tether',
			icon: expect.stringContaining('https://'),
			networks: [
				{ id: 1, name: 'ETH' },
				{ id: 2, name: 'TRX' },
				{ id: 4, name: 'BSC' },
			],
		});
		expect(items).toHaveLength(shape === 'sample' ? 1 : 2);
	});

	it('give coins as they came as Raw', async () => {
		const { items } = await setting.run({ ...coins, options: { output: 'raw' } }, { items: [{}] });
		expect(items[1]?.json).toMatchObject({ iso3: 'BTC', data: [{ network: 0, network_name: 'Main' }] });
	});

	it('never give the token', async () => {
		const { saved } = await setting.run({ ...coins, options: { output: 'raw' } }, { items: [{}] });
		expect(saved).not.toContain(setting.provider.account.token);
	});
});

describe('Order: Get', () => {
	it('reads many orders, each with its own id and signature', async () => {
		await setting.run(orderPerItem(), { items: orders(1, 2, 3) });
		const { items } = await setting.run(getOrder, { items: orders(3, 1, 2) });
		expect(items.map(({ json }) => json.reference)).toEqual(['3', '1', '2']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
	});

	it.each<[string, object]>([
		['429', { kind: 'too-many-requests', retryAfter: 2 }],
		['502', { kind: 'bad-gateway', status: 502 }],
		['a reset', { kind: 'reset-before-reading' }],
		['a web page', { kind: 'ok-but-wrong', body: 'html' }],
		['half an answer', { kind: 'half-a-body' }],
	])('is repeated after %s, with a new id', async (_case, fault) => {
		await setting.run(orderPerItem(), { items: orders(1) });
		setting.provider.requests.length = 0;
		setting.sandbox.fault({ operation: 'getOrder', ...fault } as never);
		const { items, error } = await setting.run(getOrder, { items: orders(1) });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ reference: '1', status: 'created' });
		const bodies = setting.provider.requests.map(({ body }) => body);
		expect(new Set(bodies).size).toBe(2);
	});

	it('says that an order is not there, once', async () => {
		const { error } = await setting.run(getOrder, { items: orders(99) });
		expect(error?.message).toBe('OkiPays refused Order: Get: Order not found (14). [item 1]');
		expect(error?.description).toContain('Check the order ID');
		expect(setting.provider.requests).toHaveLength(1);
	});

	it('says what is wrong with the credential', async () => {
		for (const [change, message, step] of [
			[{ token: 'nobody' }, 'invalid credentials. (0)', 'Check Token'],
			[{ secret: 'wrong' }, 'Wrong sign (5)', 'Check Secret'],
		] as const) {
			const credentials = setting.credentials(change);
			const { error } = await setting.run(getOrder, { items: orders(1), credentials });
			expect(error?.message).toContain(message);
			expect(error?.description).toContain(step);
		}
	});
});

describe('Custom API Request', () => {
	it('reads a public path', async () => {
		const parameters = {
			resource: 'customRequest',
			operation: 'read',
			path: '/v1/public/currency-list',
			query: {},
			options: {},
		};
		const { items, error } = await setting.run(parameters, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.iso3)).toContain('USD');
	});

	it('signs a call of any path, and leaves the token out', async () => {
		await setting.run(orderPerItem(), { items: orders(7) });
		const parameters = {
			resource: 'customRequest',
			operation: 'send',
			paymentReference: '={{ `custom-${$itemIndex + 1}` }}',
			method: 'POST',
			path: '/v1/order/get',
			query: {},
			body: '{"order_id":7}',
			options: {},
		};
		const { items, error, saved } = await setting.run(parameters, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', reference: 'custom-1', order_id: 7 });
		expect(saved).not.toContain(setting.provider.account.token);
	});
});

describe('drop-downs', () => {
	const call = (method: string, iso: INodeParameters[string] = '', filter?: string) =>
		callListSearch({
			node: new OkiPays(),
			method,
			parameters: {
				resource: 'order',
				operation: 'create',
				options: { currencies: { currency: [{ iso: 'other' }, { iso }] } },
			},
			path: 'parameters.options.currencies.currency[1].network',
			filter,
			credentials: setting.credentials(),
			credentialTypes: setting.credentialTypes,
		});

	it('list payment currencies with their decimals', async () => {
		expect((await call('searchPaymentCurrencies', '', 'doll')).results).toEqual([
			{ name: 'Dollar (USD, 2 decimals)', value: 'USD' },
		]);
	});

	it('list coins', async () => {
		expect((await call('searchCoins')).results).toEqual([
			{ name: 'Bitcoin (BTC)', value: 'BTC' },
			{ name: 'Tether (USDT)', value: 'USDT' },
		]);
	});

	it.each(['list', 'sample'] as const)(
		'list the networks of the chosen coin from the shape %s',
		async (shape) => {
			setting.provider.state.networkShape = shape;
			const { results } = await call('searchNetworks', { __rl: true, mode: 'list', value: 'USDT' });
			expect(results).toEqual([
				{ name: 'BSC (4)', value: '4' },
				{ name: 'ETH (1)', value: '1' },
				{ name: 'TRX (2)', value: '2' },
			]);
		},
	);

	it('say what to do first', async () => {
		await expect(call('searchNetworks')).rejects.toThrow('Choose the coin first');
		await expect(call('searchNetworks', 'DOGE')).rejects.toThrow('returned no network for this coin');
	});
});

it('an AI agent may use it: no money leaves', async () => {
	const { items, error } = await setting.run(currencies, { items: [{}], asTool: true });
	expect(error).toBeUndefined();
	expect(JSON.stringify(items)).toContain('USD');
});
