import axios from 'axios';

import { sign } from '../../sandbox/gatePay/signing.mts';
import { importAndPublish } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { finished, statesIn } from './desk.mts';
import { eventsOnce } from './smallFlows.mts';

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
		const acknowledged = { returnCode: 'SUCCESS', returnMessage: '' };
		const deliver = async () => {
			const { status, data } = await axios.post(url, Buffer.from(body), options);
			if (status === 200) expect(data).toEqual(acknowledged);
			return status;
		};
		const first = await Promise.all(Array.from({ length: 50 }, deliver));
		// On a busy machine n8n or the node answers 503, and Gate Pay repeats what was not acknowledged.
		const late = first.filter((status) => status === 503).length;
		for (let left = late; left > 0;) if ((await deliver()) === 200) left -= 1;
		expect(first.filter((status) => status !== 503 && status !== 200)).toEqual([]);
		const executions = await finished(setting, workflow, 50);
		expect(executions).toHaveLength(50);
		expect(statesIn(executions, 'Let Each Event Through Once')).toEqual(['50 succeeded']);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
		await setting.n8n.deactivate(workflow);
	});

	leavesNoSecret(() => setting);
});
