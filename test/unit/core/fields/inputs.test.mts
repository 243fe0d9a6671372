import { milliseconds } from '../../../../core/exact/time.ts';
import { hasEmptyPart } from '../../../../core/fields/emptyParts.ts';
import { checkFile } from '../../../../core/fields/file.ts';
import { checkField } from '../../../../core/fields/rules.ts';
import { checkedSecret } from '../../../../core/wire/account.ts';

const field = { label: 'Field', required: true, timezone: 'Europe/Moscow' };
const text = (value: unknown) => checkField(value, undefined, field);
const reference = (value: unknown) => checkField(value, { kind: 'reference', maximumLength: 64 }, field);
const integer = (value: unknown) => checkField(value, { kind: 'integer' }, field);

describe('a text that was made from a field that is not there', () => {
	const made = [
		'undefined',
		'null',
		'NaN',
		'inv_undefined',
		'undefined-7',
		'a.null.b',
		'https://x.example/null',
		'[object Object]',
		'to [object Object]',
	];
	it.each(made)('is refused: %s', (value) => {
		expect(() => text(value)).toThrow('was made from a field that is not there');
		if (!value.includes(' '))
			expect(() => reference(value)).toThrow('was made from a field that is not there');
	});

	it.each([
		'Null',
		'nullable',
		'Nullson',
		'NaNa',
		'undefinedx',
		'the null hypothesis',
		'a reason undefined by law',
	])('is none of these: %s', (value) => expect(text(value)).toBe(value));
});

describe('a number that a spreadsheet has shortened', () => {
	it.each([4444444444444444, 1e15, -1e15, 0.1 + 0.2, 2 ** 53])('is refused: %p', (value) => {
		for (const check of [text, reference, integer])
			expect(() => check(value)).toThrow(/rounded|whole number/);
	});

	it.each(['4.44444E+15', '4E+15', '1.5e+9'])('is refused as text: %s', (value) => {
		expect(() => text(value)).toThrow('is a long number as a spreadsheet shows it');
		expect(() => reference(value)).toThrow('is a long number as a spreadsheet shows it');
	});

	it('is taken with all its digits as text, and with 15 as a number', () => {
		expect([text('4444444444444444'), text(999999999999999)]).toEqual(['4444444444444444', 999999999999999]);
		expect([reference('7e12'), integer('4444444444444444')]).toEqual(['7e12', 4444444444444444]);
	});
});

it.each([true, false])('%p is no text, no reference and no whole number', (value) => {
	for (const check of [text, reference, integer]) expect(() => check(value)).toThrow();
});

describe('a character that is not what it looks like', () => {
	const odd: Array<[string, string]> = [
		['a space without width', 'a\u200bb'],
		['a joiner without width', 'a\u200db'],
		['a byte order mark', 'a\ufeffb'],
		['a soft hyphen', 'a\u00adb'],
		['a turn of the direction', 'a\u202eb'],
		['a digit of double width', '１0'],
		['a letter of double width', 'ＡB'],
	];
	it.each(odd)('is refused in a text and in a secret: %s', (_name, value) => {
		expect(() => text(value)).toThrow(
			/has a (character that nobody can see|letter or digit of double width)/,
		);
		expect(() => checkedSecret(value, 'Secret')).toThrow(/Secret in the credential has a /);
		expect(() => checkedSecret(value, 'Secret')).not.toThrow(value);
	});

	it.each(['Иван Петров', '张伟，上海', 'علی\u200cرضا', 'క్\u200dష', 'José Ñandú', '👩\u200d💻 thanks'])(
		'is none of these: %s',
		(value) => expect(text(value)).toBe(value),
	);
});

describe('a date and time', () => {
	const time = (value: unknown) => milliseconds(value, 'Europe/Moscow');

	it.each([
		1763629200,
		'1763629200',
		0,
		20261120,
		'2026-02-30',
		'2026-13-01',
		'2026-11-31T00:00:00Z',
		'2026-11-20junk',
		'2026-11-20T25:00',
		'2026-11-20T10:60',
		'2026-11-20 10:00 tomorrow',
		'2026-11-20T10:00:00+3',
		'20.11.2026',
		'',
	])('is not %p', (value) => expect(time(value)).toBeUndefined());

	it.each([
		['2026-11-20', '2026-11-19T21:00:00.000Z'],
		['2026-11-20 09:30', '2026-11-20T06:30:00.000Z'],
		['2026-11-20T09:30:00', '2026-11-20T06:30:00.000Z'],
		['2026-11-20T09:30:00.5Z', '2026-11-20T09:30:00.500Z'],
		['2026-11-20T09:30:00+03:00', '2026-11-20T06:30:00.000Z'],
		['2026-11-20 09:30:00+0300', '2026-11-20T06:30:00.000Z'],
		['2028-02-29', '2028-02-28T21:00:00.000Z'],
		[1763629200000, '2025-11-20T09:00:00.000Z'],
		['1763629200000', '2025-11-20T09:00:00.000Z'],
	])('is %p', (value, iso) => expect(new Date(time(value) ?? 0).toISOString()).toBe(iso));
});

describe('an expression with an empty part', () => {
	it.each([
		['=inv_{{ $json.no }}', 'inv_'],
		['={{ $json.no }}-inv', '-inv'],
		['=inv_{{ $json.a }}_{{ $json.b }}', 'inv__7'],
		['=inv_{{ $json.a }}_{{ $json.b }}', 'inv_7_'],
		['=T{{ $json.wallet }}', 'T'],
		["={{ 'inv_' + $json.no }}", 'inv_'],
		['={{ `${$json.no}-` }}{{ "inv-" }}', 'inv-'],
	])('%s is seen in %s', (template, value) => expect(hasEmptyPart(template, value)).toBe(true));

	it.each([
		['=inv_{{ $json.no }}', 'inv_7'],
		['=inv_{{ $json.no }}', 'inv_x_'],
		['={{ $json.nano }}', 'V1StGXR8_Z5jdHi6B-myT_'],
		['={{ $json.a }}{{ $json.b }}', 'x'],
		['={{ $json.date }}-{{ $json.no }}', '2026-11-30'],
		['inv_', 'inv_'],
		['={{ "fixed" }}', 'fixed'],
	])('%s is not seen in %s', (template, value) => expect(hasEmptyPart(template, value)).toBe(false));
});

describe('a receipt without a file name', () => {
	const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]);
	const check = (type: string | undefined, content = png) =>
		checkFile(
			{ field: 'file', label: 'Receipt', name: undefined, type, content },
			{ kind: 'file', maximumBytes: 100, extensions: ['png', 'jpg', 'pdf'] },
		);

	it('is called after its type', () => {
		expect(check('image/png')).toMatchObject({ name: 'receipt.png', type: 'image/png' });
		expect(check('image/jpeg', Buffer.from([0xff, 0xd8, 0xff]))).toMatchObject({ name: 'receipt.jpg' });
		expect(check('application/pdf', Buffer.from('%PDF-1'))).toMatchObject({ name: 'receipt.pdf' });
	});

	it('is refused where the type is not known, or is another one inside', () => {
		expect(() => check(undefined)).toThrow('has no file name');
		expect(() => check('text/html')).toThrow('has no file name');
		expect(() => check('image/jpeg')).toThrow('is not a jpg file inside');
	});
});
