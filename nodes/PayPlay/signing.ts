import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The `Signature` header of a webhook: HMAC-SHA256 over the raw body in lower-case hex, 64 characters. Requests are
 * not signed. https://docs.whitepay.com/docs/webhooks/auth
 * @param body the bytes as they were received: PayPlay writes `\/` and `\uXXXX`, which parsing and writing again loses
 */
export function sign(token: string, body: string | Buffer): string {
	return createHmac('sha256', token).update(body).digest('hex');
}

/**
 * Whether one of the tokens signed the body, each compared in constant time. Payment pages and the general settings
 * have a token each, and it is not documented which of them signs an event about a page's transaction.
 * @param tokens empty ones are passed over, so that nothing is verified without a token
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
