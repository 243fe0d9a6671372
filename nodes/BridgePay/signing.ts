import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The parts that BridgePay signs. They have no time and no nonce, so a signature stays valid as long as the secret. */
export interface SignedParts {
	/** In upper case. */
	method: string;
	/** The absolute URL, exactly as requested: scheme, host, path and query. */
	url: string;
	/** The bytes of a JSON body as sent. Empty for GET, multipart and a call without a body. */
	body: string | Buffer;
}

/**
 * Base64 of HMAC-SHA1 over method, URL and body without separators, 28 characters. The page says "Signed using SHA1",
 * but its samples use HMAC. https://docs.bridgepay.club/authorization
 */
export function sign(secret: string, { method, url, body }: SignedParts): string {
	return createHmac('sha1', secret).update(`${method}${url}`, 'utf8').update(body).digest('base64');
}

/** Checks a signature in constant time. Base64 has upper and lower case, so only white space around it is ignored. */
export function verify(secret: string, parts: SignedParts, signature: string): boolean {
	const expected = Buffer.from(sign(secret, parts));
	const given = Buffer.from(signature.trim());
	return expected.length === given.length && timingSafeEqual(expected, given);
}

/**
 * Whether a notification carries the token that the credential gave to its invoices (X-Notification-Token). The time
 * of the comparison reveals neither content nor length. Without an expected token, no notification is genuine. The
 * token does not cover the body: read the invoice again before money moves.
 */
export function isNotificationToken(expected: string, given: string | undefined): boolean {
	if (expected === '' || given === undefined) return false;
	return timingSafeEqual(sha256(expected), sha256(given));
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
