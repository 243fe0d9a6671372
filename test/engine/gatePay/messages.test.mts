import { createMany, recipients } from './massPayouts.mts';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const TO = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';
const cut = (nth: number) =>
	setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading', nth });

describe('what a person reads about an unknown payment', () => {
	it('has one number of the item, counted from 1, and what was asked for', async () => {
		cut(2);
		const { error } = await setting.run(payoutPerItem({ timeout: 1 }), { items: payouts('p_1', 'p_2') });
		expect(error?.message).toMatch(/\[item 2\] \(.*amount 10\.5.*\)$/);
		expect(error?.message).toContain(TO);
		expect(error?.message.match(/\[item/g)).toHaveLength(1);
		expect(error?.context?.itemIndex).toBeUndefined();
	});

	it('is in the item that goes on, and in the log', async () => {
		cut(1);
		const { items } = await setting.run(payoutPerItem({ timeout: 1, whenUnknown: 'continue' }), {
			items: payouts('p_1'),
		});
		expect(items[0]?.json).toMatchObject({
			outcome: 'unknown',
			reference: 'p_1',
			asked: { withdraw_list: [{ amount: '10.5', currency: 'USDT', chain: 'TRX', address: TO }] },
		});
	});

	it('is of each line of a batch', async () => {
		cut(1);
		const { items } = await setting.run(createMany({ timeout: 1, whenUnknown: 'continue' }), {
			items: recipients(2),
		});
		expect(items.map(({ json }) => json.asked)).toMatchObject([
			{ amount: '11.5', address: TO },
			{ amount: '12.5', address: TO },
		]);
		expect(items[1]?.json.message).toMatch(/\[item 2\] \(.*amount 12\.5.*\)$/);
	});
});

describe('a Payout ID that an earlier batch has', () => {
	const anna = (batch: string) => ({
		...payoutPerItem(),
		batch_id: batch,
		withdraw_list: {
			payout: [
				{
					merchant_withdraw_id: 'anna',
					currency: { __rl: true, mode: 'id', value: 'USDT' },
					chain: { __rl: true, mode: 'id', value: 'TRX' },
					address: TO,
					amount: '10.5',
				},
			],
		},
	});

	it('is told with the batch that has it', async () => {
		await setting.run(anna('payroll_10'));
		const { error } = await setting.run(anna('payroll_11'));
		expect(error?.message).toContain('the Payout ID `anna` belongs to `payroll_10` already');
		expect(error?.description).toMatch(/Look at `payroll_10` with Payout: Get: .* unique in all runs/);
		expect(setting.provider.books.appliedPerReference()).toEqual({ payroll_10: 1 });
	});
});

describe("a lookup's own next step", () => {
	it('is passed on: a wrong secret is no reason to run it again', async () => {
		const { error } = await setting.run(payoutPerItem(), {
			items: payouts('p_1'),
			credentials: setting.credentials({ paymentSecret: 'not-the-payment-secret' }),
		});
		expect(error?.message).toContain('Check First got no answer');
		expect(error?.description).toMatch(/Payment API Secret/);
	});
});
