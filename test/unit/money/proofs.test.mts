import type { Json, JsonObject } from '../../../core/exact/json.ts';
import { isEndpoint, type Operation } from '../../../core/provider/operation.ts';
import { unproven } from '../../../core/money/proof.ts';
import { catalogue } from '../../catalogue.mts';

const rows = catalogue.flatMap(({ provider }) =>
	provider.resources.flatMap(({ value, operations }) =>
		operations.map((operation): [string, Operation] => [
			`${provider.name} ${value}.${operation.value}`,
			operation,
		]),
	),
);

function rowOf(name: string): Operation {
	const row = rows.find(([one]) => one === name)?.[1];
	if (!row) throw new Error(`There is no ${name}`);
	return row;
}

/** Of the answer nothing is documented, so nothing of it can be held against what was asked. */
const NOTHING_DOCUMENTED = new Set(['payPlay balance.convert']);

describe('every row that moves money', () => {
	it.each(rows.filter(([, { effect, custom }]) => effect === 'money' && !custom))(
		'names what proves its success: %s',
		(name, { proof }) => expect([name, proof !== undefined]).toEqual([name, !NOTHING_DOCUMENTED.has(name)]),
	);

	it.each(rows.filter(([, { lookup }]) => lookup !== undefined))(
		'and can be asked for compares what it finds: %s',
		(_name, { same, lookup }) => expect(same ?? lookup?.same).toBeDefined(),
	);
});

it.each(
	rows.filter(
		([, operation]) =>
			operation.effect === 'read' &&
			isEndpoint(operation) &&
			operation.returns.kind !== undefined &&
			!('list' in operation.returns),
	),
)('a read of one payment names what it must be about: %s', (_name, { about }) => expect(about).toBeDefined());

