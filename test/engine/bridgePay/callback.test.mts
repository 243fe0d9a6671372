import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	callBack,
	isAsleep,
	retryWorkflow,
	runWorkflow,
	wakeUp,
	type Run,
	type Saved,
	type WorkflowResult,
	type WorkflowRun,
} from '../harness/index.mts';
import { sentIn } from '../approval.mts';
import { openBridgePay, orders, payIn, payOut, type BridgePaySetting } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const NODE = 'Pay-In';

/** Create and Wait with the fields of Create, but without its Notification URL. */
function waiting(create: INodeParameters, more: INodeParameters = {}): INodeParameters {
	const { notificationUrl, ...rest } = create;
	expect(notificationUrl).toBeDefined();
	return { ...rest, operation: `${String(create.operation)}AndWait`, ...more };
}

function flow(
	parameters = waiting(payIn()),
	more: Partial<Run> & { times?: number } = {},
): WorkflowRun & { items: IDataObject[] } {
	const { times = 1, items = orders('o-1'), ...rest } = more;
	const step = setting.full(parameters, rest);
	return { steps: { [NODE]: step }, items: items as IDataObject[], network: step.network, times };
}

const requests = (operation: string) =>
	setting.provider.requests.filter((one) => one.operation === operation);
const created = () => requests('createInvoice').map(({ body }) => JSON.parse(body) as IDataObject);
const invoices = () => setting.provider.state.invoices;
const outputs = ({ runs }: WorkflowResult) => (runs[NODE] ?? []).map(({ items }) => items[0]?.json);

/** When n8n wakes the execution, in Unix milliseconds. The database has it as text. */
const wakesAt = ({ executionData }: Saved) => Date.parse(String(executionData.waitTill));

/** A notification of an invoice with BridgePay's token. The node asks BridgePay about the invoice anyway. */
function delivery(id: string, headers: Record<string, string> = {}, status = 'paid') {
	const body = {
		notificationType: 'invoice',
		notificationDate: '2026-11-20',
		invoice: { id, type: 'in', status },
	};
	return {
		rawBody: Buffer.from(JSON.stringify(body)),
		headers: {
			'content-type': 'application/json',
			'x-notification-token': setting.provider.account.notificationToken,
			...headers,
		},
	};
}

async function asleep(run = flow()) {
	const result = await runWorkflow(run);
	expect(result.error).toBeUndefined();
	expect(isAsleep(result)).toBe(true);
	return { result, id: invoices().at(-1)?.id ?? '' };
}

async function resumed(
	saved: Saved,
	run: WorkflowRun,
	sent: Parameters<typeof callBack>[2],
): Promise<WorkflowResult> {
	const { resumed: result, status } = await callBack(saved, run, sent);
	if (!result) throw new Error(`It sleeps on: ${status}`);
	expect(status).toBe(200);
	return result;
}

describe('Create and Wait', () => {
	it('makes the invoice once, with the URL of its own execution, and sleeps an hour', async () => {
		const before = Date.now();
		const { result } = await asleep();
		expect(created()).toMatchObject([
			{
				internalId: 'o-1',
				type: 'in',
				notificationUrl: expect.stringMatching(
					new RegExp(`/webhook-waiting/${result.executionId}/cb\\?signature=[0-9a-f]{64}$`),
				),
				notificationToken: setting.provider.account.notificationToken,
			},
		]);
		const until = wakesAt(result);
		expect(until - before).toBeGreaterThanOrEqual(3_600_000);
		expect(until - Date.now()).toBeLessThanOrEqual(3_600_000);
	});

	it.each<[string, INodeParameters, number]>([
		['minutes', { maximumWait: 0.5, maximumWaitUnit: 'minutes' }, 30_000],
		['days', { maximumWait: 2, maximumWaitUnit: 'days' }, 172_800_000],
	])('sleeps as long as the user sets it, in %s', async (_unit, fields, milliseconds) => {
		const before = Date.now();
		const { result } = await asleep(flow(waiting(payIn(), fields)));
		const wait = wakesAt(result) - before;
		expect(wait).toBeGreaterThanOrEqual(milliseconds);
		expect(wait).toBeLessThan(milliseconds + 60_000);
	});

	it('goes on with the record as the callback announces it and BridgePay confirms it', async () => {
		const run = flow();
		const { result, id } = await asleep(run);
		setting.provider.act('completeInvoice', id);
		const done = await resumed(result, run, delivery(id));
		expect(outputs(done)).toEqual([
			expect.objectContaining({
				outcome: 'applied',
				reference: 'o-1',
				provider: 'bridgePay',
				kind: 'payIn',
				id,
				status: 'succeeded',
				final: true,
				amount: '1500.50',
				paidAmount: '1500.50',
				eventId: expect.stringMatching(/^bridgePay-/),
				timedOut: false,
			}),
		]);
		expect(Object.keys(outputs(done)[0] ?? {})).not.toEqual(expect.arrayContaining(['raw']));
		expect(created()).toHaveLength(1);
	});

	it('goes on at the time limit with the record as it was made and timedOut', async () => {
		const run = flow();
		const { result, id } = await asleep(run);
		setting.provider.act('completeInvoice', id);
		expect(outputs(await wakeUp(result, run))).toEqual([
			expect.objectContaining({
				outcome: 'applied',
				reference: 'o-1',
				id,
				status: 'pending',
				final: false,
				timedOut: true,
			}),
		]);
		expect(created()).toHaveLength(1);
	});

	it('gives out the answer of BridgePay where Output is Raw', async () => {
		const run = flow(waiting(payOut({ output: 'raw', allowAgents: false })));
		const { result, id } = await asleep(run);
		const data = expect.objectContaining({ id, type: 'out', deals: expect.any(Array) });
		const limit = outputs(await wakeUp(result, run))[0];
		expect(limit).toEqual({ outcome: 'applied', reference: 'o-1', data, timedOut: true });
		setting.provider.act('completeInvoice', id);
		const called = outputs(await resumed(result, run, delivery(id)))[0];
		expect(called).toEqual({ ...limit, eventId: expect.any(String), data, timedOut: false });
		expect(called?.data).toMatchObject({ status: 'paid' });
	});
});

