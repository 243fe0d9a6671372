import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { ProviderName } from '../../sandbox/index.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { failureOf, itemsOf } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';
import { targets, type Target } from '../faults/schedules/cases/index.mts';
import { parametersOf } from '../faults/schedules/runs.mts';
import { quiet } from '../faults/schedules/quiet.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';

/** Every operation that n8n remembers by a Payment Reference, because the provider cannot be asked. */
const remembered = targets.filter(({ row }) => row.once?.remembered && !row.lookup && !row.custom);

/** Operations where the memory is the second belt: it knows of the send, and the provider shows the payment. */
const asked = targets.filter(({ provider, operation }) =>
	['bridgePay invoice.createPayOut', 'gatePay otc.createWithdrawal'].includes(`${provider} ${operation}`),
);

let setting: Setting;
beforeAll(async () => {
	setting = await startSetting({ autopilot: false });
});
afterAll(async () => await setting?.close());

function ours(name: string, provider: ProviderName, parameters: INodeParameters): INode {
	const credentials = { [`${provider}Api`]: { id: '', name: '' } };
	return { ...node(name, `n8n-nodes-otc-payouts.${provider}`, 1, parameters), credentials };
}

const given = (name: string, item: IDataObject) =>
	node(name, 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify(item), options: {} });

const importRow = (name: string, nodes: INode[]) =>
	setting.n8n.importWorkflow(inARow(name, [start, ...nodes]), setting);

const nameOf = ({ provider, operation }: Target) => `${provider} ${operation}`;
const sends = ({ provider, endpoint }: Target) =>
	setting.sandbox[provider].requests.filter((request) => request.operation === endpoint).length;

/** What an operation is filled with, as the fault schedules fill it. */
function parameters(target: Target, options: INodeParameters = {}): INodeParameters {
	const [resource = '', operation = ''] = target.operation.split('.');
	const own = parametersOf(quiet(nameOf(target), { whenUnknown: 'continue' }));
	return { resource, operation, ...own, options: { ...(own.options as INodeParameters), ...options } };
}

async function prepared(target: Target, tag: string): Promise<IDataObject> {
	const one = async (fields: INodeParameters) => {
		const id = await importRow('Preparation', [ours('Prepare', target.provider, fields)]);
		const execution = await setting.n8n.runWorkflow(id);
		const [item] = itemsOf(execution, 'Prepare');
		if (!item) throw new Error(`${nameOf(target)}: ${failureOf(execution)}`);
		return item;
	};
	const [item] = await target.items([tag], { sandbox: setting.sandbox, one });
	return item ?? {};
}

describe('an n8n that is killed after the send and before the answer', () => {
	const workflows = new Map<Target, string>();
	const crashed = [...remembered, ...asked];

	beforeAll(async () => {
		const { n8n, sandbox } = setting;
		for (const [index, target] of crashed.entries()) {
			const item = await prepared(target, `crash_${index}`);
			const options = target.row.lookup ? { checkFirst: false } : {};
			const pay = ours('Pay', target.provider, parameters(target, options));
			workflows.set(target, await importRow(nameOf(target), [given('Item', item), pay]));
		}
		for (const target of crashed) {
			const { provider, endpoint } = target;
			sandbox.fault({ provider, operation: endpoint, kind: 'timeout-after-applying', seconds: 600 });
		}
		await Promise.all([...workflows.values()].map((id) => n8n.startWorkflow(id)));
		await poll(() => (crashed.every((one) => sends(one) === 1) ? true : undefined), 'all to be sent', 60_000);
		await n8n.kill();
		sandbox.clearFaults();
		await n8n.start();
	});

	it('knows of every operation that no provider keeps from being made twice', () => {
		expect(remembered.map(nameOf)).toHaveLength(11);
	});

	it.each(remembered.map((target): [string, Target] => [nameOf(target), target]))(
		'does not send %s again in a new execution with the same reference',
		async (_name, target) => {
			const execution = await setting.n8n.runWorkflow(workflows.get(target) ?? '', { timeoutMs: 60_000 });
			expect(itemsOf(execution, 'Pay')).toMatchObject([{ outcome: 'unknown', code: 'sent_before' }]);
			expect(sends(target)).toBe(1);
		},
	);

	it.each(asked.map((target): [string, Target] => [nameOf(target), target]))(
		'does not send %s again with Check First off: the provider shows it',
		async (_name, target) => {
			const execution = await setting.n8n.runWorkflow(workflows.get(target) ?? '', { timeoutMs: 60_000 });
			expect(itemsOf(execution, 'Pay')).toMatchObject([{ outcome: 'applied', replayed: true }]);
			expect(sends(target)).toBe(1);
		},
	);
});

