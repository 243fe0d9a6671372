import { TriggerContext } from 'n8n-core';
import type { CronExpression, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { RapiraPollingTrigger } from '../../../nodes/Rapira/RapiraPollingTrigger.node.ts';
import { newExecution } from '../harness/additionalData.mts';
import { accessOf, buildWorkflow } from '../harness/workflows.mts';
import { openRapira, payouts, payoutPerItem, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeEach(async () => (setting = await openRapira()));
afterEach(async () => await setting.close());

/** The trigger in n8n's own context for triggers, at the sandbox. */
async function activate(parameters: IDataObject) {
	const steps = {
		Trigger: {
			node: new RapiraPollingTrigger(),
			parameters: { every: 1, unit: 'minutes', days: 7, ...parameters } as never,
			credentials: setting.credentials(),
			credentialTypes: setting.credentialTypes,
		},
	};
	const workflow = buildWorkflow(steps, []);
	const node = workflow.getNode('Trigger');
	if (!node) throw new TypeError('No trigger');
	const emitted: IDataObject[] = [];
	const failures: string[] = [];
	const crons: CronExpression[] = [];
	let onTick: () => void = () => undefined;
	const context = new TriggerContext(
		workflow,
		node,
		newExecution(workflow, 'trigger', accessOf(steps)),
		'trigger',
		'activate',
		(data: INodeExecutionData[][], _response: unknown, done?: { resolve(run: never): void }) => {
			emitted.push(...data.flat().map(({ json }) => json));
			done?.resolve({} as never);
		},
		() => undefined,
		({ message }: Error) => void failures.push(message),
		{
			registerCron: (cron: { expression: CronExpression }, tick: () => void) => {
				crons.push(cron.expression);
				onTick = tick;
			},
		} as never,
	);
	await steps.Trigger.node.trigger.call(context);
	const poll = async () => {
		const before = setting.provider.requests.length;
		onTick();
		while (setting.provider.requests.length === before) await new Promise((go) => setTimeout(go, 10));
		await new Promise((go) => setTimeout(go, 100));
	};
	return { emitted, failures, crons, poll };
}

const logins = () => setting.provider.requests.filter(({ operation }) => operation === 'generateJwt').length;

it("signs in from n8n's trigger context, and sees a payout come and go", async () => {
	const trigger = await activate({ watch: 'payouts' });
	expect([trigger.crons, trigger.emitted, trigger.failures]).toEqual([['0 */1 * * * *'], [], []]);
	await setting.run(payoutPerItem(), { items: payouts('TA1') });
	const [withdrawal] = setting.provider.state.withdrawals;
	await trigger.poll();
	setting.provider.act('completePayout', String(withdrawal?.id));
	await trigger.poll();
	await trigger.poll();
	expect(trigger.emitted.map(({ id, status }) => [id, status])).toEqual([
		[String(withdrawal?.id), 'created'],
		[String(withdrawal?.id), 'succeeded'],
	]);
	expect(trigger.failures).toEqual([]);
});

it('signs in once more when the token was revoked, and says when the region is blocked', async () => {
	const trigger = await activate({ watch: 'deposits' });
	const before = logins();
	setting.provider.act('revokeTokens', 'account');
	await trigger.poll();
	expect([logins(), trigger.failures]).toEqual([before + 1, []]);
	setting.provider.act('blockRegion', 'account');
	await trigger.poll();
	expect(trigger.failures).toEqual([expect.stringContaining('blocked (HTTP 451)')]);
});
