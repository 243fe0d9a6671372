import type { Order } from '../../../sandbox/payPlay/state.mts';
import { BEFORE, inRange, MADE_AT, reconcileRow, told } from '../reconciling.mts';
import { openPayPlay, withdrawalPerItem, withdrawals, type PayPlaySetting } from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

let made = 0;

function order(externalOrderId: string | null, value: string, more: Partial<Order> = {}): void {
	made += 1;
	setting.provider.state.orders.push({
		id: `9d05ffbb-0f89-488a-ad58-${String(made).padStart(12, '0')}`,
		kind: 'crypto',
		page: setting.provider.account.paymentPageSlug,
		number: String(made),
		externalOrderId,
		value,
		currency: 'USDT',
		expectedAmount: null,
		depositedCurrency: null,
		paid: '0',
		status: 'COMPLETE',
		createdAt: MADE_AT,
		completedAt: MADE_AT,
		successfulLink: null,
		failureLink: null,
		refund: 'none',
		payments: [],
		...more,
	});
}

const ledger = (...references: string[]) =>
	references.map((reference) => ({ reference, amount: '10.50', currency: 'USDT', status: 'succeeded' }));
const orders = reconcileRow('order', { ...inRange, statusField: 'status' });

describe('a ledger of orders', () => {
	it('is compared by External Order ID with the pages of the list', async () => {
		for (let row = 0; row < 120; row += 1) order(`r${row}`, '10.5');
		order('x', '1');
		order(null, '2');
		order('unpaid', '10.5', { status: 'OPEN' });
		order('old', '3', { createdAt: BEFORE });
		const references = Array.from({ length: 120 }, (_one, row) => `r${row}`);
		const run = await setting.run(orders, { items: ledger(...references, 'unpaid', 'gone') });
		expect(told(run).filter((text) => !text.endsWith('matched 0'))).toEqual([
			'unpaid: status_differs 0',
			'gone: missing_at_provider',
			'null: missing_in_ledger',
			'x: missing_in_ledger',
		]);
		expect(run.items).toHaveLength(124);
		// The range has a day more on both sides, because no time zone differs by more.
		const asked = new URL(setting.provider.requests[0]?.url ?? '', setting.provider.url).searchParams;
		expect([asked.get('date_from'), asked.get('date_to')]).toEqual([
			'2026-10-31 00:00:00',
			'2026-12-01 23:59:59',
		]);
	});

	it('of another payment page is compared with its orders', async () => {
		const parameters = reconcileRow('order', inRange, { slug: 'other' });
		const run = await setting.run(parameters, { items: ledger('a') });
		expect(run.error?.message).toContain('Page not found');
		expect(setting.provider.requests[0]?.url).toContain('/private-api/orders/other?');
	});
});

describe('a ledger of transactions', () => {
	it("is asked for by PayPlay's IDs", async () => {
		await setting.run(withdrawalPerItem(), { items: withdrawals('w-1') });
		const id = String(setting.provider.state.transactions[0]?.id);
		const items = [id, '23d2ca58-20bf-416f-960b-8eae02224653'].map((reference) => ({
			...{ reference, amount: '10.5', currency: 'USDT' },
		}));
		expect(told(await setting.run(reconcileRow('transaction'), { items }))).toEqual([
			`${id}: matched 0`,
			'23d2ca58-20bf-416f-960b-8eae02224653: missing_at_provider',
		]);
	});
});
