import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sign } from '../../../sandbox/gatePay/signing.mts';
import { callBack, isAsleep, runWorkflow, wakeUp, type Saved, type WorkflowRun } from '../harness/index.mts';
import { openGatePay, type GatePaySetting } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const NODE = 'Address';

const address = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'staticAddress',
	operation: 'saveAndWait',
	channelId: 'susie',
	chain: { __rl: true, mode: 'id', value: 'TRX' },
	currencies: 'USDT',
	...more,
});

function flow(parameters = address(), times = 1): WorkflowRun {
	const step = setting.full(parameters);
	return { steps: { [NODE]: step }, items: [{}], network: step.network, times };
}

async function asleep(run = flow()) {
	const result = await runWorkflow(run);
	expect(result.error).toBeUndefined();
	expect(isAsleep(result)).toBe(true);
	return result;
}

const sent = () => setting.provider.requests.map(({ body }) => JSON.parse(body) as IDataObject);
const outputs = ({ runs }: Awaited<ReturnType<typeof runWorkflow>>) =>
	(runs[NODE] ?? []).map(({ items }) => items[0]?.json);

/** Gate Pay's latest notification, signed now. */
function notification({
	secret = setting.provider.account.paymentSecret,
	change = (text: string) => text,
} = {}) {
	const body = change(setting.provider.deliveries.at(-1)?.body ?? '');
	const parts = { timestamp: String(Date.now()), nonce: 'n-1', body };
	return {
		rawBody: Buffer.from(body),
		headers: {
			'content-type': 'application/json',
			'x-gatepay-timestamp': parts.timestamp,
			'x-gatepay-nonce': parts.nonce,
			'x-gatepay-signature': sign(secret, parts),
		},
	};
}

async function resumed(saved: Saved, run: WorkflowRun, delivery = notification()) {
	const { status, body, resumed: result } = await callBack(saved, run, delivery);
	expect([status, body]).toEqual([200, { returnCode: 'SUCCESS', returnMessage: '' }]);
	if (!result) throw new Error('It sleeps on');
	return result;
}

