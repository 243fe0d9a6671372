import type { INodeType, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { callBack, isAsleep, nodeOf, runWorkflow, wakeUp, type WorkflowRun } from '../harness/index.mts';

type Answer = (webhook: IWebhookFunctions) => IWebhookResponseData;

const passing: Answer = (webhook) => ({
	webhookResponse: 'thanks',
	workflowData: [[{ json: { called: webhook.getBodyData() } }]],
});

/** A node that replaces its input by a record, remembers a word and sleeps. Its webhook() gives this answer. */
function sleeper(answer: Answer = passing): INodeType {
	const node = nodeOf(
		'sleeper',
		async function () {
			const record = { json: { made: true, round: Number(this.evaluateExpression('{{ $runIndex }}', 0)) } };
			this.getContext('node').word = { said: 'before' };
			this.getExecuteData().data.main = [[record]];
			await this.putExecutionToWait(new Date(Date.now() + 60_000));
			return [[record]];
		},
		{
			webhooks: [
				{
					name: 'default',
					httpMethod: 'POST',
					responseMode: 'onReceived',
					responseData: '={{""}}',
					path: 'cb',
					restartWebhook: true,
				},
			],
		},
	);
	return {
		...node,
		webhook(this: IWebhookFunctions) {
			return Promise.resolve(answer(this));
		},
	};
}

const after = nodeOf('after', async function () {
	return [this.getInputData()];
});

/** A node name with characters that could break an expression. */
const NAME = 'Pay "all" }} now';

function flow(answer?: Answer, times = 1): WorkflowRun {
	const steps = { [NAME]: { node: sleeper(answer), parameters: {} }, After: { node: after, parameters: {} } };
	return { steps, times, items: [{ order: 'A' }] };
}

const sent = { rawBody: Buffer.from('{"paid":"1.10"}'), headers: { 'content-type': 'application/json' } };

describe('an execution that a node put to wait', () => {
	it('is saved with the items that the node left in its stack entry, and nothing behind it has run', async () => {
		const asleep = await runWorkflow(flow());
		expect(isAsleep(asleep)).toBe(true);
		const [entry] = asleep.executionData.executionData?.nodeExecutionStack ?? [];
		expect(entry?.data.main[0]?.map(({ json }) => json)).toEqual([{ made: true, round: 0 }]);
		expect(asleep.runs.After).toBeUndefined();
		expect(asleep.runs.Start?.[0]?.items[0]?.json).toEqual({ order: 'A' });
	});

	it('gives those items out at the time limit, without running the node again', async () => {
		const run = flow();
		const woken = await wakeUp(await runWorkflow(run), run);
		expect(isAsleep(woken)).toBe(false);
		expect(woken.runs[NAME]?.map(({ items }) => items[0]?.json)).toEqual([{ made: true, round: 0 }]);
		expect(woken.runs.After?.map(({ items }) => items[0]?.json)).toEqual([{ made: true, round: 0 }]);
	});

	it('gives out what webhook() returned, and answers as it says', async () => {
		const run = flow();
		const { status, body, resumed } = await callBack(await runWorkflow(run), run, sent);
		expect([status, body]).toEqual([200, 'thanks']);
		expect(resumed?.runs[NAME]?.map(({ items }) => items[0]?.json)).toEqual([{ called: { paid: '1.10' } }]);
		expect(resumed?.runs.After?.[0]?.items).toEqual([
			{ json: { called: { paid: '1.10' } }, pairedItem: { item: 0 } },
		]);
	});

	it('goes on sleeping when webhook() answers by itself and returns no items', async () => {
		const refusing: Answer = (webhook) => {
			webhook.getResponseObject().status(401).json({ message: 'no' }).end();
			return { noWebhookResponse: true };
		};
		const run = flow(refusing);
		const asleep = await runWorkflow(run);
		const { status, body, resumed } = await callBack(asleep, run, sent);
		expect([status, body, resumed]).toEqual([401, { message: 'no' }, undefined]);
		expect((await wakeUp(asleep, run)).runs.After?.[0]?.items[0]?.json).toEqual({ made: true, round: 0 });
	});

	it("shows webhook() the left items as $json, and by name the node's context and its earlier runs", async () => {
		const seen: unknown[] = [];
		const name = JSON.stringify(NAME).replace(/[{}]/g, (brace) => `\\u00${brace.charCodeAt(0).toString(16)}`);
		const looking: Answer = (webhook) => {
			seen.push(
				webhook.evaluateExpression('{{ JSON.stringify($json) }}'),
				webhook.evaluateExpression(`{{ JSON.stringify($node[${name}].context["word"]) }}`),
			);
			return passing(webhook);
		};
		const run = flow(looking, 2);
		const { resumed } = await callBack(await runWorkflow(run), run, sent);
		expect(seen).toEqual(['{"made":true,"round":0}', '{"said":"before"}']);
		if (!resumed) throw new Error('It does not go on');
		// The second round of the loop sleeps again: n8n disabled the node for one run only.
		expect(isAsleep(resumed)).toBe(true);
		const last = await callBack(resumed, run, sent);
		expect(seen[2]).toBe('{"made":true,"round":1}');
		expect(last.resumed?.runs[NAME]).toHaveLength(2);
		expect(isAsleep(last.resumed ?? resumed)).toBe(false);
	});
});

describe('the URL that wakes an execution', () => {
	it('is the same for all nodes and runs of it, names it, and carries a secret of 64 characters', async () => {
		const urls: string[] = [];
		const telling = nodeOf('telling', async function () {
			urls.push(String(this.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
			return [this.getInputData()];
		});
		const step = { node: telling, parameters: {} };
		const { executionId } = await runWorkflow({ steps: { One: step, Two: step }, times: 2 });
		expect(new Set(urls).size).toBe(1);
		expect(urls[0]).toMatch(
			new RegExp(`^http://127\\.0\\.0\\.1:5678/webhook-waiting/${executionId}\\?signature=[0-9a-f]{64}$`),
		);
	});
});
