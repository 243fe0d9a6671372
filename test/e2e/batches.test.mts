import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { openLink, submitForm } from '../../host/approval.mts';
import { failureOf, itemsOf, type Execution } from '../../host/executions.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { expectSuccess, mailAbout, nodesOf, openFlow } from './openFlow.mts';
import { withParameters } from './smallFlows.mts';

let setting: Setting;
beforeAll(async () => (setting = await startSetting({ pace: 20 })));
afterAll(async () => await setting?.close());

/** The flow of mass payouts in n8n. */
let massPayout: string;
beforeAll(async () => (massPayout = await openFlow(setting, 'mass-payout')));

const forgetMails = () => setting.mail.mails.splice(0);
const desk = () => setting.sandbox.gatePay;
const batches = () => desk().requests.filter(({ operation }) => operation === 'createPayoutBatch');

/** Clicks the button in the mail about a run. Resolves to the execution when it has ended. */
async function click(button: 'Approve' | 'Decline', execution: Execution, run: string): Promise<Execution> {
	const asked = await mailAbout(setting, new RegExp(`^Please approve ${run}: `));
	await openLink(asked.links[button] ?? '');
	return await setting.n8n.waitForExecution(execution.id);
}

async function answer(...asked: Parameters<typeof click>): Promise<Execution> {
	const ended = await click(...asked);
	expectSuccess(ended);
	return ended;
}

/** What the flow has written down of each recipient. */
const ledger = async () =>
	(await setting.n8n.rowsIn('Payout ledger')).map(({ reference, batch, outcome }) => [
		reference,
		batch,
		outcome,
	]);

/** Uploads rows in the form, as a person does. */
async function upload(run: string, ...rows: string[]): Promise<Execution> {
	const sheet = new File([['id,address,amount,chain,currency', ...rows].join('\n')], 'list.csv', {
		type: 'text/csv',
	});
	const { nodes } = await workflowFile('mass-payout');
	const path = nodes.find(({ name }) => name === 'Upload the List')?.webhookId;
	await submitForm(`${setting.n8n.url}/form/${path}`, [sheet, run]);
	return await setting.n8n.waitForExecution(
		(one) =>
			one.workflowId === massPayout &&
			one.mode !== 'manual' &&
			['waiting', 'success', 'error'].includes(one.status),
	);
}

/** Imports the flow with another list. */
const flowWithList = async (jsonOutput: string) =>
	await setting.n8n.importWorkflow(
		withParameters(await workflowFile('mass-payout'), 'Example List', { jsonOutput }),
		setting,
	);

describe('a mass payout from a spreadsheet', () => {
	beforeEach(forgetMails);

	it('pays all recipients of the example in one batch, once approved', async () => {
		const execution = await setting.n8n.runWorkflow(massPayout, { trigger: 'Try the Example' });
		expect(execution.status).toBe('waiting');
		expect(batches()).toEqual([]);
		const asked = await mailAbout(setting, /^Please approve payroll_2026_11: 3 recipients, 505\.75 USDT$/);
		expect(asked.html).toContain('<b>3 recipients, 505.75 USDT</b>, in 1 batches');
		expect(asked.html).toContain(
			'<tr><td>nov_anna</td><td>120.5 USDT</td><td>TRX</td><td>TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G</td><td></td><td>to send</td></tr>',
		);

		const paid = await answer('Approve', execution, 'payroll_2026_11');
		expect(itemsOf(paid, 'Pay What Was Approved')).toMatchObject([
			{ outcome: 'applied', reference: 'nov_anna' },
			{ outcome: 'applied', reference: 'nov_boris' },
			{ outcome: 'applied', reference: 'nov_chen' },
		]);
		const told = await mailAbout(setting, /^payroll_2026_11: 3 accepted$/);
		expect(told.html).toContain('<td>accepted</td><td>3</td><td>505.75 USDT</td>');
		expect(await ledger()).toEqual([
			['nov_anna', 'payroll_2026_11_1', 'applied'],
			['nov_boris', 'payroll_2026_11_1', 'applied'],
			['nov_chen', 'payroll_2026_11_1', 'applied'],
		]);
		expect(desk().books.appliedPerReference()).toEqual({ payroll_2026_11_1: 1 });
		expect(desk().books.total('USDT')).toBe('505.75');
	});

	it('pays nobody twice when the same run is approved again', async () => {
		const execution = await setting.n8n.runWorkflow(massPayout, { trigger: 'Try the Example' });
		const asked = await mailAbout(setting, /^Please approve payroll_2026_11: /);
		expect(asked.subject).toContain('3 already sent, 0 to send');
		expect(asked.html).toContain('<td>already sent</td>');
		const again = await answer('Approve', execution, 'payroll_2026_11');
		expect(itemsOf(again, 'Pay What Was Approved')).toMatchObject(Array(3).fill({ replayed: true }));
		expect(batches()).toHaveLength(1);
		expect(desk().books.total('USDT')).toBe('505.75');
	});

	it('pays the list that a person uploads', async () => {
		await setting.sandbox.reset();
		const execution = await upload(
			'bonus_1',
			'b_1,TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G,10.25,TRX,USDT',
			'b_2,TWpsfeaf96Fy2G6MN6yWUtwWWx61KtpkRk,7,TRX,USDT',
		);
		expect(execution.status).toBe('waiting');
		await answer('Approve', execution, 'bonus_1');
		expect(desk().books.appliedPerReference()).toEqual({ bonus_1_1: 1 });
		expect(desk().books.total('USDT')).toBe('17.25');
	});

	it('pays nobody when the approver declines', async () => {
		await setting.sandbox.reset();
		const execution = await setting.n8n.runWorkflow(massPayout, { trigger: 'Try the Example' });
		const ended = await answer('Decline', execution, 'payroll_2026_11');
		expect(nodesOf(ended)).toContain('Nothing Is Paid');
		expect(batches()).toEqual([]);
	});
});

