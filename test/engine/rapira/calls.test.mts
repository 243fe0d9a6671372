import type { INodeParameters } from 'n8n-workflow';
import { openRapira, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeAll(async () => {
	setting = await openRapira();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const of = (operation: string) =>
	setting.provider.requests.filter((request) => request.operation === operation);

function row(resource: string, operation: string, more: INodeParameters = {}): INodeParameters {
	const list = /^get(Many|Tokens|Pairs|SpotFees|Rates|Ads|TokenSettings)$/.test(operation);
	return { resource, operation, ...(list ? { returnAll: true } : {}), options: {}, ...more };
}

async function read(resource: string, operation: string, more: INodeParameters = {}) {
	const result = await setting.run(row(resource, operation, more), { items: [{}] });
	expect(result.error).toBeUndefined();
	return result.items.map(({ json }) => json);
}

describe('deposits', () => {
	const order = {
		resource: 'address',
		operation: 'createForOrder',
		currency: 'usdt-trc20',
		nonce: 'shop.example_42',
	};

	it('arrive at an address of an order and are read by it', async () => {
		const made = await setting.run({ ...order, options: { amount: '25.10' } }, { items: [{}] });
		expect(made.items[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: 'shop.example_42',
			blockchain: 'TRX',
			memo: null,
		});
		const [sent] = of('createAddressByCurrency');
		expect([sent?.url, sent?.body]).toEqual([
			'/open/deposit_address',
			'nonce=shop.example_42&currency=usdt-trc20&amount=25.10',
		]);
		const { id, address } = made.items[0]?.json ?? {};
		setting.provider.act('payToAddress', String(id));
		const [found] = await read('deposit', 'getMany', { options: { address: String(address), unit: 'usdt' } });
		expect(found).toMatchObject({
			kind: 'deposit',
			status: 'pending',
			providerStatus: 'MEMPOOL',
			amount: '25.10',
			currency: 'USDT',
			network: 'TRX',
			address,
			txHash: expect.any(String),
			createdAt: expect.stringMatching(/Z$/),
		});
		expect(of('getDeposits')[0]).toMatchObject({
			body: `address=${String(address)}&unit=usdt&pageNo=0&pageSize=100`,
			headers: expect.objectContaining({
				'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
			}),
		});
		const stop = row('address', 'stopUsing', {
			address: String(address),
			nonce: 'shop.example_42',
			status: 'success',
		});
		const stopped = await setting.run(stop, { items: [{}] });
		expect(stopped.items[0]?.json).toEqual({ outcome: 'applied', reference: null });
		expect(setting.provider.state.addresses[0]?.use).toBe('success');
	});

	it('an address without an order is asked for by the query, and its memo is shown', async () => {
		const create = row('address', 'create', { currency: 'xrp-ripple' });
		const { items } = await setting.run(create, { items: [{}] });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', blockchain: 'XRP', memo: expect.any(String) });
		expect(of('createAddressByCurrency')[0]).toMatchObject({
			url: '/open/deposit_address?currency=xrp-ripple',
			body: '',
		});
	});

	it.each(['timeout-after-applying', 'reset-after-applying', 'bad-gateway'])(
		'no second address is made after %s',
		async (kind) => {
			setting.sandbox.fault({
				operation: 'createAddressByCurrency',
				kind: kind as never,
				seconds: 5,
				applied: true,
			});
			const { error } = await setting.run(
				{ ...order, options: { timeout: 1 } },
				{ items: [{}], settings: { retryOnFail: true, maxTries: 3 } },
			);
			expect(error?.message).toContain('It may or may not have been carried out.');
			expect(setting.provider.state.addresses).toHaveLength(1);
		},
	);
});

describe('OTC', () => {
	const pay = (orderSn: unknown, options: INodeParameters = {}) =>
		row('otc', 'payOrder', { orderSn: orderSn as string, options });

	it('finds ads, page by page, and keeps long ids', async () => {
		const fields = {
			merchantSide: 'SELL',
			internalCoinUnit: { __rl: true, mode: 'id', value: 'USDT' },
			externalCoinUnit: 'RUB',
		};
		const ads = await read('otc', 'getAds', fields);
		expect(ads).toHaveLength(13);
		expect(ads[0]).toMatchObject({ advertiseId: '963936310324625000', price: '79.60', merchantFee: '0.001' });
		expect(of('fetchOtcAds')[0]?.body).toBe(
			'{"merchantSide":"SELL","internalCoinUnit":"USDT","externalCoinUnit":"RUB","pageNo":1,"pageSize":100}',
		);
		const some = await read('otc', 'getAds', {
			...fields,
			options: { amount: '5000', showOnlyRecommended: true },
		});
		expect(some.length).toBeLessThan(4);
	});

	it('confirms a payment by the order number, as text', async () => {
		const { items } = await setting.run(pay('963936310324625408'), { items: [{}] });
		expect(items[0]?.json).toEqual({
			outcome: 'applied',
			reference: '963936310324625408',
			code: 200,
			message: 'OK',
		});
		expect(of('payOtcOrder')[0]?.body).toBe('{"orderSn":"963936310324625408"}');
		expect(setting.provider.state.otcOrders[0]?.status).toBe('PAID');
	});

	it('refuses an order number that a number has rounded', async () => {
		const { error } = await setting.run(pay('={{ 963936310324625408 }}'), { items: [{}] });
		expect(error?.message).toContain('may already be rounded; pass it as text. Nothing was sent.');
		expect(setting.provider.requests).toHaveLength(0);
	});

	it('confirms once, whatever happens to the answer', async () => {
		setting.sandbox.fault({ operation: 'payOtcOrder', kind: 'reset-after-applying' });
		const { error } = await setting.run(pay('963936310324625408'), {
			items: [{}],
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error?.message).toContain('gave no clear answer to OTC: Pay Order `963936310324625408`');
		expect(of('payOtcOrder')).toHaveLength(1);
	});

	it('says that the order was refused, or the key has no access', async () => {
		setting.provider.act('cancelOrder', '963936310324625408');
		const cancelled = await setting.run(pay('963936310324625408'), { items: [{}] });
		expect(cancelled.error?.message).toContain('The order is CANCELLED (400). Nothing was changed by it.');
		setting.provider.act('toggleP2p', 'account');
		const { error } = await setting.run(pay('963936310324625409'), { items: [{}] });
		expect(error?.description).toContain('access level');
	});
});

describe('AML checks', () => {
	const address = row('aml', 'checkAddress', { address: 'TSomeone', options: { chain: 'TRX' } });

	it('are sent as a form and return exact shares', async () => {
		const { items } = await setting.run(address, { items: [{}] });
		expect(of('checkAmlAddress')[0]?.body).toBe('address=TSomeone&chain=TRX');
		expect(items[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: null,
			status: 'SUCCESS',
			riskscore: '0.125',
			signals: { exchange: '0.8', wallet: '0.2' },
		});
	});

	it('of transactions too, and a pending one says so', async () => {
		const options = { address: 'TSomeone', coin: 'TRX', direction: 'WITHDRAWAL' };
		const parameters = row('aml', 'checkTransaction', { hash: 'abc-slow', options });
		const { items } = await setting.run(parameters, { items: [{}] });
		expect(of('checkAmlTransaction')[0]?.body).toBe(
			'hash=abc-slow&address=TSomeone&direction=WITHDRAWAL&token=TRX',
		);
		expect(items[0]?.json).toMatchObject({ status: 'PENDING', uuid: expect.any(String) });
	});

	it.each(['timeout-after-applying', 'half-a-body', 'bad-gateway'])(
		'are charged once after %s',
		async (kind) => {
			setting.sandbox.fault({ operation: 'checkAmlAddress', kind: kind as never, seconds: 5, applied: true });
			const parameters = { ...address, options: { timeout: 1 } };
			await setting.run(parameters, { items: [{}], settings: { retryOnFail: true, maxTries: 3 } });
			expect(setting.provider.books.total('AMLC')).toBe('1');
			expect(of('checkAmlAddress')).toHaveLength(1);
		},
	);
});

describe('Custom API Request', () => {
	const custom = (more: INodeParameters) =>
		row('customRequest', 'send', { method: 'POST', query: {}, paymentReference: 'custom-1', ...more });

	it('sends a form', async () => {
		const form = {
			parameter: [
				{ name: 'address', value: 'T A' },
				{ name: 'chain', value: 'TRX' },
			],
		};
		const { items } = await setting.run(
			custom({ path: '/open/aml/check-address', bodyFormat: 'form', form }),
			{ items: [{}] },
		);
		expect(of('checkAmlAddress')[0]?.body).toBe('address=T+A&chain=TRX');
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', status: 'SUCCESS' });
	});

	it('sends exactly the JSON that was typed, with the session', async () => {
		const body = '{ "orderSn" :"963936310324625409" }';
		const { items } = await setting.run(custom({ path: '/open/otc/order/pay', bodyFormat: 'json', body }), {
			items: [{}],
		});
		expect(of('payOtcOrder')[0]?.body).toBe(body);
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', message: 'OK' });
	});

	it('reads any path', async () => {
		const query = {
			parameter: [
				{ name: 'pageNo', value: '1' },
				{ name: 'pageSize', value: '5' },
			],
		};
		const parameters = row('customRequest', 'read', { path: '/open/withdraw/crypto/history', query });
		const { items } = await setting.run(parameters, { items: [{}] });
		expect(items[0]?.json).toMatchObject({ content: [], totalElements: 0 });
	});
});
