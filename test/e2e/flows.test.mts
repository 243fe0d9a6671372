import type { IConnections } from 'n8n-workflow';

import { add, subtract } from '../../sandbox/decimal.mts';
import { askedByOtcBuy, askedByPayout } from '../../scripts/demo/asked.mts';
import {
	answer,
	askForApproval,
	importAndPublish,
	importFlows,
	runOtcBuy,
	runPayout,
	type ImportedFlows,
} from '../../scripts/demo/flows.mts';
import { complaints } from '../../scripts/demo/proof.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { eventsOf } from '../../scripts/demo/steps.mts';
import { webhookPath, workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { failureOf, isFinished, itemsOf } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { addressOf } from '../../sandbox/addresses.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { withParameters } from './smallFlows.mts';

let setting: Setting;
let flows: ImportedFlows;

beforeAll(async () => {
	setting = await startSetting();
	flows = await importFlows(setting);
});
afterAll(async () => await setting?.close());

const gatePay = () => setting.sandbox.gatePay;
const sent = (operation: string) => gatePay().requests.filter((request) => request.operation === operation);

describe('the flows in workflows/', () => {
	it('run to their ends, and move each amount exactly once', async () => {
		const bought = await runOtcBuy(setting, flows.otcBuy);
		const paid = await runPayout(setting, flows.payout);
		const asked = [...askedByOtcBuy(bought), ...askedByPayout(paid)];
		expect(asked).toHaveLength(4);
		expect(await complaints(setting, flows, asked)).toEqual([]);
		const { USDT = '' } = gatePay().state.balances;
		expect(USDT).toBe(subtract(add('1000000', '1088.42'), add('120.5', '75', '310.25')));
	});

	it('tell people where to remit, what they approve and what became of it', () => {
		const texts = setting.mail.mails.map(({ subject, html }) => `${subject}\n${html}`);
		const [deposit] = gatePay().state.deposits;
		expect(texts[0]).toContain(`reference: ${deposit?.transferRemark}`);
		expect(texts[1]).toContain(`OTC order ${deposit?.orderId} is settled`);
		expect(texts[2]).toContain(
			'<tr><td>payroll_2026_11_anna</td><td>120.5 USDT</td><td>TRX</td><td>TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G</td><td></td><td>to send</td></tr>',
		);
		expect(texts.slice(3).join('\n')).toContain('Payout payroll_2026_11_chen is done\n310.25 USDT on TRX');
	});

	it('upload the receipt as the file that it is', () => {
		const [confirmation] = sent('confirmOtcDeposit');
		expect(confirmation?.body).toContain('filename="receipt.png"');
		expect(confirmation?.body).toContain('Content-Type: image/png');
		expect(gatePay().state.deposits[0]?.receipt).toMatch(/receipt\.png$/);
	});

	it('pay nothing a second time when the list is run again and approved again', async () => {
		const asked = await askForApproval(setting, flows.payout);
		// The approver sees that this is another mail than the first one.
		expect(asked.request.subject).toContain('3 already sent, 0 to send');
		expect(asked.request.html).toContain('<td>already sent</td>');
		const execution = await answer(setting, asked, 'Approve');
		const items = itemsOf(execution, 'Pay What Was Approved');
		expect(items).toMatchObject(Array(3).fill({ outcome: 'applied', replayed: true }));
		expect(sent('createPayoutBatch')).toHaveLength(3);
		expect(gatePay().books.appliedPerReference()).toMatchObject({ payroll_2026_11_anna: 1 });
	});

	it('mail once when Gate Pay reports the same thing twice', async () => {
		const [delivery] = gatePay().deliveries;
		const mails = setting.mail.mails.length;
		const events = await eventsOf(setting, flows.otcBuy);
		const newest = Math.max(...(await setting.n8n.executions()).map(({ id }) => Number(id)));
		const again = await gatePay().resend(delivery?.id ?? '');
		expect(again.attempts).toMatchObject([{ acknowledged: true }, { acknowledged: true }]);
		await setting.n8n.waitForExecution(
			(each) => each.workflowId === flows.otcBuy && Number(each.id) > newest && isFinished(each),
		);
		expect(await eventsOf(setting, flows.otcBuy)).toEqual(events);
		expect(setting.mail.mails).toHaveLength(mails);
	});
});

describe('a payout', () => {
	beforeEach(async () => await setting.sandbox.reset());

	it('is not made when the approver declines', async () => {
		const asked = await askForApproval(setting, flows.payout);
		const execution = await answer(setting, asked, 'Decline');
		expect(execution.status).toBe('success');
		expect(execution.data.resultData.runData).toHaveProperty('Nothing Is Paid');
		expect(execution.data.resultData.runData).not.toHaveProperty('Pay What Was Approved');
		expect(sent('createPayoutBatch')).toEqual([]);
		expect(gatePay().books.entries).toEqual([]);
	});

	const approved = async () => await answer(setting, await askForApproval(setting, flows.payout), 'Approve');

	it('ends red when Gate Pay refuses one, and the one before it is made', async () => {
		setting.sandbox.fault({
			operation: 'createPayoutBatch',
			kind: 'ok-but-wrong',
			body: 'refusal',
			nth: 2,
			times: 9,
		});
		const execution = await approved();
		expect([execution.status, failureOf(execution)]).toEqual([
			'error',
			expect.stringContaining('payroll_2026_11_boris'),
		]);
		expect(gatePay().books.appliedPerReference()).toEqual({ payroll_2026_11_anna: 1 });
	});

	it('ends red when an outcome is not known, and pays nothing twice when the list is run again', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-after-applying', nth: 2 });
		// Three lookups are of the preview, and two are Check First. Nobody can be asked after the send.
		setting.sandbox.fault({ operation: 'queryPayoutBatch', kind: 'bad-gateway', nth: 6, times: 99 });
		const execution = await approved();
		expect([execution.status, failureOf(execution)]).toEqual([
			'error',
			expect.stringContaining('payroll_2026_11_boris'),
		]);
		setting.sandbox.clearFaults();
		expect((await approved()).status).toBe('success');
		expect(gatePay().books.appliedPerReference()).toEqual({
			payroll_2026_11_anna: 1,
			payroll_2026_11_boris: 1,
			payroll_2026_11_chen: 1,
		});
	});

	it('ends red when Gate Pay took one and ended it without paying it', async () => {
		// The sandbox's chain refuses every payout to this address.
		const burnt = { chain: 'BSC', address: '0x000000000000000000000000000000000000dead' };
		const file = await workflowFile('payout-with-approval');
		const list = JSON.parse(
			String(file.nodes.find(({ name }) => name === 'Whom to Pay')?.parameters.jsonOutput),
		);
		list.payouts[1] = { ...list.payouts[1], ...burnt };
		const jsonOutput = JSON.stringify(list);
		const id = await setting.n8n.importWorkflow(withParameters(file, 'Whom to Pay', { jsonOutput }), setting);
		const approvedOnce = async () => await answer(setting, await askForApproval(setting, id), 'Approve');
		expect((await approvedOnce()).status).toBe('success');
		await poll(
			() => gatePay().state.payoutBatches.find(({ status }) => status === 'FAIL'),
			'the end of the payout',
		);
		const execution = await approvedOnce();
		expect(execution.status).toBe('error');
		expect(failureOf(execution)).toContain(
			'1 of 3 payouts are not paid: payroll_2026_11_boris (failed). Gate Pay took them and ended them so.',
		);
		expect(sent('createPayoutBatch')).toHaveLength(3);
	});

	it('is not made before the approver answers', async () => {
		const { execution } = await askForApproval(setting, flows.payout);
		expect(execution.status).toBe('waiting');
		expect(sent('createPayoutBatch')).toEqual([]);
		expect(gatePay().books.entries).toEqual([]);
	});

	it('shows the approver what comes from outside as plain text', async () => {
		const file = await workflowFile('payout-with-approval');
		const list = String(file.nodes.find(({ name }) => name === 'Whom to Pay')?.parameters.jsonOutput);
		const forged = '<img src=x onerror=alert(1)>&lt;script&gt;\\\\nchen: 1 USDT</td></tr></table>';
		const jsonOutput = list.replace('"chain": "TRX"', `"chain": "${forged}"`);
		expect(jsonOutput).not.toBe(list);
		const id = await setting.n8n.importWorkflow(withParameters(file, 'Whom to Pay', { jsonOutput }), setting);
		const { request } = await askForApproval(setting, id);
		expect(request.html).toContain('?img src?x onerror?alert(1)?');
		expect(request.html).not.toMatch(/<img|<script|\nchen:/);
		expect(request.html.match(/<table border/g)).toHaveLength(1);
		expect(request.html.match(/<\/table>/g)?.length).toBe(request.html.match(/<table/g)?.length);
	});

	it.each([
		['an amount', "amount: index === 1 ? '7500' : payout.json.amount"],
		['an address', `address: index === 2 ? '${addressOf('TRX', 'another')}' : payout.json.address`],
		['a reference', "batchId: index === 0 ? 'payroll_2026_12_anna' : payout.json.batchId"],
	])('is not made when %s in the list changes after the approval', async (_what, change) => {
		const file = await workflowFile('payout-with-approval');
		const node = 'The List and Its Approval';
		const before = String(file.nodes.find(({ name }) => name === node)?.parameters.jsonOutput);
		const jsonOutput = before.replace('...payout.json,', `...payout.json, ${change},`);
		expect(jsonOutput).not.toBe(before);
		const id = await setting.n8n.importWorkflow(withParameters(file, node, { jsonOutput }), setting);

		const execution = await answer(setting, await askForApproval(setting, id), 'Approve');
		expect(execution.status).toBe('error');
		expect(failureOf(execution)).toContain('The request differs from the one that was approved');
		expect(failureOf(execution)).toContain('Nothing was sent');
		expect(sent('createPayoutBatch')).toEqual([]);
	});
});

