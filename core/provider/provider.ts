import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Json, JsonObject } from '../exact/json';
import type { HttpAnswer, Sendable, Transmission } from './http';
import type { Operation, Resource } from './operation';
import type { Payment } from './payment';

/** The checked content of a credential. */
export interface Account {
	/** e.g. `https://api.example.com`, without path and slash. */
	origin: string;
	/** Names the account in an approval hash. Never a secret. */
	id: string;
	onBehalfOf?: string;
	/** Path parameters that belong to the account, e.g. the slug of the merchant. */
	parameters?: Readonly<Record<string, string>>;
	/**
	 * Secrets that this credential does not hold. The key names the field that the secret would fill (see
	 * FROM_CREDENTIAL). The value says why nothing can be sent without it.
	 */
	lacks?: Readonly<Record<string, string>>;
	/** Texts that must not appear in any message. */
	secrets: readonly string[];
	/** Set where a login authenticates the calls that follow, instead of a signature on each request. */
	login?: Login;
}

/** What the provider's answer proves, in the words of the money protocol. */
export type Verdict =
	| { state: 'accepted'; data: Json }
	| {
			state: 'refused';
			code: string;
			reason: string;
			meaning?: Meaning;
			nextStep?: string;
	  }
	/** The answer is not understood, or the provider says that it does not know the result. Money may have moved. */
	| { state: 'unclear'; reason: string };

/**
 * `duplicate`: the reference exists, so look it up. `stale`: the provider refused the request for its age. That
 * proves that nothing was applied, so the request may be signed and sent again. `absent`: a read says that the object
 * does not exist. A refusal without a meaning says nothing about the object.
 */
export type Meaning = 'duplicate' | 'stale' | 'absent';

/** A record inside an object of the provider, and a copy of the object that holds only this record. */
export interface Part {
	record: Payment;
	raw: JsonObject;
}

/** Everything that the core must know about a provider. */
export interface Provider {
	name: string;
	displayName: string;
	credential: string;
	resources: readonly Resource[];
	/** The endpoint that a login calls, where no operation calls it: `POST /open/generate_jwt`. */
	loginRequest?: string;
	/** How many reads may run at the same time. */
	parallelReads: number;
	/** How requests of one account follow each other in this process. Absent where no limit is documented. */
	lane?(account: Account): Lane;
	/** Where a person sees the result of a payment, e.g. `the dashboard of Example`. */
	dashboard: string;
	/** @throws Refusal for a credential that cannot work (white space, base URL) */
	account(credentials: ICredentialDataDecryptedObject): Account;
	/** Headers in addition to Accept and to those that the credential signs with. */
	headers?(operation: Operation, account: Account): Record<string, string>;
	verdict(answer: HttpAnswer, operation: Operation): Verdict;
	/**
	 * Turns the provider's object into a Payment record. `sent`, the request's body, fills what the answer leaves
	 * out.
	 */
	payment(kind: string, data: JsonObject, sent?: JsonObject): Payment;
	/**
	 * What makes a change a new event, in addition to state and amounts: the provider's own word for the state, in
	 * one spelling for all sources, and what every source says about the update, e.g. its time. With it, a payment
	 * that is reopened and paid again is a new event.
	 */
	eventVersion?(record: Payment): readonly unknown[];
	/**
	 * The parts of an object that change independently, e.g. the lines of a batch. Each comes with the part of the
	 * object that it stands in. Undefined where the object itself changes.
	 */
	parts?(kind: string, data: JsonObject): readonly Part[] | undefined;
	/** Functions that make an answer readable that is not a payment. Rows name them. */
	shapes?: Readonly<Record<string, (data: Json) => Json>>;
}

/** How requests of one account follow each other. n8n runs many executions in one process; they share a lane. */
export interface Lane {
	/** Names the account: provider, origin and key id. Never a secret. */
	key: string;
	/** One request at a time, where the provider refuses requests that arrive in the wrong order. */
	oneByOne?: boolean;
	/** At most this many requests within this many milliseconds. */
	limits?: ReadonlyArray<{ requests: number; milliseconds: number }>;
}

/** How an account gets its session, where it signs in instead of signing each request. */
export interface Login {
	/** Names the session in this process: origin, key id and a hash of the key. Never a secret. */
	key: string;
	/** @throws Refusal with the reason and what to do */
	open(send: Send): Promise<Session>;
	/** Whether an answer proves that the provider did not carry out the call, because the session is over. */
	isRefused(answer: HttpAnswer, operation: Operation): boolean;
}

/** The result of a login, for the calls that follow. */
export interface Session {
	headers: Readonly<Record<string, string>>;
	/** Texts that must not appear in any answer. */
	secrets: readonly string[];
	/** Unix milliseconds. */
	expiresAt: number;
}

export type Send = (request: Sendable) => Promise<Transmission>;
