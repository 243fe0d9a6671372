import type { Json } from '../exact/json';

/** The provider said so, now or when asked by the reference. */
export interface Applied {
	state: 'applied';
	data: Json;
	kind?: string | undefined;
	replayed?: boolean;
}

/** What became of a write or money request. There is nothing between these three. */
export type Outcome =
	| Applied
	/** The provider said no, or the request provably never left. */
	| {
			state: 'rejected';
			reason: string;
			code?: string | undefined;
			nextStep?: string | undefined;
			/** The reference belongs to another request already. */
			conflict?: true;
	  }
	/** Everything else. Money may have moved. */
	| {
			state: 'unknown';
			reason: string;
			code?: string | undefined;
			/** Nothing was sent now; what was sent before may have moved money. */
			unsent?: Unsent;
	  };

export type Unapplied = Exclude<Outcome, Applied>;

/**
 * Why nothing was sent, as a code for flows: the provider could not be asked whether an earlier execution has sent it, or
 * an earlier try has sent the item under another reference or with other values.
 */
export type Unsent = 'not_checked' | 'sent_before';

/** What a flow can branch on: the provider's code, or ours for what the node found itself. */
export function codeOf(outcome: Unapplied): string | undefined {
	if (outcome.state === 'rejected' && outcome.conflict) return 'reference_in_use';
	if (outcome.state === 'unknown' && outcome.unsent) return outcome.unsent;
	return outcome.code;
}

export type Made = Readonly<Record<string, number>>;
