import { reconcileRow, told } from '../reconciling.mts';
import { openOkiPays, orderPerItem, orders, type OkiPaysSetting } from './setting.mts';

let setting: OkiPaysSetting;
beforeAll(async () => {
	setting = await openOkiPays();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const ledger = (...references: unknown[]) =>
	references.map((reference) => ({ reference: reference as number, amount: '15.5', currency: 'USD' }));
const asked = () => setting.provider.requests.filter(({ operation }) => operation === 'getOrder');

describe('a ledger of orders', () => {
	beforeEach(async () => {
		await setting.run(orderPerItem(), { items: orders(1, 2) });
		setting.provider.requests.length = 0;
	});

	it('is asked for one by one; an ID that no order can have is not called missing', async () => {
		const run = await setting.run(reconcileRow('order'), { items: ledger(1, '2', 3, 'A-4', 1) });
		expect(told(run)).toEqual([
			'1: duplicate_in_ledger',
			'2: matched 0',
			'3: missing_at_provider',
			'A-4: not_comparable',
		]);
		expect(run.items[0]?.json.ledgerRows).toEqual([1, 5]);
		expect(asked()).toHaveLength(3);
	});

	const many = Array.from({ length: 50 }, (_one, index) => index + 1);

	it.each(['bad-gateway', 'ok-but-wrong', 'reset-before-reading'] as const)(
		'stops the node when an order is not answered: %s',
		async (kind) => {
			setting.sandbox.fault({ operation: 'getOrder', kind, times: 500 });
			const run = await setting.run(reconcileRow('order'), { items: ledger(...many) });
			expect(run.error?.message).toMatch(/OkiPays gave no usable answer to Order: Get `\d+`/);
			expect(run.items).toEqual([]);
			// After the first missing answer the node asks for no other order. Four run at once, with four tries each.
			expect(asked().length).toBeLessThanOrEqual(16);
		},
	);

	it('says of each order that was not answered that it was not read, with Continue On Fail', async () => {
		setting.sandbox.fault({ operation: 'getOrder', kind: 'bad-gateway', times: 500 });
		const run = await setting.run(reconcileRow('order'), {
			items: ledger(1, 'A-4', 3),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(told(run)).toEqual(['1: not_read', 'A-4: not_comparable', '3: not_read']);
		expect(run.items[0]?.json).toMatchObject({ ledger: { reference: 1 }, provider: null });
	});

	it('sends what was not read to the error output, where there is one', async () => {
		setting.sandbox.fault({ operation: 'getOrder', kind: 'bad-gateway', times: 500 });
		const run = await setting.run(reconcileRow('order'), {
			items: ledger(1, 'A-4'),
			settings: { onError: 'continueErrorOutput' },
		});
		expect(told(run)).toEqual(['A-4: not_comparable']);
		expect(run.errorItems).toHaveLength(1);
		expect(run.errorItems[0]?.json.details).toMatchObject({ reference: '1', result: 'not_read' });
	});
});