describe('a callback that is not awaited leaves the execution asleep', () => {
	it.each<[string, Record<string, string>]>([
		['with a wrong token', { 'x-notification-token': 'another-token-0001' }],
		['without a token', { 'x-notification-token': '' }],
	])('forged: %s gets 401', async (_name, headers) => {
		const run = flow();
		const { result, id } = await asleep(run);
		setting.provider.act('completeInvoice', id);
		const answer = await callBack(result, run, delivery(id, headers));
		expect([answer.status, answer.threw, answer.resumed]).toEqual([401, undefined, undefined]);
		// The genuine notification still wakes it.
		expect(outputs(await resumed(result, run, delivery(id)))[0]).toMatchObject({ status: 'succeeded' });
	});

	it('that says paid while BridgePay says otherwise: its own word counts', async () => {
		const run = flow();
		const { result, id } = await asleep(run);
		const answer = await callBack(result, run, delivery(id));
		expect([answer.status, answer.resumed]).toEqual([200, undefined]);
	});

	it('of a state that can still change is acknowledged', async () => {
		const run = flow();
		const { result, id } = await asleep(run);
		setting.provider.act('sayPaid', id);
		const answer = await callBack(result, run, delivery(id));
		expect([answer.status, answer.body, answer.resumed]).toEqual([200, {}, undefined]);
	});

	it('of another invoice is acknowledged', async () => {
		const run = flow();
		const other = await asleep(flow(waiting(payIn()), { items: orders('o-0') }));
		const { result } = await asleep(run);
		setting.provider.act('completeInvoice', other.id);
		const answer = await callBack(result, run, delivery(other.id));
		expect([answer.status, answer.resumed]).toEqual([200, undefined]);
	});

	it('that BridgePay cannot confirm now gets 503, so that it comes again', async () => {
		const run = flow();
		const { result, id } = await asleep(run);
		setting.provider.act('completeInvoice', id);
		setting.sandbox.fault({
			provider: 'bridgePay',
			operation: 'getInvoice',
			kind: 'bad-gateway',
			status: 502,
			times: 4,
		} as never);
		const answer = await callBack(result, run, delivery(id));
		expect([answer.status, answer.threw, answer.resumed]).toEqual([503, undefined, undefined]);
		expect(outputs(await resumed(result, run, delivery(id)))[0]).toMatchObject({ status: 'succeeded' });
	});

	it('unless any change is waited for, and it is one', async () => {
		const run = flow(waiting(payIn(), { waitFor: 'change' }));
		const { result, id } = await asleep(run);
		const unchanged = await callBack(result, run, delivery(id));
		expect([unchanged.status, unchanged.resumed]).toEqual([200, undefined]);
		setting.provider.act('cancelInvoice', id);
		expect(outputs(await resumed(result, run, delivery(id)))[0]).toMatchObject({ status: 'cancelled' });
	});
});

