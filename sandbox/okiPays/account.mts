import type { IncomingRequest } from '../provider.mts';
import { isRecord, type JsonRecord } from '../values.mts';
import { Refusal } from './refusal.mts';
import { verify } from './signing.mts';

export interface OkiPaysAccount {
	token: string;
	secret: string;
}

export const sandboxAccount: OkiPaysAccount = {
	token: 'sandbox-token-90b413637637634d',
	secret: 'sandbox-secret-0001',
};

/** Checks who calls, whether they signed the values, and whether the call is newer than the last. Throws a Refusal. */
export class Gatekeeper {
	/** The largest request_id so far. No page says what it counts for. Here it counts for all calls of the token. */
	latest = 0n;
	readonly #account: OkiPaysAccount;

	constructor(account: OkiPaysAccount) {
		this.#account = account;
	}

	/** A public call needs no token. A client that sends its token with one gives it away, so the sandbox refuses it. */
	checkPublic({ headers }: IncomingRequest): void {
		if (headers['x-auth-token'] === undefined && headers['x-auth-sign'] === undefined) return;
		throw new Refusal('framework', 0, 'A public call must not carry credentials (a rule of the sandbox)');
	}

	check({ headers, rawBody }: IncomingRequest): JsonRecord {
		if (headers['x-auth-token'] !== this.#account.token) {
			throw new Refusal('framework', 0, 'Your request was made with invalid credentials.', 401);
		}
		const body = parsed(rawBody);
		if (!verify(this.#account.secret, body, headers['x-auth-sign'] ?? '')) {
			throw new Refusal('application', 5, 'Wrong sign');
		}
		this.#useUp(body.request_id);
		return body;
	}

	forget(): void {
		this.latest = 0n;
	}

	/** The page says only that such a call is refused. Text and code are made up. */
	#useUp(given: unknown): void {
		const text = String(given ?? '');
		if (!/^\d{1,18}$/.test(text)) throw new Refusal('application', 6, 'Required request_id');
		if (BigInt(text) <= this.latest) {
			throw new Refusal('application', 7, 'request_id must be greater than the previous one');
		}
		this.latest = BigInt(text);
	}
}

function parsed(rawBody: Buffer): JsonRecord {
	try {
		const body: unknown = JSON.parse(rawBody.toString());
		if (isRecord(body)) return body;
	} catch {
		// The refusal below says it.
	}
	throw new Refusal('framework', 0, 'Invalid JSON data in request body: Syntax error.');
}
