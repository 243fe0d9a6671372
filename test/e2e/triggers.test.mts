import axios from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';

import { sign } from '../../sandbox/gatePay/signing.mts';
import { importAndPublish } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { poll } from '../../host/poll.mts';
import { inARow, node } from '../../host/smallFlows.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { finished, idsFrom, placeOrder, settle, statesIn } from './desk.mts';
import { eventsOnce } from './smallFlows.mts';

let setting: Setting;
beforeAll(async () => (setting = await startSetting({ pace: 100 })));
afterAll(async () => await setting?.close());

const desk = () => setting.sandbox.gatePay;
const executionsOf = (workflowId: string) => setting.n8n.executions({ workflowId });

describe('the polling trigger', () => {
	const polls = () => desk().requests.filter(({ operation }) => operation === 'listOtcDeposits').length;
	const nextPolls = async (count: number) => {
		const before = polls();
		await poll(() => (polls() >= before + count ? true : undefined), `${count} polls`);
	};
	const [settled, placed] = [idsFrom(1, 10), idsFrom(11, 10)];
	const all = [...settled.map((id) => `${id} succeeded`), ...placed.map((id) => `${id} action_required`)];
	let workflow: string;

	beforeAll(async () => {
		for (const id of settled) placeOrder(setting, id);
		const trigger = {
			...node('Change', 'n8n-nodes-otc-payouts.gatePayPollingTrigger', 1, {
				watch: 'otcDeposits',
				every: 1,
				unit: 'seconds',
			}),
			credentials: { gatePayApi: { id: '', name: '' } },
		};
		workflow = await importAndPublish(setting, inARow('Changes', [trigger]));
	});
	afterAll(async () => await setting.n8n.deactivate(workflow));

	it('emits nothing for what was there before', async () => {
		await nextPolls(2);
		expect(await executionsOf(workflow)).toEqual([]);
	});

	it('executes all of 20 changes that were made while n8n was stopped, each once', async () => {
		await setting.n8n.kill('SIGTERM');
		for (const id of settled) settle(setting, id);
		for (const id of placed) placeOrder(setting, id);
		await setting.n8n.start();
		expect(statesIn(await finished(setting, workflow, 20), 'Change')).toEqual(all);
	});

	it('executes a change once that many polls see', async () => {
		await nextPolls(3);
		expect(await executionsOf(workflow)).toHaveLength(20);
	});

	it('registers nothing twice over three restarts, one of them a crash', async () => {
		for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
			await setting.n8n.kill(signal);
			await setting.n8n.start();
			// The first poll is part of the activation. Killed in it, n8n would leave the trigger alone for a lease of 2 min.
			await nextPolls(3);
		}
		const [before, started] = [polls(), Date.now()];
		await sleep(3_000);
		// One schedule: a poll a second, and not three or four.
		expect(polls() - before).toBeLessThanOrEqual(Math.ceil((Date.now() - started) / 1000) + 1);
		expect(statesIn(await finished(setting, workflow, 20), 'Change')).toEqual(all);
		settle(setting, placed[0] ?? '');
		const changed = await finished(setting, workflow, 21);
		expect(statesIn(changed, 'Change')).toEqual([...all, `${placed[0]} succeeded`].sort());
	});
});

describe('50 equal notifications at once', () => {
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
			'X-GatePay-Signature': sign(desk().account.paymentSecret, parts),
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
});

leavesNoSecret(() => setting);
