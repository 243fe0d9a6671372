import { poll } from '../../host/poll.mts';
import { payoutFlow } from './payoutFlow.mts';
import { complaintsAboutBooks, countOf, lost, seconds, tellFigures, timesApplied } from './proof.mts';
import {
	allAcknowledged,
	allEnded,
	deliveriesOf,
	isUnfinished,
	orderIds,
	PATIENCE_MS,
	publish,
	rowsOf,
	settleAll,
	startedBy,
	type Row,
	type Stage,
} from './stage.mts';

/** Makes 500 payouts from 500 notifications. Both workers pay, and each payout is made once. */
export async function payOften(stage: Stage): Promise<void> {
	const started = Date.now();
	const hook = 'b0000000-0000-4000-8000-000000000001';
	const workflow = await publish(stage, payoutFlow(hook), hook);
	const ids = orderIds(1, 500);
	await settleAll(stage, ids);
	await allAcknowledged(stage, ids);
	const rows = await allEnded(stage, workflow);

	const own = new Set(rows.map(({ id }) => id));
	const work = stage.queue.workers.map((worker) => startedBy(worker).filter((id) => own.has(id)));
	tellFigures('500 payouts', stage, ids, rows, {
		'executions of each worker': work.map(({ length }) => length).join(' and '),
		seconds: seconds(started),
	});
	expect(lost(stage, ids, rows)).toEqual([]);
	expect(countOf(rows, 'success')).toBe(rows.length);
	expect(complaintsAboutBooks(stage, ids)).toEqual([]);
	for (const executed of work) expect(executed.length).toBeGreaterThan(0);
	// Exactly one worker has run each execution.
	expect(work.flat().sort()).toEqual([...own].sort());
}

/** Makes payouts whose outcome n8n will not know, and payouts whose lookup hangs, so that nothing is sent. */
function hangSome({ sandbox }: Stage): void {
	const fault = { provider: 'gatePay', times: 4 };
	sandbox.fault({
		...fault,
		operation: 'createPayoutBatch',
		kind: 'timeout-after-applying',
		nth: 20,
	});
	sandbox.fault({
		...fault,
		operation: 'queryPayoutBatch',
		kind: 'timeout-before-applying',
		nth: 30,
	});
}

/** Kills the worker with more executions of the workflow under way. Resolves to their IDs. */
async function killBusierWorker(stage: Stage, workflow: string, hanging: number): Promise<string[]> {
	const { requests } = stage.sandbox.gatePay;
	const hang = () => (requests.filter(({ fault }) => fault).length >= hanging ? true : undefined);
	await poll(hang, `${hanging} requests to hang`, PATIENCE_MS);
	const rows = await rowsOf(stage, workflow);
	const running = new Set(rows.filter(({ status }) => status === 'running').map(({ id }) => id));
	const [busiest] = stage.queue.workers
		.map((worker) => ({ worker, open: startedBy(worker).filter((id) => running.has(id)) }))
		.sort((one, other) => other.open.length - one.open.length);
	await busiest?.worker.kill();
	// An execution that ended just before the kill was not cut off.
	const left = await rowsOf(stage, workflow);
	const ended = new Set(left.filter((row) => !isUnfinished(row)).map(({ id }) => id));
	return (busiest?.open ?? []).filter((id) => !ended.has(id));
}

const isFailed = ({ status }: Row) => status === 'crashed' || status === 'error';

/** Retries each execution as soon as it has failed, as a person does in the editor. */
async function retryFailed(
	stage: Stage,
	workflow: string,
	isComing: () => boolean,
): Promise<Map<string, string>> {
	const retried = new Map<string, string>();
	const look = async () => {
		const mayCome = isComing();
		const rows = await rowsOf(stage, workflow);
		for (const { id } of rows.filter((row) => isFailed(row) && row.retryOf === '' && !retried.has(row.id))) {
			retried.set(id, 'asked for');
			retried.set(id, (await stage.queue.main.retry(id, PATIENCE_MS)).status);
		}
		return mayCome || rows.some(isUnfinished) ? undefined : true;
	};
	await poll(look, 'all executions to end', PATIENCE_MS);
	return retried;
}

