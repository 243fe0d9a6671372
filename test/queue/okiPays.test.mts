import { add, isSameAmount } from '../../sandbox/decimal.mts';
import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { failureOf } from '../../scripts/n8n/executions.mts';
import { tell } from '../../scripts/test/figures.mts';
import { wayTo, type Way } from './latency.mts';
import { orderFlow } from './payoutFlow.mts';
import { seconds } from './proof.mts';
import {
	allAcknowledged,
	allEnded,
	amountOf,
	orderIds,
	PATIENCE_MS,
	publish,
	settleAll,
	startStage,
	workOf,
	type Stage,
} from './stage.mts';

jest.setTimeout(3 * PATIENCE_MS);

/** Milliseconds: more than the pause that a worker makes between two calls is not needed for calls to overtake. */
const LATENCY_MS = 250;
const ORDERS = 200;
/** OkiPays takes numbers of at most 14 digits. */
const numberOf = (orderId: string) => orderId.slice(-8);

let stage: Stage;
let way: Way;
beforeAll(async () => {
	stage = await startStage();
	way = await wayTo(stage.sandbox.okiPays.url, LATENCY_MS);
	const credential = sandboxCredential(stage.sandbox, 'okiPaysApi');
	const data = { ...credential.data, baseUrl: way.url };
	const id = await stage.queue.main.createCredential({ ...credential, data });
	stage.credentials['okiPaysApi'] = { id, name: credential.name };
});
afterAll(async () => {
	await stage?.close();
	await way?.close();
});

describe('OkiPays under two workers with one token', () => {
	it('makes every order once, though calls overtake each other and are refused for their request_id', async () => {
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
		const work = stage.queue.workers.map((worker) => workOf(worker).started.length);
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
		tell(
			`OkiPays: ${Object.entries(figures)
				.map(([name, value]) => `${name} ${value}`)
				.join(', ')}`,
		);

		const reasons = await Promise.all(
			failed.map(async ({ id }) => failureOf(await stage.queue.main.execution(id))),
		);
		expect(reasons).toEqual([]);
		for (const executed of work) expect(executed).toBeGreaterThan(0);
		// Or the way was too good, and nothing was shown.
		expect(refused.length).toBeGreaterThan(0);
		expect(times.filter((count) => count !== 1)).toEqual([]);
		expect(Object.keys(applied)).toHaveLength(ids.length);
		expect(isSameAmount(books.total('USD'), add(...ids.map(amountOf)))).toBe(true);
	});
});
