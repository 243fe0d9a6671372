import type { IncomingRequest } from '../provider.mts';
import { Refusal } from './refusal.mts';
import { verify } from './signing.mts';

export interface GatePayAccount {
	clientId: string;
	paymentSecret: string;
	merchantId: string;
	/** A bank account under this name is approved without further papers. */
	verifiedName: string;
}

export const sandboxAccount: GatePayAccount = {
	clientId: 'sandbox-client',
	paymentSecret: 'sandbox-payment-secret-0001',
	merchantId: '10001',
	verifiedName: 'Sandbox Trading Ltd',
};

/** How much older or newer a request may be, in milliseconds. Others are refused (400003). */
const TIMESTAMP_WINDOW_MS = 10_000;
const TIMESTAMP = /^\d{13}$/;
const NONCE = /^[A-Za-z0-9]{1,32}$/;

/** Checks who calls, when, and whether they signed these bytes. Throws a Refusal. */
export class Gatekeeper {
	readonly #account: GatePayAccount;
	readonly #clock: () => number;
	readonly #usedNonces = new Set<string>();

	constructor(account: GatePayAccount, clock: () => number) {
		this.#account = account;
		this.#clock = clock;
	}

	check({ method, headers, rawBody }: IncomingRequest): void {
		const header = (name: string) => headers[`x-gatepay-${name}`] ?? '';
		const timestamp = header('timestamp');
		const nonce = header('nonce');
		if (header('certificate-clientid') !== this.#account.clientId) {
			throw new Refusal('400004', 'X-GatePay-Certificate-ClientId is not known');
		}
		this.#checkTimestamp(timestamp);
		if (!NONCE.test(nonce)) {
			throw new Refusal('400020', 'X-GatePay-Nonce must have 1 to 32 letters and digits');
		}
		const isUnsigned = method === 'GET' || method === 'DELETE' || isMultipart(headers);
		const body = isUnsigned ? '' : rawBody;
		if (!verify(this.#account.paymentSecret, { timestamp, nonce, body }, header('signature'))) {
			throw new Refusal('400002', `Incorrect signature result; signed were ${body.length} bytes of body`);
		}
		this.#useUp(nonce);
	}

	forget(): void {
		this.#usedNonces.clear();
	}

	#checkTimestamp(timestamp: string): void {
		if (!TIMESTAMP.test(timestamp)) {
			throw new Refusal('400003', 'X-GatePay-Timestamp must be unix milliseconds, 13 digits');
		}
		const age = this.#clock() - Number(timestamp);
		if (Math.abs(age) > TIMESTAMP_WINDOW_MS) {
			throw new Refusal('400003', `X-GatePay-Timestamp is ${age} ms away from the server's clock`);
		}
	}

	/**
	 * The documentation does not say whether a nonce is remembered. The sandbox remembers it, so that a client which
	 * repeats one is seen. The code is the documented one for a wrong nonce.
	 */
	#useUp(nonce: string): void {
		if (this.#usedNonces.has(nonce)) throw new Refusal('400020', 'X-GatePay-Nonce was used before');
		this.#usedNonces.add(nonce);
	}
}

export function isMultipart(headers: Record<string, string>): boolean {
	return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
}
