import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { failureOf, isFinished, type Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { addressOf } from '../../sandbox/addresses.mts';
import { byName } from '../byName.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';

/** One payroll, and the payment that is under way when the execution ends. */
const PEOPLE = 60;
const UNDER_WAY = 6;

/** Longer than any test waits for the end. */
const HELD_S = 60;

let setting: Setting;
let workflowId: string;

const TYPE = 'rapiraApi';
const CREATE = 'createCryptoWithdrawal';
const names = Array.from({ length: PEOPLE }, (_one, index) => `TA${index + 1}`);

async function payroll(settings: { executionTimeout?: number } = {}): Promise<string> {
	const people = {
		...node('Whom to Pay', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({
				people: names.map((name) => ({ name, address: addressOf('TRX', name) })),
			}),
			options: {},
		}),
	};
	const list = node('List of Payouts', 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'people',
		options: {},
	});
	const pay = {
		...node('Pay', 'n8n-nodes-otc-payouts.rapira', 1, {
			resource: 'payout',
			operation: 'create',
			token: { __rl: true, mode: 'id', value: 'USDT:TRX:USDTTRC20' },
			address: '={{ $json.address }}',
			amount: '10.5',
			paymentReference: '={{ $json.name }}',
			options: {},
		}),
		credentials: { [TYPE]: { id: '', name: '' } },
	};
	const file = inARow('Payroll', [start, people, list, pay]);
	const { n8n, credentials } = setting;
	return await n8n.importWorkflow({ ...file, settings: { ...file.settings, ...settings } }, { credentials });
}

const sent = () => setting.sandbox.rapira.requests.filter(({ operation }) => operation === CREATE).length;
const applied = () => byName(setting.sandbox.rapira.books.appliedPerReference(), names);
const firstPeople = (count: number) => Object.fromEntries(names.slice(0, count).map((name) => [name, 1]));

/** The provider pays the sixth and keeps its answer back. */
const hold = (seconds: number) =>
	setting.sandbox.fault({ operation: CREATE, kind: 'timeout-after-applying', nth: UNDER_WAY, seconds });

const underWay = () => poll(() => (sent() === UNDER_WAY ? true : undefined), 'the sixth payment');

const ended = (id: string) =>
	poll(async () => {
		const one = await setting.n8n.execution(id);
		return isFinished(one) && failureOf(one) !== undefined ? one : undefined;
	}, `the end of ${id}`);

/** What Retry does: the first five are not repeated, the sixth is not sent again, nobody else is paid before it is settled. */
async function expectSafeRetry({ id }: Execution): Promise<void> {
	const retried = await setting.n8n.retry(id);
	expect(failureOf(retried)).toMatch(/Money may or may not have moved\. \[item 6\]/);
	expect([sent(), applied()]).toEqual([UNDER_WAY, firstPeople(UNDER_WAY)]);
}

beforeAll(async () => {
	setting = await startSetting({ env: { N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '2' } });
});
beforeEach(() => setting.sandbox.reset());
afterAll(async () => await setting?.close());

describe('60 payouts of Rapira, of which the sixth is under way', () => {
	it('are ended by Stop: nothing more is sent, and the log names what was', async () => {
		workflowId = await payroll();
		hold(HELD_S);
		const begun = Date.now();
		const id = await setting.n8n.startWorkflow(workflowId);
		await underWay();
		await setting.n8n.rest.post(`/executions/${id}/stop`);
		const { status } = await setting.n8n.waitForExecution(id);
		await poll(() => (setting.n8n.log.includes('Not sent: items 7 to 60.') ? true : undefined), 'the log');
		expect(Date.now() - begun).toBeLessThan(HELD_S * 1000);
		expect([status, sent(), applied()]).toEqual(['canceled', UNDER_WAY, firstPeople(UNDER_WAY)]);
		expect(setting.n8n.log).toMatch(
			/the execution was canceled before the answer came\. Money may or may not have moved\. \[item 6\] .* Already applied in this run: TA1 \(\d+\), TA2 .*, TA5 \(\d+\);/,
		);
		// n8n overwrites what it knows of a stopped execution: nobody can retry it by mistake.
		await expect(setting.n8n.retry(id)).rejects.toThrow(/cannot be retried/);
		expect(sent()).toBe(UNDER_WAY);
	});

	it('are ended by the Execution Timeout', async () => {
		workflowId = await payroll({ executionTimeout: 10 });
		hold(HELD_S);
		const execution = await ended(await setting.n8n.startWorkflow(workflowId));
		expect([execution.status, failureOf(execution)]).toEqual(['canceled', expect.any(String)]);
		expect([sent(), applied()]).toEqual([UNDER_WAY, firstPeople(UNDER_WAY)]);
		await expectSafeRetry(execution);
	});

	it('are cut off by SIGTERM: n8n asks no node to stop, waits, and offers no Retry of what it has cut', async () => {
		workflowId = await payroll();
		hold(HELD_S);
		const id = await setting.n8n.startWorkflow(workflowId);
		await underWay();
		await setting.n8n.kill('SIGTERM');
		expect([sent(), applied()]).toEqual([UNDER_WAY, firstPeople(UNDER_WAY)]);
		await setting.n8n.start();
		expect((await setting.n8n.execution(id)).status).toBe('crashed');
		await expect(setting.n8n.retry(id)).rejects.toThrow(/cannot be retried/);
		expect(sent()).toBe(UNDER_WAY);
	});
});

leavesNoSecret(() => setting);
