import { createHash, timingSafeEqual } from 'node:crypto';

import { isRecord } from '../values.mts';

/** Digits that PHP keeps when it casts a float to text (its setting `precision`). */
const PRECISION = 14;

/** The signature as a PHP server computes it: sha256 over all values in the order of their keys, and the secret. */
export function sign(secret: string, body: unknown): string {
	const hash = createHash('sha256');
	for (const leaf of leaves(body)) hash.update(leaf);
	return hash.update(secret).digest('hex');
}

/** Takes lower case only: a sandbox that forgives would hide the mistake until production. */
export function verify(secret: string, body: unknown, signature: string): boolean {
	const expected = Buffer.from(sign(secret, body));
	const given = Buffer.from(signature);
	return expected.length === given.length && timingSafeEqual(expected, given);
}

function* leaves(value: unknown): Generator<string> {
	if (Array.isArray(value)) {
		for (const item of value) yield* leaves(item);
	} else if (isRecord(value)) {
		const keys = Object.keys(value).map((key) => Buffer.from(key));
		for (const key of keys.sort(Buffer.compare)) yield* leaves(value[key.toString()]);
	} else {
		yield phpText(value);
	}
}

/** PHP's `(string)` of a value. Because of it booleans, null and long numbers are unsafe to sign. */
export function phpText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return phpNumber(value);
	return value === true ? '1' : '';
}

function phpNumber(value: number): string {
	if (Number.isSafeInteger(value)) return String(value);
	const [mantissa = '', power = '0'] = value.toExponential(PRECISION - 1).split('e');
	const exponent = Number(power);
	if (exponent >= -4 && exponent < PRECISION) return String(Number(value.toPrecision(PRECISION)));
	const digits = mantissa.replace(/0+$/, '').replace(/\.$/, '.0');
	return `${digits}E${exponent < 0 ? '' : '+'}${exponent}`;
}
