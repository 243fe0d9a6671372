import type { INodeParameters } from 'n8n-workflow';
import { Rapira } from '../../../nodes/Rapira/Rapira.node.ts';
import { callListSearch } from '../harness/index.mts';
import { addressOf } from '../../../sandbox/addresses.mts';
import { openRapira, payoutPerItem, payouts, type RapiraSetting } from './setting.mts';

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

const symbol = (value: string) => ({ symbol: { __rl: true, mode: 'id', value } });

describe('reads', () => {
	it('tokens, with every amount as text', async () => {
		const rows = await read('market', 'getTokens');
		expect(rows[1]).toMatchObject({
			coinId: 'BTC',
			chainId: 'BTC',
			apiFormat: 'BTC',
			minWithdraw: '0.0001',
			withdrawFee: '0.00003',
			rechargeFee: '0',
			scale: 6,
		});
	});

	it('pairs, fees and rates', async () => {
		expect((await read('market', 'getPairs'))[0]).toMatchObject({ symbol: 'USDT/RUB', fee: '0.0' });
		expect((await read('market', 'getSpotFees'))[1]).toMatchObject({ symbol: 'BTC/USDT', takerFee: '0.001' });
		expect((await read('market', 'getRates'))[1]).toMatchObject({
			high: '91000',
			close: '90500.25',
			askPrice: '90501',
		});
	});

	it('rates without what few people need, which Raw has', async () => {
		const [simplified] = await read('market', 'getRates');
		const [raw] = await read('market', 'getRates', { options: { output: 'raw' } });
		expect(Object.keys(simplified ?? {})).not.toContain('quoteCurrencyName');
		expect(raw).toMatchObject({ quoteCurrencyName: 'USDT', open: expect.anything() });
	});

	it('an order book by the query, and an empty one for an unknown pair', async () => {
		const [book] = await read('market', 'getDepth', symbol('USDT/RUB'));
		expect(book).toMatchObject({ ask: { items: [{ price: '79.61', amount: '1200.5' }] } });
		expect(of('getMarketDepth')[0]).toMatchObject({
			method: 'POST',
			url: '/market/exchange-plate-mini?symbol=USDT%2FRUB',
			body: '',
		});
		expect(await read('market', 'getDepth', symbol('NO/NE'))).toEqual([{}]);
	});

	it('rates as a file', async () => {
		const { items } = await setting.run(row('market', 'getRatesXml'), { items: [{}] });
		const { data = '', mimeType, fileName } = items[0]?.binary?.data ?? {};
		expect([mimeType, fileName]).toEqual(['application/xml', 'rapira-rates.xml']);
		expect(Buffer.from(data, 'base64').toString()).toContain('<from>USDT</from><to>RUB</to><out>79.6</out>');
		expect(of('getRatesXml')[0]?.headers.accept).toBe('application/xml');
	});

	it('balances as the text that they are, frozen ones as a map', async () => {
		setting.provider.state.balances.USDT = '100.50000001';
		const rows = await read('balance', 'getMany');
		expect(rows[0]).toEqual({ unit: 'USDT', name: 'USDT', balance: '100.50000001', frozenBalance: '0' });
		expect(await read('balance', 'getFrozen')).toEqual([{}]);
	});

	it('server time and token settings', async () => {
		expect(await read('market', 'getServerTime')).toEqual([{ serverTime: expect.any(Number) }]);
		expect((await read('processing', 'getTokenSettings'))[0]).toMatchObject({
			tokenId: 'TRX_USDT',
			networkFee: '0.0',
		});
	});

	it('is repeated after a web page, 429 and 401 of a gateway', async () => {
		setting.sandbox.fault({ operation: 'getBalances', kind: 'ok-but-wrong' });
		setting.sandbox.fault({ operation: 'getBalances', kind: 'too-many-requests', nth: 2 });
		setting.sandbox.fault({ operation: 'getBalances', kind: 'unauthorized', nth: 3 });
		expect((await read('balance', 'getMany')).length).toBeGreaterThan(3);
		expect(of('getBalances')).toHaveLength(4);
	});
});

