import type { WorkflowFile } from '../../host/workflows.mts';
import { allCredentials } from '../../scripts/demo/credentials.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { itemsOf, type Execution } from '../../host/executions.mts';
import type { NewCredential } from '../../host/credentials.mts';
import { openLink } from '../../host/approval.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { AGENT, agentWithTools } from './agentFlow.mts';
import { payments, payOutByReference, payOutWithoutReference, reads, type Subject } from './agentTools.mts';
import { startScriptedModel, type ScriptedModel, type ToolCall } from './scriptedModel.mts';

const ANSWER = 'That is all.';

let setting: Setting;
let model: ScriptedModel;
beforeAll(async () => {
	model = await startScriptedModel();
	setting = await startSetting({ pace: 100, autopilot: false });
	const account = { name: 'Model account', type: 'openAiApi', data: model.credential };
	const id = await setting.n8n.createCredential(account);
	setting.credentials[account.type] = { id, name: account.name };
	for (const known of allCredentials(setting.sandbox, setting.mail)) await lendToAgents(known);
}, 300_000);
afterEach(async () => await setting.sandbox.reset());
afterAll(async () => {
	await setting?.close();
	await model?.close();
});

/** The owner of a provider's credential lets agents pay with it. Without that, no agent can. */
async function lendToAgents({ name, type, data }: NewCredential): Promise<void> {
	if (!('baseUrl' in data)) return;
	const owned = { name: `${name} for agents`, type, data: { ...data, aiAgents: 'within' } };
	setting.credentials[type] = { id: await setting.n8n.createCredential(owned), name: owned.name };
}

const asCall = ({ tool: { name }, input }: Subject): ToolCall => ({ tool: name.replace(/ /g, '_'), input });

async function run(file: WorkflowFile): Promise<Execution> {
	return await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(file, setting));
}

/** Expects that the agent has ended and the model has played all its turns. */
function expectEnd(execution: Execution): void {
	expect(execution.data.resultData.error).toBeUndefined();
	expect(itemsOf(execution, AGENT)).toEqual([{ output: ANSWER }]);
	expect(model.left).toBe(0);
}

const books = () => Object.values(setting.sandbox.providers).flatMap((provider) => provider.books.entries);

describe('an AI agent in a real n8n', () => {
	it('reads from every provider, with the values that the model chooses', async () => {
		model.play({ calls: reads.map(asCall) }, { answer: ANSWER });
		expectEnd(await run(agentWithTools(reads.map(({ tool }) => tool))));
		expect(model.heard()).toEqual(reads.map(({ finds }) => expect.stringContaining(finds)));
		const offered = model.offered().map(({ description }) => description);
		expect(offered.sort()).toEqual(reads.map(({ description }) => description).sort());
	});

	it('moves no money where it is not allowed, and is told who can allow it', async () => {
		model.play({ calls: payments.map(asCall) }, { answer: ANSWER });
		expectEnd(await run(agentWithTools(payments.map(({ tool }) => tool))));
		const told = [
			{
				error: expect.stringMatching(
					/^An AI agent asked to move money, and this node does not allow it\. Nothing was sent\..* A person has to turn on Allow Use by AI Agents among the options of the node, without an expression, if that is wanted\.$/,
				),
			},
		];
		expect(model.heard().map((text) => JSON.parse(text))).toEqual(payments.map(() => told));
		expect(books()).toEqual([]);
		const requests = Object.values(setting.sandbox.providers).flatMap((provider) => provider.requests);
		expect(
			requests.filter(({ method, operation }) => method !== 'GET' && operation !== 'generateJwt'),
		).toEqual([]);
	});

	describe.each([
		['known by a reference', payOutByReference],
		['without any reference', payOutWithoutReference],
	])('with a payment %s', (_what, subjectWith) => {
		const subject = subjectWith({ allowAgents: true });

		it.each([3, 2.2])(
			'pays once, however often the model repeats its call (AI Agent %p)',
			async (version) => {
				const call = asCall(subject);
				model.play({ calls: [call, call] }, { calls: [call] }, { answer: ANSWER });
				expectEnd(await run(agentWithTools([subject.tool], { version })));
				expect(books()).toMatchObject([{ amount: '10.5', currency: 'USDT' }]);
				const answers = model.heard().map((text) => JSON.parse(text)[0]);
				expect(answers).toEqual(
					[1, 2, 3].map(() => expect.objectContaining({ outcome: 'applied', amount: '10.5' })),
				);
				const [first, second, later] = answers.map(({ replayed }) => replayed ?? false);
				// When two calls come at once, either of them may pay.
				expect([first, second].sort()).toEqual([false, true]);
				expect(later).toBe(true);
			},
		);

		it('does not let the model think that an unknown payment may be tried again', async () => {
			const [provider, operation] = subject.tool.type.endsWith('gatePayTool')
				? (['gatePay', 'createPayoutBatch'] as const)
				: (['rapira', 'createCryptoWithdrawal'] as const);
			setting.sandbox.fault({ provider, operation, kind: 'reset-after-applying' });
			const call = asCall(subject);
			model.play({ calls: [call] }, { calls: [call] }, { answer: ANSWER });
			expectEnd(await run(agentWithTools([subject.tool])));
			expect(books()).toHaveLength(1);
			for (const text of model.heard()) expect(text).toMatch(/"outcome":"applied"|[Dd]o not send it again/);
		});
	});

	describe("with n8n's human review between it and the payment", () => {
		const { tool, input } = payOutByReference({ allowAgents: true });
		const call = { tool: 'Pay_Out', input: { toolParameters: input, hitlParameters: {} } };

		async function askAPerson(): Promise<{ execution: Execution; links: Record<string, string> }> {
			setting.mail.mails.length = 0;
			model.play({ calls: [call] }, { answer: ANSWER });
			const execution = await run(agentWithTools([tool], { review: true }));
			expect(execution.status).toBe('waiting');
			expect(books()).toEqual([]);
			const { links, html } = await setting.mail.waitForMail(() => true);
			expect(html).toContain(`The agent wants to run Pay_Out with ${JSON.stringify(input)}`);
			return { execution, links };
		}

		it('pays once when the person approves', async () => {
			const { execution, links } = await askAPerson();
			await openLink(links['Approve'] ?? '');
			expectEnd(await setting.n8n.waitForExecution(execution.id));
			expect(books()).toMatchObject([{ reference: 'agent_1_1', amount: '10.5' }]);
			expect(model.heard()).toEqual([expect.stringContaining('"outcome":"applied"')]);
		});

		it('pays nothing when the person declines, and tells the model so', async () => {
			const { execution, links } = await askAPerson();
			await openLink(links['Decline'] ?? '');
			expectEnd(await setting.n8n.waitForExecution(execution.id));
			expect(books()).toEqual([]);
			expect(setting.sandbox.gatePay.requests).toEqual([]);
			expect(model.heard()).toEqual([expect.stringContaining('User rejected the tool call to Pay Out')]);
		});
	});
});

leavesNoSecret(() => setting);