it('in a loop wakes each wait by its own invoice, however late the earlier one is announced again', async () => {
	const run = flow(waiting(payIn({}, { internalId: '=o-{{ $runIndex }}', amount: '1500' })), { times: 2 });
	const first = await asleep(run);
	setting.provider.act('completeInvoice', first.id);
	const late = delivery(first.id);
	const second = await resumed(first.result, run, late);
	expect(isAsleep(second)).toBe(true);
	const again = await callBack(second, run, late);
	expect([again.status, again.resumed]).toEqual([200, undefined]);
	const id = invoices().at(-1)?.id ?? '';
	setting.provider.act('expireInvoice', id);
	const end = await resumed(second, run, delivery(id));
	expect(outputs(end).map((json) => [json?.reference, json?.status])).toEqual([
		['o-0', 'succeeded'],
		['o-1', 'expired'],
	]);
	expect(created()).toHaveLength(2);
});

describe('does not sleep', () => {
	const awake = async (run: WorkflowRun) => {
		const result = await runWorkflow(run);
		expect(isAsleep(result)).toBe(false);
		return result;
	};
	const existing = async (act?: 'completeInvoice') => {
		const { items, error } = await setting.run(payIn(), { items: orders('o-1') });
		expect(error).toBeUndefined();
		if (act) setting.provider.act(act, String(items[0]?.json.id));
		setting.provider.requests.length = 0;
	};

	it('on an invoice that is final already', async () => {
		await existing('completeInvoice');
		expect(outputs(await awake(flow()))).toEqual([
			expect.objectContaining({ replayed: true, status: 'succeeded', timedOut: false }),
		]);
		expect(created()).toEqual([]);
	});

	it('on one that became final before anybody could sleep', async () => {
		setting.sandbox.fault({
			provider: 'bridgePay',
			operation: 'createInvoice',
			kind: 'reset-after-applying',
		} as never);
		const run = flow();
		const { network } = run;
		// The lookup after the cut connection finds the invoice open. The last look before the sleep finds it paid.
		let asked = 0;
		run.network = (request) => {
			if (/\/invoices\/[^/]+$/.test(request.url) && !request.url.includes('internal-id') && asked++ === 0)
				setting.provider.act('completeInvoice', invoices().at(-1)?.id ?? '');
			return network?.(request);
		};
		expect(outputs(await awake(run))).toEqual([
			expect.objectContaining({ outcome: 'applied', status: 'succeeded', timedOut: false }),
		]);
		expect(created()).toHaveLength(1);
	});

	it('on one that was made elsewhere: it is announced at another URL', async () => {
		await existing();
		expect(outputs(await awake(flow()))).toEqual([
			expect.objectContaining({ replayed: true, status: 'pending', timedOut: true }),
		]);
		expect(created()).toEqual([]);
	});

	it('where the user lets nobody wait', async () => {
		expect(outputs(await awake(flow(waiting(payIn(), { maximumWait: 0 }))))).toEqual([
			expect.objectContaining({ outcome: 'applied', status: 'pending', timedOut: true }),
		]);
		expect(created()).toHaveLength(1);
	});

	it('on one that differs from what Check First finds', async () => {
		await existing();
		const { error } = await awake(flow(waiting(payIn({}, { amount: '7' }))));
		expect(error?.message).toMatch(/was not carried out/);
	});

	it('when BridgePay refuses', async () => {
		setting.provider.act('switchPayIns', '');
		const { error } = await awake(flow());
		expect(error?.message).toMatch(/refused|was not carried out/);
	});

	it('when the outcome is unknown', async () => {
		const fault = { provider: 'bridgePay', operation: 'createInvoice', kind: 'reset-before-reading' };
		setting.sandbox.fault(fault as never);
		expect((await awake(flow())).error?.message).toMatch(/may or may not/);
		setting.sandbox.fault(fault as never);
		const goesOn = await awake(flow(waiting(payIn({ whenUnknown: 'continue' })), { items: orders('o-2') }));
		expect(outputs(goesOn)).toEqual([expect.objectContaining({ outcome: 'unknown', reference: 'o-2' })]);
		expect(outputs(goesOn)[0]).not.toHaveProperty('timedOut');
	});

	it('for a Preview, which shows neither URL nor token and sends nothing', async () => {
		const [json] = outputs(await awake(flow(waiting(payIn({ preview: true })))));
		expect(json).toMatchObject({ outcome: 'not_sent', preview: true });
		expect(String(json?.body)).toContain("[this execution's URL]");
		expect(JSON.stringify(json)).not.toContain('signature=');
		expect(sentIn(setting)).toEqual([]);
		// The approval holds in every execution.
		const { result } = await asleep(flow(waiting(payIn({ approvalHash: String(json?.approvalHash) }))));
		expect(result.executionId).not.toBe('');
	});
});

