import type { Books } from './books.mts';
import type { Contract } from './contract.mts';
import type { Deliveries, DeliveryRules } from './deliveries.mts';
import type { FaultKind } from './faults.mts';
import type { Magic } from './magicAmounts.mts';
import type { Scheduler } from './scheduler.mts';

export interface IncomingRequest {
	method: string;
	/** Path and query as sent: signatures cover them. */
	url: string;
	/** The path without the query. */
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string>;
	rawBody: Buffer;
	operation: string | undefined;
}

export interface Verdict {
	/** accepted: the provider did it. refused: it said no and did nothing. unread: a fault came first. */
	kind: 'accepted' | 'refused' | 'unread';
	code?: string;
	reason?: string;
}

/** What the provider itself answers, before any fault. */
export interface Answer {
	status: number;
	body: string;
	/** The content type, where it is not JSON. */
	type?: string;
	verdict: Verdict;
}

export interface ReceivedRequest {
	id: number;
	at: number;
	method: string;
	/** Path and query as sent. */
	url: string;
	path: string;
	headers: Record<string, string>;
	/** The exact bytes. */
	rawBody: Buffer;
	/** The same bytes as text. */
	body: string;
	/** The contract's operationId. */
	operation?: string;
	verdict: Verdict;
	fault?: FaultKind;
}

/** One table of the console page. */
export interface ConsoleTable {
	title: string;
	rows: ConsoleRow[];
}

export interface ConsoleRow {
	id: string;
	cells: Record<string, string>;
	/** Names that `act` takes, with this row's ID. */
	actions: string[];
	/** Rows that belong to this one, such as the lines of a batch. */
	rows?: ConsoleRow[];
}

/** What the sandbox lends to a provider. */
export interface ProviderTools {
	clock(): number;
	scheduler: Scheduler;
	books: Books;
	/** Whether banks, desks and chains act by themselves. */
	autopilot: boolean;
	/** Which magic amount an amount is. Without magic amounts none is. */
	magic: Magic;
	openDeliveries(rules: DeliveryRules): Deliveries;
}

/** What a provider's folder has to supply. */
export interface Provider<State = unknown, Account = unknown> {
	title: string;
	account: Account;
	/** The same object for the provider's whole life; reset() refills it. */
	state: State;
	contract: Contract;
	deliveries: Deliveries;
	answer(request: IncomingRequest): Promise<Answer>;
	/** A refusal in the provider's own words, for the fault ok-but-wrong. */
	refusal(): string;
	/** Does what a payer, a bank, a chain or a desk would do. Throws when there is no such action or object. */
	act(action: string, id: string): void;
	tables(): ConsoleTable[];
	reset(): void;
}

export type ProviderFactory<State, Account> = (tools: ProviderTools) => Provider<State, Account>;
