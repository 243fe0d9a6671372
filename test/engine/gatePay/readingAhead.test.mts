import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { receivedBy, stoppedWhen } from '../stopping/stopped.mts';
import { createMany, recipients } from './massPayouts.mts';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const READ = 'queryPayoutBatch';
const SEND = 'createPayoutBatch';
const names = ['p_1', 'p_2', 'p_3', 'p_4', 'p_5', 'p_6', 'p_7', 'p_8'];

const referenceIn = ({ body }: { body: string }): string => JSON.parse(body).batch_id;
const asked = (operation: string) =>
	setting.provider.requests.filter((request) => request.operation === operation).map(referenceIn);
const times = (all: readonly string[], name: string) => all.filter((one) => one === name).length;
/** Lets time pass for the node at each request that makes a payment. */
const whenSent = (then: () => void) => (request: { url: string; method: string }) => {
	if (request.url.endsWith('/v1/pay/withdraw')) then();
	return undefined;
};
const pay = (items: IDataObject[], more: object = {}) =>
	setting.run(payoutPerItem({ timeout: 5 }), {
		items,
		settings: { onError: 'continueRegularOutput' },
		...more,
	});

describe('the reads of Check First run ahead of the sends', () => {
	it('asks about the next items while one is sent, and sends in order, one by one', async () => {
		const { items } = await pay(payouts(...names));
		expect(items.map(({ json }) => [json.outcome, json.reference])).toEqual(
			names.map((name) => ['applied', name]),
		);
		expect(asked(SEND)).toEqual(names);
		for (const name of names) expect(times(asked(READ), name)).toBe(1);
		const order = setting.provider.requests.map((request) => [request.operation, referenceIn(request)]);
		const at = (operation: string, name: string) =>
			order.findIndex(([one, reference]) => one === operation && reference === name);
		for (const name of names) expect(at(READ, name)).toBeLessThan(at(SEND, name));
		// At least one payment was asked about before the payment before it was made.
		expect(names.slice(1).some((name, index) => at(READ, name) < at(SEND, names[index] ?? ''))).toBe(true);
	});

	it('asks again where the answer came too long ago', async () => {
		let late = 0;
		const now = jest.spyOn(clock, 'now').mockImplementation(() => Date.now() + late);
		setting.setServerTime(() => Date.now() + late);
		try {
			await pay(payouts(...names.slice(0, 3)), { network: whenSent(() => (late += 1_500)) });
		} finally {
			now.mockRestore();
			setting.setServerTime(() => Date.now());
		}
		expect(asked(SEND)).toEqual(names.slice(0, 3));
		// The first one was not read ahead.
		expect(names.slice(0, 3).map((name) => times(asked(READ), name))).toEqual([1, 2, 2]);
	});

	it('does not pay what another workflow has paid since the read ahead', async () => {
		const [first = {}, second = {}] = payouts('p_1', 'p_2');
		let late = 0;
		const now = jest.spyOn(clock, 'now').mockImplementation(() => Date.now() + late);
		setting.setServerTime(() => Date.now() + late);
		let other: Promise<unknown> | undefined;
		setting.sandbox.fault({ operation: SEND, kind: 'slow-drip', seconds: 0.005 });
		try {
			const { items } = await pay([first, second], {
				network: whenSent(() => {
					late += 1_500;
					other ??= setting.run(payoutPerItem(), { items: [second], workflowId: 'another' });
				}),
			});
			await other;
			expect(items[1]?.json).toMatchObject({ outcome: 'applied', reference: 'p_2' });
		} finally {
			now.mockRestore();
			setting.setServerTime(() => Date.now());
		}
		expect(setting.provider.books.appliedPerReference()).toEqual({ p_1: 1, p_2: 1 });
	});

	it('lets an item with the reference of an earlier one see what the run did', async () => {
		const { items } = await pay(payouts('p_1', 'p_2', 'p_1', 'p_2'));
		expect(items.map(({ json }) => [json.outcome, json.replayed ?? false])).toEqual([
			['applied', false],
			['applied', false],
			['applied', true],
			['applied', true],
		]);
		expect(asked(SEND)).toEqual(['p_1', 'p_2']);
	});

	it('asks about a reference in another spelling only when its turn comes', async () => {
		await pay(payouts('p_1', 'P_1', 'p_2'));
		const order = setting.provider.requests.map((request) => `${request.operation} ${referenceIn(request)}`);
		expect(order.indexOf(`${READ} P_1`)).toBeGreaterThan(order.indexOf(`${SEND} p_1`));
	});

	it('asks again where the read ahead got no answer', async () => {
		setting.sandbox.fault({ operation: READ, kind: 'reset-before-reading', nth: 2 });
		const { items } = await pay(payouts('p_1', 'p_2'));
		expect(items.map(({ json }) => json.outcome)).toEqual(['applied', 'applied']);
	});

	it('asks about nothing more after Stop', async () => {
		setting.sandbox.fault({ operation: SEND, kind: 'slow-drip', seconds: 0.005 });
		await stoppedWhen(
			() => receivedBy(setting.provider, SEND) === 1,
			() => pay(payouts(...names)),
		);
		const before = asked(READ).length;
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect([asked(SEND), asked(READ).length]).toEqual([['p_1'], before]);
		expect(before).toBeLessThan(names.length);
	});

	it('asks about the next batch while one is sent', async () => {
		const { error } = await setting.run(createMany(), { items: recipients(6) });
		expect(error).toBeUndefined();
		const sent = asked(SEND);
		expect(sent.length).toBeGreaterThan(1);
		for (const name of sent) expect(times(asked(READ), name)).toBe(1);
		expect(Object.values(setting.provider.books.appliedPerReference())).toEqual(
			Object.values(setting.provider.books.appliedPerReference()).map(() => 1),
		);
	});
});
