import fc from 'fast-check';
import { ledgerRow, columnAt, type LedgerFields } from '../../../../core/reads/ledger.ts';
import type { Payment } from '../../../../core/provider/payment.ts';
import {
	Reconciliation,
	type Reconciled,
	type ReconciliationRules,
} from '../../../../core/reads/reconciliation.ts';
import { plantedLedger, random, shuffle, type PlantedPayment } from '../../../plantedLedger.mts';

const fields: LedgerFields = {
	reference: 'reference',
	amount: 'amount',
	currency: 'currency',
	status: 'status',
};

const pay = (details: PlantedPayment | Partial<Payment>): Payment => ({
	provider: 'test',
	kind: 'payout',
	status: 'succeeded',
	final: true,
	providerStatus: 'COMPLETE',
	...details,
});

function reconcile(
	ledger: ReadonlyArray<Record<string, unknown>>,
	payments: readonly Payment[],
	rules: Partial<ReconciliationRules> = {},
): Reconciled[] {
	const given: ReconciliationRules = {
		fields,
		by: 'reference',
		sides: { amount: 'amount', currency: 'currency' },
		onlyDifferences: false,
		belongs: () => true,
		...rules,
	};
	const rows = ledger.map((json, item) => ledgerRow(json, item, given.fields));
	const reconciliation = new Reconciliation(rows, given);
	for (const one of payments) reconciliation.found(one);
	return [...reconciliation.results()];
}

const row = { reference: 'a', amount: '1.50', currency: 'USDT', status: 'succeeded' };
const paid = pay({ reference: 'a', amount: '1.5', currency: 'usdt', id: '1' });

describe('planted differences', () => {
	const sizes = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer(), fc.nat({ max: 100 }));

	it('are found, all of them, and none is invented', () => {
		fc.assert(
			fc.property(sizes, ([rows, seed, percent]) => {
				const wanted = plantedLedger(rows, Math.floor((rows * percent) / 100), seed);
				const results = reconcile(
					wanted.ledger,
					wanted.payments.map((one) => pay(one)),
				);
				expect(results).toHaveLength(rows);
				const found = results.filter(({ result }) => result !== 'matched');
				expect(new Map(found.map(({ reference, result }) => [reference, result]))).toEqual(wanted.planted);
				expect(found.every(({ differences }) => differences.length === 1)).toBe(true);
				const amounts = found.filter(({ result }) => result === 'amount_differs');
				expect(new Map(amounts.map(({ reference, difference }) => [reference, difference]))).toEqual(
					wanted.differences,
				);
			}),
			{ numRuns: 150 },
		);
	});

	it('are the same in any order of the payments, and without what matches', () => {
		fc.assert(
			fc.property(sizes, ([rows, seed, percent]) => {
				const { ledger, payments, planted } = plantedLedger(rows, Math.floor((rows * percent) / 100), seed);
				const told = (results: Reconciled[]) =>
					new Map(results.map(({ reference, differences }) => [reference, differences]));
				const first = told(
					reconcile(
						ledger,
						payments.map((one) => pay(one)),
						{ onlyDifferences: true },
					),
				);
				shuffle(payments, random(seed + 1));
				expect(
					told(
						reconcile(
							ledger,
							payments.map((one) => pay(one)),
							{ onlyDifferences: true },
						),
					),
				).toEqual(first);
				expect([...first.keys()].sort()).toEqual([...planted.keys()].sort());
			}),
			{ numRuns: 100 },
		);
	});
});

