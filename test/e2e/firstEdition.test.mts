import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { projectFolder } from '../../host/folders.mts';
import { failureOf, itemsOf, type Execution } from '../../host/executions.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { answer, askForApproval, importAndPublish, runPayout } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { withSubWorkflows } from '../../scripts/demo/workflowFiles.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { nodesOf, openFlow } from './openFlow.mts';
import { withParameters } from './smallFlows.mts';

const folder = join(projectFolder, 'test', 'e2e', 'firstEdition');
const names = readdirSync(folder).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);

/** What today's nodes want and the first edition did not have, by flow: n8n's complaint when it is published. */
const MISSING: Readonly<Record<string, RegExp>> = {
	'otc-buy': /Accept the Quote[^]*Missing or invalid required parameters: paymentReference/,
};

let setting: Setting;
beforeAll(async () => {
	setting = await startSetting();
});
afterAll(async () => await setting?.close());
beforeEach(async () => {
	await setting.sandbox.reset();
	setting.mail.mails.splice(0);
});

function saved(name: string): WorkflowFile {
	return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

/** The operations that a provider was asked for. */
function asked(provider: string): Array<string | undefined> {
	return (setting.sandbox.providers[provider]?.requests ?? []).map(({ operation }) => operation);
}

async function run(file: WorkflowFile): Promise<Execution> {
	return await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(file, setting));
}

/** Changes some options of every node that has this operation, as a person does who follows a message. */
function withOptions(file: WorkflowFile, operation: string, options: INodeParameters): WorkflowFile {
	const found = file.nodes.filter(({ parameters }) => parameters.operation === operation);
	return found.reduce(
		(changed, { name, parameters }) =>
			withParameters(changed, name, { options: Object.assign({}, parameters.options, options) }),
		file,
	);
}

describe('a workflow of the first edition, opened in n8n with the nodes of today', () => {
	it.each(names.filter((name) => name !== 'gate-pay-events'))(
		'%s is complete, or n8n says what to set',
		async (name) => {
			const id = await setting.n8n.importWorkflow(saved(name), setting);
			const missing = MISSING[name];
			if (missing) return await expect(setting.n8n.activate(id)).rejects.toThrow(missing);
			await setting.n8n.activate(id);
			await setting.n8n.deactivate(id);
		},
	);

	it('gate-pay-events is complete with the flows that it calls', async () => {
		const otcBuy = saved('otc-buy');
		const payout = saved('payout-with-approval');
		const mended = withParameters(otcBuy, 'Accept the Quote', { paymentReference: 'otc-1' });
		const ids = [await importAndPublish(setting, mended), await importAndPublish(setting, payout)];
		const [otcBuyId = '', payoutId = ''] = ids;
		const idByName = { [otcBuy.name]: otcBuyId, [payout.name]: payoutId };
		ids.push(await importAndPublish(setting, withSubWorkflows(saved('gate-pay-events'), idByName)));
		for (const id of ids.reverse()) await setting.n8n.deactivate(id);
	});
});

describe('a workflow of the first edition, run with the nodes of today', () => {
	it('pays what was approved once each, and hears of it by its own trigger', async () => {
		const id = await openFlow(setting, 'payout-with-approval', saved('payout-with-approval'));
		const { execution } = await runPayout(setting, id);
		expect(itemsOf(execution, 'Pay What Was Approved')).toMatchObject(Array(3).fill({ outcome: 'applied' }));
		expect(setting.sandbox.gatePay.books.appliedPerReference()).toEqual({
			payroll_2026_11_anna: 1,
			payroll_2026_11_boris: 1,
			payroll_2026_11_chen: 1,
		});
		expect(setting.sandbox.gatePay.books.total('USDT')).toBe('505.75');
		await setting.n8n.deactivate(id);
	});

	it('says which field it lacks, and sends nothing', async () => {
		const execution = await run(saved('otc-buy'));
		expect(failureOf(execution)).toContain('Parameter "Payment Reference" is required');
		expect(asked('gatePay')).toEqual([]);
	});

	it('places its order once the field is set', async () => {
		const file = withParameters(saved('otc-buy'), 'Accept the Quote', { paymentReference: 'otc-1' });
		const execution = await run(file);
		expect(itemsOf(execution, 'Accept the Quote')).toMatchObject([
			{ outcome: 'applied', reference: 'otc-1' },
		]);
		expect(setting.sandbox.gatePay.state.deposits).toHaveLength(1);
	});

	it('is kept from an address that cannot exist, and says so', async () => {
		await run(saved('mass-payout'));
		const told = await setting.mail.waitForMail(({ subject }) => subject.startsWith('Nothing is paid'));
		expect(told.html).toContain('no address of TRON');
		expect(asked('gatePay')).not.toContain('createPayoutBatch');
	});

	it('pays that list once the check is turned off, as the message says', async () => {
		const file = withOptions(saved('mass-payout'), 'createMany', { skipRecipientCheck: true });
		const id = await setting.n8n.importWorkflow(file, setting);
		const execution = await answer(setting, await askForApproval(setting, id), 'Approve');
		const paid = itemsOf(execution, 'Pay What Was Approved');
		expect(paid.length).toBeGreaterThan(1);
		expect(paid.map(({ outcome }) => outcome)).toEqual(paid.map(() => 'applied'));
	});

	it('falls back to no other provider with an address that cannot exist', async () => {
		const execution = await run(saved('payout-with-fallback'));
		expect(itemsOf(execution, 'Pay by Gate Pay')).toMatchObject([
			{ outcome: 'applied', reference: 'supplier_2026_11_001' },
			{ outcome: 'rejected', message: expect.stringContaining('no address of TRON') },
		]);
		expect(asked('payPlay')).toEqual([]);
		expect(nodesOf(execution)).toContain('Tell a Person');
	});

	it.each([
		['invoice-to-ledger-okipays', 'Create the Invoice', 'Note That It Is Open', 'success'],
		['invoice-to-ledger-payplay', 'Create the Invoice', 'Note That It Is Open', 'success'],
		['p2p-order', 'Create the Order', 'Ask the Payer to Pay', 'waiting'],
	])('%s makes its order once', async (name, node, last, status) => {
		const execution = await run(saved(name));
		expect([execution.status, nodesOf(execution).at(-1)]).toEqual([status, last]);
		const [made, ...others] = itemsOf(execution, node);
		expect(made).toMatchObject({ outcome: 'applied', final: false, amount: expect.any(String) });
		expect(others).toEqual([]);
	});

	it.each([
		['deposit-watch-rapira', 'Tell All of Them', 'success'],
		['nightly-reconcile', 'Report the Differences', 'success'],
		['p2p-at-rapira', 'Let the Trader Buy', 'waiting'],
	])('%s reads what it did', async (name, last, status) => {
		const execution = await run(saved(name));
		expect([execution.status, nodesOf(execution).at(-1)]).toEqual([status, last]);
	});
});

leavesNoSecret(() => setting);