describe('payouts', () => {
	it('are read as records, and page by page, each once', async () => {
		await setting.run(payoutPerItem({ memo: 'm1' }), { items: payouts('TA1', 'TA2', 'TA3') });
		const id = String(setting.provider.state.withdrawals[0]?.id);
		const get = { withdrawRecordId: { __rl: true, mode: 'id', value: id } };
		expect(await read('payout', 'get', get)).toEqual([
			{
				provider: 'rapira',
				kind: 'payout',
				id,
				status: 'created',
				final: false,
				providerStatus: 'CREATE',
				amount: '100.5',
				currency: 'USDT',
				network: 'TRX',
				paidAmount: '98.5',
				fee: '2',
				feeCurrency: 'USDT',
				address: addressOf('TRX', 'TA1'),
				requisites: { memo: 'm1' },
				createdAtLocal: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
			},
		]);
		setting.provider.act('holdPayout', id);
		expect((await read('payout', 'get', get))[0]).toMatchObject({ status: 'action_required', final: false });
		setting.provider.act('advancePayout', id);
		setting.provider.act('completePayout', id);
		expect((await read('payout', 'get', get))[0]).toMatchObject({
			status: 'succeeded',
			final: true,
			txHash: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		const all = await read('payout', 'getMany');
		expect(all.map(({ address }) => address)).toEqual(
			['TA3', 'TA2', 'TA1'].map((name) => addressOf('TRX', name)),
		);
		const some = await read('payout', 'getMany', { returnAll: false, limit: 2 });
		expect(some).toHaveLength(2);
		expect(of('getCryptoWithdrawalHistory').map(({ url }) => url.split('?')[1])).toEqual([
			'pageNo=1&pageSize=100',
			'pageNo=1&pageSize=2',
		]);
	});

	it('that do not exist are refused', async () => {
		const get = row('payout', 'get', { withdrawRecordId: { __rl: true, mode: 'id', value: '1' } });
		const { error } = await setting.run(get, { items: [{}] });
		expect(error?.message).toBe('Rapira refused Payout: Get: There is no withdrawal 1 (400). [item 1]');
	});
});

describe('drop-downs', () => {
	const call = (method: string, filter?: string) =>
		callListSearch({
			node: new Rapira(),
			method,
			filter,
			credentials: setting.credentials(),
			credentialTypes: setting.credentialTypes,
		});

	it('offer coin and network as one choice, with what a person must know', async () => {
		const { results } = await call('searchTokens');
		expect(results).toContainEqual({
			name: 'USDT · TRC20 [TRX] · min 1, fee 2, 2 decimals',
			value: 'USDT:TRX:USDTTRC20',
		});
		expect(results).toContainEqual({
			name: 'ETH · Optimism [OP] · min 0.001, fee 0.0001, 6 decimals',
			value: 'ETH:OP:ETHOPTM',
		});
		expect(results.find(({ value }) => value === 'BTC:BSC:BTCBEP20')?.name).toContain(
			'(closed for withdrawals)',
		);
	});

	it('offer coins once, pairs, balances and the newest payouts', async () => {
		await setting.run(payoutPerItem(), { items: payouts('TA1') });
		const [coins, pairs, balances, made] = await Promise.all(
			['searchCoins', 'searchPairs', 'searchBalances', 'searchPayouts'].map((method) => call(method)),
		);
		expect(coins?.results.map(({ value }) => value)).toEqual(['BTC', 'ETH', 'USDT', 'XLM', 'XRP']);
		expect(pairs?.results.map(({ value }) => value)).toEqual(['BTC/USDT', 'USDT/RUB']);
		expect(balances?.results).toContainEqual({ name: 'BTC', value: 'BTC', description: '2 available' });
		expect(made?.results[0]?.name).toMatch(
			new RegExp(`^\\d{7} · 100\\.5 TRX_USDT to ${addressOf('TRX', 'TA1')} \\(CREATE\\)$`),
		);
	});

	it('are filtered, and explain a login that was refused', async () => {
		expect((await call('searchTokens', 'arbusdt')).results).toHaveLength(1);
		const refused = callListSearch({
			node: new Rapira(),
			method: 'searchTokens',
			credentials: setting.credentials({ uid: '00000000-0000-4000-8000-000000000000' }),
			credentialTypes: setting.credentialTypes,
		});
		await expect(refused).rejects.toMatchObject({
			message: expect.stringContaining('Rapira refused the login'),
			description: expect.stringContaining('Check UID'),
		});
	});
});

describe('nothing is sent and the text says why', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['an exponent', { amount: '1e3' }, /has an exponent/],
		['a sign', { amount: '-1' }, /has a sign/],
		['zero', { amount: '0' }, /is zero/],
		['nine decimals', { amount: '1.123456789' }, /has 9 decimals; it takes at most 8/],
		['a number that is rounded', { amount: '={{ 0.1 + 0.2 }}' }, /may already be rounded/],
		['no address', { address: '={{ "" }}' }, /Address is empty/],
		['an address with a line break', { address: 'TA\n1' }, /characters that are not taken/],
		['no token', { token: { __rl: true, mode: 'id', value: '={{ "" }}' } }, /Coin and Network is empty/],
		[
			'half a token',
			{ token: { __rl: true, mode: 'id', value: 'USDT' } },
			/Coin and Network `USDT` must be coin:chain:code/,
		],
		['a nonce that is no time', { options: { nonce: 'soon' } }, /use digits/],
	])('%s', async (_case, change, message) => {
		const { error } = await setting.run({ ...payoutPerItem(), ...change }, { items: payouts('TA1') });
		expect(error?.message).toMatch(message);
		expect(error?.message).toContain('Nothing was sent.');
		expect(setting.provider.requests).toHaveLength(0);
	});
});
