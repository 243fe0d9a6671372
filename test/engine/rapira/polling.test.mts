import { PollContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { RapiraPollingTrigger } from '../../../nodes/Rapira/RapiraPollingTrigger.node.ts';
import { newExecution } from '../harness/additionalData.mts';
import { accessOf, buildWorkflow } from '../harness/workflows.mts';
import { openRapira, payouts, payoutPerItem, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeEach(async () => (setting = await openRapira()));
afterEach(async () => await setting.close());

/** Publishes the trigger in n8n's own context for polls, with the sandbox as provider. */
function publish(parameters: IDataObject) {
	const steps = {
		Trigger: {
			node: new RapiraPollingTrigger(),
			parameters: { days: 7, ...parameters } as never,
			credentials: setting.credentials(),
			credentialTypes: setting.credentialTypes,
		},
	};
	const workflow = buildWorkflow(steps, []);
	const node = workflow.getNode('Trigger');
	if (!node) throw new TypeError('No trigger');
	const emitted: IDataObject[] = [];
	const failures: string[] = [];
	const context = new PollContext(
		workflow,
		node,
		newExecution(workflow, 'trigger', accessOf(steps)),
		'trigger',
		'activate',
		() => undefined,
		({ message }: Error) => void failures.push(message),
	);
	const poll = async () => {
		const found = await steps.Trigger.node.poll.call(context);
		emitted.push(...(found ?? []).flat().map(({ json }) => json));
	};
	return { emitted, failures, poll, workflow };
}

const logins = () => setting.provider.requests.filter(({ operation }) => operation === 'generateJwt').length;

it("signs in from n8n's poll context, and sees a payout come and go", async () => {
	const trigger = publish({ watch: 'payouts' });
	await trigger.poll();
	expect([trigger.emitted, trigger.failures]).toEqual([[], []]);
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

// n8n marks static data; a durable cursor is a plain object. The memory's place hangs on it.
it("keeps its memory by the node's ID in the workflow's static data, and n8n sees that it has changed", async () => {
	const { workflow, poll } = publish({ watch: 'payouts' });
	await poll();
	const data = workflow.staticData as Record<string, Record<string, Record<string, object>>>;
	const id = String(workflow.getNode('Trigger')?.id);
	expect(data.global?.['n8n-nodes-otc-payouts']?.[id]).toHaveProperty('payouts');
	expect([data['node:Trigger'], workflow.staticData.__dataChanged]).toEqual([{}, true]);
});

it('signs in once more when the token was revoked, and says when the region is blocked', async () => {
	const trigger = publish({ watch: 'deposits' });
	await trigger.poll();
	const before = logins();
	setting.provider.act('revokeTokens', 'account');
	await trigger.poll();
	expect([logins(), trigger.failures]).toEqual([before + 1, []]);
	setting.provider.act('blockRegion', 'account');
	await trigger.poll();
	expect(trigger.failures).toEqual([expect.stringContaining('blocked (HTTP 451)')]);
});
