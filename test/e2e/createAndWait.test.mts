import axios from 'axios';
import type { IConnections, INodeParameters } from 'n8n-workflow';

import { importAndPublish } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { failureOf, isFinished, itemsOf, type Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { inARow, node } from '../../host/smallFlows.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';

const PAY_IN = 'Pay-In';
const AFTER = 'After';
let setting: Setting;

// At this pace BridgePay tries again after a minute. A test repeats the notification by hand.
beforeAll(async () => (setting = await startSetting({ pace: 1 })));
afterAll(async () => await setting?.close());

const bridgePay = () => setting.sandbox.bridgePay;
const invoiceOf = (order: string) =>
	bridgePay().state.invoices.find(({ internalId }) => internalId === order);
const idOf = (order: string) => invoiceOf(order)?.id ?? '';
const pay = (order: string) => bridgePay().act('completeInvoice', idOf(order));
const timesCreated = (order: string) =>
	bridgePay().requests.filter(
		({ operation, body }) => operation === 'createInvoice' && body.includes(`"${order}"`),
	).length;

/** A flow that is called with an order, makes a pay-in for it, sleeps until it is paid, and goes on. */
function flow(webhookId: string, more: INodeParameters = {}) {
	const webhook = node('Order', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: webhookId });
	const payIn = {
		...node(PAY_IN, 'n8n-nodes-otc-payouts.bridgePay', 1, {
			resource: 'invoice',
			operation: 'createPayInAndWait',
			flow: 'direct',
			internalId: '={{ $json.body.order }}',
			amount: '1500.50',
			currency: { __rl: true, mode: 'id', value: 'RUB' },
			// With matching the sandbox's payer does not pay by itself.
			matching: true,
			waitFor: 'final',
			maximumWait: 1,
			maximumWaitUnit: 'hours',
			options: {},
			...more,
		}),
		credentials: { bridgePayApi: { id: '', name: '' } },
	};
	const after = node(AFTER, 'n8n-nodes-base.set', 3.4, {
		includeOtherFields: true,
		assignments: {
			assignments: [
				{ id: 'o', name: 'ordered', type: 'string', value: "={{ $('Order').item.json.body.order }}" },
			],
		},
		options: {},
	});
	const file = inARow(`Orders ${webhookId}`, [webhook, payIn, after]);
	return {
		...file,
		nodes: file.nodes.map((each) => (each.name === 'Order' ? { ...each, webhookId } : each)),
	};
}

/** Calls the flow with an order. Resolves to the execution's ID. */
async function order(webhookId: string, workflowId: string, reference: string): Promise<string> {
	await axios.post(setting.n8n.webhookUrl(webhookId), { order: reference }, { proxy: false });
	const newest = await setting.n8n.waitForExecution((each) => each.workflowId === workflowId);
	return newest.id;
}

async function asleep(webhookId: string, workflowId: string, reference: string): Promise<Execution> {
	const id = await order(webhookId, workflowId, reference);
	const execution = await setting.n8n.waitUntilSettled(id);
	expect([execution.status, itemsOf(execution, AFTER)]).toEqual(['waiting', []]);
	return execution;
}

/** Notifies of the invoice as BridgePay does, at the URL that the invoice was made with. */
async function notify(
	reference: string,
	{ token = bridgePay().account.notificationToken, change = (url: string) => url } = {},
): Promise<number> {
	const url = change(invoiceOf(reference)?.notificationUrl ?? '');
	const body = { notificationType: 'invoice', invoice: { id: idOf(reference), type: 'in', status: 'paid' } };
	const headers = { 'X-Notification-Token': token };
	const { status } = await axios.post(url, body, { headers, proxy: false, validateStatus: () => true });
	return status;
}

const finished = (id: string) => setting.n8n.waitForExecution(id);
const paid = (reference: string) => ({
	ordered: reference,
	outcome: 'applied',
	reference,
	id: idOf(reference),
	status: 'succeeded',
	final: true,
	paidAmount: '1500.50',
	timedOut: false,
});

/** Expects that the execution woke once, with the item of this order, and that the order was made once. */
function expectOnce(execution: Execution, reference: string, item: object = paid(reference)): void {
	expect(execution.status).toBe('success');
	expect(execution.data.resultData.runData[PAY_IN]).toHaveLength(1);
	expect(execution.data.resultData.runData[AFTER]).toHaveLength(1);
	expect(itemsOf(execution, AFTER)).toEqual([expect.objectContaining(item)]);
	expect(timesCreated(reference)).toBe(1);
}

