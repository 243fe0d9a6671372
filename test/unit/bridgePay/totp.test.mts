import CryptoJS from 'crypto-js';
import * as fc from 'fast-check';
import { Refusal } from '../../../core/refusal.ts';
import { hotp, totp, totpKey } from '../../../nodes/BridgePay/totp.ts';

/** "12345678901234567890" in ASCII, the key of both RFCs' SHA-1 vectors. */
const key = Buffer.from('12345678901234567890', 'ascii');

describe('a one-time code', () => {
	it.each([
		[59, '94287082'],
		[1111111109, '07081804'],
		[1111111111, '14050471'],
		[1234567890, '89005924'],
		[2000000000, '69279037'],
		[20000000000, '65353130'],
	])('is that of RFC 6238 at %d s', (seconds, code) => {
		expect(totp(key, seconds * 1000, 8)).toBe(code);
		expect(totp(key, seconds * 1000)).toBe(code.slice(2));
	});

	it('is that of RFC 4226 for every counter there', () => {
		const codes = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489';
		expect(Array.from({ length: 10 }, (_, counter) => hotp(key, BigInt(counter))).join(' ')).toBe(codes);
	});

	it('holds for 30 s', () => {
		expect(totp(key, 59_999)).toBe(totp(key, 30_000));
		expect(totp(key, 60_000)).not.toBe(totp(key, 59_999));
	});

	it('agrees with another implementation', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 10, maxLength: 64 }),
				fc.nat(2_000_000_000),
				(bytes, counter) => {
					const message = CryptoJS.enc.Hex.parse(counter.toString(16).padStart(16, '0'));
					const secret = CryptoJS.enc.Hex.parse(Buffer.from(bytes).toString('hex'));
					const hash = Buffer.from(CryptoJS.HmacSHA1(message, secret).toString(), 'hex');
					const offset = (hash[19] ?? 0) & 15;
					const number = parseInt(hash.toString('hex', offset, offset + 4), 16) % 2 ** 31;
					expect(hotp(Buffer.from(bytes), BigInt(counter))).toBe(String(number % 1_000_000).padStart(6, '0'));
				},
			),
		);
	});
});

describe('a TOTP secret', () => {
	const plain = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

	it.each([
		plain,
		plain.toLowerCase(),
		'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ',
		'gezd-gnbv-gy3t-qojq-gezd-gnbv-gy3t-qojq',
	])('is read however an app shows it: %s', (text) => expect(totpKey(text)).toEqual(key));

	it('may be padded', () => {
		expect(totpKey('GEZDGNBVGY3TQOJQGE======')).toEqual(Buffer.from('12345678901'));
	});

	it.each(['', 'GEZDGNBV', 'GEZDGNBVGY3TQOJ1', 'GEZDGNBVGY3TQOJ0', 'ГEZDGNBVGY3TQOJQ', 'a'.repeat(31) + '!'])(
		'is refused without being quoted: %p',
		(text) => {
			expect(() => totpKey(text)).toThrow(Refusal);
			if (text !== '') expect(() => totpKey(text)).not.toThrow(text);
		},
	);

	it('is not the whole address of the QR code', () => {
		expect(() => totpKey(`otpauth://totp/me?secret=${plain}`)).toThrow('whole otpauth address');
	});
});
