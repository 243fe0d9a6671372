import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type GatePaySetting, openGatePay } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const sends = () =>
	setting.provider.requests.filter(({ operation }) => operation === 'createBatchTransfer').length;
const applied = () => setting.provider.books.appliedPerReference();
const lines = () => setting.provider.books.entries.map(({ line, amount }) => `${line} ${amount}`);

const transfers = (options: IDataObject = {}): INodeParameters => ({
	resource: 'payout',
	operation: 'createManyTransfers',
	merchant_batch_no: 'bonus',
	currency: { __rl: true, mode: 'id', value: '={{ $json.currency || "USDT" }}' },
	amount: '={{ $json.amount }}',
	user_id: '={{ $json.user }}',
	rewardId: '={{ $json.id }}',
	options: { recipientsPerBatch: 2, bizscene: 'REWARDS', ...options } as INodeParameters,
});

// Two transfers of the same amount to the same user are two different ones.
const people: IDataObject[] = [
	{ user: 100001, amount: '1.5' },
	{ user: 100002, amount: '2', id: 'second' },
	{ user: 100001, amount: '1.5' },
];

describe('transfers to many Gate users', () => {
	it('are packed, each under a Reward ID of its own', async () => {
		const { items, error } = await setting.run(transfers(), { items: people });
		expect(error).toBeUndefined();
		expect(
			items.map(({ json }) => [json.outcome, json.reference, json.batchReference, json.address]),
		).toEqual([
			['applied', 'bonus_line_1', 'bonus_1', '100001'],
			['applied', 'second', 'bonus_1', '100002'],
			['applied', 'bonus_line_3', 'bonus_2', '100001'],
		]);
		expect(items[0]?.json).toMatchObject({
			kind: 'batchTransferLine',
			status: 'created',
			amount: '1.5',
			currency: 'USDT',
		});
		expect(lines()).toEqual(['bonus_line_1 1.5', 'second 2', 'bonus_line_3 1.5']);
	});

	it('are made once under Retry On Fail, and once when the flow is run again', async () => {
		setting.sandbox.fault({
			operation: 'createBatchTransfer',
			kind: 'timeout-after-applying',
			nth: 2,
			seconds: 5,
		});
		const { error } = await setting.run(transfers({ timeout: 1 }), {
			items: people,
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error).toBeUndefined();
		const { items } = await setting.run(transfers(), { items: people });
		expect(items.map(({ json }) => [json.reference, json.replayed, json.status])).toEqual([
			['bonus_line_1', true, 'succeeded'],
			['second', true, 'succeeded'],
			['bonus_line_3', true, 'succeeded'],
		]);
		expect([applied(), sends()]).toEqual([{ bonus_1: 1, bonus_2: 1 }, 2]);
	});

	it.each<[string, IDataObject]>([
		['another user', { user: 100003 }],
		['another amount', { amount: '9' }],
		['another Reward ID', { id: 'other' }],
	])('are refused when the flow is run again with %s', async (_what, change) => {
		await setting.run(transfers(), { items: people });
		const changed = [{ ...people[0], ...change }, ...people.slice(1)];
		const { error } = await setting.run(transfers(), { items: changed });
		expect(error?.message).toContain('the reference is already used at the provider');
		expect(sends()).toBe(2);
	});

	it('have one currency in a run', async () => {
		const { error } = await setting.run(transfers(), {
			items: [...people, { ...people[0], currency: 'USDC' }],
		});
		expect(error?.message).toBe(
			'1 item cannot be sent, so none is. Item 4: Currency is another one than in item 1; it is one for the whole run. Nothing was sent.',
		);
		expect(setting.provider.requests).toHaveLength(0);
	});

	it('show their total before', async () => {
		const { items } = await setting.run(transfers({ preview: true }), { items: people });
		expect(items[2]?.json).toMatchObject({
			line: { user_id: 100001, amount: '1.5', rewardId: 'bonus_line_3' },
			totals: { USDT: '5' },
			batches: 2,
		});
	});
});
