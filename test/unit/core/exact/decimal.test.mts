import * as fc from 'fast-check';
import {
	add,
	compare,
	exactAmount,
	formatDecimal,
	hasEveryDigit,
	parseDecimal,
	sameAmount,
	significantDigits,
	subtract,
	withoutExponent,
} from '../../../../core/exact/decimal.ts';

const sixDecimals = { decimals: 6 };

function parsed(text: string) {
	const decimal = parseDecimal(text);
	if (!decimal) throw new Error(`${text} is no decimal`);
	return decimal;
}

describe('an amount is refused, never rounded', () => {
	it.each([
		['1e3', /exponent/],
		['1E-7', /exponent/],
		['-1', /sign/],
		['+1', /sign/],
		['0', /zero/],
		['0.000000', /zero/],
		['1.123456789', /9 decimals; it takes at most 6/],
		['abc', /not a decimal amount/],
		['', /empty/],
		['1,5', /comma/],
		['1,000.50', /comma/],
		[' 1', /white space/],
		['1\n', /white space|not a decimal/],
		['.5', /not a decimal amount/],
		['5.', /not a decimal amount/],
		['0x10', /not a decimal amount/],
		['Infinity', /not a decimal amount/],
		['١٢', /not a decimal amount/],
		[null, /missing/],
		[undefined, /missing/],
		[{}, /object/],
		[['1'], /list/],
		[true, /boolean/],
		[1e21, /may already be rounded/],
		[1e-7, /may already be rounded/],
		[0.1 + 0.2, /may already be rounded/],
		[1234567890.1234567, /may already be rounded/],
		[Number.NaN, /may already be rounded/],
		[-5, /sign/],
	])('%p', (value, reason) => {
		const result = exactAmount(value, sixDecimals);
		expect(result).toEqual({ refused: expect.stringMatching(reason) });
	});

	it('lets zero pass where the provider documents that it may be 0', () => {
		const rule = { decimals: 2, minimum: '0' };
		expect(exactAmount('0', rule)).toBe('0');
		expect(exactAmount('0.00', rule)).toBe('0.00');
		expect(exactAmount('-0', rule)).toEqual({ refused: expect.stringMatching(/sign/) });
	});

	it('keeps the text as it was typed, zeros and all', () => {
		expect(exactAmount('0010.500000', sixDecimals)).toBe('0010.500000');
		expect(exactAmount('99999999999999999999.999999', sixDecimals)).toBe('99999999999999999999.999999');
	});

	it('takes a number whose digits JavaScript still knows', () => {
		expect(exactAmount(1088.42, sixDecimals)).toBe('1088.42');
		expect(exactAmount(0.1, sixDecimals)).toBe('0.1');
		expect(exactAmount(123456789.123456, sixDecimals)).toBe('123456789.123456');
		expect(exactAmount(1234567890.123456, sixDecimals)).toEqual({
			refused: expect.stringContaining('may already be rounded'),
		});
	});

	it('says how many decimals there may be', () => {
		expect(exactAmount('1.5', { decimals: 0 })).toEqual({
			refused: '`1.5` has 1 decimals; it takes no decimals',
		});
		expect(exactAmount('1.555', { decimals: 2 })).toEqual({
			refused: '`1.555` has 3 decimals; it takes at most 2',
		});
	});

	it('shows the first 40 characters of a long text', () => {
		const shown = (text: string) => ({ refused: `\`${text}\` is not a decimal amount like 12.5` });
		expect(exactAmount('x'.repeat(40), sixDecimals)).toEqual(shown('x'.repeat(40)));
		expect(exactAmount('x'.repeat(41), sixDecimals)).toEqual(shown(`${'x'.repeat(40)}...`));
	});

	it.each([
		['1e12', /exponent/],
		['12.5e+10', /exponent/],
		['x1e5', /not a decimal amount/],
		['1e5x', /not a decimal amount/],
		['1,000,000', /comma/],
		['12,345.6', /comma/],
		['12,50', /comma/],
		['1,5x', /not a decimal amount/],
		['x1,5', /not a decimal amount/],
		['1,000x', /not a decimal amount/],
		['x1,000', /not a decimal amount/],
	])('says what to change in %s', (text, reason) => {
		expect(exactAmount(text, sixDecimals)).toEqual({ refused: expect.stringMatching(reason) });
	});

	it('keeps to the least and the largest amount', () => {
		const rule = { decimals: 4, minimum: '0.0001', maximum: '5000000' };
		expect(exactAmount('0.0001', rule)).toBe('0.0001');
		expect(exactAmount('5000000.0000', rule)).toBe('5000000.0000');
		expect(exactAmount('5000000.0001', rule)).toEqual({ refused: expect.stringContaining('above') });
		expect(exactAmount('1', { decimals: 0, minimum: '10' })).toEqual({
			refused: expect.stringContaining('below'),
		});
	});
});

