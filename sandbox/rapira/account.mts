import {
	createHmac,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	randomUUID,
	timingSafeEqual,
	verify,
} from 'node:crypto';

import type { IncomingRequest } from '../provider.mts';
import { isRecord, type JsonRecord } from '../values.mts';
import { Refusal } from './refusal.mts';

export interface RapiraAccount {
	uid: string;
	/** The key as the real account shows it: base64 of a PEM whose label says PKCS#1, but whose body is PKCS#8. */
	privateKey: string;
}

/** How long a token lives, in seconds. The real figure is not documented. */
const TOKEN_LIFE = 3600;
/** The longest life of an assertion that clients use, in seconds. */
const LONGEST_ASSERTION = 31 * 24 * 3600;

let made: { pem: string; account: RapiraAccount } | undefined;

/** A new pair of keys for each process, so that the repository holds no private key. Made at first use: it takes a moment. */
function keys() {
	if (made) return made;
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	const handedOut = pem.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY');
	made = { pem, account: { uid: randomUUID(), privateKey: Buffer.from(handedOut).toString('base64') } };
	return made;
}

export const sandboxAccount: RapiraAccount = {
	get uid() {
		return keys().account.uid;
	},
	get privateKey() {
		return keys().account.privateKey;
	},
};

/** Checks who signs in, and whose token a call has. Throws a Refusal. */
export class Gatekeeper {
	readonly #clock: () => number;
	/** The secret that signs the tokens. A new secret makes all of them invalid. */
	#secret = randomBytes(32);
	readonly #usedIds = new Set<string>();

	constructor(clock: () => number) {
		this.#clock = clock;
	}

	/** Gives the bearer token for an assertion, after a check of everything that the assertion says. */
	signIn(kid: string, assertion: string): { token: string } {
		if (kid !== sandboxAccount.uid) throw new Refusal(401, 'Error! kid is not known');
		const { header, claims } = this.#verified(assertion);
		if (header.alg !== 'RS256') throw new Refusal(401, 'Error! alg must be RS256');
		const names = Object.keys(claims).sort().join();
		if (names !== 'exp,jti') throw new Refusal(401, `Error! The claims are ${names}; exp and jti are wanted`);
		this.#checkExpiry(claims.exp);
		const { jti } = claims;
		if (typeof jti !== 'string' || jti.length < 16) throw new Refusal(401, 'Error! jti is too short');
		// No page says whether an assertion can be used again. Here it cannot, so that a client which repeats one is seen.
		if (this.#usedIds.has(jti)) throw new Refusal(401, 'Error! jti was used before');
		this.#usedIds.add(jti);
		return { token: this.#issue() };
	}

	/** The text for a missing token was seen at the real API. The others are made up. */
	check({ headers }: IncomingRequest): void {
		const { authorization = '' } = headers;
		if (authorization === '') throw new Refusal(401, 'Error! JWT does not set');
		const [scheme, token = ''] = authorization.split(' ');
		if (scheme !== 'Bearer') throw new Refusal(401, 'Error! JWT must be a bearer token');
		const [header = '', payload = '', signature = ''] = token.split('.');
		const expected = Buffer.from(this.#sign(`${header}.${payload}`));
		const given = Buffer.from(signature);
		if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
			throw new Refusal(401, 'Error! JWT is not valid');
		}
		const { exp } = partOf(payload);
		if (Number(exp) * 1000 <= this.#clock()) throw new Refusal(401, 'Error! JWT is expired');
	}

	/** Makes all tokens invalid, as a restart of the server does. */
	revokeTokens(): void {
		this.#secret = randomBytes(32);
	}

	forget(): void {
		this.#usedIds.clear();
	}

	#verified(assertion: string): { header: JsonRecord; claims: JsonRecord } {
		const [header = '', payload = '', signature = '', ...more] = assertion.split('.');
		const publicKey = createPublicKey(keys().pem);
		const signed = Buffer.from(`${header}.${payload}`);
		const isTheirs = verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'));
		if (!isTheirs || more.length > 0) throw new Refusal(401, 'Error! The signature is not valid');
		return { header: partOf(header), claims: partOf(payload) };
	}

	#checkExpiry(exp: unknown): void {
		const left = Number(exp) - this.#clock() / 1000;
		if (typeof exp !== 'number' || !Number.isInteger(exp)) {
			throw new Refusal(401, 'Error! exp must be unix seconds');
		}
		if (left <= 0) throw new Refusal(401, 'Error! The assertion is expired');
		if (left > LONGEST_ASSERTION) throw new Refusal(401, 'Error! exp is too far in the future');
	}

	#issue(): string {
		const exp = Math.floor(this.#clock() / 1000) + TOKEN_LIFE;
		const parts = [
			{ alg: 'HS256', typ: 'JWT' },
			{ exp, sub: sandboxAccount.uid },
		];
		const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
		return `${signed}.${this.#sign(signed)}`;
	}

	#sign(text: string): string {
		return createHmac('sha256', this.#secret).update(text).digest('base64url');
	}
}

function partOf(encoded: string): JsonRecord {
	try {
		const part: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
		return isRecord(part) ? part : {};
	} catch {
		return {};
	}
}