/** Lets Gate Pay repeat the notifications of deposits without a payout. A merchant can ask for that. */
async function notifyAgain(stage: Stage, ids: readonly string[]): Promise<string[]> {
	const unpaid = [...timesApplied(stage, ids)].filter(([, times]) => times === 0).map(([id]) => id);
	for (const orderId of unpaid) {
		const [delivery] = deliveriesOf(stage, [orderId]);
		const resend = async () => {
			const { attempts } = await stage.sandbox.gatePay.resend(delivery?.id ?? '');
			return attempts.at(-1)?.acknowledged === true ? true : undefined;
		};
		await poll(resend, `an acknowledgement for ${orderId}`, PATIENCE_MS);
	}
	return unpaid;
}

/** Kills a worker in the middle of payouts, and retries its executions by hand. */
export async function killWorker(stage: Stage): Promise<void> {
	const started = Date.now();
	const hook = 'b0000000-0000-4000-8000-000000000002';
	const workflow = await publish(stage, payoutFlow(hook), hook);
	const ids = orderIds(1001, 100);
	hangSome(stage);
	let isComing = true;
	const settling = settleAll(stage, ids)
		.then(() => allAcknowledged(stage, ids))
		.finally(() => (isComing = false));
	const cutOff = await killBusierWorker(stage, workflow, 8);
	await stage.queue.revive();
	const [retried] = await Promise.all([retryFailed(stage, workflow, () => isComing), settling]);
	// A retry after n8n has given up the dead worker's job runs nothing. The next test shows that.
	const again = await notifyAgain(stage, ids);
	const rows = await allEnded(stage, workflow);

	tellFigures('A worker killed', stage, ids, rows, {
		'cut off': cutOff.length,
		retried: retried.size,
		'with success': [...retried.values()].filter((status) => status === 'success').length,
		'notified again': again.length,
		seconds: seconds(started),
	});
	expect(cutOff.length).toBeGreaterThan(0);
	expect([...retried.keys()]).toEqual(expect.arrayContaining(cutOff));
	expect(complaintsAboutBooks(stage, ids)).toEqual([]);
}

/** Does the same, but retries after n8n has given up the dead worker's jobs. */
export async function retryTooLate(stage: Stage): Promise<void> {
	const started = Date.now();
	const hook = 'b0000000-0000-4000-8000-000000000003';
	const workflow = await publish(stage, payoutFlow(hook), hook);
	const ids = orderIds(2001, 60);
	hangSome(stage);
	const settling = settleAll(stage, ids);
	const cutOff = await killBusierWorker(stage, workflow, 8);
	await stage.queue.revive();
	await settling;
	// First the lock of the dead worker's job has to run out.
	const givenUp = async () => {
		const rows = await rowsOf(stage, workflow);
		const emptied = rows.filter(({ id, orderId }) => cutOff.includes(id) && orderId === '');
		return emptied.length === cutOff.length ? true : undefined;
	};
	await poll(givenUp, 'n8n to give up the jobs of the dead worker', PATIENCE_MS);
	await allEnded(stage, workflow);
	const before = timesApplied(stage, ids);
	const retried = await retryFailed(stage, workflow, () => false);
	expect(timesApplied(stage, ids)).toEqual(before);
	const again = await notifyAgain(stage, ids);
	const rows = await allEnded(stage, workflow);

	tellFigures('A worker killed, retried too late', stage, ids, rows, {
		'cut off': cutOff.length,
		retried: retried.size,
		'with success': [...retried.values()].filter((status) => status === 'success').length,
		'notified again': again.length,
		seconds: seconds(started),
	});
	expect(cutOff.length).toBeGreaterThan(0);
	expect(complaintsAboutBooks(stage, ids)).toEqual([]);
}
