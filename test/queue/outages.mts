import { poll } from '../../host/poll.mts';
import { payoutFlow } from './payoutFlow.mts';
import { complaintsAboutBooks, countOf, lost, seconds, tellFigures } from './proof.mts';
import {
	allEnded,
	deliveriesOf,
	isFull,
	isUnfinished,
	orderIds,
	PATIENCE_MS,
	publish,
	rowsOf,
	settleAll,
	type Row,
	type Stage,
} from './stage.mts';

const acknowledged = (stage: Stage, ids: readonly string[]) =>
	deliveriesOf(stage, ids).filter(({ state }) => state === 'delivered').length;

/** Waits until Gate Pay has its acknowledgements and the workers have nothing left to do. */
async function quiet(stage: Stage, workflow: string, ids: readonly string[]): Promise<number> {
	return await tended(stage, 'every acknowledged notification to be executed', async () => {
		if (acknowledged(stage, ids) < ids.length) return false;
		const rows = await rowsOf(stage, workflow);
		const executed = new Set(rows.filter((row) => !isUnfinished(row)).map(({ orderId }) => orderId));
		return ids.every((orderId) => executed.has(orderId));
	});
}

/** Waits, and starts ended processes again meanwhile. Resolves to their number. */
async function tended(stage: Stage, what: string, isSo: () => boolean | Promise<boolean>): Promise<number> {
	let revived = 0;
	const look = async () => {
		revived += await stage.queue.revive();
		return (await isSo()) ? true : undefined;
	};
	await poll(look, what, PATIENCE_MS);
	return revived;
}

/** Restarts main, which then finds stored executions that never got a job in the queue. */
async function afterRecovery(stage: Stage, workflow: string): Promise<Row[]> {
	await stage.queue.main.restart();
	return await allEnded(stage, workflow);
}

/** Causes the outage each time so many notifications are acknowledged and others are under way. */
async function outagesUnderLoad(
	stage: Stage,
	ids: readonly string[],
	points: readonly number[],
	outage: () => Promise<void>,
): Promise<number> {
	const settling = settleAll(stage, ids);
	let revived = 0;
	for (const point of points) {
		const what = `${point} acknowledgements`;
		revived += await tended(stage, what, () => acknowledged(stage, ids) >= point);
		await outage();
	}
	revived += await tended(stage, 'all to be acknowledged', () => acknowledged(stage, ids) === ids.length);
	await settling;
	return revived;
}

/** Kills the webhook process three times under load. */
export async function killWebhookProcess(stage: Stage): Promise<void> {
	const started = Date.now();
	const hook = 'b0000000-0000-4000-8000-000000000011';
	const workflow = await publish(stage, payoutFlow(hook), hook);
	const ids = orderIds(11_001, 120);
	await outagesUnderLoad(stage, ids, [25, 60, 95], async () => {
		await stage.queue.webhook.kill();
		await stage.queue.webhook.start();
	});
	await quiet(stage, workflow, ids);
	const rows = await afterRecovery(stage, workflow);

	const unanswered = deliveriesOf(stage, ids).flatMap(({ attempts }) =>
		attempts.filter(({ error }) => error),
	);
	tellFigures('The webhook process killed 3 times', stage, ids, rows, {
		'deliveries without an answer': unanswered.length,
		seconds: seconds(started),
	});
	expect(unanswered.length).toBeGreaterThan(0);
	expect(lost(stage, ids, rows)).toEqual([]);
	expect(unsuccessful(ids, rows)).toEqual([]);
	expect(complaintsAboutBooks(stage, ids)).toEqual([]);
}

/** Ends Redis twice under load and starts it again. */
export async function endRedis(stage: Stage, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
	const started = Date.now();
	const [last, first] = signal === 'SIGKILL' ? ['2', 12_001] : ['3', 13_001];
	const hook = `b0000000-0000-4000-8000-00000000001${last}`;
	const workflow = await publish(stage, payoutFlow(hook), hook);
	const ids = orderIds(first, 120);
	const revived = await outagesUnderLoad(stage, ids, [40, 80], async () => {
		await stage.queue.redis.kill(signal);
		// Without Redis n8n acknowledges nothing, so the notifications pile up.
		const piledUp = () => (isFull(stage.sandbox.gatePay.deliveries) ? true : undefined);
		await poll(piledUp, 'notifications to wait for Redis', PATIENCE_MS);
		await stage.queue.redis.start();
	});
	const revivedLater = await quiet(stage, workflow, ids);
	const rows = await afterRecovery(stage, workflow);

	tellFigures(`Redis ended twice by ${signal}`, stage, ids, rows, {
		'processes that n8n ended itself': revived + revivedLater,
		seconds: seconds(started),
	});
	expect(lost(stage, ids, rows)).toEqual([]);
	expect(unsuccessful(ids, rows)).toEqual([]);
	expect(complaintsAboutBooks(stage, ids)).toEqual([]);
}

/** The deposits for which no execution succeeded. */
function unsuccessful(ids: readonly string[], rows: readonly Row[]): string[] {
	const done = new Set(rows.filter((row) => countOf([row], 'success') === 1).map(({ orderId }) => orderId));
	return ids.filter((orderId) => !done.has(orderId));
}
