import { createHash, timingSafeEqual } from 'node:crypto';
import { compare, parseDecimal, significantDigits } from '../../core/exact/decimal';
import {
	ExactNumber,
	isWritableObject,
	parseJsonOrNothing,
	readJson,
	type WritableJson,
	type WritableObject,
} from '../../core/exact/json';
import { Refusal } from '../../core/refusal';

/**
 * Lower-case hex of SHA-256 over all values of a body, in the order of its sorted keys, followed by the secret. It is
 * a plain hash, not an HMAC. Names, separators, path and method are not signed. https://okipays.com/api
 */
export function sign(secret: string, body: WritableJson): string {
	return createHash('sha256')
		.update(joined(body) + secret, 'utf8')
		.digest('hex');
}

/** Joins all values at every depth into one text. Objects follow their keys in byte order. Lists keep their order. */
export function joined(value: WritableJson): string {
	if (Array.isArray(value)) return value.map(joined).join('');
	if (isWritableObject(value)) {
		return Object.keys(value)
			.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
			.map((key) => joined(value[key]))
			.join('');
	}
	if (value instanceof ExactNumber) return shortest(value.digits);
	if (typeof value === 'number') return shortest(String(value));
	if (typeof value === 'string') return value;
	// The server's PHP casts booleans and null this way. A request never contains them: see safeBody.
	return value === true ? '1' : '';
}

/** `15.50` is signed as `15.5`. */
function shortest(digits: string): string {
	return String(Number(digits));
}

/** Beyond these limits PHP writes a number in another form: rounded, or with an exponent. */
const MAX_DIGITS = 14;
const MIN_PLAIN_NUMBER = '0.0001';

/**
 * Reads a request's body for signing.
 * @throws Refusal for a text that is not a JSON object, and for each value that the server would sign in another form
 */
export function safeBody(text: string): WritableObject {
	const body = parsed(text, safeNumber);
	if (!isWritableObject(body)) throw new Refusal('The body is not a JSON object, so it cannot be signed');
	refuseMembers(body, '');
	return body;
}

/** Undefined for a text that is not JSON. */
function parsed(text: string, numberOf: (digits: string) => WritableJson): WritableJson {
	return parseJsonOrNothing(text) === undefined ? undefined : readJson(text, numberOf);
}

function safeNumber(digits: string): ExactNumber {
	const refused = unsafeNumber(digits);
	if (refused === undefined) return new ExactNumber(digits);
	throw new Refusal(`The number ${digits} ${refused}, so its signature would be in doubt`);
}

function unsafeNumber(digits: string): string | undefined {
	if (/e/i.test(digits)) return 'has an exponent';
	if (significantDigits(digits) > MAX_DIGITS) return `has more than ${MAX_DIGITS} digits`;
	const amount = parseDecimal(digits.replace('-', ''));
	const least = parseDecimal(MIN_PLAIN_NUMBER);
	if (!amount || !least) return 'is too long';
	if (amount.units === 0n) return digits.startsWith('-') ? 'is minus zero' : undefined;
	return compare(amount, least) < 0 ? `is below ${MIN_PLAIN_NUMBER}` : undefined;
}

function refuseUnsafe(value: WritableJson, place: string): void {
	const refused = unsafe(value);
	if (refused !== undefined) throw new Refusal(`${place} ${refused}, so its signature would be in doubt`);
	if (Array.isArray(value)) value.forEach((item, index) => refuseUnsafe(item, `${place}[${index + 1}]`));
	if (isWritableObject(value)) refuseMembers(value, `${place}.`);
}

function refuseMembers(value: WritableObject, place: string): void {
	for (const [key, member] of Object.entries(value)) {
		// The server sorts such keys as numbers.
		if (/^-?\d+$/.test(key)) throw new Refusal(`${place}${key} has a number for a name`);
		refuseUnsafe(member, `${place}${key}`);
	}
}

function unsafe(value: WritableJson): string | undefined {
	if (typeof value === 'boolean') return 'is true or false';
	if (value === null || value === undefined) return 'is null';
	if (typeof value === 'string') {
		if (value === '') return 'is an empty text';
		// JSON can escape half of a surrogate pair, but UTF-8 cannot encode it, so it cannot be hashed.
		return /\p{Surrogate}/u.test(value) ? 'has half a character' : undefined;
	}
	if (Array.isArray(value)) return value.length === 0 ? 'is an empty list' : undefined;
	if (!isWritableObject(value)) return undefined;
	return Object.keys(value).length === 0 ? 'is an empty object' : undefined;
}

/**
 * The same body with true and false as words, because a module of another shop hashes them so. No documented sample
 * has a boolean.
 */
function inWords(value: WritableJson): WritableJson {
	if (typeof value === 'boolean') return String(value);
	if (Array.isArray(value)) return value.map(inWords);
	if (!isWritableObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inWords(member)]));
}

/**
 * Whether a notification's `sign` fits its body, by the rule for requests. Numbers are tried in their shortest form,
 * and then as the JSON writes them, because PHP senders and receivers write small numbers differently. Booleans are
 * tried as PHP casts them, and then as words.
 */
export function verify(secret: string, body: string, signature: string): boolean {
	const given = signature.trim().toLowerCase();
	try {
		const readings = [shortest, (digits: string) => digits].map((numberOf) => parsed(body, numberOf));
		return [...readings, ...readings.map(inWords)].some(
			(reading) => isWritableObject(reading) && sameText(sign(secret, reading), given),
		);
	} catch {
		// The body is nested so deeply that reading it overflows the stack. OkiPays sends no such body.
		return false;
	}
}

/** Compares in constant time. */
function sameText(expected: string, given: string): boolean {
	const [left, right] = [Buffer.from(expected), Buffer.from(given)];
	return left.length === right.length && timingSafeEqual(left, right);
}

/** `unsigned` proves nothing: the page does not promise the headers, so a real notification may lack them. */
export type Authenticity = 'authentic' | 'forged' | 'unsigned';

/**
 * What a notification's headers prove. The page documents no headers, but other receivers read `token` and `sign`.
 * Each of these headers that is present must be right. Only a signature covers the body.
 * @param headers with lower-case names
 */
export function authenticity(
	account: { token: string; secret: string },
	headers: Readonly<Record<string, unknown>>,
	body: string,
): Authenticity {
	const given = (...names: string[]) =>
		names.map((name) => headers[name]).filter((value) => value !== undefined);
	const isRight = (value: unknown, check: (text: string) => boolean) =>
		typeof value === 'string' && check(value);
	const tokens = given('token', 'x-auth-token');
	const signatures = given('sign', 'x-auth-sign');
	const right =
		tokens.every((one) => isRight(one, (text) => sameText(account.token, text))) &&
		signatures.every((one) => isRight(one, (text) => verify(account.secret, body, text)));
	if (!right) return 'forged';
	return signatures.length > 0 ? 'authentic' : 'unsigned';
}
