import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { itemsOf } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { payoutsOnly } from './smallFlows.mts';

const eachOnce = { payroll_2026_11_anna: 1, payroll_2026_11_boris: 1, payroll_2026_11_chen: 1 };
let setting: Setting;

beforeAll(async () => (setting = await startSetting()));
beforeEach(async () => await setting.sandbox.reset());
afterAll(async () => await setting?.close());

async function importPayouts(options: { timeout?: number; checkFirst?: boolean }): Promise<string> {
	return await setting.n8n.importWorkflow(
		payoutsOnly(await workflowFile('payout-with-approval'), options),
		setting,
	);
}

const books = () => setting.sandbox.gatePay.books;
const creations = () =>
	setting.sandbox.gatePay.requests.filter(({ operation }) => operation === 'createPayoutBatch');

describe('payouts with a time-out in the middle', () => {
	it('are found under their references, without a failure', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'timeout-after-applying', nth: 2 });
		const execution = await setting.n8n.runWorkflow(await importPayouts({ timeout: 1 }));
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Pay What Was Approved')).toMatchObject(Array(3).fill({ outcome: 'applied' }));
		expect(creations()).toHaveLength(3);
		expect(books().appliedPerReference()).toEqual(eachOnce);
	});

	it('are made once each when nobody can be asked and n8n runs the node again', async () => {
		const id = await importPayouts({ timeout: 1 });
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'timeout-after-applying', nth: 2 });
		// The first two lookups are Check First. These are the three lookups after the time-out.
		setting.sandbox.fault({
			operation: 'queryPayoutBatch',
			kind: 'ok-but-wrong',
			body: 'refusal',
			nth: 3,
			times: 3,
		});
		const execution = await setting.n8n.runWorkflow(id, { timeoutMs: 60_000 });
		expect(execution.status).toBe('success');
		const items = itemsOf(execution, 'Pay What Was Approved');
		expect(items.map(({ outcome, replayed }) => [outcome, replayed])).toEqual([
			['applied', true], // the node remembers it from its first try
			['applied', undefined], // the lookup finds it now
			['applied', undefined],
		]);
		expect(creations()).toHaveLength(3);
		expect(books().appliedPerReference()).toEqual(eachOnce);
	});
});

describe('payouts in an n8n that is killed', () => {
	it('are made once each when the workflow is run again', async () => {
		const { n8n, sandbox } = setting;
		const id = await importPayouts({});
		sandbox.fault({ operation: 'createPayoutBatch', kind: 'timeout-after-applying', nth: 2 });
		await n8n.startWorkflow(id, 'Start the Payouts');
		await poll(() => books().appliedEvents[1], 'the second payout to be applied');
		await n8n.kill();
		await n8n.start();
		const [crashed] = await n8n.executions({ workflowId: id });
		expect(crashed?.status).toBe('crashed');
		expect(books().appliedEvents).toHaveLength(2);

		const execution = await n8n.runWorkflow(id);
		const items = itemsOf(execution, 'Pay What Was Approved');
		expect(items.map(({ outcome, replayed }) => [outcome, replayed])).toEqual([
			['applied', true],
			['applied', true],
			['applied', undefined],
		]);
		expect(creations()).toHaveLength(3);
		expect(books().appliedPerReference()).toEqual(eachOnce);
		expect(books().total('USDT')).toBe('505.75');
	});
});

leavesNoSecret(() => setting);
