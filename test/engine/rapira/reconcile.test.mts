import type { Deposit, Withdrawal } from '../../../sandbox/rapira/state.mts';
import { BEFORE, inRange, MADE_AT, reconcileRow, told } from '../reconciling.mts';
import { openRapira, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeAll(async () => {
	setting = await openRapira();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const DAY_MS = 24 * 60 * 60 * 1000;

const withdrawal = (id: number, total: string, createdAt = MADE_AT): Withdrawal => ({
	id,
	coin: 'USDT',
	chain: 'TRX',
	label: 'TRX_USDT',
	address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
	memo: null,
	nonce: String(id),
	total,
	fee: '1',
	arrived: total,
	status: 'SUCCESS',
	confirmRequired: false,
	hash: null,
	createdAt,
	endedAt: createdAt,
});

const deposit = (id: number, amount: string, createdAt = MADE_AT): Deposit => ({
	id,
	address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
	memo: null,
	coin: 'USDT',
	chain: 'TRX',
	amount,
	status: 'SUCCESS',
	txid: `tx-${id}`,
	confirmations: 20,
	createdAt,
});

const ledger = (...references: number[]) =>
	references.map((reference) => ({ reference, amount: '10.50', currency: 'usdt' }));
const asked = (operation: string) =>
	setting.provider.requests.filter((request) => request.operation === operation);

describe('a ledger of payouts', () => {
	it("is compared by Rapira's IDs, and reading ends with what is older than the range", async () => {
		const { withdrawals } = setting.provider.state;
		for (let id = 1; id <= 500; id += 1) withdrawals.push(withdrawal(id, '1', BEFORE - 2 * DAY_MS));
		for (let id = 501; id <= 650; id += 1) withdrawals.push(withdrawal(id, '10.5'));
		withdrawals.push(withdrawal(651, '11'), withdrawal(652, '12'));
		const references = Array.from({ length: 151 }, (_one, index) => 501 + index);
		const run = await setting.run(reconcileRow('payout', inRange), { items: ledger(...references, 999) });
		expect(told(run).filter((text) => !text.endsWith('matched 0'))).toEqual([
			'651: amount_differs 0.5',
			'999: missing_at_provider',
			'652: missing_in_ledger',
		]);
		// 652 rows are 7 pages of 100. The third page is the first that has only older rows.
		expect(asked('getCryptoWithdrawalHistory').length).toBe(3);
	});
});

describe('a ledger of deposits', () => {
	it("is compared by Rapira's IDs, also of one address", async () => {
		setting.provider.state.deposits.push(deposit(1, '10.5'), deposit(2, '2'), deposit(3, '3', BEFORE));
		const run = await setting.run(reconcileRow('deposit', inRange), { items: ledger(1, 4) });
		expect(told(run)).toEqual(['1: matched 0', '4: missing_at_provider', '2: missing_in_ledger']);
		const elsewhere = reconcileRow('deposit', inRange, { address: 'TXother' });
		expect(told(await setting.run(elsewhere, { items: ledger(1) }))).toEqual(['1: missing_at_provider']);
	});
});