describe('a second try', () => {
	const fault = { provider: 'bridgePay', kind: 'bad-gateway', status: 502 };
	const retrying = { settings: { retryOnFail: true, maxTries: 3 } };

	it('of the same execution finds its own invoice and sleeps on it', async () => {
		// Check First gets an answer. Then the send's answer and the three lookups are lost, so n8n runs the node again.
		setting.sandbox.fault({ ...fault, operation: 'createInvoice', applied: true } as never);
		setting.sandbox.fault({ ...fault, operation: 'getInvoiceByInternalId', nth: 2, times: 13 } as never);
		const run = flow(waiting(payIn()), retrying);
		const { result, id } = await asleep(run);
		setting.provider.act('completeInvoice', id);
		expect(outputs(await resumed(result, run, delivery(id)))[0]).toMatchObject({ status: 'succeeded' });
		expect(created()).toHaveLength(1);
	});

	it('without Check First does not: what it finds may be of an earlier execution', async () => {
		setting.sandbox.fault({ ...fault, operation: 'createInvoice', applied: true } as never);
		setting.sandbox.fault({ ...fault, operation: 'getInvoiceByInternalId', times: 13 } as never);
		const retried = await runWorkflow(flow(waiting(payIn({ checkFirst: false })), retrying));
		expect(isAsleep(retried)).toBe(false);
		expect(outputs(retried)).toEqual([
			expect.objectContaining({ outcome: 'applied', status: 'pending', timedOut: true }),
		]);
	});

	it('without Check First, whose send does not arrive, does not sleep on the invoice of the first', async () => {
		const run = flow(waiting(payIn({ checkFirst: false })));
		await asleep(run);
		setting.sandbox.fault({ ...fault, kind: 'reset-before-reading', operation: 'createInvoice' } as never);
		const second = await runWorkflow(run);
		expect(isAsleep(second)).toBe(false);
		expect(outputs(second)).toEqual([
			expect.objectContaining({ outcome: 'applied', status: 'pending', timedOut: true }),
		]);
		expect(invoices()).toHaveLength(1);
	});

	it('of another execution does not: the invoice is announced to the first one', async () => {
		setting.sandbox.fault({ ...fault, operation: 'createInvoice', applied: true } as never);
		setting.sandbox.fault({ ...fault, operation: 'getInvoiceByInternalId', times: 12 } as never);
		const run = flow(waiting(payIn({ checkFirst: false })));
		const failed = await runWorkflow(run);
		expect(failed.error?.message).toMatch(/may or may not/);
		const retried = await retryWorkflow(failed, run);
		expect(isAsleep(retried)).toBe(false);
		expect(outputs(retried)).toEqual([
			expect.objectContaining({ outcome: 'applied', status: 'pending', timedOut: true }),
		]);
		expect(created()).toHaveLength(1);
	});
});

describe('is refused before anything is sent', () => {
	const refused = async (run: WorkflowRun) => {
		const { error } = await runWorkflow(run);
		expect(setting.provider.requests).toEqual([]);
		return `${error?.message ?? ''} ${error?.description ?? ''}`;
	};

	it('for several items, with the way to do it', async () => {
		expect(await refused(flow(waiting(payIn()), { items: orders('o-1', 'o-2') }))).toMatch(
			/one item at a time and got 2.*Nothing was sent.*Loop Over Items/,
		);
	});

	it.each<INodeParameters>([
		{ maximumWait: '={{ -1 }}' },
		{ maximumWait: '={{ "soon" }}' },
		{ maximumWait: 400, maximumWaitUnit: 'days' },
	])('with %j', async (fields) => {
		expect(await refused(flow(waiting(payIn(), fields)))).toMatch(/Maximum Wait must be .*Nothing was sent/);
	});

	it('when BridgePay is elsewhere and this n8n has no public address', async () => {
		const credentials = setting.credentials({ baseUrl: 'https://api.bridgepay.example' });
		expect(await refused(flow(waiting(payIn()), { credentials }))).toMatch(
			/BridgePay cannot call this n8n under http:\/\/127\.0\.0\.1:5678.*Nothing was sent.*WEBHOOK_URL/,
		);
	});

	it.each([true, 'byEngine' as const])('as a tool of an AI agent (%s)', async (asTool) => {
		const { error } = await setting.run(waiting(payIn()), { items: orders('o-1'), asTool });
		expect(error?.message).toMatch(/puts the whole execution to sleep, which a tool .* cannot do/);
		expect(setting.provider.requests).toEqual([]);
	});
});
