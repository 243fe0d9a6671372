import { operations } from '../../sandbox/rapira/operations.mts';
import { eventually } from './client.mts';
import { closeAll, contract, payout, start, type Request } from './rapiraClient.mts';

afterEach(closeAll);

const refusal = (code: number) => ({ data: null, code, message: expect.any(String), isWorking: 1 });

describe('what the contract allows', () => {
	it('serves every operation of the contract', () => {
		expect(Object.keys(operations).sort()).toEqual([...contract.operations].sort());
	});

	it.each<[string, string, Request]>([
		['an unknown field', 'createCryptoWithdrawal', payout({ extra: 1 })],
		['an amount as a number', 'createCryptoWithdrawal', payout({ amount: 100.5 })],
		['an exponent', 'createCryptoWithdrawal', payout({ amount: '1e3' })],
		['a missing nonce', 'createCryptoWithdrawal', payout({ nonce: undefined })],
		['a number for an order', 'payOtcOrder', { json: { orderSn: 963936310324625 } }],
		['JSON where a form is wanted', 'checkAmlAddress', { json: { address: 'T' } }],
		['a form where JSON is wanted', 'payOtcOrder', { form: { orderSn: '963936310324625408' } }],
		['a page number that is none', 'getDeposits', { form: { pageNo: 'one' } }],
		['an unknown query field', 'getCryptoWithdrawalHistory', { query: { status: 'SUCCESS' } }],
		['a form without its required field', 'checkAmlTransaction', { form: { address: 'T' } }],
	])('refuses %s', async (_name, operation, request) => {
		const { client, rapira } = await start();
		const { status, body } = await client.call(operation, request);
		expect([400, 415]).toContain(status);
		expect(body).toMatchObject(refusal(status));
		expect(rapira.books.entries).toEqual([]);
	});

	it('gives the documented shape on every read', async () => {
		const { client } = await start();
		await client.call('createCryptoWithdrawal', payout());
		const reads: Array<[string, Request]> = [
			['getSpotFees', {}],
			['getPairs', {}],
			['getTokens', {}],
			['getRatesJson', {}],
			['getMarketDepth', { query: { symbol: 'USDT/RUB' } }],
			['getMarketDepth', { form: { symbol: 'NO/NE' } }],
			['getBalances', {}],
			['getFrozenBalances', {}],
			['getServerTime', {}],
			['getCryptoWithdrawalHistory', { query: { pageNo: '1', pageSize: '100' } }],
			['getDeposits', { form: { pageNo: '0', pageSize: '20' } }],
			['fetchOtcAds', { json: { merchantSide: 'SELL', pageNo: 1, pageSize: 20, amount: null } }],
			['getAvailableTokenSettings', {}],
		];
		for (const [operation, request] of reads) {
			expect([operation, (await client.call(operation, request)).status]).toEqual([operation, 200]);
		}
		expect((await client.send('getRatesXml', {})).text).toMatch(/^<\?xml .*<item><from>USDT<\/from>/);
	});

	it('writes amounts as JSON numbers with all their digits', async () => {
		const { client } = await start();
		await client.call('createCryptoWithdrawal', payout({ amount: '100.50' }));
		const { text } = await client.call('getCryptoWithdrawalHistory', {});
		expect(text).toContain('"totalAmount":100.50,');
		expect((await client.call('fetchOtcAds', { json: {} })).text).toContain(
			'"advertiseId":963936310324625000,',
		);
	});
});

