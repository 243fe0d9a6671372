import type { INode } from 'n8n-workflow';

import { node } from '../../host/smallFlows.mts';
import { failureOf, isFinished, itemsOf, type Execution } from '../../host/executions.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { importAndPublish } from '../../scripts/demo/flows.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { expectSuccess, mailAbout, openFlow } from './openFlow.mts';

const [first, second, third] = ['supplier_2026_12_001', 'supplier_2026_12_002', 'supplier_2026_12_003'];

let setting: Setting;
let payouts: string;
beforeAll(async () => {
	setting = await startSetting({ pace: 20, autopilot: false });
	payouts = await openFlow(setting, 'payout-ledger');
});
afterAll(async () => await setting?.close());
beforeEach(async () => {
	await setting.sandbox.reset();
	await setting.n8n.clearRows('Payout ledger');
	setting.mail.mails.splice(0);
});

const desk = () => setting.sandbox.gatePay;
const ledger = async () =>
	(await setting.n8n.rowsIn('Payout ledger')).map(({ reference, outcome, status }) => [
		reference,
		outcome,
		status,
	]);

/** Cuts the connection of the nth payout, and of the three lookups after it. */
function cutOff(nth: number, applied: boolean): void {
	setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'bad-gateway', applied, nth });
	// Check First asks once for each payout before this one, and for this one.
	setting.sandbox.fault({
		operation: 'queryPayoutBatch',
		kind: 'ok-but-wrong',
		body: 'refusal',
		nth: nth + 1,
		times: 3,
	});
}

/** Expects the red end that a flow makes by itself. */
function expectRed(execution: Execution, told: RegExp): void {
	expect([execution.status, failureOf(execution)]).toEqual(['error', expect.stringMatching(told)]);
}

describe('payout ledger', () => {
	it('has each payout written down before it is sent and after', async () => {
		const execution = await setting.n8n.runWorkflow(payouts);
		expectSuccess(execution);
		expect(itemsOf(execution, 'Mark It as Sending')).toMatchObject(Array(3).fill({ outcome: 'sending' }));
		expect(await ledger()).toEqual([
			[first, 'applied', 'created'],
			[second, 'applied', 'created'],
			[third, 'applied', 'created'],
		]);
		const told = await mailAbout(setting, /^Payouts: 3 accepted$/);
		expect(told.html).toContain('<td>accepted</td><td>3</td><td>505.75 USDT</td>');
	});

	it('ends red with one mail when one of three is not known, and tells paid, rejected and unknown apart', async () => {
		cutOff(2, true);
		setting.sandbox.fault({
			operation: 'createPayoutBatch',
			kind: 'ok-but-wrong',
			body: 'refusal',
			nth: 3,
		});
		const execution = await setting.n8n.runWorkflow(payouts);
		expectRed(execution, /^1 unknown, 1 rejected, 1 accepted\. A mail says what to do with each\./);
		const told = await mailAbout(setting, /^Payouts: 1 unknown, 1 rejected, 1 accepted$/);
		expect(setting.mail.mails).toHaveLength(1);
		expect(told.html).toContain('<td>unknown</td><td>1</td><td>75 USDT</td>');
		expect(told.html).toContain('<td>rejected</td><td>1</td><td>310.25 USDT</td>');
		expect(told.html).toContain('<td>accepted</td><td>1</td><td>120.5 USDT</td>');
		expect(told.html).toMatch(
			/<td>supplier_2026_12_002<\/td><td>unknown<\/td><td>75 USDT<\/td><td>TWps[^<]*<\/td><td>[^<]*Payout: Get/,
		);
		expect(await ledger()).toEqual([
			[first, 'applied', 'created'],
			[second, 'unknown', ''],
			[third, 'rejected', ''],
		]);
	});
});

