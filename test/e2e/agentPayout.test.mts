import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { openLink } from '../../host/approval.mts';
import type { Execution } from '../../host/executions.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { expectSuccess, mailAbout } from './openFlow.mts';
import { startScriptedModel, type ScriptedModel, type ToolCall } from './scriptedModel.mts';
import { withParameters } from './smallFlows.mts';

const ADDRESS = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';
const OTHER = 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE';
const ANSWER = 'That is what became of it.';

let setting: Setting;
let model: ScriptedModel;
/** The credential of each node that pays, by the name that the flow gives it. */
const accounts = new Map<string, { id: string; name: string }>();

beforeAll(async () => {
	model = await startScriptedModel();
	setting = await startSetting({ pace: 100, autopilot: false });
	await own('OpenAI account', 'openAiApi', model.credential);
	const { data } = sandboxCredential(setting.sandbox, 'gatePayApi');
	const agents = { aiAgents: 'within', mostPerPayment: 'USDT 100', allowedRecipients: ADDRESS };
	await own('Gate Pay account for agents', 'gatePayApi', { ...data, ...agents });
	await own('Gate Pay account', 'gatePayApi', { ...data, aiAgents: 'within', mostPerPayment: 'USDT 5000' });
}, 300_000);
beforeEach(async () => {
	await setting.sandbox.reset();
	setting.mail.mails.length = 0;
});
afterAll(async () => {
	await setting?.close();
	await model?.close();
});

/** What the owner of an account sets. Nobody else can change it. */
async function own(name: string, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
	accounts.set(name, { id: await setting.n8n.createCredential({ name, type, data }), name });
}

/** Runs the flow as it is, with the credentials that it names. */
async function run(change: INodeParameters = {}): Promise<Execution> {
	const file = withParameters(await workflowFile('agent-payout'), 'The Invoice', change);
	const nodes = file.nodes.map((node) => {
		const named = Object.entries(node.credentials ?? {}).map(([type, { name }]) => [
			type,
			accounts.get(name),
		]);
		const found = named.filter(([, account]) => account);
		return { ...node, credentials: { ...node.credentials, ...Object.fromEntries(found) } };
	});
	const credentials = Object.fromEntries(
		Object.entries(setting.credentials).filter(([type]) => type === 'smtp'),
	);
	return await setting.n8n.runWorkflow(await setting.n8n.importWorkflow({ ...file, nodes }, { credentials }));
}

const pays = (Amount: string, Address = ADDRESS): ToolCall => ({
	tool: 'Pay_Within_the_Limits',
	input: { Amount, Address },
});
const asks = (Amount: string, Address = ADDRESS): ToolCall => ({
	tool: 'Pay_With_Approval',
	input: { toolParameters: { Amount, Address }, hitlParameters: {} },
});
const paid = () => setting.sandbox.gatePay.books.entries;

/** Plays what the agent does when its limits keep a payment back: it asks a person. */
async function aboveTheLimits(...calls: [ToolCall, ToolCall]) {
	const [first, second] = calls;
	model.play({ calls: [first] }, { calls: [second] }, { answer: ANSWER });
	const execution = await run();
	expect(execution.status).toBe('waiting');
	expect(paid()).toEqual([]);
	return { execution, mail: await mailAbout(setting, /^May the agent pay/) };
}

describe('an agent that pays within limits', () => {
	it('pays alone what the limits allow, and nobody is asked', async () => {
		model.play({ calls: [pays('40.5')] }, { answer: ANSWER });
		expectSuccess(await run());
		expect(model.left).toBe(0);
		expect(paid()).toMatchObject([{ amount: '40.5', currency: 'USDT' }]);
		const told = await mailAbout(setting, /^Invoice invoice_1042: what the agent did$/);
		expect(told.html).toContain(ANSWER);
		expect(setting.mail.mails).toHaveLength(1);
	});

	it('asks a person above them, who sees what will be paid', async () => {
		const { execution, mail } = await aboveTheLimits(pays('400'), asks('400'));
		expect(model.heard().join()).toContain('400 USDT is above Most per Payment of the credential');
		expect(mail.html).toContain(`<td>400 USDT</td><td>${ADDRESS}</td>`);
		await openLink(mail.links['Approve'] ?? '');
		expectSuccess(await setting.n8n.waitForExecution(execution.id));
		expect(paid()).toMatchObject([{ amount: '400', currency: 'USDT' }]);
	});

	it('pays nothing above them when the person declines', async () => {
		const { execution, mail } = await aboveTheLimits(pays('40.5', OTHER), asks('40.5', OTHER));
		expect(model.heard().join()).toContain('not among Allowed Recipients');
		await openLink(mail.links['Decline'] ?? '');
		expectSuccess(await setting.n8n.waitForExecution(execution.id));
		expect(paid()).toEqual([]);
	});

	it('pays an invoice once, even if the model pays it again with other words', async () => {
		model.play(
			{ calls: [pays('40.5')] },
			{ calls: [pays('99')] },
			{ calls: [pays('40.5')] },
			{ answer: ANSWER },
		);
		expectSuccess(await run());
		expect(model.left).toBe(0);
		expect(paid()).toMatchObject([{ amount: '40.5' }]);
		expect(paid()).toHaveLength(1);
	});

	it('cannot be talked into more, not even by a person who approves', async () => {
		const { execution, mail } = await aboveTheLimits(pays('999999'), asks('999999'));
		await openLink(mail.links['Approve'] ?? '');
		expectSuccess(await setting.n8n.waitForExecution(execution.id));
		expect(model.heard().at(-1)).toContain('above Most per Payment of the credential');
		expect(paid()).toEqual([]);
	});

	it('shows the person what the model and the invoice say as plain text', async () => {
		const forged = '<img src=x>&lt;script&gt;</td></tr></table>\\nApproved';
		model.play({ calls: [asks(`1${forged}`, forged)] }, { answer: ANSWER });
		const jsonOutput = JSON.stringify({ id: 'invoice_1043', text: forged });
		expect((await run({ jsonOutput })).status).toBe('waiting');
		const { html } = await mailAbout(setting, /^May the agent pay/);
		expect(html).not.toMatch(/<img|<script|\nApproved/);
		expect(html.match(/<table border/g)).toHaveLength(1);
	});
});

leavesNoSecret(() => setting);
