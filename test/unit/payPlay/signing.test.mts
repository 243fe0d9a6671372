import CryptoJS from 'crypto-js';
import * as fc from 'fast-check';
import { sign, verify } from '../../../nodes/PayPlay/signing.ts';
import { token, W1, W1_SIGNATURE, W2, W2_SIGNATURE } from './vectors.mts';

/** The same rule by another implementation. */
const oracle = (key: string, body: string) => CryptoJS.HmacSHA256(body, key).toString(CryptoJS.enc.Hex);
/** The body, read and written again with escaped slashes. */
const rewritten = (body: string) => JSON.stringify(JSON.parse(body)).replace(/\//g, '\\/');

describe('the vectors of the reference', () => {
	it.each([
		['W1', W1, W1_SIGNATURE],
		['W2', W2, W2_SIGNATURE],
	])('%s', (_name, body, signature) => {
		expect(sign(token, body)).toBe(signature);
		expect(sign(token, Buffer.from(body, 'utf8'))).toBe(signature);
		expect(oracle(token, body)).toBe(signature);
		expect(verify([token], Buffer.from(body, 'utf8'), signature)).toBe(true);
	});

	it('W1 has 608 bytes', () => expect(Buffer.byteLength(W1)).toBe(608));

	it('W1 written again with escaped slashes is the same, and as the sister page shows it is not', () => {
		expect(sign(token, rewritten(W1))).toBe(W1_SIGNATURE);
		const asThePageShows = JSON.stringify(JSON.parse(W1));
		expect(sign(token, asThePageShows)).toBe(
			'6a38de5422abbe64bbd47ff6f76ef46f5b8f59ee48f7512647e7f4cd02d85d6b',
		);
		expect(verify([token], asThePageShows, W1_SIGNATURE)).toBe(false);
	});

	it('W2 written again is another text, so only the raw bytes verify', () => {
		expect(sign(token, rewritten(W2))).toBe(
			'0ef64604474abd3ad7bbb1e9ce238855eedb0c105356122da7db50ba042b6453',
		);
		expect(verify([token], rewritten(W2), W2_SIGNATURE)).toBe(false);
	});
});

describe('agrees with another implementation', () => {
	it.each([
		'',
		'{}',
		'[]',
		'null',
		'""',
		'0',
		' {"a": 1 } ',
		'{"a":"\\u00e9","b":"é"}',
		'{"text":"😀 العربية 漢字"}',
		'{"text":"\\ud83d\\ude00"}',
		'{"n":123456789012345678901234567890}',
		'{"n":0.98686588093984211645}',
		'{"n":1e400,"m":-0}',
		'{"n":"1,00"}',
		'line\nbreaks\r\n',
		'tabs\tand\u000b\f',
		'a&b=c?d#e%20+%2B',
		'{"url":"https:\\/\\/a.example\\/?b=c&d=%20"}',
		'{"url":"https://a.example/?b=c&d=%20"}',
		'{"quote":"\\"\\\\"}',
		'\u0000',
		'\u0000\u0001\u001f\u007f',
		'\ufeff{"a":1}',
		'\u2028\u2029',
		'ß',
		'e\u0301',
		'\u00e9',
		'{"a":{"b":{"c":{"d":[1,[2,[3]]]}}}}',
		'{"b":1,"a":2}',
		'{"a":2,"b":1}',
		'{"a":1,"a":2}',
		'<html>&amp;</html>',
		"'; DROP TABLE orders; --",
		'x'.repeat(63),
		'x'.repeat(64),
		'x'.repeat(65),
		'x'.repeat(100_000),
	])('about %p', (body) => {
		expect(sign(token, body)).toBe(oracle(token, body));
		expect(verify([token], Buffer.from(body, 'utf8'), oracle(token, body))).toBe(true);
	});

	it.each(['k', 'ключ', '😀', 'k'.repeat(64), 'k'.repeat(65), 'k'.repeat(300), ' k ', '\u0000k'])(
		'about the token %p',
		(key) => expect(sign(key, W1)).toBe(oracle(key, W1)),
	);

	it('about anything', () => {
		const text = fc.string({ unit: 'binary' });
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), text, (key, body) => {
				expect(sign(key, body)).toBe(oracle(key, body));
			}),
		);
	});
});

describe('two tokens', () => {
	const page = 'page-token';
	const general = 'general-token';

	it('either of them verifies', () => {
		for (const key of [page, general]) expect(verify([page, general], W1, sign(key, W1))).toBe(true);
		expect(verify([page, general], W1, sign('another', W1))).toBe(false);
	});

	it('one may be missing, and without any nothing verifies', () => {
		expect(verify(['', general], W1, sign(general, W1))).toBe(true);
		expect(verify(['', ''], W1, sign('', W1))).toBe(false);
		expect(verify([], W1, sign('', W1))).toBe(false);
	});

	it('whatever the case of the signature, and for no other text', () => {
		const signature = sign(page, W1);
		expect(verify([page], W1, ` ${signature.toUpperCase()}\n`)).toBe(true);
		for (const wrong of [
			'',
			'0',
			page,
			signature.slice(1),
			`${signature}0`,
			signature.replace(/^./, 'g'),
			signature.split('').reverse().join(''),
			`sha256=${signature}`,
		]) {
			expect(verify([page], W1, wrong)).toBe(false);
		}
		for (const body of [`${W1} `, W1.replace('"100"', '"900"'), W1.replaceAll('\\/', '/'), '']) {
			expect(verify([page], body, signature)).toBe(false);
		}
	});
});
