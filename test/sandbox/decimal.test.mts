import fc from 'fast-check';

import { Books } from '../../sandbox/books.mts';
import { add, compare, decimalsOf, isSameAmount, multiply, subtract } from '../../sandbox/decimal.mts';

describe('exact amounts', () => {
	it('do what floating point cannot', () => {
		expect(add('0.1', '0.2')).toBe('0.3');
		expect(subtract('1000000', '0.000001')).toBe('999999.999999');
		expect(subtract('0.1', '0.3')).toBe('-0.2');
		expect(multiply('1000', '1.088420', 6)).toBe('1088.42');
		expect(multiply('0.005', '1', 2)).toBe('0.01');
		expect(compare('9007199254740993', '9007199254740992')).toBe(1);
		expect(isSameAmount('1.50', '1.5')).toBe(true);
		expect(['1', '1.50', '0.000001'].map(decimalsOf)).toEqual([0, 1, 6]);
		expect(add()).toBe('0');
	});

	it('add and subtract cancel out', () => {
		const amount = fc
			.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 999_999 }))
			.map(([whole, fraction]) => `${whole}.${String(fraction).padStart(6, '0')}`);
		fc.assert(
			fc.property(amount, amount, (left, right) => isSameAmount(subtract(add(left, right), right), left)),
		);
	});
});

describe('books', () => {
	it('count requests per reference and sum exactly', () => {
		const books = new Books(() => 7);
		const lines = [
			{ amount: '0.1', currency: 'USDT', line: 'a' },
			{ amount: '0.2', currency: 'USDT', line: 'b' },
			{ amount: '5', currency: 'BTC' },
		];
		books.apply('createPayoutBatch', 'p-1', lines);
		books.apply('createPayoutBatch', 'p-1', lines.slice(0, 1));
		expect(books.appliedPerReference()).toEqual({ 'p-1': 2 });
		expect(books.total('USDT')).toBe('0.4');
		expect(books.total('EUR')).toBe('0');
		expect(books.entries).toHaveLength(4);
		expect(books.entries[0]).toEqual({
			operation: 'createPayoutBatch',
			reference: 'p-1',
			...lines[0],
			at: 7,
		});
	});
});