describe('a success', () => {
	const operation = {
		returns: { data: 'order' },
		same: { fields: { amount: 'sum' } },
		proof: { has: ['id'], reference: 'ref' },
	} as unknown as Operation;
	const asked = { values: { amount: '10.50' }, reference: 'r-1' };

	it.each<Json>([{ order: { id: '7', ref: 'r-1', sum: '10.5' } }, { order: { id: '7', ref: 'r-1' } }])(
		'is believed: %j',
		(data) => expect(unproven(operation, asked, data)).toBeUndefined(),
	);

	it.each<[Json, string]>([
		[null, 'shows nothing'],
		[{}, 'shows nothing'],
		[{ order: [] }, 'shows nothing'],
		[{ order: { id: '', ref: 'r-1' } }, 'without id'],
		[{ order: { id: '7' } }, 'another ref'],
		[{ order: { id: '7', ref: 'r-2' } }, 'another ref'],
		[{ order: { id: '7', ref: 'r-1', rows: [{}] } }, 'a row that is empty'],
		[{ order: { id: '7', ref: 'r-1', sum: '99' } }, 'amount is 10.50 here and 99 there'],
	])('is not: %j', (data, reason) => expect(unproven(operation, asked, data)).toContain(reason));

	it.each<Json>([
		{ order: { id: '7', ref: 'r-1', empty: {}, none: [] } },
		{ order: { id: 7, ref: 'r-1', rows: [{ a: 1 }, 'x', null, []] } },
	])('may show more than is asked for: %j', (data) =>
		expect(unproven(operation, asked, data)).toBeUndefined(),
	);

	it.each<Json>([{ a: [{ b: 1 }, {}] }, { a: [[{}]] }, { a: { b: [{}] } }, { a: [{ b: [{}] }] }])(
		'with an empty row at any depth is not believed: %j',
		(more) =>
			expect(unproven(operation, asked, { order: { id: '7', ref: 'r-1', more } })).toBe(
				'it answered a success with a row that is empty',
			),
	);

	it('of a payment without a reference of ours may have any', () => {
		const given = { values: { amount: '10.50' }, reference: undefined };
		expect(unproven(operation, given, { order: { id: '7', ref: 'theirs' } })).toBeUndefined();
	});

	it('is believed where the row names no proof', () => {
		expect(unproven({ returns: {} } as unknown as Operation, asked, null)).toBeUndefined();
	});

	it('names every member that contradicts', () => {
		const two = { ...operation, same: { fields: { amount: 'sum', memo: 'memo' } } } as unknown as Operation;
		const given = { values: { amount: '1', memo: 'a' }, reference: 'r-1' };
		expect(unproven(two, given, { order: { id: '7', ref: 'r-1', sum: '2', memo: 'b' } })).toBe(
			'it answered a success about another payment: amount is 1 here and 2 there; memo is a here and b there',
		);
	});

	it("of BridgePay's withdrawal is not about more than was asked for", () => {
		const row = rowOf('bridgePay withdrawal.create');
		const values = { amount: '10', accountId: 'a', address: 'T' };
		const shown = (amount: string) => ({ id: '7', sum: { amount }, accountId: 'a', address: 'T' });
		const given = { values, reference: undefined };
		expect(unproven(row, given, shown('10.00000000'))).toBeUndefined();
		// The fee may have been taken off, and an amount need not be shown.
		expect(unproven(row, given, shown('9.5'))).toBeUndefined();
		expect(unproven(row, given, { id: '7', accountId: 'a', address: 'T' })).toBeUndefined();
		expect(unproven(row, given, shown('1.0E+1'))).toBeUndefined();
		expect(unproven(row, given, shown('999999'))).toContain('another amount');
		expect(unproven(row, given, shown('10.00000001'))).toContain('another amount');
		expect(unproven(row, given, { ...shown('10'), address: 'X' })).toBe(
			'it answered a success about another payment: address is T here and X there',
		);
		// A text that is no amount is not the amount that was asked for.
		expect(unproven(row, given, shown('somebody_5000000'))).toContain('another amount');
	});

	it.each<[string, JsonObject, JsonObject]>([
		['createProduct', { productNo: '7', merchantProductNo: 'ours' }, { merchantProductNo: 'another' }],
		['createPlan', { planNo: '7', merchantPlanNo: 'ours' }, { merchantPlanNo: 'another' }],
		[
			'create',
			{ subscriptionOrderNo: '7', merchantSubscriptionOrderNo: 'ours' },
			{ merchantSubscriptionOrderNo: 'another' },
		],
	])("of Gate Pay's subscription.%s is about our own reference", (operation, own, other) => {
		const row = rowOf(`gatePay subscription.${operation}`);
		const given = { values: {}, reference: 'ours' };
		expect(unproven(row, given, own)).toBeUndefined();
		expect(unproven(row, given, { ...own, ...other })).toContain('about another');
		expect(unproven(row, given, { success: 'true' })).toContain('without');
	});

	it("of Gate Pay's sub-account is about our own request", () => {
		const row = rowOf('gatePay institution.createSubAccount');
		const given = { values: { customer_id: 'c', display_name: 'ABC' }, reference: 'ours' };
		const made = { account_id: '7', request_id: 'ours', customer_id: 'c', display_name: 'ABC' };
		expect(unproven(row, given, made)).toBeUndefined();
		expect(unproven(row, given, { ...made, request_id: 'another' })).toContain('another request_id');
		expect(unproven(row, given, { ...made, customer_id: 'd' })).toContain('customer_id');
	});

	it.each(['save', 'saveAndWait', 'createEvm', 'createEvmAndWait'])(
		"of Gate Pay's staticAddress.%s is no address of another customer or chain",
		(operation) => {
			const row = rowOf(`gatePay staticAddress.${operation}`);
			const hasChain = operation.startsWith('save');
			const given = { values: { channelId: 'c-1', ...(hasChain && { chain: 'ETH' }) }, reference: undefined };
			const made = { address: '0xA', channelId: 'c-1', ...(hasChain && { chain: 'eth' }) };
			expect(unproven(row, given, made)).toBeUndefined();
			expect(unproven(row, given, { ...made, channelId: 'c-2' })).toContain('channelId');
			expect(unproven(row, given, { ...made, address: '' })).toContain('without address');
			if (hasChain) expect(unproven(row, given, { ...made, chain: 'TRX' })).toContain('chain');
		},
	);
});
