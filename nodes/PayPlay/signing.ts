import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The `Signature` header of a webhook: HMAC-SHA256 over the raw body in lower-case hex, 64 characters. Requests are
 * not signed. https://docs.whitepay.com/docs/webhooks/auth
 * @param body the bytes as received. PayPlay writes `\/` and `\uXXXX`, which would be lost if the body were parsed
 * and written again.
 */
export function sign(token: string, body: string | Buffer): string {
	return createHmac('sha256', token).update(body).digest('hex');
}

/**
 * Whether one of the tokens signed the body. Each comparison takes constant time. Each payment page has a token, and
 * so have the general settings. PayPlay does not document which one signs an event about a page's transaction.
 * @param tokens an empty token is skipped, so that nothing passes without a token
 */
export function verify(tokens: readonly string[], body: string | Buffer, signature: string): boolean {
	const given = Buffer.from(signature.trim().toLowerCase());
	return tokens
		.filter((token) => token !== '')
		.some((token) => {
			const expected = Buffer.from(sign(token, body));
			return expected.length === given.length && timingSafeEqual(expected, given);
		});
}
