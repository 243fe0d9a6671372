import { createHmac, timingSafeEqual } from 'node:crypto';

/** The signature: Base64 of the HMAC-SHA1 over method, absolute URL and body. */
export function sign(secret: string, text: string, body: string | Buffer): string {
	return createHmac('sha1', secret).update(text).update(body).digest('base64');
}

/** Compares two signatures in constant time. */
export function isSame(expected: string, given: string): boolean {
	const [left, right] = [Buffer.from(expected), Buffer.from(given)];
	return left.length === right.length && timingSafeEqual(left, right);
}

const STEP_MS = 30_000;

/** The codes that an authenticator app may show now: the last, the current and the next one. */
export function acceptedCodes(base32: string, now: number): string[] {
	const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
	const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
	return [-1, 0, 1].map((shift) => codeOf(Buffer.from(bytes), Math.floor(now / STEP_MS) + shift));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function codeOf(key: Buffer, step: number): string {
	const hex = createHmac('sha1', key)
		.update(Buffer.from(step.toString(16).padStart(16, '0'), 'hex'))
		.digest('hex');
	const offset = parseInt(hex.slice(-1), 16) * 2;
	const number = parseInt(hex.slice(offset, offset + 8), 16) % 2 ** 31;
	return String(number % 1_000_000).padStart(6, '0');
}
