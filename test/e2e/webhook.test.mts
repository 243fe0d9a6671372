import axios from 'axios';

import { sign } from '../../sandbox/gatePay/signing.mts';
import { importAndPublish } from '../../scripts/demo/flows.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { isFinished, itemsOf, type Execution } from '../../host/executions.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { finished } from './desk.mts';
import { eventsOnce, eventsOnly } from './smallFlows.mts';

const HOUR_MS = 3_600_000;
const address = 'a0000000-0000-4000-8000-000000000001';
let setting: Setting;
let workflow: string;
let delivered = 0;

beforeAll(async () => {
	setting = await startSetting();
	const filter = { events: ['otc'], statuses: ['succeeded'] };
	workflow = await importAndPublish(setting, eventsOnly(address, filter));
});
afterAll(async () => await setting?.close());

/** A notification. Its data is JSON text in JSON, with an ID larger than 2^53 and a zero that must not be lost. */
function notification(change: Record<string, string> = {}): string {
	const data = {
		type: 'BUY',
		orderId: '79550727153516602',
		cryptoAmount: '1088.420',
		cryptoCurrency: 'USDT',
	};
	const body = { bizType: 'OTC', bizId: '79550727153516602', bizStatus: 'RECHARGE_SUCCESS' };
	return JSON.stringify({ ...body, data: JSON.stringify(data), ...change });
}

interface Letter {
	body: string;
	headers: Record<string, string>;
}

function signed(body: string, { secret, at = Date.now() }: { secret?: string; at?: number } = {}): Letter {
	const parts = { timestamp: String(at), nonce: `n${Math.random().toString(36).slice(2)}`, body };
	return {
		body,
		headers: {
			'X-GatePay-Timestamp': parts.timestamp,
			'X-GatePay-Nonce': parts.nonce,
			'X-GatePay-Signature': sign(secret ?? setting.sandbox.gatePay.account.paymentSecret, parts),
		},
	};
}

async function deliver({ body, headers }: Letter, webhookId = address) {
	const url = setting.n8n.webhookUrl(`${webhookId}/webhook`);
	// The body goes as bytes, because axios would trim a text.
	return await axios.post<string>(url, Buffer.from(body), {
		headers: { 'Content-Type': 'application/json', ...headers },
		transformResponse: (text: string) => text,
		validateStatus: () => true,
		proxy: false,
	});
}

const executions = () => setting.n8n.executions({ workflowId: workflow });

/**
 * Delivers a genuine notification and resolves to the number of its execution. n8n numbers executions when it stores them.
 * So an earlier delivery that started one has a smaller number, even while n8n 1.x leaves it out of the list.
 */
async function oneMore(): Promise<number> {
	const bizId = String((delivered += 1));
	await deliver(signed(notification({ bizId, data: '{"type":"BUY"}' })));
	const isIts = (each: Execution) => itemsOf(each, 'Event').some(({ id }) => id === bizId);
	const { id } = await setting.n8n.waitForExecution((each) => isFinished(each) && isIts(each));
	return Number(id);
}

describe('a genuine notification', () => {
	it('is acknowledged to the letter and starts one execution with exact values', async () => {
		const { status, data } = await deliver(signed(notification()));
		expect([status, data]).toEqual([200, '{"returnCode":"SUCCESS","returnMessage":""}']);
		const [execution, ...others] = await finished(setting, workflow, 1);
		expect(others).toEqual([]);
		const event = { event: 'otc', id: '79550727153516602', amount: '1088.420', status: 'succeeded' };
		expect(execution && itemsOf(execution, 'Event')).toEqual([expect.objectContaining(event)]);
	});

	it('is the same event when it comes again, signed anew', async () => {
		const before = (await executions()).length;
		await deliver(signed(notification()));
		await deliver(signed(notification()));
		const all = await finished(setting, workflow, before + 2);
		expect(all).toHaveLength(before + 2);
		expect(new Set(all.flatMap((each) => itemsOf(each, 'Event')).map(({ eventId }) => eventId)).size).toBe(1);
	});

	it.each([
		['another event', { bizType: 'PAY', bizStatus: 'PAY_SUCCESS' }],
		['another status', { bizStatus: 'RECHARGE_FAIL' }],
		['a kind that nobody knows', { bizType: 'NEW_KIND', bizStatus: 'DONE' }],
	])('of %s than wanted is acknowledged without an execution', async (_what, change) => {
		const before = await oneMore();
		const { status, data } = await deliver(signed(notification(change)));
		expect([status, data]).toEqual([200, '{"returnCode":"SUCCESS","returnMessage":""}']);
		expect(await oneMore()).toBe(before + 1);
	});

	it('that waited in the retries for a day is still accepted', async () => {
		const { status } = await deliver(signed(notification(), { at: Date.now() - 25 * HOUR_MS }));
		expect(status).toBe(200);
	});
});