describe('a mass payout that needs a person', () => {
	beforeEach(forgetMails);

	it('sends nothing when a line cannot be paid, and names the lines', async () => {
		const line = { chain: 'TRX', currency: 'USDT', address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G' };
		const recipients = [
			{ id: 'l_1', amount: '10', ...line },
			{ id: 'l_2', amount: '-5', ...line },
			{ id: 'l_3', amount: '1e3', ...line },
		];
		const execution = await setting.n8n.runWorkflow(await flowWithList(JSON.stringify({ recipients })));
		expect([execution.status, failureOf(execution)]).toEqual([
			'error',
			expect.stringMatching(/^Nothing was sent: the list has lines to mend/),
		]);
		expect(nodesOf(execution)).not.toContain('Ask for Approval');
		const told = await mailAbout(setting, /^Nothing is paid: the list has lines to mend$/);
		expect(told.html).toMatch(/-5[^]*item 2[^]*1e3[^]*item 3/);
		expect(batches()).toEqual([]);
	});

	it('ends red when an outcome is not known, after one mail that says what to do with each', async () => {
		await setting.n8n.clearRows('Payout ledger');
		const execution = await setting.n8n.runWorkflow(massPayout, { trigger: 'Try the Example' });
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'bad-gateway', applied: false });
		const ended = await click('Approve', execution, 'payroll_2026_11');
		expect([ended.status, failureOf(ended)]).toEqual([
			'error',
			expect.stringMatching(
				/^3 unknown\. A mail says what to do with each\. Retry does not ask or pay again/,
			),
		]);
		const told = await mailAbout(setting, /^payroll_2026_11: 3 unknown$/);
		expect(told.html).toContain('<td>unknown</td><td>3</td><td>505.75 USDT</td>');
		expect(told.html).toContain('<td>nov_boris</td><td>unknown</td><td>75 USDT</td>');
		expect(told.links['The execution']).toBe(
			`${setting.n8n.url}/workflow/${massPayout}/executions/${execution.id}`,
		);
		// The three lines are one batch. What to do is told once.
		expect(told.html.match(/<td>as above<\/td>/g)).toHaveLength(2);
		expect(setting.mail.mails.filter(({ subject }) => /unknown|accepted/.test(subject))).toHaveLength(1);
		expect(await ledger()).toEqual([
			['nov_anna', 'payroll_2026_11_1', 'unknown'],
			['nov_boris', 'payroll_2026_11_1', 'unknown'],
			['nov_chen', 'payroll_2026_11_1', 'unknown'],
		]);
		expect(batches()).toHaveLength(1);
	});

	it('is settled by the same run again, and the ledger never goes back from applied', async () => {
		const again = await setting.n8n.runWorkflow(massPayout, { trigger: 'Try the Example' });
		await answer('Approve', again, 'payroll_2026_11');
		const paid = [
			['nov_anna', 'payroll_2026_11_1', 'applied'],
			['nov_boris', 'payroll_2026_11_1', 'applied'],
			['nov_chen', 'payroll_2026_11_1', 'applied'],
		];
		expect(await ledger()).toEqual(paid);
		setting.mail.mails.splice(0);
		const third = await setting.n8n.runWorkflow(massPayout, { trigger: 'Try the Example' });
		setting.sandbox.fault({ operation: 'queryPayoutBatch', kind: 'bad-gateway', times: 9 });
		const ended = await click('Approve', third, 'payroll_2026_11');
		expect(ended.status).toBe('error');
		expect(await ledger()).toEqual(paid);
		expect(desk().books.appliedPerReference()).toEqual({ payroll_2026_11_1: 1 });
	});

	it('shows what comes from outside as text, never as HTML', async () => {
		await setting.sandbox.reset();
		await setting.n8n.clearRows('Payout ledger');
		const [chain, currency] = ['TRX', 'USDT'];
		const recipients = [
			{
				id: 'l_<img/src=x>',
				amount: '10',
				chain,
				currency,
				address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
			},
		];
		const id = await flowWithList(JSON.stringify({ recipients }));
		const execution = await setting.n8n.runWorkflow(id, { trigger: 'Try the Example' });
		// The provider may take the name or not. The mail shows it in both cases.
		await click('Approve', execution, 'payroll_2026_11');
		const told = await mailAbout(setting, /^payroll_2026_11: 1 /);
		expect(told.html).toContain('l_&#60;img/src=x&#62;');
		expect(told.html).not.toContain('<img');
	});
});

