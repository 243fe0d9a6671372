import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import type { Delivery } from '../../sandbox/deliveries.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { importAndPublish } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { isFinished, itemsOf, type Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { finished, talkative } from './desk.mts';
import { rapiraPayout, subjects, type Subject } from './subjects.mts';

const ONCE = 'Let Each Event Through Once';

let setting: Setting;
beforeAll(async () => {
	setting = await startSetting({ pace: 100, autopilot: false, env: talkative });
});
afterAll(async () => await setting?.close());

function ours(name: string, type: string, parameters: INodeParameters, provider: string): INode {
	const credentials = { [`${provider}Api`]: { id: '', name: '' } };
	return { ...node(name, `n8n-nodes-otc-payouts.${type}`, 1, parameters), credentials };
}

/** Both triggers, the webhook and the polling one, before one Remove Duplicates on the eventId. */
function bothTriggers({ name, watch }: Subject, webhookId: string): WorkflowFile {
	const statuses = ['succeeded'];
	const nodes: INode[] = [
		{ ...ours('Told', `${name}Trigger`, { statuses }, name), webhookId },
		ours('Found', `${name}PollingTrigger`, { ...watch, statuses }, name),
		{
			...node(ONCE, 'n8n-nodes-base.removeDuplicates', 2, {
				operation: 'removeItemsSeenInPreviousExecutions',
				dedupeValue: '={{ $json.eventId }}',
				options: {},
			}),
			retryOnFail: true,
			maxTries: 5,
			waitBetweenTries: 200,
		},
	];
	const into = { main: [[{ node: ONCE, type: 'main' as const, index: 0 }]] };
	const connections: IConnections = { Told: into, Found: into };
	return { name: `Events of ${name}`, nodes, connections, settings: { executionOrder: 'v1' } };
}

const of = (sandbox: Sandbox, { name }: Subject) => sandbox[name];