describe('a reference', () => {
	it('matches with 1.50 and 1.5, USDT and usdt, our status or the word of the provider', () => {
		for (const status of ['succeeded', 'Succeeded', 'COMPLETE', ' complete '])
			expect(reconcile([{ ...row, status }], [paid])).toEqual([
				expect.objectContaining({ result: 'matched', difference: '0', differences: [], payment: paid }),
			]);
	});

	it('names all that differs, the gravest first, and takes no euros from dollars', () => {
		const [one] = reconcile([{ ...row, amount: '2', currency: 'EUR', status: 'failed' }], [paid]);
		expect(one).toMatchObject({
			result: 'currency_differs',
			differences: ['currency_differs', 'amount_differs', 'status_differs'],
			difference: null,
		});
	});

	it.each([
		['0.1', '0.30000000000000000001', '0.20000000000000000001'],
		['123456789012345678.12345678', '0', '-123456789012345678.12345678'],
		['-5', '5', '10'],
	])('of %s in the ledger and %s there differs by %s exactly', (amount, there, difference) => {
		const [one] = reconcile([{ ...row, amount }], [pay({ ...paid, amount: there })]);
		expect(one).toMatchObject({ result: 'amount_differs', difference });
	});

	it.each<[unknown]>([
		['1,50'],
		['1e3'],
		['12 USDT'],
		[''],
		[null],
		[{}],
		[Number.NaN],
		[0.1 + 0.2],
		[2 ** 70],
	])('with the amount %p is never guessed', (amount) => {
		const [one] = reconcile([{ ...row, amount }], [paid]);
		expect(one).toMatchObject({ result: 'not_comparable', difference: null });
		expect(one?.reasons).toEqual(['amount: no exact decimal in the ledger']);
	});

	it.each<[unknown]>([[1.5], [' 1.50 '], ['+1.5'], ['01.500']])('with the amount %p is exact', (amount) => {
		expect(reconcile([{ ...row, amount }], [paid])[0]?.result).toBe('matched');
	});

	it('is not said to match where the provider does not tell the amount', () => {
		const [one] = reconcile([row], [pay({ reference: 'a', currency: 'USDT' })]);
		expect(one).toMatchObject({ result: 'not_comparable', reasons: ['amount: not told by the provider'] });
	});

	it('is compared by its fields only', () => {
		const other = { reference: 'a', amount: 'x', currency: 'y', status: 'z' };
		const [one] = reconcile([other], [paid], { fields: { reference: 'reference' } });
		expect(one).toMatchObject({ result: 'matched', difference: null });
	});

	it('is a whole number or text, and nothing that may be rounded', () => {
		const results = reconcile(
			[
				{ ...row, reference: 42 },
				{ ...row, reference: 7615917337495251231n },
				{ ...row, reference: 7615917337495251000 },
				{ ...row, reference: '  ' },
				{ amount: '1' },
			],
			[pay({ ...paid, reference: '42' })],
		);
		expect(results.map(({ reference, result }) => [reference, result])).toEqual([
			['42', 'matched'],
			[null, 'not_comparable'],
			[null, 'not_comparable'],
			[null, 'not_comparable'],
			[null, 'not_comparable'],
		]);
	});

	it('twice in the ledger is told with its rows, and not compared with one of them', () => {
		const results = reconcile([row, { ...row, amount: '9' }], [paid]);
		expect(results).toMatchObject([{ result: 'duplicate_in_ledger', differences: ['duplicate_in_ledger'] }]);
		expect(results[0]?.rows.map(({ item }) => item)).toEqual([0, 1]);
		expect(reconcile([row, row], [])[0]?.differences).toEqual(['missing_at_provider', 'duplicate_in_ledger']);
	});

	it.each([false, true])('twice at the provider is told with both ids (only differences: %s)', (only) => {
		const results = reconcile([row], [paid, pay({ ...paid, id: '2' })], { onlyDifferences: only });
		expect(results).toMatchObject([{ result: 'duplicate_at_provider', paymentIds: ['1', '2'] }]);
		expect(results[0]?.payment).toBeDefined();
	});

	it('twice at the provider and not in the ledger is both', () => {
		expect(reconcile([], [paid, paid])).toMatchObject([
			{ differences: ['duplicate_at_provider', 'missing_in_ledger'] },
		]);
	});

	it('that the ledger lacks is told only where it belongs; one that it has is compared wherever it is', () => {
		const belongs = () => false;
		expect(reconcile([], [paid], { belongs })).toEqual([]);
		expect(reconcile([{ ...row, amount: '1' }], [paid], { belongs })).toMatchObject([
			{ result: 'amount_differs', difference: '0.5' },
		]);
	});

	it('that payments do not have leaves each of them by itself', () => {
		const nameless = { amount: '1.5', currency: 'USDT' };
		const results = reconcile([row], [pay(nameless), pay({ ...nameless, id: '2' })]);
		expect(results.map(({ reference, result }) => [reference, result])).toEqual([
			['a', 'missing_at_provider'],
			[null, 'missing_in_ledger'],
			[null, 'missing_in_ledger'],
		]);
	});

	it('that was not read, or cannot be asked for, is not called missing', () => {
		const rows = [row, { ...row, reference: 'b c' }].map((json, item) => ledgerRow(json, item, fields));
		const rules: ReconciliationRules = {
			fields,
			by: 'reference',
			sides: { amount: 'amount', currency: 'currency' },
			onlyDifferences: true,
			belongs: () => true,
		};
		const reconciliation = new Reconciliation(rows, rules);
		reconciliation.notRead('a', 'time-out');
		reconciliation.notAskable('b c', 'has a space');
		expect([...reconciliation.results()]).toMatchObject([
			{ reference: 'a', result: 'not_read', differences: ['not_read'], reasons: ['time-out'] },
			{ reference: 'b c', result: 'not_comparable', reasons: ['has a space'] },
		]);
	});
});

describe('a field of the ledger', () => {
	it.each<[string, unknown]>([
		['a', 1],
		['b.c', 2],
		['b.d.1', 4],
		['e.f', 5],
		['b.x', undefined],
		['constructor', undefined],
		['a.toString', undefined],
	])('%s', (path, value) => {
		expect(columnAt({ a: 1, b: { c: 2, d: [3, 4] }, 'e.f': 5, e: { f: 6 } }, path)).toBe(value);
	});
});
