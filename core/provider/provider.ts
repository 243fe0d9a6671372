import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Json, JsonObject } from '../exact/json';
import type { HttpAnswer, Sendable, Transmission } from './http';
import type { Operation, Resource } from './operation';
import type { Payment } from './payment';

/** What a credential says about the account, checked. */
export interface Account {
	/** e.g. `https://api.example.com`, without path and slash. */
	origin: string;
	/** Names the account in an approval hash. Never a secret. */
	id: string;
	onBehalfOf?: string;
	/** Path parameters that belong to the account, e.g. the slug of the merchant. */
	parameters?: Readonly<Record<string, string>>;
	/**
	 * Secrets that this credential does not hold: the field that each would fill in (see FROM_CREDENTIAL), and why
	 * nothing can be sent without it.
	 */
	lacks?: Readonly<Record<string, string>>;
	/** Texts that must not appear in any message. */
	secrets: readonly string[];
	/** Where a login authenticates the calls that follow, instead of a signature by the credential. */
	login?: Login;
}

/** What the provider said, in the words of the money protocol. */
export type Verdict =
	| { state: 'accepted'; data: Json }
	| {
			state: 'refused';
			code: string;
			reason: string;
			meaning?: Meaning;
			nextStep?: string;
	  }
	/** Not understood, or the provider says that it does not know itself. Money may have moved. */
	| { state: 'unclear'; reason: string };

/**
 * `duplicate`: the reference exists, so look it up. `stale`: refused for the request's age, which proves that nothing was
 * applied, so it may be signed and sent again. `absent`: a read that says that the object is not there. A refusal without
 * a meaning says nothing about the object.
 */
export type Meaning = 'duplicate' | 'stale' | 'absent';

/** A record of its own within an object of the provider, and the object with this one alone in it. */
export interface Part {
	record: Payment;
	raw: JsonObject;
}

/** Everything that core must know about a provider. */
export interface Provider {
	name: string;
	displayName: string;
	credential: string;
	resources: readonly Resource[];
	/** The endpoint that a login calls, where it is no operation: `POST /open/generate_jwt`. */
	loginRequest?: string;
	/** Reads that may be under way at once. */
	parallelReads: number;
	/** How requests of one account follow each other within this process; absent where nothing is documented. */
	lane?(account: Account): Lane;
	/** Where a person sees what became of a payment, e.g. `the dashboard of Example`. */
	dashboard: string;
	/** @throws Refusal for a credential that cannot work (white space, base URL) */
	account(credentials: ICredentialDataDecryptedObject): Account;
	/** Headers beside Accept and those that the credential signs with. */
	headers?(operation: Operation, account: Account): Record<string, string>;
	verdict(answer: HttpAnswer, operation: Operation): Verdict;
	/** The provider's object as a Payment record; `sent` is the request's body, for what the answer leaves out. */
	payment(kind: string, data: JsonObject, sent?: JsonObject): Payment;
	/**
	 * What beside state and amounts makes a change: the provider's own word for the state, in one spelling for all
	 * sources, and what every source tells of the update, e.g. its time. A payment that is reopened and paid again is
	 * then a new event.
	 */
	eventVersion?(record: Payment): readonly unknown[];
	/**
	 * What changes on its own in an object that holds others, e.g. the lines of a batch, each with the part of the
	 * object that it stands in. Undefined where the object itself changes.
	 */
	parts?(kind: string, data: JsonObject): readonly Part[] | undefined;
	/** Readable forms of what is no payment, by the names that rows use. */
	shapes?: Readonly<Record<string, (data: Json) => Json>>;
}

/** How requests of one account follow each other. n8n runs many executions in one process; they share a lane. */
export interface Lane {
	/** Names the account: provider, origin and key id. Never a secret. */
	key: string;
	/** One request at a time, where the provider refuses calls that overtake each other. */
	oneByOne?: boolean;
	/** At most so many requests in so many milliseconds. */
	limits?: ReadonlyArray<{ requests: number; milliseconds: number }>;
}

/** How an account that signs in, instead of signing each request, gets its session. */
export interface Login {
	/** Names the session in this process: origin, key id and a hash of the key. Never a secret. */
	key: string;
	/** @throws Refusal with the reason and what to do */
	open(send: Send): Promise<Session>;
	/** Whether an answer proves that the call was not carried out because the session is over. */
	isRefused(answer: HttpAnswer, operation: Operation): boolean;
}

/** What a login gives, for the calls that follow. */
export interface Session {
	headers: Readonly<Record<string, string>>;
	/** Texts that must not be seen in any answer. */
	secrets: readonly string[];
	/** Unix milliseconds. */
	expiresAt: number;
}

export type Send = (request: Sendable) => Promise<Transmission>;
