import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { failureOf, itemsOf, type Execution } from '../../host/executions.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { expectSuccess, mailAbout, nodesOf, openFlow } from './openFlow.mts';

let setting: Setting;
let flow: string;
beforeAll(async () => {
	setting = await startSetting({ pace: 20 });
});
afterAll(async () => await setting?.close());
beforeEach(async () => {
	await setting.sandbox.reset();
	setting.mail.mails.splice(0);
	// n8n remembers PayPlay's payments for each workflow, so each test has a workflow of its own.
	flow = await openFlow(setting, 'payout-with-fallback');
	await setting.n8n.clearRows('Payout ledger');
});

const [first, second] = ['supplier_2026_11_001', 'supplier_2026_11_002'];
const paidBy = (provider: 'gatePay' | 'payPlay') => setting.sandbox[provider].books.appliedPerReference();
const ledger = async () =>
	(await setting.n8n.rowsIn('Payout ledger')).map(({ reference, provider, outcome }) => [
		reference,
		provider,
		outcome,
	]);

async function pay(): Promise<Execution> {
	const execution = await setting.n8n.runWorkflow(flow);
	expectSuccess(execution);
	return execution;
}

/** Expects the red end, after the one mail. */
async function payInVain(told: string): Promise<Execution> {
	const execution = await setting.n8n.runWorkflow(flow);
	expect([execution.status, failureOf(execution)]).toEqual([
		'error',
		expect.stringContaining(`${told}. A mail says what to do with each.`),
	]);
	expect(setting.mail.mails.map(({ subject }) => subject)).toEqual([`Payouts: ${told}`]);
	return execution;
}

describe('a payout with fallback', () => {
	it('is made by the first provider alone when nothing is in its way', async () => {
		const execution = await pay();
		expect(nodesOf(execution)).not.toContain('Pay by PayPlay');
		expect(paidBy('gatePay')).toEqual({ [first]: 1, [second]: 1 });
		expect(paidBy('payPlay')).toEqual({});
		expect(setting.sandbox.gatePay.books.total('USDT')).toBe('195.5');
		const told = await mailAbout(setting, /^Payouts: 2 accepted$/);
		expect(told.html).toContain('<td>accepted</td><td>2</td><td>195.5 USDT</td>');
		expect(await ledger()).toEqual([
			[first, 'gatePay', 'applied'],
			[second, 'gatePay', 'applied'],
		]);
	});

	it('goes to the second provider once when the first refuses it', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'ok-but-wrong', body: 'refusal' });
		await pay();
		expect(paidBy('gatePay')).toEqual({ [second]: 1 });
		expect(paidBy('payPlay')).toEqual({ [first]: 1 });
		expect(setting.sandbox.payPlay.books.entries).toMatchObject([{ amount: '120.5', currency: 'USDT' }]);
		const told = await mailAbout(setting, /^Payouts: 2 accepted$/);
		expect(told.html).toMatch(/supplier_2026_11_001<[^]*payPlay</);
		expect(await ledger()).toEqual([
			[first, 'payPlay', 'applied'],
			[second, 'gatePay', 'applied'],
		]);
	});

	it.each([
		['when the first applied it and the answer was lost', true],
		['when the first did not apply it and nobody can know', false],
	])('never goes to the second provider %s', async (_when, applied) => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'bad-gateway', applied });
		// The first lookup is Check First. These are the three lookups after the lost answer.
		setting.sandbox.fault({
			operation: 'queryPayoutBatch',
			kind: 'ok-but-wrong',
			body: 'refusal',
			nth: 2,
			times: 3,
		});
		await payInVain('1 unknown, 1 accepted');
		const told = await mailAbout(setting, /^Payouts: 1 unknown/);
		expect(told.html).toContain('<td>supplier_2026_11_001</td><td>unknown</td><td>120.5 USDT</td>');
		expect(told.html).toContain('Do not pay an unknown one again in another way');
		expect(paidBy('gatePay')).toEqual({ ...(applied ? { [first]: 1 } : {}), [second]: 1 });
		expect(setting.sandbox.payPlay.requests).toEqual([]);
		expect(await ledger()).toContainEqual([first, 'gatePay', 'unknown']);
	});

	it('goes to a person when the second does not answer clearly either, or refuses too', async () => {
		setting.sandbox.fault({
			operation: 'createPayoutBatch',
			kind: 'ok-but-wrong',
			body: 'refusal',
			times: 2,
		});
		setting.sandbox.fault({ operation: 'createWithdrawal', kind: 'bad-gateway', applied: true });
		setting.sandbox.payPlay.state.balances.USDT = '130'; // the balance is enough for the first payout only
		await payInVain('1 unknown, 1 rejected');
		expect(paidBy('payPlay')).toEqual({ [first]: 1 });
		expect(paidBy('gatePay')).toEqual({});
		expect(await ledger()).toEqual([
			[first, 'payPlay', 'unknown'],
			[second, 'payPlay', 'rejected'],
		]);
	});

	it('goes to a person where the reference is known with another amount: an earlier run may have paid it', async () => {
		await pay();
		await setting.n8n.clearRows('Payout ledger');
		setting.mail.mails.splice(0);
		for (const { lines } of setting.sandbox.gatePay.state.payoutBatches) {
			for (const line of lines) if (line.merchant_withdraw_id === first) line.amount = '99';
		}
		const execution = await payInVain('1 unknown, 1 accepted');
		expect(nodesOf(execution)).not.toContain('Pay by PayPlay');
		expect(paidBy('gatePay')).toEqual({ [first]: 1, [second]: 1 });
		expect(await ledger()).toEqual([
			[first, 'gatePay', 'reference in use'],
			[second, 'gatePay', 'applied'],
		]);
	});

	it('is not made again by a second run, nor by two at the same moment', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'ok-but-wrong', body: 'refusal' });
		await Promise.all([pay(), pay()]);
		const again = await pay();
		expect(itemsOf(again, 'Leave It Alone')).toHaveLength(2);
		expect(nodesOf(again)).not.toContain('Pay by Gate Pay');
		const books = { ...paidBy('gatePay'), ...paidBy('payPlay') };
		expect(books).toEqual({ [first]: 1, [second]: 1 });
		expect(Object.keys(paidBy('gatePay')).length + Object.keys(paidBy('payPlay')).length).toBe(2);
		expect(await ledger()).toHaveLength(2);
	});
});

leavesNoSecret(() => setting);
