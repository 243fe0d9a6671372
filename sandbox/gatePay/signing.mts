import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature covers. `body` is the text on the wire, and empty for GET, DELETE and multipart. */
export interface SignedParts {
	timestamp: string;
	nonce: string;
	body: string | Buffer;
}

/** The signature of requests and of notifications: HMAC-SHA512 in lower-case hex. */
export function sign(secret: string, { timestamp, nonce, body }: SignedParts): string {
	return createHmac('sha512', secret)
		.update(`${timestamp}\n${nonce}\n`)
		.update(body)
		.update('\n')
		.digest('hex');
}

/** Takes lower case only, as documented: a sandbox that forgives would hide the mistake until production. */
export function verify(secret: string, parts: SignedParts, signature: string): boolean {
	const expected = Buffer.from(sign(secret, parts));
	const given = Buffer.from(signature);
	return expected.length === given.length && timingSafeEqual(expected, given);
}
