import { createMany, recipients } from './massPayouts.mts';
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
	setting.provider.requests.filter(({ operation }) => operation === 'createPayoutBatch').length;
const applied = () => setting.provider.books.appliedPerReference();

describe('a mass payout', () => {
	it('packs its items into as few batches as fit, and tells each recipient its own', async () => {
		const { items, error } = await setting.run(createMany(), { items: recipients(5) });
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.reference, json.batchReference, pairedItem])).toEqual([
			['payroll_2026_11_line_1', 'payroll_2026_11_1', { item: 0 }],
			['payroll_2026_11_line_2', 'payroll_2026_11_1', { item: 1 }],
			['payroll_2026_11_line_3', 'payroll_2026_11_2', { item: 2 }],
			['payroll_2026_11_line_4', 'payroll_2026_11_2', { item: 3 }],
			['payroll_2026_11_line_5', 'payroll_2026_11_3', { item: 4 }],
		]);
		expect(items[4]?.json).toMatchObject({
			outcome: 'applied',
			provider: 'gatePay',
			kind: 'payoutLine',
			status: 'created',
			final: false,
			amount: '15.5',
			currency: 'USDT',
			network: 'TRX',
		});
		expect(applied()).toEqual({ payroll_2026_11_1: 1, payroll_2026_11_2: 1, payroll_2026_11_3: 1 });
		expect(sends()).toBe(3);
	});
});