describe('a single flow', () => {
	it('needs no other workflow: Gate Pay can call its own trigger', async () => {
		const path = webhookPath(await workflowFile('otc-buy'));
		await setting.sandbox.reset();
		gatePay().setCallbackUrl(setting.n8n.webhookUrl(path));
		const { orderId } = await runOtcBuy(setting, flows.otcBuy);
		const events = await eventsOf(setting, flows.otcBuy);
		expect(events.at(-1)).toMatchObject({ event: 'otc', id: orderId, status: 'succeeded', final: true });
	});

	it('says so when an order is not settled in time', async () => {
		const file = await workflowFile('otc-buy');
		const wait = { orderId: '={{ $json.id }}', maximumWait: 0, maximumWaitUnit: 'seconds' };
		const [ask, look] = ['Accept the Quote', 'Wait Until It Is Settled'];
		// Nobody remits the fiat. The flow goes on as if there were a receipt, and the order stays open.
		const connections: IConnections = { ...file.connections };
		connections[ask] = { main: [[{ node: look, type: 'main', index: 0 }]] };
		const hurried = withParameters({ ...file, connections }, look, wait);
		const execution = await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(hurried, setting));
		const [order] = itemsOf(execution, ask);
		expect(itemsOf(execution, look)).toMatchObject([{ id: order?.id, timedOut: true, final: false }]);
		await setting.mail.waitForMail(({ subject }) => subject === `OTC order ${order?.id} is not settled yet`);
	});

	it('cannot share its webhook address with a copy of itself', async () => {
		await expect(importAndPublish(setting, await workflowFile('otc-buy'))).rejects.toThrow(
			/conflict|already taken/,
		);
	});
});

leavesNoSecret(() => setting);