describe('the memory of a workflow', () => {
	const [rapira] = remembered.filter(({ provider }) => provider === 'rapira');
	if (!rapira) throw new Error('Rapira has no payout');
	const applied = () => setting.sandbox.rapira.books.appliedPerReference();
	const pay = (name: string, options?: INodeParameters) => ours(name, 'rapira', parameters(rapira, options));
	const run = async (id: string) => await setting.n8n.runWorkflow(id, { timeoutMs: 60_000 });

	it('keeps a copied node from paying again, in the same execution and in a new one', async () => {
		const id = await importRow('Copied', [
			given('Item', { tag: 'TC1' }),
			pay('Pay'),
			given('Again', { tag: 'TC1' }),
			pay('Copy'),
		]);
		const first = await run(id);
		expect(itemsOf(first, 'Pay')).toMatchObject([{ outcome: 'applied', id: expect.any(String) }]);
		expect(itemsOf(first, 'Copy')).toMatchObject([{ outcome: 'applied', code: 'remembered' }]);
		expect(itemsOf(await run(id), 'Pay')).toMatchObject([{ outcome: 'applied', code: 'remembered' }]);
		expect(applied()).toMatchObject({ TC1: 1 });
	});

	it('cannot be cleared by Remove Duplicates, of the node or of the workflow', async () => {
		const clear = (name: string, scope: string) =>
			node(name, 'n8n-nodes-base.removeDuplicates', 2, {
				operation: 'clearDeduplicationHistory',
				mode: 'cleanDatabase',
				options: { scope },
			});
		const id = await importRow('Cleared', [
			given('Item', { tag: 'TD1' }),
			clear('Clear the Node', 'node'),
			clear('Clear the Workflow', 'workflow'),
			pay('Pay'),
		]);
		expect(itemsOf(await run(id), 'Pay')).toMatchObject([{ outcome: 'applied' }]);
		expect(itemsOf(await run(id), 'Pay')).toMatchObject([{ outcome: 'applied', code: 'remembered' }]);
		expect(applied()).toMatchObject({ TD1: 1 });
	});

	it('outlives the new name of a node', async () => {
		const nodes = (name: string) => [given('Item', { tag: 'TE1' }), { ...pay(name), id: 'the-node' }];
		const id = await importRow('Renamed', nodes('Pay'));
		await run(id);
		const renamed = inARow('Renamed', [start, ...nodes('Pay by Another Name')]);
		const stored = await setting.n8n.api.get(`/workflows/${id}`);
		const credentials = stored.data.nodes.find(({ name }: INode) => name === 'Pay').credentials;
		const withCredentials = renamed.nodes.map((one) => (one.credentials ? { ...one, credentials } : one));
		await setting.n8n.api.put(`/workflows/${id}`, { ...renamed, nodes: withCredentials });
		expect(itemsOf(await run(id), 'Pay by Another Name')).toMatchObject([{ code: 'remembered' }]);
		expect(applied()).toMatchObject({ TE1: 1 });
	});

	it('is that of a sub-workflow, whoever calls it', async () => {
		const sub = node('When Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
			inputSource: 'passthrough',
		});
		const called = await setting.n8n.importWorkflow(inARow('Sub', [sub, pay('Pay')]), setting);
		// A published workflow can be called; one that is not cannot, in newer versions.
		await setting.n8n.activate(called).catch(() => undefined);
		const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
			workflowId: { __rl: true, mode: 'id', value: called },
			options: {},
		});
		const id = await importRow('Caller', [given('Item', { tag: 'TF1' }), call]);
		expect(itemsOf(await run(id), 'Call')).toMatchObject([{ outcome: 'applied' }]);
		const other = await importRow('Another Caller', [given('Item', { tag: 'TF1' }), call]);
		expect(itemsOf(await run(other), 'Call')).toMatchObject([{ code: 'remembered' }]);
		expect(applied()).toMatchObject({ TF1: 1 });
	});

	it('is empty in a copy of the workflow, as the field says', async () => {
		const nodes = [given('Item', { tag: 'TG1' }), pay('Pay')];
		await run(await importRow('Original', nodes));
		await run(await importRow('Copy of the Original', nodes));
		expect(applied()).toMatchObject({ TG1: 2 });
	});
});

leavesNoSecret(() => setting);