it.each([
	['12345678901234', true],
	['1234567890.1234', true],
	['0.00012345678901234', true],
	['15.5000000000000000', true],
	['123456789012345', false],
	['1234567890.12345678', false],
	['100000000000000', false],
])('counts significant digits: %s', (amount, taken) => {
	const result = exactAmount(amount, { decimals: 20, significant: 14 });
	expect(result).toEqual(
		taken ? amount : { refused: expect.stringContaining('at most 14 are taken exactly') },
	);
});

it.each([
	['100', 3],
	['100.00', 3],
	['0.0010', 1],
	['00012.30', 3],
	['10.01', 4],
	['-12.5', 3],
	['100.5003', 7],
	['50', 2],
])('finds in %s so many significant digits: %i', (text, digits) => {
	expect(significantDigits(text)).toBe(digits);
});

describe('decimal arithmetic is exact', () => {
	const decimalText = fc
		.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }))
		.map(([units, scale]) => formatDecimal({ units, scale }));

	it('gives back what it was given', () => {
		fc.assert(fc.property(decimalText, (text) => formatDecimal(parsed(text)) === text));
	});

	it('adds and takes away without a trace', () => {
		fc.assert(
			fc.property(decimalText, decimalText, (a, b) => {
				const sum = add(parsed(a), parsed(b));
				expect(formatDecimal(subtract(sum, parsed(b)))).toBe(formatDecimal(parsed(a)));
			}),
		);
	});

	it('orders like numbers do', () => {
		expect(compare(parsed('0.30'), parsed('0.3'))).toBe(0);
		expect(compare(parsed('-1'), parsed('0.1'))).toBeLessThan(0);
		expect(compare(parsed('100000000000000000000.1'), parsed('100000000000000000000.09'))).toBeGreaterThan(0);
	});

	it('knows the same amount in two spellings, and nothing else', () => {
		expect(sameAmount('1.50', '+1.5')).toBe(true);
		expect(sameAmount('1.5', '1.51')).toBe(false);
		expect(sameAmount('abc', 'abc')).toBe(false);
		expect(sameAmount('1', 'abc')).toBe(false);
		expect(sameAmount('abc', '1')).toBe(false);
	});

	it.each([
		[{ units: -150n, scale: 2 }, '-1.5'],
		[{ units: 150n, scale: 2 }, '1.5'],
		[{ units: -5n, scale: 3 }, '-0.005'],
		[{ units: 0n, scale: 2 }, '0'],
		[{ units: -1200n, scale: 0 }, '-1200'],
	])('writes %p with its sign', (decimal, text) => {
		expect(formatDecimal(decimal)).toBe(text);
	});

	it('reads the sign, and takes a debt for no credit', () => {
		expect(parsed('-1.50')).toEqual({ units: -150n, scale: 2 });
		expect(sameAmount('-1', '1')).toBe(false);
		expect(formatDecimal(subtract(parsed('1'), parsed('2.5')))).toBe('-1.5');
	});

	it.each(['12abc', 'abc12', '1.5 USDT', '$5', '1.5.1', '--1', '1e3', ' 1', '1.', '.5', ''])(
		'reads no amount out of %p',
		(text) => {
			expect(parseDecimal(text)).toBeUndefined();
		},
	);
});

describe('a number with an exponent', () => {
	it.each([
		['3.0E-5', '0.000030'],
		['1e-7', '0.0000001'],
		['1.234E2', '123.4'],
		['1.5e3', '1500'],
		['12e-1', '1.2'],
		['-2.5E+1', '-25'],
		['0.05e1', '0.5'],
		['0.1000', '0.1000'],
		['TRX_USDT', 'TRX_USDT'],
		['x1e5', 'x1e5'],
		['1e5x', '1e5x'],
		['0.0005e2', '0.05'],
	])('%s is %s', (text, plain) => expect(withoutExponent(text)).toBe(plain));

	it('keeps its value, whatever it is', () => {
		fc.assert(
			fc.property(fc.bigInt(0n, 10n ** 12n), fc.integer({ min: -20, max: 20 }), (units, exponent) => {
				const shifted =
					exponent < 0 ? { units, scale: -exponent } : { units: units * 10n ** BigInt(exponent), scale: 0 };
				const plain = withoutExponent(`${units}e${exponent}`);
				expect(formatDecimal(parsed(plain))).toBe(formatDecimal(shifted));
			}),
		);
	});
});

describe('a JavaScript number has every typed digit', () => {
	it.each([0, 1, -1, 10.5, 0.000001, 123_456_789.123456, 999_999_999_999_999, -0.1])('of %d', (number) => {
		expect(hasEveryDigit(number)).toBe(true);
	});
});

describe('a JavaScript number may have lost digits', () => {
	it.each([0.1 + 0.2, 1e15, 2 ** 60, 1e21, 1e-7, Number.NaN, Infinity, -Infinity])('of %d', (number) => {
		expect(hasEveryDigit(number)).toBe(false);
	});
});