describe('a forged notification', () => {
	const forgeries: [string, () => Letter][] = [
		['with another secret', () => signed(notification(), { secret: 'not-the-secret' })],
		[
			'with a changed byte',
			() => ({ ...signed(notification()), body: notification().replace('1088', '9088') }),
		],
		['with a byte more', () => ({ ...signed(notification()), body: `${notification()} ` })],
		['without a signature', () => without('X-GatePay-Signature')],
		['without a timestamp', () => without('X-GatePay-Timestamp')],
		['without a nonce', () => without('X-GatePay-Nonce')],
		['without anything', () => ({ body: notification(), headers: {} })],
		['that replays an old one', () => signed(notification(), { at: Date.now() - 27 * HOUR_MS })],
		['from the future', () => signed(notification(), { at: Date.now() + HOUR_MS })],
	];

	function without(header: string): Letter {
		const { body, headers } = signed(notification());
		return { body, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== header)) };
	}

	it.each(forgeries)('%s gets 401 and no execution', async (_what, forge) => {
		const before = await oneMore();
		const { status, data } = await deliver(forge());
		expect(status).toBe(401);
		expect(JSON.parse(data)).toEqual({ returnCode: 'FAIL', returnMessage: expect.any(String) });
		expect(await oneMore()).toBe(before + 1);
	});

	it('is not told what the right signature would be', async () => {
		const { data } = await deliver(signed(notification(), { secret: 'not-the-secret' }));
		const { paymentSecret } = setting.sandbox.gatePay.account;
		expect(data).not.toContain(paymentSecret);
		expect(data).not.toMatch(/[0-9a-f]{32}/);
	});
});

describe("the flows' Remove Duplicates", () => {
	// n8n's node fails when two executions make its first entry at once. Without a retry an acknowledged event would be lost.
	it.each(['otc-buy', 'payout-with-approval'] as const)('is tried again in %s', async (name) => {
		const { nodes } = await workflowFile(name);
		const once = nodes.find(({ type }) => type === 'n8n-nodes-base.removeDuplicates');
		expect(once).toMatchObject({ retryOnFail: true, parameters: { dedupeValue: '={{ $json.eventId }}' } });
	});

	it.each([1, 2, 3])(
		'loses none of the first events when they come at the same moment (%i)',
		async (round) => {
			const webhookId = `a0000000-0000-4000-8000-00000000001${round}`;
			const file = eventsOnce(await workflowFile('payout-with-approval'), webhookId);
			const workflowId = await importAndPublish(setting, file);
			const ids = ['1', '2', '3', '4', '5', '6', '7', '8'];
			const letters = ids.map((bizId) => signed(notification({ bizId, data: '{"type":"BUY"}' })));
			const answers = await Promise.all(letters.map((letter) => deliver(letter, webhookId)));
			expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));

			const each = await finished(setting, workflowId, ids.length);
			expect(each).toHaveLength(ids.length);
			const events = each.flatMap((one) => itemsOf(one, 'Let Each Event Through Once'));
			expect(events.map(({ id }) => id).sort()).toEqual(ids);
		},
	);
});

leavesNoSecret(() => setting);
