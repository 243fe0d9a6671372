import { createHmac } from 'node:crypto';
import { Refusal } from '../../core/refusal';

/** RFC 6238 as authenticator apps use it: SHA-1, six digits, a new code every 30 s. */
const STEP_MS = 30_000;
const DIGITS = 6;

/** RFC 4226 asks for 128 bits, but secrets of 80 bits are common. A shorter secret was probably cut off. */
const MIN_SECRET_BYTES = 10;

/**
 * The one-time code at a given time.
 * @param now unix milliseconds
 */
export function totp(key: Buffer, now: number, digits = DIGITS): string {
	return hotp(key, BigInt(Math.floor(now / STEP_MS)), digits);
}

/** RFC 4226: HMAC-SHA1 over the counter, truncated to decimal digits. */
export function hotp(key: Buffer, counter: bigint, digits = DIGITS): string {
	const message = Buffer.alloc(8);
	message.writeBigUInt64BE(counter);
	const hash = createHmac('sha1', key).update(message).digest();
	const offset = hash.readUInt8(hash.length - 1) & 0x0f;
	const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
	return String(number % 10 ** digits).padStart(digits, '0');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The key in a TOTP secret as an authenticator app shows it: Base32 in upper or lower case, with or without groups.
 * @throws Refusal for any other text. It does not quote the text.
 */
export function totpKey(secret: string): Buffer {
	if (/^otpauth:/i.test(secret)) {
		throw new Refusal(
			'TOTP Secret in the credential is a whole otpauth address',
			'Paste only what stands behind secret= in it',
		);
	}
	const text = secret
		.replace(/[\s-]/g, '')
		.replace(/(?<!=)=+$/, '')
		.toUpperCase();
	let bits = 0;
	let held = 0;
	const bytes: number[] = [];
	for (const letter of text) {
		const value = ALPHABET.indexOf(letter);
		if (value < 0) throw notBase32();
		held = (held << 5) | value;
		bits += 5;
		if (bits < 8) continue;
		bits -= 8;
		bytes.push((held >> bits) & 0xff);
		held &= (1 << bits) - 1;
	}
	if (bytes.length < MIN_SECRET_BYTES) throw notBase32();
	return Buffer.from(bytes);
}

function notBase32(): Refusal {
	return new Refusal(
		'TOTP Secret in the credential is not a Base32 secret of at least 16 characters',
		'Paste the setup key that is shown when two-factor authentication is switched on',
	);
}
