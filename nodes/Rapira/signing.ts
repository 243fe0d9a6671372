import { createPrivateKey, createPublicKey, createSign, type KeyObject } from 'node:crypto';
import { sha256 } from '../../core/exact/hash';
import { isObject, parseJsonOrNothing } from '../../core/exact/json';
import { Refusal } from '../../core/refusal';

/** The two claims that Rapira exchanges for a bearer token. */
export interface Claims {
	/** Unix seconds, in the future. */
	exp: number;
	/** A value that was never used before, with at least 96 random bits. */
	jti: string;
}

/** The assertion: a compact JWS with RS256, without `kid`. The same claims and key give the same bytes. */
export function assertion(key: KeyObject, { exp, jti }: Claims): string {
	const signed = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded({ exp, jti })}`;
	return `${signed}.${createSign('sha256').update(signed).sign(key, 'base64url')}`;
}

function encoded(part: object): string {
	return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** The `exp` of a token in unix seconds, or undefined. Only the server checks the token's signature. */
export function expiryOf(token: string): number | undefined {
	const [, payload] = token.split('.');
	const claims = parseJsonOrNothing(Buffer.from(payload ?? '', 'base64url').toString('utf8'));
	if (!isObject(claims)) return undefined;
	const exp = Number(claims.exp);
	return (typeof claims.exp === 'number' || typeof claims.exp === 'string') && exp > 0 ? exp : undefined;
}

/** Names a key without revealing it: the SHA-256 of its public half (SPKI DER). */
export function fingerprintOf(key: KeyObject): string {
	return sha256(createPublicKey(key).export({ type: 'spki', format: 'der' }));
}

/**
 * Reads a private key in any form that the account hands out or a user pastes: PEM, base64 of PEM or bare base64, on
 * one line, with `\n`, or in quotes. The label is ignored, because Rapira also hands out PKCS#8 under RSA PRIVATE
 * KEY.
 * @throws Refusal that never repeats the key
 */
export function importPrivateKey(text: string): KeyObject {
	const der = derOf(text);
	const type = kindOf(der);
	let key: KeyObject;
	try {
		key = createPrivateKey({ key: der, format: 'der', type });
	} catch {
		throw refusal('is damaged');
	}
	if (key.asymmetricKeyType !== 'rsa') throw refusal('is not an RSA key');
	return key;
}

function refusal(what: string): Refusal {
	return new Refusal(
		`Private Key in the credential ${what}`,
		'Copy the whole private key of the API key from the Rapira account again: one RSA key, not encrypted',
	);
}

/**
 * The DER bytes of a key. A text without PEM lines is base64, of PEM or of the bytes themselves. PEM lines are no
 * base64, so this calls itself once at most. Quotes and line breaks are in no key.
 */
function derOf(text: string): Buffer {
	const plain = text.replace(/\\r|\\n|["']/g, '').trim();
	if (plain === '') throw refusal('is empty');
	const pem = /-----\s*BEGIN([A-Z0-9\s]*)-----([\s\S]*)/.exec(plain);
	if (!pem) {
		const bytes = decoded(plain);
		return bytes.includes('-----BEGIN') ? derOf(bytes.toString('utf8')) : bytes;
	}
	const [, label = '', rest = ''] = pem;
	if (label.includes('ENCRYPTED') || /Proc-Type:\s*4,\s*ENCRYPTED/.test(rest)) {
		throw refusal('is encrypted');
	}
	if (!label.includes('PRIVATE')) throw refusal('is not a private key');
	const end = rest.indexOf('-----');
	if (end < 0) throw refusal('is cut off');
	return decoded(rest.slice(0, end));
}

function decoded(text: string): Buffer {
	const base64 = text.replace(/\s/g, '');
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw refusal('is not a key');
	return Buffer.from(base64, 'base64');
}

/**
 * Both forms begin with SEQUENCE { INTEGER 0. In PKCS#1 an INTEGER follows (the modulus), in PKCS#8 a SEQUENCE (the
 * algorithm).
 */
function kindOf(der: Buffer): 'pkcs1' | 'pkcs8' {
	const short = der[1] ?? 0;
	const lengthBytes = (short & 0x80) === 0 ? 0 : short & 0x7f;
	const start = 2 + lengthBytes;
	const length = lengthBytes === 0 ? short : Number(`0x0${der.subarray(2, start).toString('hex')}`);
	if (der[0] !== 0x30 || lengthBytes > 4) throw refusal('is not a key');
	if (der.length < start + length) throw refusal('is cut off');
	const beginning = der.subarray(start, start + 4).toString('hex');
	if (beginning === '02010030') return 'pkcs8';
	if (beginning === '02010002') return 'pkcs1';
	throw refusal('is not a private RSA key, or is encrypted');
}
