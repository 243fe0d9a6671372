import CryptoJS from 'crypto-js';
import * as fc from 'fast-check';
import { isNotificationToken, sign, verify } from '../../../nodes/BridgePay/signing.ts';
import { B1, B1_SPACED, B2, base, secret, vectors, wrong } from './vectors.mts';

/** The same rule by another implementation. */
function oracle(key: string, text: string): string {
	return CryptoJS.enc.Base64.stringify(CryptoJS.HmacSHA1(text, key));
}

const url = `${base}/api/merchant/invoices`;

describe("BridgePay's signature", () => {
	it('has vectors over the bytes that the reference counts', () => {
		expect([Buffer.byteLength(B1), Buffer.byteLength(B2), B2.length]).toEqual([205, 289, 279]);
		expect(JSON.parse(B1_SPACED)).toEqual(JSON.parse(B1));
	});

	it.each(vectors)('reproduces $name', ({ method, path, body, signature }) => {
		const parts = { method, url: base + path, body };
		expect(sign(secret, parts)).toBe(signature);
		expect(sign(secret, { ...parts, body: Buffer.from(body, 'utf8') })).toBe(signature);
		expect(oracle(secret, method + base + path + body)).toBe(signature);
		expect(verify(secret, parts, signature)).toBe(true);
	});

	it('knows the four mistakes by what they give', () => {
		const parts = { method: 'POST', url, body: B1 };
		const path = sign(secret, { ...parts, url: '/api/merchant/invoices' });
		const http = sign(secret, { ...parts, url: url.replace('https', 'http') });
		const plain = CryptoJS.enc.Base64.stringify(CryptoJS.SHA1(`POST${url}${B1}${secret}`));
		const hex = CryptoJS.HmacSHA1(`POST${url}${B1}`, secret).toString(CryptoJS.enc.Hex);
		expect({ pathInsteadOfUrl: path, httpInsteadOfHttps: http, plainSha1: plain, hexDigest: hex }).toEqual(
			wrong,
		);
		for (const mistake of Object.values(wrong)) expect(verify(secret, parts, mistake)).toBe(false);
	});

	it.each([
		['POST', '/api/merchant/invoices', '{}'],
		['POST', '/api/merchant/invoices', '[]'],
		['POST', '/api/merchant/invoices', ''],
		['POST', '/api/merchant/invoices', 'null'],
		['POST', '/api/merchant/invoices', ' {"a": 1 } '],
		['POST', '/api/merchant/invoices', '{"a":1}\n'],
		['POST', '/api/merchant/invoices', '{"a":"\\u0418"}'],
		['POST', '/api/merchant/invoices', '{"a":"И"}'],
		['POST', '/api/merchant/invoices', '{"holder":"Иван Петров"}'],
		['POST', '/api/merchant/invoices', '{"text":"😀 العربية 漢字"}'],
		['POST', '/api/merchant/invoices', '{"e":"é","e2":"é"}'],
		['POST', '/api/merchant/invoices', '{"n":123456789012345678901234567890}'],
		['POST', '/api/merchant/invoices', '{"n":0.1000}'],
		['POST', '/api/merchant/invoices', '{"list":["a","b",{"c":null}]}'],
		['POST', '/api/merchant/invoices', '{"startDeal":true,"paymentMethod":null}'],
		['POST', '/api/merchant/invoices', '{"quote":"\\"","backslash":"\\\\"}'],
		['POST', '/api/merchant/invoices', '{"url":"https://example.com/hook?a=1&b=2#c"}'],
		['POST', '/api/merchant/invoices', '{"zero":"\u0000"}'],
		['POST', '/api/merchant/invoices', `{"long":"${'x'.repeat(100_000)}"}`],
		['POST', '/api/merchant/invoices', '+/= %20&'],
		['POST', '/api/merchant/withdrawals', '{"amount":"0.00000001","code2FA":"012345"}'],
		['POST', '/api/merchant/invoices/a/cancel', ''],
		['GET', '/api/merchant/accounts?', ''],
		['GET', '/api/merchant/payment-methods?currency=RUB&currency=KZT', ''],
		['GET', '/api/merchant/payment-methods?currency=%D0%A0', ''],
		['GET', '/api/merchant/invoices/internal-id/a%2Fb', ''],
		['GET', '/api/merchant/invoices/internal-id/a+b', ''],
		['GET', '/api/merchant/invoices/internal-id/a%20b', ''],
		['GET', '/api/merchant/invoices/internal-id/~a.b_c-d', ''],
		['GET', '/', ''],
		['PUT', '/api/merchant/invoices', '{}'],
		['DELETE', '/api/merchant/invoices/a', ''],
	])('agrees with another implementation about %s %s %s', (method, path, body) => {
		const expected = oracle(secret, `${method}${base}${path}${body}`);
		expect(sign(secret, { method, url: base + path, body })).toBe(expected);
	});

	it('agrees with another implementation about anything', () => {
		const text = fc.string({ unit: 'binary' });
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), text, (key, body) => {
				expect(sign(key, { method: 'POST', url, body })).toBe(oracle(key, `POST${url}${body}`));
			}),
		);
	});

	it('verifies what it signed and nothing else', () => {
		const parts = { method: 'POST', url, body: '{"a":"1.50"}' };
		const signature = sign(secret, parts);
		expect(verify(secret, parts, ` ${signature}\n`)).toBe(true);
		for (const other of ['', '=', signature.slice(1), `${signature}=`, signature.toLowerCase()]) {
			expect(verify(secret, parts, other)).toBe(false);
		}
		expect(verify(`${secret}x`, parts, signature)).toBe(false);
		expect(verify(secret, { ...parts, body: '{"a":"1.5"}' }, signature)).toBe(false);
		expect(verify(secret, { ...parts, method: 'GET' }, signature)).toBe(false);
		expect(verify(secret, { ...parts, url: `${url}?` }, signature)).toBe(false);
	});
});

describe('the token of a notification', () => {
	const token = 'a-long-random-token-0001';

	it('is right only when it is the same', () => {
		expect(isNotificationToken(token, token)).toBe(true);
		for (const other of [undefined, '', ` ${token}`, token.slice(1), `${token}1`, token.toUpperCase()]) {
			expect(isNotificationToken(token, other)).toBe(false);
		}
	});

	it('is never right when none is expected: an empty one would let anybody in', () => {
		for (const given of [undefined, '', token]) expect(isNotificationToken('', given)).toBe(false);
	});
});