describe('Create or Update and Wait', () => {
	it('sleeps on the address and goes on with the payment that arrived there', async () => {
		const run = flow();
		const result = await asleep(run);
		expect(sent()).toEqual([
			expect.objectContaining({
				channelId: 'susie',
				callbackUrl: expect.stringContaining(`/webhook-waiting/${result.executionId}/cb?signature=`),
			}),
		]);
		setting.provider.act('receiveOnAddress', 'susie TRX');
		expect(outputs(await resumed(result, run))).toEqual([
			expect.objectContaining({
				outcome: 'applied',
				reference: 'susie',
				kind: 'staticAddressPayment',
				status: 'succeeded',
				final: true,
				amount: '100',
				currency: 'USDT',
				timedOut: false,
			}),
		]);
	});

	it('goes on at the time limit with the address', async () => {
		const run = flow();
		const woken = outputs(await wakeUp(await asleep(run), run));
		expect(woken).toEqual([
			expect.objectContaining({
				outcome: 'applied',
				channelId: 'susie',
				address: expect.any(String),
				timedOut: true,
			}),
		]);
	});

	it.each<[string, 'holdOnAddress' | 'flagAddress', string]>([
		['a payment that is held', 'holdOnAddress', 'action_required'],
		['a warning', 'flagAddress', 'action_required'],
	])('sleeps on over %s, unless any change is waited for', async (_what, act, status) => {
		const run = flow();
		const result = await asleep(run);
		setting.provider.act(act, 'susie TRX');
		const answer = await callBack(result, run, notification());
		expect([answer.status, answer.resumed]).toEqual([200, undefined]);
		const any = flow(address({ waitFor: 'change' }));
		const other = await asleep(any);
		// A warning is sent once, and has no time; a payment of before would be no news.
		if (act === 'holdOnAddress') setting.provider.act(act, 'susie TRX');
		expect(outputs(await resumed(other, any))[0]).toMatchObject({ status, timedOut: false });
	});

	it('sleeps on over a forgery and over another address', async () => {
		const run = flow();
		const result = await asleep(run);
		setting.provider.act('receiveOnAddress', 'susie TRX');
		const forged = await callBack(result, run, notification({ secret: 'another' }));
		expect([forged.status, forged.resumed]).toEqual([401, undefined]);
		const change = (text: string) => text.replace(/(address\\":\\")\w/, '$1X');
		expect(change(setting.provider.deliveries.at(-1)?.body ?? '')).toContain('"X');
		const elsewhere = await callBack(result, run, notification({ change }));
		expect([elsewhere.status, elsewhere.resumed]).toEqual([200, undefined]);
	});

	it.each(['final', 'change'])(
		'sleeps on over what was received before this execution, also where that has ended an earlier one: %s',
		async (waitFor) => {
			const earlier = await asleep();
			setting.provider.act('receiveOnAddress', 'susie TRX');
			const paid = notification();
			await resumed(earlier, flow(), paid);

			const run = flow(address({ waitFor }));
			const result = await asleep(run);
			const again = await callBack(result, run, paid);
			expect([again.status, again.resumed]).toEqual([200, undefined]);
			const longAgo = (text: string) => text.replace(/(Time\\":)\d{13}/g, `$1${Date.now() - 3 * 3_600_000}`);
			expect(longAgo(paid.rawBody.toString())).not.toBe(paid.rawBody.toString());
			setting.provider.act('receiveOnAddress', 'susie TRX');
			const old = await callBack(result, run, notification({ change: longAgo }));
			expect([old.status, old.resumed]).toEqual([200, undefined]);
			expect(outputs(await resumed(result, run))[0]).toMatchObject({ status: 'succeeded', timedOut: false });
		},
	);

	it.each(['PAY', 'PAY_ADDRESS', 'TRANSFER_ADDRESS', 'NEW_KIND'])(
		'sleeps on over an order in the same words: %s',
		async (bizType) => {
			const run = flow(address({ waitFor: 'change' }));
			const result = await asleep(run);
			setting.provider.act('receiveOnAddress', 'susie TRX');
			const change = (text: string) => text.replace('PAY_FIXED_ADDRESS', bizType);
			expect(change(setting.provider.deliveries.at(-1)?.body ?? '')).toContain(`"${bizType}"`);
			const order = await callBack(result, run, notification({ change }));
			expect([order.status, order.resumed]).toEqual([200, undefined]);
			expect(outputs(await resumed(result, run))[0]).toMatchObject({ kind: 'staticAddressPayment' });
		},
	);

	it('is woken by a payment that was received while it ran', async () => {
		const run = flow(address(), 2);
		const first = await asleep(run);
		setting.provider.act('receiveOnAddress', 'susie TRX');
		const paid = notification();
		setting.provider.act('receiveOnAddress', 'susie TRX');
		const other = notification();
		const second = await resumed(first, run, paid);
		expect(isAsleep(second)).toBe(true);
		const [one, two] = outputs(await resumed(second, run, other));
		expect(one?.id).not.toBe(two?.id);
	});

	it('in a loop over the same address wakes each wait by a payment of its own', async () => {
		const run = flow(address(), 2);
		const first = await asleep(run);
		setting.provider.act('receiveOnAddress', 'susie TRX');
		const paid = notification();
		const second = await resumed(first, run, paid);
		expect(isAsleep(second)).toBe(true);
		const again = await callBack(second, run, paid);
		expect([again.status, again.resumed]).toEqual([200, undefined]);
		setting.provider.act('receiveOnAddress', 'susie TRX');
		const [one, other] = outputs(await resumed(second, run));
		expect(one?.id).not.toBe(other?.id);
		expect([one?.status, other?.status]).toEqual(['succeeded', 'succeeded']);
	});
});

it('Create EVM Address and Wait sleeps until something arrives on any of the networks', async () => {
	const network = [
		{ chain: 'ETH', currencies: 'USDT' },
		{ chain: 'BSC', currencies: 'USDT' },
	];
	const run = flow({
		resource: 'staticAddress',
		operation: 'createEvmAndWait',
		channelId: 'eve',
		chianCurrencyInfos: { network },
	});
	const result = await asleep(run);
	setting.provider.act('receiveOnAddress', 'eve BSC');
	expect(outputs(await resumed(result, run))[0]).toMatchObject({
		reference: 'eve',
		network: 'BSC',
		status: 'succeeded',
	});
});
