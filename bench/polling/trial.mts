import { setTimeout as sleep } from 'node:timers/promises';

import type { Deposit } from '../../sandbox/gatePay/state.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { poll } from '../../host/poll.mts';
import { N8nRefusal } from '../../host/rest.mts';
import type { N8n } from '../../host/start.mts';
import type { CredentialChoice, WorkflowFile } from '../../host/workflows.mts';
import { storedIn } from './stored.mts';

export interface Setting {
	n8n: N8n;
	sandbox: Sandbox;
	credentials: CredentialChoice;
	/** How many workflows watch the same list, each with a memory of its own. */
	flows: number;
	rounds: number;
	seed: number;
	say(line: string): void;
}

/** Of one kind of mishap: a run is one change that one workflow has to execute once. */
export interface Tally {
	trial: string;
	runs: number;
	lost: number;
	doubled: number;
}

const FIRST_ORDER = 79_550_727_153_510_000n;
const isOrder = /7955072715351\d{4}/g;
/** Nothing comes after so long: the durable scheduler gives up a dead task's lease after a minute, and looks twice a minute. */
const PATIENCE_MS = 200_000;

/** Each round: a kill at the emit, a kill with a change while n8n is stopped, a change while the node is renamed. */
export async function measure(setting: Setting): Promise<Tally[]> {
	const { n8n, sandbox, flows, rounds, say } = setting;
	const random = randomOf(setting.seed);
	const stored = storedIn(n8n.userFolder, isOrder);
	const desk = sandbox.gatePay;
	const polls = () => desk.requests.filter(({ operation }) => operation === 'listOtcDeposits').length;
	const nextPolls = async (count: number) => {
		const before = polls();
		await poll(() => (polls() >= before + count ? true : undefined), `${count} polls`, 600_000);
	};
	const orders: { order: string; trial: string }[] = [];
	let placed = 0n;
	const place = () => {
		placed += 1n;
		const order = String(FIRST_ORDER + placed);
		desk.state.deposits.push(depositOf(order));
		return order;
	};
	const waiting = Array.from({ length: rounds * 3 }, place);
	const change = (trial: string): string => {
		const order = waiting.shift();
		if (order === undefined) throw new Error('There is an order for each change');
		desk.act('settleDeposit', order);
		orders.push({ order, trial });
		return order;
	};
	const workflows: string[] = [];
	const isTold = (order: string) => workflows.every((workflow) => stored.count(workflow, order) > 0);
	/** Until all have told it, or will not; then two polls more, which may tell it again. */
	const told = async (order: string) => {
		const deadline = Date.now() + PATIENCE_MS;
		while (Date.now() < deadline && !isTold(order)) {
			await sleep(2_000);
			stored.read();
		}
		await nextPolls(2 * flows);
		await sleep(3_000);
		stored.read();
		const counts = workflows.map((workflow) => stored.count(workflow, order));
		say(`told ${counts.filter((count) => count > 0).length} of ${flows}, again ${again(counts)}`);
	};

	for (let index = 1; index <= flows; index += 1) {
		const id = await n8n.importWorkflow(watching('Change', index), { credentials: setting.credentials });
		await whenReady(() => n8n.activate(id).then(() => true));
		workflows.push(id);
	}
	say(`${flows} workflows are published`);
	await nextPolls(2 * flows);

	for (let round = 1; round <= rounds; round += 1) {
		say(`round ${round}: killed at the emit, and the rows of earlier executions are deleted`);
		const [before, after] = [polls(), Math.floor(random() * flows) + 1];
		let order = change('killed at the emit');
		await poll(() => (polls() >= before + after ? true : undefined), 'the poll', 600_000, 1);
		await sleep(random() * 150);
		await n8n.kill('SIGKILL');
		stored.read();
		say(`${stored.prune()} rows deleted`);
		await n8n.start();
		await told(order);

		say(`round ${round}: changed while n8n is stopped`);
		await n8n.kill('SIGKILL');
		order = change('changed while stopped');
		await n8n.start();
		await told(order);

		say(`round ${round}: changed between two polls, renamed and published`);
		order = change('renamed and published');
		for (const workflow of workflows) await rename(n8n, workflow, `Change ${round}`);
		await told(order);
	}
	say('restarted twice with all rows deleted');
	for (let restart = 1; restart <= 2; restart += 1) {
		await n8n.kill('SIGKILL');
		stored.prune();
		await n8n.start();
		await nextPolls(2 * flows);
	}
	await sleep(3_000);
	stored.read();
	say(`${stored.crashed()} executions were cut off by a kill; n8n shows them as crashed`);

	return [...new Set(orders.map(({ trial }) => trial))].map((trial) => {
		const counts = orders
			.filter((one) => one.trial === trial)
			.flatMap(({ order }) => workflows.map((workflow) => stored.count(workflow, order)));
		return {
			trial,
			runs: counts.length,
			lost: counts.filter((count) => count === 0).length,
			doubled: again(counts),
		};
	});
}

const again = (counts: readonly number[]) => counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0);

/** At the same second in all of them, so that a kill cuts each at another point. */
function watching(name: string, index: number): WorkflowFile {
	const trigger = {
		id: `7c1a0000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		name,
		type: 'n8n-nodes-otc-payouts.gatePayPollingTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {
			watch: 'otcDeposits',
			pollTimes: { item: [{ mode: 'custom', cronExpression: '0 * * * * *' }] },
			// Of an edition whose triggers set their own clock.
			every: 10,
			unit: 'seconds',
		},
		credentials: { gatePayApi: { id: '', name: '' } },
	};
	return { name: `Changes ${index}`, nodes: [trigger], connections: {}, settings: { executionOrder: 'v1' } };
}

async function rename({ api }: N8n, workflow: string, name: string): Promise<void> {
	const { data } = await whenReady(() => api.get<WorkflowFile>(`/workflows/${workflow}`));
	const nodes = data.nodes.map((node) => ({ ...node, name }));
	const { connections, settings } = data;
	await whenReady(() => api.put(`/workflows/${workflow}`, { name: data.name, nodes, connections, settings }));
	await whenReady(() => api.post(`/workflows/${workflow}/activate`, {}));
}

/** n8n refuses with 503 while its check of the database takes too long, as it does on a busy machine. */
async function whenReady<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
	return await poll(
		async () => {
			try {
				return await ask();
			} catch (cause) {
				if (cause instanceof N8nRefusal && cause.status === 503) return undefined;
				throw cause;
			}
		},
		'n8n to be ready',
		120_000,
		2_000,
	);
}

function depositOf(orderId: string): Deposit {
	const now = Date.now();
	return {
		orderId,
		otcOrderId: `otc-${orderId}`,
		version: 'B',
		clientOrderId: '',
		currency: 'USDT',
		amount: '1088.42',
		fiatCurrency: 'USD',
		fiatAmount: '1000',
		rate: '1.08842',
		bankId: 'ba_123456789',
		bankNumber: '1',
		paid: false,
		status: 'PENDING',
		createTime: now,
		updateTime: now,
		promoCode: '',
		transferRemark: '',
		receipt: '',
		errMsg: '',
	};
}

/** Numbers from 0 up to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
