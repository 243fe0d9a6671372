import type { Json } from '../exact/json';

/** The provider said so, now or when asked by the reference. */
export interface Applied {
	state: 'applied';
	data: Json;
	kind?: string | undefined;
	replayed?: boolean;
}

/** The provider said no, or the request provably never left. */
export interface Rejected {
	state: 'rejected';
	reason: string;
	code?: string | undefined;
	nextStep?: string | undefined;
	/** The provider was asked by the reference, and has nothing: an earlier try made nothing either. */
	isAbsent?: true;
	/** Deliberately not sent. */
	unsent?: 'not_sent';
}

/** Everything else. Money may have moved. */
export interface Unknown {
	state: 'unknown';
	reason: string;
	code?: string | undefined;
	/** Nothing was sent now; what was sent before may have moved money. */
	unsent?: Exclude<Unsent, 'not_sent'>;
	/** Better advice than that for all unknown outcomes. */
	nextStep?: string | undefined;
	/** The provider has the reference with other details: it may be this payment, shown or computed otherwise. */
	isConflict?: true;
	/** The provider said no, and could not be asked about before: when it has nothing, this is what became of it. */
	refusal?: Rejected;
}

/** What became of a write or money request. There is nothing between these three. */
export type Outcome = Applied | Rejected | Unknown;

export type Unapplied = Rejected | Unknown;

/**
 * Why nothing was sent, as a code for flows: the provider could not be asked whether an earlier execution has sent it, or
 * an earlier try has sent the item under another reference or with other values; or nobody can have sent it, and it was
 * kept back because the run had ended.
 */
export type Unsent = 'not_checked' | 'sent_before' | 'not_sent';

/** The code of what was deliberately not sent, because of another item or batch: it waits for the next run. */
export const NOT_SENT = 'not_sent';

/** What a flow can branch on: the provider's code, or ours for what the node found itself. */
export function codeOf(outcome: Unapplied): string | undefined {
	if (outcome.state === 'rejected') return outcome.unsent ?? outcome.code;
	return outcome.isConflict ? 'reference_in_use' : (outcome.unsent ?? outcome.code);
}

export type Made = Readonly<Record<string, number>>;
