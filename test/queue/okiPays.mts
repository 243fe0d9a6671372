import { add, isSameAmount } from '../../sandbox/decimal.mts';
import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { failureOf } from '../../host/executions.mts';
import { tell } from '../../scripts/test/figures.mts';
import { wayTo } from './latency.mts';
import { orderFlow } from './payoutFlow.mts';
import { inOneLine, seconds } from './proof.mts';
import {
	allAcknowledged,
	allEnded,
	amountOf,
	orderIds,
	publish,
	settleAll,
	startedBy,
	type Stage,
} from './stage.mts';

/** As long as a worker's pause between two calls, so that calls of two workers overtake each other. Milliseconds. */
const LATENCY_MS = 250;
const ORDERS = 200;
/** The order number for OkiPays, which takes at most 14 digits. See orderFlow. */
const numberOf = (orderId: string) => orderId.slice(-8);

/** Two workers make orders with one token, and their calls overtake each other. */
export async function overtakeInOkiPays(stage: Stage): Promise<void> {
	const way = await wayTo(stage.sandbox.okiPays.url, LATENCY_MS);
	try {
		const credential = sandboxCredential(stage.sandbox, 'okiPaysApi');
		const data = { ...credential.data, baseUrl: way.url };
		const id = await stage.queue.main.createCredential({ ...credential, data });
		await makeOrders({
			...stage,
			credentials: { ...stage.credentials, okiPaysApi: { id, name: credential.name } },
		});
	} finally {
		await way.close();
	}
}

async function makeOrders(stage: Stage): Promise<void> {
	const started = Date.now();
	const hook = 'b0000000-0000-4000-8000-000000000021';
	const workflow = await publish(stage, orderFlow(hook), hook);
	const ids = orderIds(21_001, ORDERS);
	await settleAll(stage, ids);
	await allAcknowledged(stage, ids);
	const rows = await allEnded(stage, workflow);

	const { books, requests } = stage.sandbox.okiPays;
	const refused = requests.filter(
		({ verdict }) => verdict.kind === 'refused' && /request_id/.test(verdict.reason ?? ''),
	);
	const own = new Set(rows.map(({ id }) => id));
	const work = stage.queue.workers.map((worker) => startedBy(worker).filter((id) => own.has(id)).length);
	const failed = rows.filter(({ status }) => status !== 'success');
	const applied = books.appliedPerReference();
	const times = ids.map((orderId) => applied[numberOf(orderId)] ?? 0);
	const figures = {
		orders: ids.length,
		executions: rows.length,
		'of each worker': work.join(' and '),
		calls: requests.length,
		'refused for their request_id': refused.length,
		'executions without success': failed.length,
		'made per order': `${Math.min(...times)} to ${Math.max(...times)}`,
		seconds: seconds(started),
	};
	tell(inOneLine('OkiPays orders', figures));

	const reasons = failed.map(async ({ id }) => failureOf(await stage.queue.main.execution(id)));
	expect(await Promise.all(reasons)).toEqual([]);
	for (const executed of work) expect(executed).toBeGreaterThan(0);
	// Without a refusal no call has overtaken another, and the test would prove nothing.
	expect(refused.length).toBeGreaterThan(0);
	expect(times.filter((count) => count !== 1)).toEqual([]);
	expect(Object.keys(applied)).toHaveLength(ids.length);
	expect(isSameAmount(books.total('USD'), add(...ids.map(amountOf)))).toBe(true);
}
