import fc from 'fast-check';
import { parseDecimal, formatDecimal } from '../../../../core/exact/decimal.ts';
import { ExactNumber } from '../../../../core/exact/json.ts';
import { batchReference, lineReference, packed, totals } from '../../../../core/money/packing.ts';
import { listed } from '../../../../core/money/refusedRun.ts';

const lines = fc.array(fc.nat(), { maxLength: 300 });
const most = fc.integer({ min: 1, max: 60 });

describe('packing', () => {
	it('puts every line into exactly one batch, in its order', () => {
		fc.assert(fc.property(lines, most, (all, size) => expect(packed(all, size).flat()).toEqual(all)));
	});

	it('makes as few batches as the size allows, none of them empty or too large', () => {
		fc.assert(
			fc.property(lines, most, (all, size) => {
				const batches = packed(all, size);
				expect(batches).toHaveLength(Math.ceil(all.length / size));
				for (const { length } of batches) expect(length >= 1 && length <= size).toBe(true);
			}),
		);
	});

	it('leaves the batches before as they are when lines are added behind', () => {
		fc.assert(
			fc.property(lines, lines, most, (before, added, size) => {
				const whole = Math.floor(before.length / size);
				const again = packed([...before, ...added], size).slice(0, whole);
				expect(again).toEqual(packed(before, size).slice(0, whole));
			}),
		);
	});

	it('gives each batch and each line a reference of its own, and never one for both', () => {
		const id = fc.stringMatching(/^[A-Za-z0-9_]{1,20}$/);
		fc.assert(
			fc.property(id, fc.integer({ min: 1, max: 300 }), most, (name, count, size) => {
				const items = Array.from({ length: count }, (_one, item) => item);
				const batches = packed(items, size).map((_lines, index) => batchReference(name, index + 1));
				const references = [...batches, ...items.map((item) => lineReference(name, item))];
				expect(new Set(references).size).toBe(references.length);
			}),
		);
	});

	it('refers to a recipient by its place in the run, whatever the size of the batches', () => {
		expect([batchReference('payroll_2026_11', 2), lineReference('payroll_2026_11', 6)]).toEqual([
			'payroll_2026_11_2',
			'payroll_2026_11_line_7',
		]);
	});
});

describe('totals', () => {
	it('are exact, per currency', () => {
		const amounts = [
			{ amount: '0.1', currency: 'USDT' },
			{ amount: '0.2', currency: 'USDT' },
			{ amount: new ExactNumber('9007199254740993.000001'), currency: 'USDC' },
			{ amount: '1', currency: 'USDC' },
		];
		expect(totals(amounts)).toEqual({ USDT: '0.3', USDC: '9007199254740994.000001' });
	});

	it('are those of whole units, for any amounts in any order', () => {
		const cents = fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 1, maxLength: 50 });
		fc.assert(
			fc.property(cents, (units) => {
				const amounts = units.map((one) => ({
					amount: formatDecimal({ units: one, scale: 6 }),
					currency: 'USDT',
				}));
				const sum = units.reduce((one, other) => one + other, 0n);
				const { USDT = '' } = totals(amounts);
				expect(parseDecimal(USDT)).toEqual(parseDecimal(formatDecimal({ units: sum, scale: 6 })));
				expect(totals([...amounts].reverse())).toEqual({ USDT });
			}),
		);
	});

	it('leave no amount out', () => {
		expect(() => totals([{ amount: 'ten', currency: 'USDT' }])).toThrow(TypeError);
	});
});

describe('items in a message', () => {
	it.each([
		[[0], 'item 1'],
		[[1, 2, 3], 'items 2 to 4'],
		[[0, 2, 3, 7], 'items 1, 3 to 4, 8'],
	])('%j', (items, text) => expect(listed(items)).toBe(text));

	it('names every one, once', () => {
		const some = fc.uniqueArray(fc.nat(200), { minLength: 1 }).map((items) => items.sort((a, b) => a - b));
		fc.assert(
			fc.property(some, (items) => {
				const named = listed(items)
					.replace(/^items? /, '')
					.split(', ')
					.flatMap((range) => {
						const [first = 0, last = first] = range.split(' to ').map(Number);
						return Array.from({ length: last - first + 1 }, (_one, index) => first + index - 1);
					});
				expect(named).toEqual(items);
			}),
		);
	});
});