describe('the nightly reconcile', () => {
	const LEDGER = 'Payments ledger';
	const shop = () => setting.sandbox.payPlay;
	let flow: string;
	beforeAll(async () => {
		flow = await openFlow(setting, 'nightly-reconcile');
		await setting.sandbox.reset();
	});
	afterAll(async () => await setting.n8n.deactivate(flow));
	beforeEach(forgetMails);

	it('reports that all agree when there is nothing yet', async () => {
		expectSuccess(await setting.n8n.runWorkflow(flow));
		await mailAbout(setting, /^Reconcile: all agree$/);
	});

	it('reports what is different, and nothing that agrees', async () => {
		const order = (reference: string, value: string, status: 'COMPLETE' | 'OPEN') => ({
			id: `id-${reference}`,
			kind: 'crypto' as const,
			page: shop().account.paymentPageSlug,
			number: '1',
			externalOrderId: reference,
			value,
			currency: 'USDT',
			expectedAmount: value,
			depositedCurrency: 'USDT',
			paid: value,
			status,
			createdAt: Date.now(),
			completedAt: status === 'COMPLETE' ? Date.now() : null,
			successfulLink: null,
			failureLink: null,
			refund: 'none' as const,
			payments: [],
		});
		const row = (reference: string, amount: string, status: string) => ({
			reference,
			provider: 'payPlay',
			amount,
			currency: 'USDT',
			status,
			settledAt: '',
		});
		await setting.n8n.addRows(LEDGER, [
			row('agrees', '10', 'succeeded'),
			row('lost-event', '20', 'created'),
			row('under-way', '5', 'created'),
			row('other-amount', '30', 'succeeded'),
			row('not-made', '40', 'created'),
			{ ...row('of-another', '50', 'created'), provider: 'okiPays' },
		]);
		shop().state.orders.push(
			order('agrees', '10.00', 'COMPLETE'),
			order('lost-event', '20', 'COMPLETE'),
			order('under-way', '5', 'OPEN'),
			order('other-amount', '30.01', 'COMPLETE'),
			order('not-noted', '60', 'COMPLETE'),
		);
		expectSuccess(await setting.n8n.runWorkflow(flow));
		const report = await mailAbout(setting, /^Reconcile: 4 differences$/);
		const lines = report.html
			.trim()
			.split(/\n/)
			.map((line) => line.trim());
		expect(lines).toEqual([
			'lost-event | status_differs | ledger 20 USDT created | PayPlay 20 USDT succeeded',
			'other-amount | amount_differs | ledger 30 USDT succeeded | PayPlay 30.01 USDT succeeded | difference 0.01',
			'not-made | missing_at_provider | ledger 40 USDT created | not at PayPlay',
			'not-noted | missing_in_ledger | not in the ledger | PayPlay 60 USDT succeeded',
		]);
	});

	it('tells a person when the provider cannot be read, and compares nothing', async () => {
		setting.sandbox.fault({ operation: 'listOrders', kind: 'unauthorized', status: 401 });
		expectSuccess(await setting.n8n.runWorkflow(flow));
		await mailAbout(setting, /^Reconcile: PayPlay could not be read$/);
		expect(setting.mail.mails).toHaveLength(1);
	});
});

leavesNoSecret(() => setting);
