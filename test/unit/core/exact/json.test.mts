import * as fc from 'fast-check';
import {
	at,
	canonicalJson,
	ExactNumber,
	parseJson,
	parseJsonOrNothing,
	readJson,
	textOf,
	writeJson,
} from '../../../../core/exact/json.ts';

describe('reading JSON loses no digit', () => {
	it.each([
		['7615917337495251231', '7615917337495251231'],
		['0.1000', '0.1000'],
		['123456789012345678901234567890', '123456789012345678901234567890'],
		['1e400', '1e400'],
		['-0.0', '-0.0'],
		['-9007199254740993', '-9007199254740993'],
		['9007199254740991', 9007199254740991],
		['12', 12],
		['0', 0],
	])('%s', (text, value) => {
		expect(parseJson(`{"a":${text},"b":[${text}]}`)).toEqual({ a: value, b: [value] });
	});

	it('leaves digits inside texts alone', () => {
		const text = String.raw`{"say \"1.50\"":"7615917337495251231 and \\","n":1.5}`;
		expect(parseJson(text)).toEqual({ 'say "1.50"': '7615917337495251231 and \\', n: '1.5' });
	});

	it.each([
		'',
		'{',
		'{"a":01.5}',
		'{1.5:2}',
		'[1.5.5]',
		'[1.]',
		'[.5]',
		'undefined',
		"{'a':1}",
		'{"a":1.5,}',
		'[--1.5]',
		'\u00a0{}',
	])('refuses %p', (text) => {
		expect(() => parseJson(text)).toThrow(SyntaxError);
		expect(parseJsonOrNothing(text)).toBeUndefined();
	});

	it('agrees with the reader that looks at every number, wherever the numbers stand', () => {
		const numbers = fc.oneof(
			fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
			fc.bigInt().map(String),
			fc.constantFrom('-0', '0.10', '1E5', '1234567890123456', '999999999999999', '-1234567890123456'),
		);
		const texts = fc
			.array(fc.tuple(fc.string(), numbers, fc.constantFrom('', ' ', '\n\t')))
			.map((parts) =>
				parts.map(([say, digits, space]) => `[${space}${digits}${space}, ${JSON.stringify(say)}]`),
			);
		const asText = (digits: string) =>
			/^-?\d+$/.test(digits) && Number.isSafeInteger(Number(digits)) && digits !== '-0'
				? Number(digits)
				: digits;
		fc.assert(
			fc.property(texts, (parts) => {
				const text = `{"a":[${parts.join(',')}]}`;
				expect(parseJson(text)).toEqual(readJson(text, asText));
			}),
		);
	});

	it('agrees with JSON.parse on everything without large or broken numbers', () => {
		const exact = fc
			.jsonValue({ maxDepth: 4 })
			.map((value) => JSON.stringify(value))
			.filter((text) => !/[.eE]|\d{15,}|-0/.test(text));
		fc.assert(
			fc.property(exact, (text) => {
				expect(parseJson(text)).toEqual(JSON.parse(text));
			}),
		);
	});

	it('reads a text of millions of characters', () => {
		const long = 'x\\"1.5'.repeat(500_000);
		expect(parseJson(`{"a":"${long}","b":1.50}`)).toMatchObject({ b: '1.50' });
	});

	it('does not pollute the prototype', () => {
		const value = parseJson('{"__proto__":{"polluted":1.5}}');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(at(value, 'polluted')).toBeUndefined();
	});
});

describe('reading JSON with its numbers as they are written', () => {
	const exact = (text: string) => readJson(text, (digits) => new ExactNumber(digits));

	it.each([
		'{"price":15.50,"id":7615917337495251231,"zero":-0,"list":[1,"1",true,null,{}]}',
		'{"n1.50":"n1.50","t":"t","say \\"1.50\\"":"\\\\"}',
		'"text"',
		'1.0',
	])('%s comes back', (text) => expect(writeJson(exact(text))).toBe(text));

	it('gives every number to the caller, and nothing else', () => {
		const seen: string[] = [];
		readJson('{"a":1.0e-5,"b":["2.0",-3]}', (digits) => String(seen.push(digits)));
		expect(seen).toEqual(['1.0e-5', '-3']);
	});

	it.each(['', '{1.5:2}', '{"a":01}', '[1.]'])('refuses %p', (text) =>
		expect(() => exact(text)).toThrow(SyntaxError),
	);

	it('agrees with JSON.parse', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				const clean = JSON.stringify(JSON.parse(text));
				expect(JSON.stringify(readJson(clean, Number))).toBe(clean);
			}),
		);
	});

	it('does not pollute the prototype', () => {
		expect(writeJson(exact('{"__proto__":{"polluted":1}}'))).toBe('{"__proto__":{"polluted":1}}');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

describe('writing JSON', () => {
	it('writes an exact number with the digits that were typed', () => {
		expect(writeJson({ amount: new ExactNumber('0.1000'), id: '1' })).toBe('{"amount":0.1000,"id":"1"}');
		expect(() => new ExactNumber('1e3')).toThrow(TypeError);
		expect(() => new ExactNumber('01')).toThrow(TypeError);
	});

	it('leaves out what is undefined and keeps the order', () => {
		expect(writeJson({ b: 1, a: undefined, c: [null, 'ü\n'] })).toBe('{"b":1,"c":[null,"ü\\n"]}');
	});

	it('gives one canonical text for one content', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.string()), (members) => {
				const reversed = Object.fromEntries(Object.entries(members).reverse());
				expect(canonicalJson(members)).toBe(canonicalJson(reversed));
			}),
		);
	});
});

it('reads ids and amounts as text, and nothing from empty places', () => {
	expect(textOf(12)).toBe('12');
	expect(textOf('')).toBeUndefined();
	expect(textOf({})).toBeUndefined();
	expect(at({ a: { b: ['x'] } }, 'a.b')).toEqual(['x']);
	expect(at({ a: 1 }, 'a.b.c')).toBeUndefined();
	expect(at({}, 'constructor')).toBeUndefined();
});