describe('settle unknown payments', () => {
	let settle: string;
	beforeAll(async () => {
		settle = await setting.n8n.importWorkflow(await workflowFile('settle-unknown-payments'), setting);
	});

	it('finds what was paid after all, and mails nobody', async () => {
		cutOff(2, true);
		expectRed(await setting.n8n.runWorkflow(payouts), /^1 unknown, 2 accepted/);
		setting.mail.mails.splice(0);
		desk().act('completePayout', second);
		const execution = await setting.n8n.runWorkflow(settle);
		expectSuccess(execution);
		expect(await ledger()).toContainEqual([second, 'applied', 'succeeded']);
		expect(setting.mail.mails).toEqual([]);
		expect(desk().books.appliedPerReference()).toEqual({ [first]: 1, [second]: 1, [third]: 1 });
	});

	it('never calls not paid what is not there: it stays unknown, and a person is told once', async () => {
		cutOff(1, false);
		expectRed(await setting.n8n.runWorkflow(payouts), /^1 unknown, 2 accepted/);
		setting.mail.mails.splice(0);
		expectRed(await setting.n8n.runWorkflow(settle), /^1 still unknown\. A mail says what to decide\.$/);
		const told = await mailAbout(setting, /^Payments to decide: 1$/);
		expect(told.html).toContain('<td>supplier_2026_12_001</td><td>gatePay</td><td>120.5 USDT</td>');
		expect(told.html).toContain('run the same list again');
		expect(told.links.execution).toMatch(new RegExp(`/workflow/${payouts}/executions/\\d+$`));
		expect(await ledger()).toContainEqual([first, 'unknown', 'a person was told']);

		expectSuccess(await setting.n8n.runWorkflow(settle));
		expect(setting.mail.mails).toHaveLength(1);

		// What the mail advises.
		expectSuccess(await setting.n8n.runWorkflow(payouts));
		expect(await ledger()).toContainEqual([first, 'applied', 'created']);
		expect(desk().books.appliedPerReference()).toEqual({ [first]: 1, [second]: 1, [third]: 1 });
	});

	it('does not believe a payment under the reference that differs from the one in the ledger', async () => {
		cutOff(2, true);
		await setting.n8n.runWorkflow(payouts);
		for (const { lines } of desk().state.payoutBatches) {
			for (const line of lines) if (line.merchant_withdraw_id === second) line.amount = '7.5';
		}
		setting.mail.mails.splice(0);
		expectRed(await setting.n8n.runWorkflow(settle), /^1 still unknown/);
		const told = await mailAbout(setting, /^Payments to decide: 1$/);
		expect(told.html).toContain('with other details: 7.5 USDT to TWps');
		expect(await ledger()).toContainEqual([second, 'unknown', 'a person was told']);
	});

	it('shows what is like it in the history of a provider that cannot be asked', async () => {
		const row = { batch: '', currency: 'USDT', outcome: 'unknown', status: '', execution: '' };
		const address = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';
		await setting.n8n.runWorkflow(payouts);
		await setting.n8n.clearRows('Payout ledger');
		setting.mail.mails.splice(0);
		await setting.n8n.addRows('Payout ledger', [
			{ ...row, reference: 'inv-1', provider: 'rapira', amount: '25', address },
			{ ...row, reference: 'inv-2', provider: 'rapira', amount: '99', address: 'elsewhere' },
			{ ...row, reference: 'inv-3', provider: 'payPlay', amount: '10', address },
		]);
		setting.sandbox.rapira.state.withdrawals.push({
			id: 7001,
			coin: 'USDT',
			chain: 'TRX',
			label: '',
			address,
			memo: null,
			nonce: '1',
			total: '25',
			fee: '1',
			arrived: '24',
			status: 'SUCCESS',
			confirmRequired: false,
			hash: 'hash-7001',
			createdAt: Date.now(),
			endedAt: Date.now(),
		});
		expectRed(await setting.n8n.runWorkflow(settle), /^3 still unknown/);
		const { html } = await mailAbout(setting, /^Payments to decide: 3$/);
		expect(html).toMatch(/inv-1<[^]*show these like it: 7001 [^]*inv-2<[^]*show none like it/);
		expect(html).toContain('payPlay cannot be asked by reference');
		expect((await ledger()).map(([, outcome]) => outcome)).toEqual(Array(3).fill('unknown'));
	});

	it('leaves alone what is being sent at this moment, and asks for what was cut off', async () => {
		await setting.n8n.runWorkflow(payouts);
		await setting.n8n.clearRows('Payout ledger');
		await setting.n8n.addRows('Payout ledger', [
			{ reference: first, batch: first, provider: 'gatePay', outcome: 'sending' },
		]);
		expectSuccess(await setting.n8n.runWorkflow(settle));
		expect((await ledger())[0]?.[1]).toBe('sending');
		// Ten minutes later.
		const file = JSON.stringify(await workflowFile('settle-unknown-payments'));
		const later: WorkflowFile = JSON.parse(file.replace('minutes: 10', 'minutes: -10'));
		await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(later, setting));
		expect((await ledger())[0]).toEqual([first, 'unknown', 'a person was told']);
		await mailAbout(setting, /^Payments to decide: 1$/);
	});
});

