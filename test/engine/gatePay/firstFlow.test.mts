import type { INodeParameters } from 'n8n-workflow';
import { type GatePaySetting, openGatePay } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const code = (value: string) => ({ __rl: true, mode: 'id', value });

/** What docs/first-flow.md tells the reader to fill in. */
function firstPayout(batch: string, options: INodeParameters = {}): INodeParameters {
	return {
		resource: 'payout',
		operation: 'createMany',
		batch_id: batch,
		currency: code('USDT'),
		chain: code('TRX'),
		address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
		amount: '12.5',
		fee_type: '',
		memo: '',
		merchant_withdraw_id: '',
		options,
	};
}

const run = (batch: string, options?: INodeParameters) =>
	setting.run(firstPayout(batch, options), { items: [{}] });
const applied = () => setting.provider.books.appliedPerReference();
const cut = (operation: string, kind: 'reset-after-applying' | 'reset-before-reading', which = {}) =>
	setting.sandbox.fault({ provider: 'gatePay', operation, kind, ...which });

describe('the first flow of the documentation', () => {
	it('shows the request and sends nothing', async () => {
		const { items } = await run('first_1', { preview: true });
		expect(items[0]?.json).toMatchObject({
			outcome: 'not_sent',
			preview: true,
			totals: { USDT: '12.5' },
			approvalHash: expect.any(String),
		});
		expect(applied()).toEqual({});
	});

	it('pays once, and the next execution finds the payment', async () => {
		expect((await run('first_1')).items[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: 'first_1_line_1',
			batchReference: 'first_1_1',
			status: 'created',
		});
		expect((await run('first_1')).items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true });
		expect(applied()).toEqual({ first_1_1: 1 });
	});

	it('finds a payment whose answer was lost', async () => {
		cut('createPayoutBatch', 'reset-after-applying');
		expect((await run('first_2')).items[0]?.json).toMatchObject({ outcome: 'applied' });
		expect(applied()).toEqual({ first_2_1: 1 });
	});

	it('stops where its questions are lost too, and the next execution finds the payment', async () => {
		cut('createPayoutBatch', 'reset-after-applying');
		cut('queryPayoutBatch', 'reset-before-reading', { nth: 2, times: 50 });
		const { error } = await run('first_3');
		expect(error?.message).toContain('Money may or may not have moved.');
		expect(applied()).toEqual({ first_3_1: 1 });

		setting.sandbox.clearFaults();
		expect((await run('first_3')).items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true });
		expect(applied()).toEqual({ first_3_1: 1 });
	});
});
