import { reconcileRow, told } from '../reconciling.mts';
import { openBridgePay, orders, payIn, withdrawal, type BridgePaySetting } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

describe('a ledger of invoices', () => {
	it('is asked for one by one by internal ID', async () => {
		await setting.run(payIn(), { items: orders('a', 'b', 'c') });
		const items = ['c', 'a', 'b', 'd'].map((order) => ({ order, sum: '1500.5', money: 'rub', state: 'new' }));
		const [, first] = items;
		if (first) first.sum = '1500';
		const parameters = reconcileRow('invoice', {
			referenceField: 'order',
			amountField: 'sum',
			currencyField: 'money',
			statusField: 'state',
		});
		expect(told(await setting.run(parameters, { items }))).toEqual([
			'c: matched 0',
			'a: amount_differs 0.5',
			'b: matched 0',
			'd: missing_at_provider',
		]);
	});

	it('is not compared in part: a refusal of the credential stops the node', async () => {
		const run = await setting.run(reconcileRow('invoice'), {
			items: [{ reference: 'a', amount: '1', currency: 'RUB' }],
			credentials: setting.credentials({ secret: 'another-secret-that-is-wrong' }),
		});
		expect(run.error?.message).toContain('BridgePay refused Invoice: Get by Internal ID `a`');
		expect(run.items).toEqual([]);
	});
});

it("a ledger of withdrawals is asked for by BridgePay's IDs", async () => {
	await setting.run(withdrawal(), { items: [{ amount: '12.5' }] });
	const id = String(setting.provider.state.withdrawals[0]?.id);
	const items = [id, '41b2e564-ecd1-418f-8c08-176d5e081ad3'].map((reference) => ({
		...{ reference, amount: '12.50', currency: 'USDT' },
	}));
	expect(told(await setting.run(reconcileRow('withdrawal'), { items }))).toEqual([
		`${id}: matched 0`,
		'41b2e564-ecd1-418f-8c08-176d5e081ad3: missing_at_provider',
	]);
});