describe('the daily report', () => {
	it('mails sums by outcome and each open payment, and mails too when there is nothing', async () => {
		const report = await setting.n8n.importWorkflow(await workflowFile('daily-report'), setting);
		expectSuccess(await setting.n8n.runWorkflow(report));
		await mailAbout(setting, /^Payouts of the last day: nothing to pay$/);
		cutOff(2, true);
		await setting.n8n.runWorkflow(payouts);
		expectSuccess(await setting.n8n.runWorkflow(report));
		const told = await mailAbout(setting, /^Payouts of the last day: 1 unknown, 2 accepted$/);
		expect(told.html).toContain('<td>accepted</td><td>2</td><td>430.75 USDT</td>');
		expect(told.html).toContain('Run Settle unknown payments');
	});
});

describe('the error workflow', () => {
	/** The ledger flow as it runs by itself: n8n calls no error workflow for what a person has started. */
	async function published(
		errorWorkflow: string,
		path: string,
		change?: (file: WorkflowFile) => WorkflowFile,
	) {
		const file = await workflowFile('payout-ledger');
		const nodes = file.nodes.map((one) =>
			one.type === 'n8n-nodes-base.manualTrigger'
				? {
						...node(one.name, 'n8n-nodes-base.webhook', 2, { path, options: {} }),
						webhookId: path,
						position: one.position,
					}
				: one,
		);
		const settings = { ...file.settings, errorWorkflow };
		const changed = { ...file, name: `Payouts ${path}`, nodes, settings };
		return await importAndPublish(setting, change ? change(changed) : changed);
	}

	async function call(workflowId: string, path: string): Promise<Execution> {
		await fetch(setting.n8n.webhookUrl(path));
		return await setting.n8n.waitForExecution((one) => one.workflowId === workflowId && isFinished(one));
	}

	it('tells what was applied, what is unknown, and nothing twice', async () => {
		const errors = await openFlow(setting, 'error-workflow');
		// A flow that stops at the first payment that is not clear, as the node does by default.
		const stopping = await published(errors, 'stopping', (file) => ({
			...file,
			nodes: file.nodes.map((one): INode =>
				one.name === 'Pay'
					? { ...one, onError: 'stopWorkflow', parameters: { ...one.parameters, options: {} } }
					: one,
			),
		}));
		cutOff(2, true);
		const stopped = await call(stopping, 'stopping');
		expectRed(stopped, /Money may or may not have moved/);
		const told = await mailAbout(setting, /^Payouts stopping stopped: 0 applied, 3 unknown$/);
		expect(told.html).toContain(`Already applied in this run: ${first}`);
		expect(told.html).toContain('Do not pay these again in another way:');
		expect(told.links['The execution']).toContain(`/executions/${stopped.id}`);

		setting.mail.mails.splice(0);
		await setting.sandbox.reset();
		await setting.n8n.clearRows('Payout ledger');
		const redAtItsEnd = await published(errors, 'red-at-its-end');
		cutOff(2, true);
		expectRed(await call(redAtItsEnd, 'red-at-its-end'), /^1 unknown, 2 accepted/);
		await setting.n8n.waitForExecution(
			(one) => one.workflowId === errors && isFinished(one) && Number(one.id) > Number(stopped.id) + 1,
		);
		expect(setting.mail.mails.map(({ subject }) => subject)).toEqual(['Payouts: 1 unknown, 2 accepted']);
	});
});

leavesNoSecret(() => setting);