describe.each(subjects)('$name in a real n8n', (subject) => {
	const webhookId = `b0000000-0000-4000-8000-00000000000${subjects.indexOf(subject)}`;
	let workflowId: string;
	let told: Delivery;

	beforeAll(async () => {
		const { n8n, sandbox } = setting;
		workflowId = await importAndPublish(setting, bothTriggers(subject, webhookId));
		of(sandbox, subject).setCallbackUrl(n8n.webhookUrl(`${webhookId}/webhook`));
		const create = ours('Create', subject.name, subject.create, subject.name);
		const id = await n8n.importWorkflow(inARow('Create', [start, create]), setting);
		const [created] = itemsOf(await n8n.runWorkflow(id), 'Create');
		for (const act of subject.acts) of(sandbox, subject).act(act, String(created?.[subject.actBy]));
		told = await poll(() => of(sandbox, subject).deliveries.at(-1), 'a notification');
	});
	afterAll(async () => await setting.n8n.deactivate(workflowId));

	const executions = () => setting.n8n.executions({ workflowId });
	const idsIn = (all: Execution[], name: string) =>
		all.flatMap((each) => itemsOf(each, name)).map(({ eventId }) => String(eventId));

	/** Waits for so many executions after this one that notifications started, and until all have ended. */
	const toldSince = (last: number, count: number) =>
		poll(async () => {
			const since = (await executions()).filter(({ id, mode }) => mode === 'webhook' && Number(id) > last);
			return since.length >= count && since.every(isFinished) ? since : undefined;
		}, `${count} executions of notifications`);

	it("the provider's own notification is answered to the letter; the poll finds the same event", async () => {
		await poll(() => (told.state === 'waiting' ? undefined : told.state), 'the answer');
		expect(told.attempts).toEqual([
			expect.objectContaining({ status: 200, responseBody: subject.acknowledgement, acknowledged: true }),
		]);
		const all = await poll(async () => {
			const ended = (await executions()).filter(isFinished);
			const [found, isTold] = [idsIn(ended, 'Found'), new Set(idsIn(ended, 'Told'))];
			// One act may cause several notifications: about the order, and about its payment.
			return found.length > 0 && found.every((id) => isTold.has(id)) ? ended : undefined;
		}, 'both triggers');
		expect(idsIn(all, 'Told')).toEqual(expect.arrayContaining(idsIn(all, 'Found')));
		expect(all.flatMap((each) => itemsOf(each, ONCE)).map(({ status }) => status)).toContain('succeeded');
	});

	it.each(subject.forgeries)('a forged one (%s) gets 401 and no execution', async (forgery) => {
		// OkiPays notifies of its next state when it has the answer to this one. The poll starts executions too.
		const isQuiet = () => of(setting.sandbox, subject).deliveries.every(({ state }) => state !== 'waiting');
		await poll(() => (isQuiet() ? true : undefined), 'all answers');
		const delivered = async () => (await executions()).filter(({ mode }) => mode === 'webhook').length;
		const before = await delivered();
		const { attempts } = await of(setting.sandbox, subject).forge(told.id, forgery);
		expect(attempts.map(({ status }) => status)).toEqual([401]);
		expect(await delivered()).toBe(before);
	});

	it('50 equal ones at once are all answered, and none is acted on again', async () => {
		const tell = () => of(setting.sandbox, subject).resend(told.id);
		const newest = Math.max(...(await executions()).map(({ id }) => Number(id)));
		// n8n's Remove Duplicates can forget one of two events in the same moment. After a repetition it knows this one.
		await tell();
		const [known] = await toldSince(newest, 1);
		const attempted = told.attempts.length;
		await Promise.all(Array.from({ length: 50 }, tell));
		// The provider repeats what was answered too late, until it is acknowledged.
		await poll(
			async () => ((await tell()).attempts.at(-1)?.status === 200 ? true : undefined),
			'the last one',
		);
		const answers = told.attempts.slice(attempted);
		// n8n prepares an isolate for each delivery before it asks the node. On a busy machine some answers are 503, n8n's
		// own or the node's, and some do not come while the provider waits. Those may be executed later.
		const inTime = answers.filter(({ status }) => status !== undefined && status !== 503);
		expect(answers.length).toBeGreaterThan(50);
		const answer = { status: 200, responseBody: subject.acknowledgement };
		expect(inTime).toEqual(inTime.map(() => expect.objectContaining(answer)));
		const all = await toldSince(Number(known?.id), inTime.length);
		expect(all.length).toBeLessThanOrEqual(answers.length);
		expect(new Set(idsIn(all, 'Told')).size).toBe(1);
		expect(idsIn(all, ONCE)).toEqual([]);
	});
});

describe("Rapira's polling trigger in a real n8n", () => {
	it('executes each state of a payout once, however often it is seen', async () => {
		const { rapira } = setting.sandbox;
		const watch = { watch: 'payouts', statuses: [] };
		const trigger = ours('Payout', 'rapiraPollingTrigger', watch, 'rapira');
		const workflowId = await importAndPublish(setting, inARow('Payouts', [trigger]));
		const polls = () =>
			rapira.requests.filter(({ operation }) => operation === 'getCryptoWithdrawalHistory').length;
		const nextPoll = async () => {
			const before = polls();
			await poll(() => (polls() > before ? true : undefined), 'one more poll');
		};
		await nextPoll();
		const pay = ours('Pay', 'rapira', rapiraPayout, 'rapira');
		await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(inARow('Pay', [start, pay]), setting));
		await finished(setting, workflowId, 1);
		rapira.act('completePayout', String(rapira.state.withdrawals[0]?.id));
		await finished(setting, workflowId, 2);
		await nextPoll();
		const all = await finished(setting, workflowId, 2);
		expect(all.flatMap((each) => itemsOf(each, 'Payout')).map(({ status }) => status)).toEqual([
			'succeeded',
			'created',
		]);
		await setting.n8n.deactivate(workflowId);
	});
});

leavesNoSecret(() => setting);
