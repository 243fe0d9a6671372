import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The parts that Gate Pay signs, in requests and in notifications. `body` is the exact text on the wire, '' for GET,
 * DELETE and multipart. Path, query and other headers are not signed.
 */
export interface SignedParts {
	/** Unix milliseconds, 13 digits. The server refuses a request that is more than 10 s off (code 400003). */
	timestamp: string;
	/** Letters and digits, 1 to 32. */
	nonce: string;
	body: string | Buffer;
}

/**
 * HMAC-SHA512 over `timestamp\nnonce\nbody\n` in lower-case hex, 128 characters.
 * https://docs.gate.com/essentials/version/100/en/common/signature
 */
export function sign(secret: string, { timestamp, nonce, body }: SignedParts): string {
	return createHmac('sha512', secret)
		.update(`${timestamp}\n${nonce}\n`)
		.update(body)
		.update('\n')
		.digest('hex');
}

/** Checks a signature in constant time. Its case and the white space around it do not matter. */
export function verify(secret: string, parts: SignedParts, signature: string): boolean {
	const expected = Buffer.from(sign(secret, parts));
	const given = Buffer.from(signature.trim().toLowerCase());
	return expected.length === given.length && timingSafeEqual(expected, given);
}
