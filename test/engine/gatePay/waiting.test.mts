import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WorkflowExecute } from 'n8n-core';
import { passingTime, SECOND_MS } from '../passingTime.mts';
import type { SimulatedTime } from '../../simulatedTime.mts';
import { openGatePay, payoutPerItem, payouts, type GatePaySetting } from './setting.mts';

let setting: GatePaySetting;
let time: SimulatedTime;
beforeAll(async () => {
	setting = await openGatePay();
	time = passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

const waitForBatch = (limit = 5, unit = 'minutes', options: IDataObject = {}): INodeParameters => ({
	resource: 'payout',
	operation: 'waitUntilFinal',
	batch_id: '={{ $json.batch }}',
	detail_status: 'ALL',
	maximumWait: limit,
	maximumWaitUnit: unit,
	options: options as INodeParameters,
});
const asked = () =>
	setting.provider.requests.filter(({ operation }) => operation === 'queryPayoutBatch').length;

async function pay(...batches: string[]): Promise<IDataObject[]> {
	const { error } = await setting.run(payoutPerItem(), { items: payouts(...batches) });
	expect(error).toBeUndefined();
	setting.provider.requests.length = 0;
	return batches.map((batch) => ({ batch }));
}

describe('a payout batch', () => {
	it('comes out when it is final, as Get shows it, with timedOut: false', async () => {
		const items = await pay('p_1');
		time.after(60 * SECOND_MS, () => setting.provider.act('completePayout', 'p_1'));
		const begun = time.passed();
		const waited = await setting.run(waitForBatch(), { items });
		expect(waited.error).toBeUndefined();
		expect(time.passed() - begun).toBeGreaterThanOrEqual(60 * SECOND_MS);
		expect(time.passed() - begun).toBeLessThan(100 * SECOND_MS);
		const got = await setting.run({ ...waitForBatch(), operation: 'get' }, { items });
		expect(waited.items).toEqual([
			{ ...got.items[0], json: { ...got.items[0]?.json, timedOut: false }, pairedItem: { item: 0 } },
		]);
		expect(waited.items[0]?.json).toMatchObject({ status: 'succeeded', final: true });
	});

	it('that failed is as final', async () => {
		const items = await pay('p_1');
		setting.provider.act('failPayout', 'p_1');
		const { items: out } = await setting.run(waitForBatch(), { items });
		expect(out[0]?.json).toMatchObject({ status: 'failed', final: true, timedOut: false });
		expect(asked()).toBe(1);
	});

	it('that takes too long goes on as it is: no exception', async () => {
		const items = await pay('p_1');
		const begun = time.passed();
		const { items: out, error } = await setting.run(waitForBatch(20, 'seconds'), { items });
		expect(error).toBeUndefined();
		expect(time.passed() - begun).toBe(20 * SECOND_MS);
		expect(out[0]?.json).toMatchObject({ reference: 'p_1', final: false, timedOut: true });
		expect(out[0]?.json.message).toBeUndefined();
	});

	it('in a state that nobody knows is waited for to the end', async () => {
		const items = await pay('p_1');
		const batch = setting.provider.state.payoutBatches.find(({ batch_id }) => batch_id === 'p_1');
		if (!batch) throw new Error('The sandbox does not have the batch');
		Object.assign(batch, { status: 'ALMOST_DONE' });
		const { items: out } = await setting.run(waitForBatch(1), { items });
		expect(out[0]?.json).toMatchObject({ status: 'unknown', final: false, timedOut: true });
	});

	it('comes out raw with timedOut beside the answer', async () => {
		const items = await pay('p_1');
		setting.provider.act('completePayout', 'p_1');
		const { items: out } = await setting.run(waitForBatch(1, 'minutes', { output: 'raw' }), { items });
		expect(out[0]?.json).toMatchObject({ batch_id: 'p_1', status: 'SUCCESS', timedOut: false });
	});
});

describe('without an answer', () => {
	const cut = (more: object) =>
		setting.sandbox.fault({ operation: 'queryPayoutBatch', kind: 'reset-before-reading', ...more } as never);

	it('in the middle of the wait it goes on', async () => {
		const items = await pay('p_1');
		cut({ nth: 2, times: 9 });
		time.after(90 * SECOND_MS, () => setting.provider.act('completePayout', 'p_1'));
		const { items: out, error } = await setting.run(waitForBatch(), { items });
		expect(error).toBeUndefined();
		expect(out[0]?.json).toMatchObject({ status: 'succeeded', timedOut: false });
	});

	it('at the end the last record comes out, with the reason', async () => {
		const items = await pay('p_1');
		cut({ nth: 2, times: 1000 });
		const { items: out } = await setting.run(waitForBatch(30, 'seconds'), { items });
		expect(out[0]?.json).toMatchObject({ reference: 'p_1', kind: 'payout', timedOut: true });
		expect(out[0]?.json.message).toMatch(/^Gate Pay gave no usable answer to Payout: Wait Until Final/);
	});

	it('at all it says what was asked for, and is no payment that is final', async () => {
		const items = await pay('p_1');
		cut({ times: 1000 });
		const { items: out, error } = await setting.run(waitForBatch(30, 'seconds'), { items });
		expect(error).toBeUndefined();
		expect(out[0]?.json).toEqual({
			provider: 'gatePay',
			kind: 'payout',
			reference: 'p_1',
			status: 'unknown',
			final: false,
			providerStatus: '',
			asked: { batch_id: 'p_1', detail_status: 'ALL' },
			timedOut: true,
			message: expect.stringContaining('the connection was cut'),
			nextStep: 'Reading again is safe.',
		});
	});

	it('never shows what is typed hidden: the code of a gift card is its money', async () => {
		setting.sandbox.fault({ operation: 'getGiftCard', kind: 'reset-before-reading', times: 1000 });
		const parameters = {
			resource: 'giftCard',
			operation: 'waitUntilFinal',
			card_number: '',
			key: 'ABCD-EFGH-1234',
			maximumWait: 5,
			maximumWaitUnit: 'seconds',
			options: {},
		};
		const { items: out } = await setting.run(parameters, { items: [{}] });
		expect(out[0]?.json).toMatchObject({ kind: 'giftCard', status: 'unknown', asked: {}, timedOut: true });
		expect(JSON.stringify(out)).not.toContain('ABCD-EFGH-1234');
	});
});

describe('what is refused', () => {
	it('as not found is asked for again for half a minute, then refused as by Get', async () => {
		const begun = time.passed();
		const waited = await setting.run(waitForBatch(), { items: [{ batch: 'nobody' }] });
		expect(time.passed() - begun).toBe(30 * SECOND_MS);
		const got = await setting.run({ ...waitForBatch(), operation: 'get' }, { items: [{ batch: 'nobody' }] });
		expect(waited.error?.message).toBe(got.error?.message.replace('Payout: Get', 'Payout: Wait Until Final'));
	});

	it('as not found and then found is waited for', async () => {
		const items: IDataObject[] = [{ batch: 'p_late' }];
		time.after(10 * SECOND_MS, () => void setting.run(payoutPerItem(), { items: payouts('p_late') }));
		time.after(60 * SECOND_MS, () => setting.provider.act('completePayout', 'p_late'));
		const { items: out } = await setting.run(waitForBatch(), { items });
		expect(out[0]?.json).toMatchObject({ status: 'succeeded', timedOut: false });
	});

	it('for the signature is refused at once', async () => {
		const items = await pay('p_1');
		const credentials = setting.credentials({ apiSecret: 'another', paymentSecret: 'another' });
		const { error } = await setting.run(waitForBatch(), { items, credentials });
		expect(error?.message).toMatch(/^Gate Pay refused Payout: Wait Until Final/);
		expect(asked()).toBe(1);
	});

	it('fails one item alone with Continue On Fail; the others are waited for', async () => {
		const [good] = await pay('p_1');
		time.after(60 * SECOND_MS, () => setting.provider.act('completePayout', 'p_1'));
		const { items: out, error } = await setting.run(waitForBatch(), {
			items: [{ batch: 'nobody' }, good ?? {}],
			settings: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		expect(out[0]?.json.message).toMatch(/^Gate Pay refused Payout: Wait Until Final `nobody`/);
		expect(out[1]?.json).toMatchObject({ reference: 'p_1', status: 'succeeded', timedOut: false });
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('ends the node without it, and nobody goes on asking behind its back', async () => {
		const [good] = await pay('p_1');
		const { error } = await setting.run(waitForBatch(), { items: [{ batch: 'nobody' }, good ?? {}] });
		expect(error?.message).toContain('`nobody`');
		const before = asked();
		await time.sleep(10 * 60 * SECOND_MS);
		expect(asked()).toBeLessThanOrEqual(before + 1);
	});

	it.each([-1, 'soon', ''])('is a Maximum Wait of %p, before anything is asked', async (limit) => {
		const parameters = { ...waitForBatch(), maximumWait: limit };
		const { error } = await setting.run(parameters, { items: [{ batch: 'p_1' }] });
		expect(error?.message).toMatch(/^Maximum Wait must be a number/);
		expect(asked()).toBe(0);
	});
});

it('stops when the user cancels the execution', async () => {
	const items = await pay('p_1');
	const runs = jest.spyOn(WorkflowExecute.prototype, 'run');
	const begun = time.passed();
	time.after(20 * SECOND_MS, () => {
		for (const { value } of runs.mock.results) value.cancel();
	});
	const result = await setting.run(waitForBatch(10, 'hours'), { items });
	runs.mockRestore();
	expect(time.passed() - begun).toBeLessThan(60 * SECOND_MS);
	expect(result.error?.message).toContain('the execution was canceled');
	const before = asked();
	await time.sleep(10 * 60 * SECOND_MS);
	expect(asked()).toBe(before);
});

it('is run again by Retry On Fail like every read', async () => {
	const attempts: number[] = [];
	const { items: out } = await setting.run(waitForBatch(5, 'seconds'), {
		items: [{ batch: 'p_2' }],
		settings: { retryOnFail: true, maxTries: 2 },
		before: (attempt) => void attempts.push(attempt),
	});
	expect(attempts).toEqual([1, 2]);
	expect(out).toEqual([]);
});

it.each([true, 'byEngine' as const])('can be used by an AI agent (%p)', async (asTool) => {
	const items = await pay('p_1');
	setting.provider.act('completePayout', 'p_1');
	const { items: out } = await setting.run({ ...waitForBatch(), batch_id: 'p_1' }, { items, asTool });
	expect(JSON.stringify(out)).toContain('"timedOut":false');
});
