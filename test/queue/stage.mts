import { startSandbox, type Delivery, type Sandbox } from '../../sandbox/index.mts';
import type { Deposit } from '../../sandbox/gatePay/state.mts';
import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import type { Instance } from '../../host/instance.mts';
import { poll } from '../../host/poll.mts';
import { startQueue, type Queue } from '../../host/queue.mts';
import type { CredentialChoice, WorkflowFile } from '../../host/workflows.mts';
import { pack } from '../../scripts/pack.mts';
import { listenTo, type Listener } from '../leftBehind/queue.mts';
import { recordsOf, type Records } from '../leftBehind/sandbox.mts';

/** How long to wait. On a machine that others use too, seconds are not enough. */
export const PATIENCE_MS = 12 * 60_000;

/**
 * How long n8n believes that a dead worker still has its job. The default is a minute. Until then its executions can be
 * retried, and a busy machine may need a minute to start the worker again.
 */
const LOCK_MS = 4 * 60_000;

const CREDENTIAL_TYPES = ['gatePayApi', 'okiPaysApi', 'rapiraApi'];
/** How many notifications are under way. With more, a busy machine answers too late, and Gate Pay sends each one twice. */
const AT_ONCE = 10;

export interface Stage {
	sandbox: Sandbox;
	queue: Queue;
	credentials: CredentialChoice;
	/** The sandbox's records, also from before resets, and all commands to Redis. The tests search both. */
	records: Records;
	heard: Listener;
	close(): Promise<void>;
}

/** Starts the providers, and an n8n in queue mode with the package in all its processes. */
export async function startStage(): Promise<Stage> {
	// Without autopilot payouts stay under way, and their notifications do not compete with those that start payouts.
	const sandbox = await startSandbox({ pace: 20, autopilot: false });
	try {
		const { path } = await pack();
		const queue = await startQueue({
			tarball: path,
			env: { QUEUE_WORKER_LOCK_DURATION: String(LOCK_MS) },
		});
		const heard = listenTo(queue.redis);
		const credentials: CredentialChoice = {};
		for (const type of CREDENTIAL_TYPES) {
			const credential = sandboxCredential(sandbox, type);
			credentials[type] = { id: await queue.main.createCredential(credential), name: credential.name };
		}
		const close = async () => {
			heard.stop();
			await queue.stop();
			await sandbox.close();
		};
		return { sandbox, queue, credentials, records: recordsOf(sandbox), heard, close };
	} catch (cause) {
		await sandbox.close();
		throw cause;
	}
}

/** Publishes the workflow, and lets Gate Pay call it from now on. Resolves to its ID. */
export async function publish(
	{ queue, sandbox, credentials }: Stage,
	file: WorkflowFile,
	webhookId: string,
): Promise<string> {
	const id = await queue.main.importWorkflow(file, { credentials });
	await queue.main.activate(id);
	sandbox.gatePay.setCallbackUrl(queue.webhookUrl(`${webhookId}/webhook`));
	return id;
}

/** Order numbers larger than 2^53, as Gate Pay has them. */
export function orderIds(first: number, count: number): string[] {
	return Array.from({ length: count }, (_, index) => String(79_550_727_153_510_000n + BigInt(first + index)));
}

/** The amount of a deposit, which differs from order to order. */
export function amountOf(orderId: string): string {
	return `${10 + (Number(orderId.slice(-4)) % 90)}.${orderId.slice(-2)}`;
}

/** Lets the desk settle these deposits. Gate Pay notifies of each until it is acknowledged. */
export async function settleAll(
	{ sandbox: { gatePay } }: Stage,
	ids: readonly string[],
	meanwhile: (settled: number) => Promise<void> = async () => undefined,
): Promise<void> {
	for (const [index, orderId] of ids.entries()) {
		const mayGo = () => (isFull(gatePay.deliveries) ? undefined : true);
		await poll(mayGo, 'earlier notifications to be acknowledged', PATIENCE_MS);
		gatePay.state.deposits.push(depositOf(orderId));
		gatePay.act('settleDeposit', orderId);
		await meanwhile(index + 1);
	}
}

/** Whether the greatest number of notifications is under way. */
export function isFull(deliveries: readonly Delivery[]): boolean {
	const underWay = deliveries.filter(({ state, event }) => state === 'waiting' && event.startsWith('OTC'));
	return underWay.length >= AT_ONCE;
}

function depositOf(orderId: string): Deposit {
	const now = Date.now();
	return {
		orderId,
		otcOrderId: `otc-${orderId}`,
		version: 'B',
		clientOrderId: '',
		currency: 'USDT',
		amount: amountOf(orderId),
		fiatCurrency: 'USD',
		fiatAmount: '100',
		rate: '1',
		bankId: 'ba_123456789',
		bankNumber: '1',
		paid: true,
		status: 'PROCESSING',
		createTime: now,
		updateTime: now,
		promoCode: '',
		transferRemark: '',
		receipt: '',
		errMsg: '',
	};
}

/** The notifications about these deposits. */
export function deliveriesOf({ sandbox }: Stage, ids: readonly string[]): Delivery[] {
	const wanted = new Set(ids);
	return sandbox.gatePay.deliveries.filter(
		({ event, body }) => event.startsWith('OTC') && wanted.has(String(JSON.parse(body).bizId)),
	);
}

/** Waits until Gate Pay has an acknowledgement for each deposit. */
export async function allAcknowledged(stage: Stage, ids: readonly string[]): Promise<void> {
	const look = () => {
		const deliveries = deliveriesOf(stage, ids);
		return deliveries.length >= ids.length && deliveries.every(({ state }) => state === 'delivered')
			? true
			: undefined;
	};
	await poll(look, `${ids.length} acknowledgements`, PATIENCE_MS);
}

/** One execution in n8n's database. */
export interface Row {
	id: string;
	status: string;
	retryOf: string;
	/** The deposit whose notification started it. Empty when n8n has not kept the data. */
	orderId: string;
}

export async function rowsOf({ queue }: Stage, workflowId: string): Promise<Row[]> {
	const rows = await queue.postgres.query(
		`select e.id, e.status, coalesce(e."retryOf", ''), coalesce(substring(d.data from '79550727153[0-9]{6}'), '')
		from execution_entity e join execution_data d on d."executionId" = e.id
		where e."workflowId" = '${workflowId}' order by e.id`,
	);
	return rows.map(([id = '', status = '', retryOf = '', orderId = '']) => ({ id, status, retryOf, orderId }));
}

const UNFINISHED = new Set(['new', 'running', 'waiting']);

export const isUnfinished = ({ status }: Row) => UNFINISHED.has(status);

/** Waits until every execution of the workflow has ended. */
export async function allEnded(stage: Stage, workflowId: string): Promise<Row[]> {
	const look = async () => {
		const rows = await rowsOf(stage, workflowId);
		return rows.some(isUnfinished) ? undefined : rows;
	};
	return await poll(look, `all executions of ${workflowId} to end`, PATIENCE_MS);
}

/** The executions that a worker has started. */
export function startedBy({ log }: Instance): string[] {
	return [...log.matchAll(/Worker started execution (\d+)/g)].map(([, id = '']) => id);
}
