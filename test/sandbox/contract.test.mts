import { servedOperation } from '../../sandbox/gatePay/operations.mts';
import { closeAll, contract, payout, start } from './client.mts';

afterEach(closeAll);

const behalf = { 'X-GatePay-On-Behalf-Of': '2124538349' };

describe('what the contract allows', () => {
	it.each([
		['an unknown field', payout('b1'), { extra: 1 }, 'extra'],
		['a number where text is wanted', payout('b1', { amount: 10 }), {}, 'amount must be string'],
		['an exponent', payout('b1', { amount: '1e3' }), {}, 'amount'],
		['a signed amount', payout('b1', { amount: '-1' }), {}, 'amount'],
		['an unknown field in a line', payout('b1', { note: 'x' }), {}, 'note'],
		['an undocumented fee type', payout('b1', { fee_type: 2 }), {}, 'fee_type'],
	])('refuses %s with 400001 and the reason', async (_name, body, more, reason) => {
		const { sandbox, client } = await start();
		const answer = await client.call('createPayoutBatch', { ...body, ...more });
		expect(answer.code).toBe('400001');
		expect(answer.body.errorMessage).toContain(reason);
		expect(sandbox.gatePay.books.entries).toEqual([]);
	});

	it('refuses an unknown query field, a missing one and a wrong type', async () => {
		const { client } = await start();
		const range = { startTime: '0', endTime: '9999999999999', page: '1', count: '10' };
		for (const query of [{ ...range, extra: '1' }, { ...range, page: 'one' }, { startTime: '0' }]) {
			expect((await client.call('listLedger', undefined, { query })).code).toBe('400001');
		}
	});

	it('gives the ledger its own code for orderType', async () => {
		const { client } = await start();
		const query = { startTime: '0', endTime: '9999999999999', page: '1', count: '10', orderType: '4' };
		expect((await client.call('listLedger', undefined, { query })).code).toBe('5504060');
	});

	it('refuses a body that is not JSON', async () => {
		const { client } = await start();
		const body = '{"batch_id":';
		const headers = { ...client.sign(body), 'Content-Type': 'application/json' };
		expect((await client.send('createPayoutBatch', body, { headers })).code).toBe('400001');
	});

	it('says which call it does not model', async () => {
		const { client } = await start();
		const answer = await client.call('updateSubAccount');
		expect(answer.body).toMatchObject({ code: '999999', label: 'NOT_IN_SANDBOX' });
		expect(answer.body.errorMessage).toContain('updateSubAccount');
	});

	it('serves every operation but one that is known by name only, and the MCP endpoint', () => {
		expect(contract.operations).toHaveLength(157);
		expect(contract.operations.filter((name) => !servedOperation(name))).toEqual([
			'updateSubAccount',
			'callMerchantMcp',
		]);
	});

	it('gives the documented shape on every call that only reads', async () => {
		const { client } = await start();
		const ledger = { startTime: '0', endTime: '9999999999999', page: '1', count: '10' };
		const reads: [string, unknown, Record<string, string>][] = [
			['listOtcBankAccounts', undefined, {}],
			['listOtcBankCountries', undefined, {}],
			['listOtcDeposits', undefined, {}],
			['listOtcWithdrawals', {}, {}],
			['listPayoutChains', undefined, { currency: 'USDC' }],
			['getPayoutFees', undefined, { currency: 'BTC' }],
			['getBalanceMap', undefined, {}],
			['listLedger', undefined, ledger],
		];
		for (const [operation, body, query] of reads) {
			const twin = `institution${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
			const answers = [
				await client.call(operation, body, { query }),
				await client.call(twin, body, { query, headers: behalf }),
			];
			for (const { text } of answers)
				expect([operation, text]).not.toEqual([operation, expect.stringContaining('FAIL')]);
		}
	});

	it('shows the seeded balances in every spelling', async () => {
		const { client } = await start();
		const seeds = { USDT: '1000000', USDC: '500000', BTC: '10' };
		expect((await client.call('getBalanceMap')).data).toEqual(seeds);
		expect((await client.call('getBalances')).data.balance_list).toContainEqual({
			currency: 'BTC',
			available: '10',
		});
		const some = await client.call('institutionGetBalances', ['USDC'], { headers: behalf });
		expect(some.data.balanceList).toEqual([{ currency: 'USDC', available: '500000' }]);
		const total = await client.call('getTotalBalance');
		expect(total.body.total).toMatchObject({ currency: 'USDT', amount: '2100000' });
	});
});
