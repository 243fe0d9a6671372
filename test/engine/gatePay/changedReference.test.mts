import type { INodeParameters } from 'n8n-workflow';
import { createMany, recipients } from './massPayouts.mts';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

/** A reference that changes with each try, as one with the time or the execution's ID does. */
const REFERENCE = "={{ $json.batch + '_' + String(Math.random()).slice(2, 12) }}";

const changing = (): INodeParameters => {
	const parameters = payoutPerItem();
	const { payout } = parameters.withdraw_list as { payout: INodeParameters[] };
	const lines = payout.map((line) => ({ ...line, merchant_withdraw_id: REFERENCE }));
	return { ...parameters, batch_id: REFERENCE, withdraw_list: { payout: lines } };
};

/** A network that refuses the second of three requests, so that the node stops after the first. */
const lost = () =>
	setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading', nth: 2 });

const paid = () => Object.values(setting.provider.books.appliedPerReference());

describe('a reference that is another one at each try', () => {
	const parameters = changing();

	it('pays nobody twice with Retry On Fail', async () => {
		lost();
		const { error } = await setting.run(parameters, {
			items: payouts('a', 'b', 'c'),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(paid()).toEqual([1]);
		expect(error?.message).toMatch(
			/was not sent: this item was sent as `a_\d+` before\. Money may have moved then\. \[item 1\]/,
		);
		expect(error?.description).toMatch(/Make the reference and all other values from the data/);
	});

	it("pays nobody twice with the editor's Retry", async () => {
		lost();
		const failed = await setting.run(parameters, { items: payouts('a', 'b', 'c') });
		expect(failed.error?.message).toMatch(/may or may not have moved/);
		await setting.retry(failed, parameters, { items: payouts('a', 'b', 'c') });
		expect(paid()).toEqual([1]);
	});

	it('says with Continue On Fail what is not known, item by item: who pays elsewhere after a refusal must not', async () => {
		lost();
		const failed = await setting.run(parameters, { items: payouts('a', 'b', 'c') });
		const { items } = await setting.retry(failed, parameters, {
			items: payouts('a', 'b', 'c'),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => [json.outcome, json.code])).toEqual([
			['unknown', 'sent_before'],
			['unknown', 'sent_before'],
			['applied', undefined],
		]);
	});

	it('pays no recipient of a mass payout twice', async () => {
		lost();
		const changed = { ...createMany(), batch_id: 'another_run' };
		const failed = await setting.run(createMany(), { items: recipients(5) });
		expect(failed.error?.message).toMatch(/may or may not have moved/);
		const { error } = await setting.retry(failed, changed, { items: recipients(5) });
		expect(error?.message).toMatch(/this item was sent as `payroll_2026_11_1` before/);
		expect(paid()).toEqual([1]);
	});

	it('says of no recipient of a mass payout that it is rejected, where an amount cannot be sent at the next try', async () => {
		lost();
		const failed = await setting.run(createMany(), { items: recipients(5) });
		const bad = { ...createMany(), amount: "={{ $itemIndex === 4 ? 'many' : $json.amount }}" };
		const { items } = await setting.retry(failed, bad, {
			items: recipients(5),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => [json.outcome, json.code])).toEqual(
			recipients(5).map(() => ['unknown', 'sent_before']),
		);
		const stopped = await setting.retry(failed, bad, { items: recipients(5) });
		expect(stopped.error?.message).toMatch(/Money may have moved then\. \[items 1 to 5\]/);
		expect(paid()).toEqual([1]);
	});

	it('may be changed after a refusal', async () => {
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'connection-refused' });
		const failed = await setting.run(parameters, { items: payouts('a') });
		expect(failed.error?.message).toMatch(/was not carried out/);
		const { items } = await setting.retry(failed, parameters, { items: payouts('a') });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied' });
	});
});
