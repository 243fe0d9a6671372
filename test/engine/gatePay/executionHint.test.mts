import type { IDataObject } from 'n8n-workflow';
import type { NodeSettings, RunResult } from '../harness/types.mts';
import { createMany, recipients } from './massPayouts.mts';
import { openGatePay, payoutPerItem, payouts, type GatePaySetting } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

/** What the editor shows over the output panel. */
const hintsOf = ({ executionData }: RunResult) =>
	Object.values(executionData.resultData.runData)
		.flatMap((tasks) => tasks.flatMap(({ hints }) => hints ?? []))
		.map(({ message }) => message);

const goOn: NodeSettings = { onError: 'continueRegularOutput' };
const cutOff = (nth: number) =>
	setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'bad-gateway', applied: false, nth });
const refused = (nth: number) =>
	setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'ok-but-wrong', body: 'refusal', nth });

describe('the hint over the output panel', () => {
	it('counts what is unknown and what was rejected among all items', async () => {
		cutOff(2);
		refused(3);
		const run = await setting.run(payoutPerItem({ whenUnknown: 'continue' }), {
			items: payouts('p_1', 'p_2', 'p_3', 'p_4'),
			settings: goOn,
		});
		expect(run.items.map(({ json }) => json.outcome)).toEqual(['applied', 'unknown', 'rejected', 'applied']);
		expect(hintsOf(run)).toEqual([
			'1 of 4 unknown, 1 of 4 rejected. Do not pay the unknown ones again in another way: see message and nextStep of each item.',
		]);
	});

	it('counts the items of the error output too', async () => {
		refused(1);
		const run = await setting.run(payoutPerItem(), {
			items: payouts('p_1', 'p_2'),
			settings: { onError: 'continueErrorOutput' },
		});
		expect(run.errorItems).toHaveLength(1);
		expect(hintsOf(run)).toEqual(['1 of 2 rejected. See message and nextStep of each item.']);
	});

	it('tells what was kept back from what was rejected', async () => {
		refused(1);
		const run = await setting.run(createMany(), { items: recipients(3), settings: goOn });
		expect(hintsOf(run)).toEqual([
			'2 of 3 rejected, 1 of 3 not sent. See message and nextStep of each item.',
		]);
	});

	it('counts the items that no usable credential could sign', async () => {
		const run = await setting.run(payoutPerItem(), {
			items: payouts('p_1', 'p_2'),
			credentials: setting.credentials({ baseUrl: 'no address' }),
			settings: goOn,
		});
		expect(run.items.map(({ json }) => json.code)).toEqual(['not_checked', 'not_checked']);
		expect(hintsOf(run)).toEqual([expect.stringMatching(/^2 of 2 unknown\. Do not pay/)]);
	});

	it('is not there when all is applied, nor at a read', async () => {
		const paid = await setting.run(payoutPerItem(), { items: payouts('p_1') });
		expect([paid.items[0]?.json.outcome, hintsOf(paid)]).toEqual(['applied', []]);
		const read = await setting.run(
			{ resource: 'payout', operation: 'get', batch_id: 'nothing', options: {} },
			{ settings: goOn },
		);
		expect(hintsOf(read)).toEqual([]);
	});
});

describe('an item that was not applied', () => {
	const sums = (items: Array<{ json: IDataObject }>) =>
		items.map(({ json }) => [json.outcome, json.amount, json.currency, json.reference]);

	it('has amount and currency under the names of one that was', async () => {
		cutOff(2);
		const run = await setting.run(payoutPerItem({ whenUnknown: 'continue' }), {
			items: payouts('p_1', 'p_2'),
		});
		expect(sums(run.items)).toEqual([
			['applied', '10.5', 'USDT', 'p_1'],
			['unknown', '10.5', 'USDT', 'p_2'],
		]);
	});

	it('has them as a line of a batch too', async () => {
		cutOff(2);
		const run = await setting.run(createMany({ whenUnknown: 'continue' }), {
			items: recipients(5),
			settings: goOn,
		});
		expect(sums(run.items).slice(1)).toEqual([
			['applied', '12.5', 'USDT', 'payroll_2026_11_line_2'],
			['unknown', '13.5', 'USDT', 'payroll_2026_11_line_3'],
			['unknown', '14.5', 'USDT', 'payroll_2026_11_line_4'],
			['unknown', '15.5', 'USDT', 'payroll_2026_11_line_5'],
		]);
	});
});