describe('payouts', () => {
	it('go through to SUCCESS by themselves, with a hash', async () => {
		const { client, rapira } = await start({ pace: 100 });
		const { body } = await client.call('createCryptoWithdrawal', payout());
		await eventually(() => rapira.state.withdrawals[0]?.status === 'SUCCESS');
		const path = `/open/withdraw/crypto/history/${Object(body).withdrawRecordId}`;
		expect((await client.call('getCryptoWithdrawalRecord', { path })).body).toMatchObject({
			status: 'SUCCESS',
			totalAmount: 100.5,
			arrivedAmount: 98.5,
			fee: 2,
			token: 'TRX_USDT',
			transactionNumber: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
	});

	it('keep the books: what is refused is given back', async () => {
		const { client, rapira } = await start();
		const { body } = await client.call('createCryptoWithdrawal', payout());
		expect(rapira.state.balances.USDT).toBe('99899.5');
		rapira.act('rejectPayout', String(Object(body).withdrawRecordId));
		expect(rapira.state.balances.USDT).toBe('100000');
		expect(rapira.books.appliedPerReference()).toEqual({ TA1: 1 });
	});

	const used = payout();
	it.each<[string, Request[]]>([
		['a closed token', [payout({ chain: 'ARB' })]],
		['an unknown network', [payout({ chain: 'NONE' })]],
		['a code of another row', [payout({ code: 'USDTBEP20' })]],
		['too many decimals', [payout({ amount: '1.234' })]],
		['less than the minimum', [payout({ amount: '0.5' })]],
		['more than the balance', [payout({ amount: '100000.01' })]],
		['XRP without a memo', [payout({ coin: 'XRP', chain: 'XRP', amount: '5' })]],
		['a nonce in seconds', [payout({ nonce: 1767225600 })]],
		['a nonce that was used before', [used, used]],
	])('are refused for %s', async (_name, requests) => {
		const { client, rapira } = await start();
		const answers = [];
		for (const request of requests) answers.push(await client.call('createCryptoWithdrawal', request));
		expect(answers.at(-1)).toMatchObject({ status: 400, body: refusal(400) });
		expect(rapira.books.appliedEvents).toHaveLength(requests.length - 1);
	});
});

describe('deposits', () => {
	it('arrive at an address, step by step', async () => {
		const { client, rapira } = await start();
		const form = { currency: 'xrp-ripple', nonce: 'shop_1', amount: '12.5' };
		const made = Object((await client.call('createAddressByCurrency', { form })).body);
		expect(made.memo).toEqual(expect.any(String));
		rapira.act('payToAddress', String(made.id));
		const id = String(rapira.state.deposits[0]?.id);
		for (const status of ['PENDING_CONFIRMATIONS', 'PENDING_AML', 'SUCCESS']) {
			rapira.act('advanceDeposit', id);
			const { body } = await client.call('getDeposits', {
				form: { address: made.address.toUpperCase(), unit: 'xrp' },
			});
			expect(Object(body).data.content).toEqual([
				expect.objectContaining({ status, amount: 12.5, memo: made.memo }),
			]);
		}
		expect(rapira.state.balances.XRP).toBe('5012.5');
		const stop = (nonce: string) =>
			client.call('stopUseAddress', { json: { address: made.address, nonce, status: 'success' } });
		expect((await stop('another')).status).toBe(400);
		expect((await stop('shop_1')).status).toBe(200);
	});

	it('an address is made anew by each call, from the query or the form', async () => {
		const { client, rapira } = await start();
		await client.call('createAddressByCurrency', { query: { currency: 'usdt-trc20' } });
		await client.call('createAddressByCurrency', { query: { currency: 'usdt-trc20' } });
		expect(new Set(rapira.state.addresses.map(({ address }) => address)).size).toBe(2);
		expect((await client.call('createAddressByCurrency', { query: { currency: 'USDT' } })).status).toBe(400);
		expect((await client.call('createAddressByCurrency', {})).status).toBe(400);
	});
});

describe('OTC and AML', () => {
	it('an order is paid once', async () => {
		const { client } = await start();
		const pay = () => client.call('payOtcOrder', { json: { orderSn: '963936310324625408' } });
		expect((await pay()).body).toEqual({ code: 200, message: 'OK' });
		expect((await pay()).status).toBe(400);
	});

	it('a check costs one AMLC', async () => {
		const { client, rapira } = await start();
		await client.call('checkAmlAddress', { form: { address: 'T', chain: 'TRX' } });
		await client.call('checkAmlTransaction', { form: { hash: 'h-slow', direction: 'WITHDRAWAL' } });
		expect(rapira.state.balances.AMLC).toBe('98');
		expect(rapira.state.amlChecks.map(({ status }) => status)).toEqual(['SUCCESS', 'PENDING']);
	});

	it('need their access levels', async () => {
		const { client, rapira } = await start();
		rapira.act('toggleP2p', 'account');
		rapira.act('toggleWithdraw', 'account');
		expect((await client.call('fetchOtcAds', { json: {} })).status).toBe(403);
		expect((await client.call('createCryptoWithdrawal', payout())).status).toBe(403);
	});
});

describe('the console', () => {
	it('shows all records, and every action it offers can be done', async () => {
		const { client, rapira } = await start();
		await client.call('createCryptoWithdrawal', payout());
		await client.call('createAddressByCurrency', { query: { currency: 'usdt-trc20' } });
		rapira.act('payToAddress', String(rapira.state.addresses[0]?.id));
		const titles = rapira.tables().map(({ title }) => title);
		expect(titles).toEqual([
			'Payouts',
			'Deposit addresses',
			'Deposits',
			'OTC orders',
			'AML checks',
			'Balances',
			'Access',
		]);
		for (const { rows } of rapira.tables()) {
			const [row] = rows;
			for (const action of row?.actions ?? []) {
				const fresh = rapira.tables().flatMap((table) => table.rows);
				const still = fresh.find(({ id, actions }) => id === row?.id && actions.includes(action));
				if (still) expect(() => rapira.act(action, still.id)).not.toThrow();
			}
		}
		expect(() => rapira.act('nothing', '1')).toThrow('no action');
	});

	it('begins anew after reset', async () => {
		const { client, rapira, sandbox } = await start();
		await client.call('createCryptoWithdrawal', payout());
		await sandbox.reset();
		expect(rapira.state).toMatchObject({ withdrawals: [], balances: { USDT: '100000' } });
		expect(rapira.requests).toEqual([]);
	});
});