describe('Create and Wait', () => {
	const hook = 'orders';
	let workflow: string;
	beforeAll(async () => {
		workflow = await importAndPublish(setting, flow(hook));
	});

	it('wakes on the callback, after n8n was killed while it slept', async () => {
		const { id } = await asleep(hook, workflow, 'killed');
		await setting.n8n.kill('SIGKILL');
		await setting.n8n.start();
		pay('killed');
		expectOnce(await finished(id), 'killed');
	});

	it('is not lost when the callback comes before the execution sleeps', async () => {
		// The last look before the sleep takes seconds. Its answer tells what was true when the node asked.
		const before = bridgePay().requests.length;
		setting.sandbox.fault({
			provider: 'bridgePay',
			operation: 'getInvoice',
			kind: 'slow-drip',
			seconds: 0.002,
		});
		const id = await order(hook, workflow, 'early');
		const looked = () =>
			bridgePay()
				.requests.slice(before)
				.some(({ operation }) => operation === 'getInvoice') || undefined;
		await poll(looked, 'the last look', 60_000, 5);
		pay('early');
		const delivery = bridgePay().deliveries.find(({ body }) => body.includes(idOf('early')));
		if (!delivery) throw new Error('BridgePay announces nothing');
		await poll(() => delivery.attempts[0], 'the first callback');
		expect(delivery.attempts[0]).toMatchObject({ status: 409, acknowledged: false });
		expect((await setting.n8n.waitUntilSettled(id)).status).toBe('waiting');
		await bridgePay().resend(delivery.id);
		expect(delivery.attempts[1]).toMatchObject({ status: 200, acknowledged: true });
		expectOnce(await finished(id), 'early');
	});

	it('wakes once when many callbacks come at once', async () => {
		const { id } = await asleep(hook, workflow, 'many');
		pay('many');
		const answers = await Promise.all(Array.from({ length: 10 }, () => notify('many')));
		expectOnce(await finished(id), 'many');
		// The sandbox's own callback is the eleventh one.
		expect(answers.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
		expect(new Set([...answers, 200, 409, 500])).toEqual(new Set([200, 409, 500]));
		expect(await notify('many')).toBe(409);
		expectOnce(await setting.n8n.execution(id), 'many');
	});

	it('sleeps on over forgeries', async () => {
		const { id } = await asleep(hook, workflow, 'forged');
		expect(await notify('forged', { token: 'another-token-0001' })).toBe(401);
		const wrongSecret = (url: string) => url.replace(/signature=.*/, `signature=${'0'.repeat(64)}`);
		expect(await notify('forged', { change: wrongSecret })).toBe(401);
		expect(await notify('forged', { change: (url) => url.replace(/\?.*/, '') })).toBe(401);
		// The token is right, but the text is a lie: BridgePay itself says that nothing was paid.
		expect(await notify('forged')).toBe(200);
		expect((await setting.n8n.execution(id)).status).toBe('waiting');
		pay('forged');
		expectOnce(await finished(id), 'forged');
	});
});

it('goes on at the time limit with the order as it was made, also when n8n was down then', async () => {
	const limit = { maximumWait: 0.05, maximumWaitUnit: 'minutes' };
	const workflow = await importAndPublish(setting, flow('limited', limit));
	const { id } = await asleep('limited', workflow, 'late');
	await setting.n8n.restart();
	const open = { reference: 'late', status: 'pending', final: false, timedOut: true };
	expectOnce(await finished(id), 'late', open);
	pay('late');
	expect(await notify('late')).toBe(409);
	expectOnce(await setting.n8n.execution(id), 'late', open);
});

it('in a loop wakes each wait by its own order', async () => {
	const single = flow('loop', { internalId: '={{ $json.order }}' });
	const [webhook, payIn, after] = single.nodes;
	if (!webhook || !payIn || !after) throw new Error('Another flow than expected');
	const list = node('List', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.orders', options: {} });
	const named = node('Named', 'n8n-nodes-base.set', 3.4, {
		assignments: {
			assignments: [{ id: 'o', name: 'order', type: 'string', value: "={{ $json['body.orders'] }}" }],
		},
		options: {},
	});
	const loop = node('One by One', 'n8n-nodes-base.splitInBatches', 3, { options: {} });
	const end = { ...after, parameters: { ...after.parameters, assignments: { assignments: [] } } };
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const connections: IConnections = {
		Order: { main: [to('List')] },
		List: { main: [to('Named')] },
		Named: { main: [to('One by One')] },
		'One by One': { main: [to(AFTER), to(PAY_IN)] },
		[PAY_IN]: { main: [to('One by One')] },
	};
	const nodes = [webhook, list, named, loop, payIn, end];
	const workflow = await importAndPublish(setting, { ...single, nodes, connections });
	const orders = ['first', 'second', 'third'];
	await axios.post(setting.n8n.webhookUrl('loop'), { orders }, { proxy: false });
	const { id } = await setting.n8n.waitForExecution((each) => each.workflowId === workflow);
	for (const [round, reference] of orders.entries()) {
		await poll(
			async () => {
				const { status } = await setting.n8n.execution(id);
				return status === 'waiting' && invoiceOf(reference) ? true : undefined;
			},
			`the wait for ${reference}`,
			60_000,
		);
		// The notifications of earlier orders come again, late.
		for (const earlier of orders.slice(0, round)) expect(await notify(earlier)).toBe(200);
		expect((await setting.n8n.execution(id)).status).toBe('waiting');
		pay(reference);
	}
	const execution = await setting.n8n.waitForExecution((each) => each.id === id && isFinished(each));
	expect(execution.status).toBe('success');
	expect(itemsOf(execution, AFTER)).toEqual(
		orders.map((reference) =>
			expect.objectContaining({ reference, id: idOf(reference), status: 'succeeded' }),
		),
	);
	expect(orders.map(timesCreated)).toEqual([1, 1, 1]);
});

it('wakes on what is received on a static address of Gate Pay', async () => {
	const { gatePay } = setting.sandbox;
	const webhook = node('Order', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: 'address' });
	const address = {
		...node('Address', 'n8n-nodes-otc-payouts.gatePay', 1, {
			resource: 'staticAddress',
			operation: 'saveAndWait',
			channelId: '={{ $json.body.order }}',
			chain: { __rl: true, mode: 'id', value: 'TRX' },
			currencies: 'USDT',
			maximumWait: 1,
			maximumWaitUnit: 'hours',
			options: {},
		}),
		credentials: { gatePayApi: { id: '', name: '' } },
	};
	const file = inARow('Deposit', [{ ...webhook, webhookId: 'address' }, address]);
	const workflow = await importAndPublish(setting, file);
	const id = await order('address', workflow, 'susie');
	expect((await setting.n8n.waitUntilSettled(id)).status).toBe('waiting');
	gatePay.act('receiveOnAddress', 'susie TRX');
	const execution = await finished(id);
	expect(itemsOf(execution, 'Address')).toEqual([
		expect.objectContaining({
			outcome: 'applied',
			reference: 'susie',
			status: 'succeeded',
			amount: '100',
			timedOut: false,
		}),
	]);
	const [attempt] = gatePay.deliveries.at(-1)?.attempts ?? [];
	expect([attempt?.status, attempt?.acknowledged]).toEqual([200, true]);
});

describe("an invoice that is announced to this workflow's trigger", () => {
	const path = 'b0000000-0000-4000-8000-000000000001';
	const credentials = { bridgePayApi: { id: '', name: '' } };
	let workflow: string;

	beforeAll(async () => {
		const start = node('Start', 'n8n-nodes-base.manualTrigger', 1);
		const webhook = node('Order', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: 'told' });
		const create = {
			...node('Create', 'n8n-nodes-otc-payouts.bridgePay', 1, {
				resource: 'invoice',
				operation: 'createPayIn',
				flow: 'direct',
				internalId: "={{ $json.body ? $json.body.order : 'by-hand' }}",
				amount: '1500.50',
				currency: { __rl: true, mode: 'id', value: 'RUB' },
				matching: true,
				options: {},
			}),
			credentials,
		};
		const trigger = {
			...node('Told', 'n8n-nodes-otc-payouts.bridgePayTrigger', 2, { events: [], statuses: [] }),
			credentials,
			webhookId: path,
		};
		const to = { main: [[{ node: 'Create', type: 'main' as const, index: 0 }]] };
		workflow = await importAndPublish(setting, {
			...inARow('Told by this workflow', [start, { ...webhook, webhookId: 'told' }, create, trigger]),
			connections: { Start: to, Order: to },
		});
	});

	const ours = () => setting.n8n.webhookUrl(`${path}/webhook`);
	const told = (reference: string) =>
		setting.n8n.waitForExecution(
			(each) => each.workflowId === workflow && itemsOf(each, 'Told')[0]?.['reference'] === reference,
			60_000,
		);
	const ordered = async (reference: string) => {
		await axios.post(setting.n8n.webhookUrl('told'), { order: reference }, { proxy: false });
		await poll(() => invoiceOf(reference), `the invoice ${reference}`);
	};

	it('has its Production URL and starts it, also after a restart', async () => {
		await ordered('told-1');
		expect(invoiceOf('told-1')?.notificationUrl).toBe(ours());
		pay('told-1');
		expect(itemsOf(await told('told-1'), 'Told')[0]).toMatchObject({ status: 'succeeded' });
		await setting.n8n.restart();
		await ordered('told-2');
		expect(invoiceOf('told-2')?.notificationUrl).toBe(ours());
		pay('told-2');
		expect(itemsOf(await told('told-2'), 'Told')[0]).toMatchObject({ id: idOf('told-2') });
	});

	it('has it in a run by hand too, and is not made once the workflow is unpublished', async () => {
		expect(failureOf(await setting.n8n.runWorkflow(workflow, { trigger: 'Start' }))).toBeUndefined();
		expect(invoiceOf('by-hand')?.notificationUrl).toBe(ours());
		await setting.n8n.deactivate(workflow);
		const made = bridgePay().state.invoices.length;
		const refused = await setting.n8n.runWorkflow(workflow, { trigger: 'Start' });
		expect(failureOf(refused)).toMatch(/no published BridgePay Trigger.*Nothing was sent/);
		expect(bridgePay().state.invoices).toHaveLength(made);
	});
});

leavesNoSecret(() => setting);
