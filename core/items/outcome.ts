import type { Json } from '../exact/json';
import type { Payment } from '../provider/payment';

/** The provider confirmed it, now or when asked for the reference. */
export interface Applied {
	state: 'applied';
	data: Json;
	kind?: string | undefined;
	replayed?: boolean;
	/** Set where there is no answer: n8n remembers that it was paid, or a person has found it paid. */
	code?: 'remembered' | 'checked_paid';
}

/** The provider refused it, or the request provably never left. */
export interface Rejected {
	state: 'rejected';
	reason: string;
	code?: string | undefined;
	nextStep?: string | undefined;
	/** The provider was asked for the reference and has nothing. So an earlier try made nothing either. */
	isAbsent?: true;
	/** It was not sent on purpose. */
	unsent?: 'not_sent';
}

/** Every other case. Money may have moved. */
export interface Unknown {
	state: 'unknown';
	reason: string;
	code?: string | undefined;
	/** Nothing was sent now. An earlier request may have moved money. */
	unsent?: Exclude<Unsent, 'not_sent'>;
	/** Nothing was sent because n8n's own memory of payments did not answer. */
	isMemoryDown?: true;
	/** Advice that fits better than the one for all unknown outcomes. */
	nextStep?: string | undefined;
	/** The provider has the reference with other details. It may be this payment, shown or computed in another way. */
	isConflict?: true;
	/** The text that a person who has looked writes into the option Checked and Paid or Checked and Not Paid. */
	settledBy?: string;
	/** What the provider's list shows that could be it. Absent where the list was not read. It proves nothing. */
	candidates?: readonly Payment[];
	/**
	 * The provider refused, but nobody could ask it about earlier requests. If it turns out to have nothing, this
	 * refusal is the outcome.
	 */
	refusal?: Rejected;
}

/** The outcome of a write or money request. It is always one of these three. */
export type Outcome = Applied | Rejected | Unknown;

export type Unapplied = Rejected | Unknown;

/**
 * Why nothing was sent, as a code for flows. `not_checked`: the provider could not be asked whether an earlier
 * execution sent the item. `sent_before`: an earlier try sent the item with another reference or other values.
 * `not_sent`: no execution can have sent it, and it was kept back because the run had ended.
 */
export type Unsent = 'not_checked' | 'sent_before' | 'not_sent';

/** The code of an item that was not sent on purpose, because of another item or batch. It waits for the next run. */
export const NOT_SENT = 'not_sent';

/** The code on which a flow can branch: the provider's code, or our own where the node itself found the reason. */
export function codeOf(outcome: Unapplied): string | undefined {
	if (outcome.state === 'rejected') return outcome.unsent ?? outcome.code;
	return outcome.isConflict ? 'reference_in_use' : (outcome.unsent ?? outcome.code);
}

export type Made = Readonly<Record<string, number>>;
