import axios from 'axios';

import { sign } from '../../sandbox/gatePay/signing.mts';
import { importAndPublish } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { poll } from '../../host/poll.mts';
import { inARow, node } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { finished, idsFrom, placeOrder, settle, statesIn } from './desk.mts';
import { eventsOnce } from './smallFlows.mts';

const durableCursors = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};
/** n8n polls once a minute at most; the durable scheduler waits a minute for what a killed n8n had begun. */
const PATIENCE_MS = 300_000;

describe.each<[string, NodeJS.ProcessEnv]>([
	['as n8n comes', {}],
	['with durable cursors', durableCursors],
])('the polling trigger, %s', (_way, env) => {
	let setting: Setting;
	beforeAll(async () => (setting = await startSetting({ pace: 100, env })));
	afterAll(async () => await setting?.close());

	const desk = () => setting.sandbox.gatePay;
	const polls = () => desk().requests.filter(({ operation }) => operation === 'listOtcDeposits').length;
	const nextPoll = async () => {
		const before = polls();
		await poll(() => (polls() > before ? true : undefined), 'one more poll', PATIENCE_MS);
	};
	const [settled, placed] = [idsFrom(1, 10), idsFrom(11, 10)];
	const all = [...settled.map((id) => `${id} succeeded`), ...placed.map((id) => `${id} action_required`)];
	let workflow: string;
	/** The changes that were executed, as soon as there are so many. */
	const changes = (count: number, name = 'Change') =>
		poll(
			async () => {
				const states = statesIn(await setting.n8n.executions({ workflowId: workflow }), name);
				return states.length >= count ? states : undefined;
			},
			`${count} changes`,
			PATIENCE_MS,
		);

	beforeAll(async () => {
		for (const id of settled) placeOrder(setting, id);
		const trigger = {
			...node('Change', 'n8n-nodes-otc-payouts.gatePayPollingTrigger', 1, { watch: 'otcDeposits' }),
			credentials: { gatePayApi: { id: '', name: '' } },
		};
		workflow = await importAndPublish(setting, inARow('Changes', [trigger]));
	});

	it('emits nothing for what was there before', async () => {
		await nextPoll();
		expect(await setting.n8n.executions({ workflowId: workflow })).toEqual([]);
	});

	it('shows the newest object in the editor, published or not', async () => {
		const trigger = {
			...node('Change', 'n8n-nodes-otc-payouts.gatePayPollingTrigger', 1, { watch: 'otcDeposits' }),
			credentials: { gatePayApi: { id: '', name: '' } },
		};
		const id = await setting.n8n.importWorkflow(inARow('Tried out', [trigger]), setting);
		const shown = await setting.n8n.runWorkflow(id, { trigger: 'Change' });
		expect(statesIn([shown], 'Change')).toEqual([`${settled.at(-1)} action_required`]);
	});

	it('executes all of 20 changes that were made while n8n was stopped, each once', async () => {
		await setting.n8n.kill('SIGTERM');
		for (const id of settled) settle(setting, id);
		for (const id of placed) placeOrder(setting, id);
		await setting.n8n.start();
		expect(await changes(20)).toEqual(all);
	});

	it('executes a change once over three restarts, one of them a crash', async () => {
		for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
			await setting.n8n.kill(signal);
			await setting.n8n.start();
			await nextPoll();
		}
		await nextPoll();
		expect(await changes(20)).toEqual(all);
		settle(setting, placed[0] ?? '');
		expect(await changes(21)).toEqual([...all, `${placed[0]} succeeded`].sort());
	});

	it('loses nothing when the node is renamed', async () => {
		const { api } = setting.n8n;
		settle(setting, placed[1] ?? '');
		const { data } = await api.get<WorkflowFile>(`/workflows/${workflow}`);
		const nodes = data.nodes.map((one) => ({ ...one, name: 'Renamed' }));
		const { name, connections, settings } = data;
		await api.put(`/workflows/${workflow}`, { name, nodes, connections, settings });
		await setting.n8n.activate(workflow);
		settle(setting, placed[2] ?? '');
		await nextPoll();
		await nextPoll();
		// One of the first two may have come under the old name, a moment before.
		const states = [...(await changes(21)), ...(await changes(1, 'Renamed'))].sort();
		const news = placed.slice(0, 3).map((id) => `${id} succeeded`);
		expect(states).toEqual([...all, ...news].sort());
	});

	leavesNoSecret(() => setting);
});

describe('50 equal notifications at once', () => {
	let setting: Setting;
	beforeAll(async () => (setting = await startSetting({ pace: 100 })));
	afterAll(async () => await setting?.close());

	it('are all acknowledged, and acted on once', async () => {
		const webhookId = 'a0000000-0000-4000-8000-000000000050';
		const file = eventsOnce(await workflowFile('otc-buy'), webhookId);
		const workflow = await importAndPublish(setting, file);
		const data = JSON.stringify({ type: 'BUY', orderId: '50', cryptoAmount: '1088.42' });
		const body = JSON.stringify({ bizType: 'OTC', bizId: '50', bizStatus: 'RECHARGE_SUCCESS', data });
		const parts = { timestamp: String(Date.now()), nonce: 'n50', body };
		const headers = {
			'Content-Type': 'application/json',
			'X-GatePay-Timestamp': parts.timestamp,
			'X-GatePay-Nonce': parts.nonce,
			'X-GatePay-Signature': sign(setting.sandbox.gatePay.account.paymentSecret, parts),
		};
		const url = setting.n8n.webhookUrl(`${webhookId}/webhook`);
		const options = { headers, proxy: false, validateStatus: () => true } as const;
		const answers = await Promise.all(
			Array.from({ length: 50 }, () => axios.post(url, Buffer.from(body), options)),
		);
		const acknowledged = { returnCode: 'SUCCESS', returnMessage: '' };
		expect(answers.map(({ status, data }) => [status, data])).toEqual(answers.map(() => [200, acknowledged]));
		const executions = await finished(setting, workflow, 50);
		expect(executions).toHaveLength(50);
		expect(statesIn(executions, 'Let Each Event Through Once')).toEqual(['50 succeeded']);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
		await setting.n8n.deactivate(workflow);
	});

	leavesNoSecret(() => setting);
});
