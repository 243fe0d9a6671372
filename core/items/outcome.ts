import type { Json } from '../exact/json';
import type { HttpAnswer, Verdict } from '../provider/provider';
import type { Transmission } from '../wire/transport';

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

export interface Classified {
	outcome: Outcome;
	/** The refusal says that the reference exists: look it up before telling the user. */
	duplicate?: boolean;
	/** Refused for the request's age alone, so nothing was applied: sign and send again. */
	stale?: boolean;
}

/** One transmission to an outcome. Where it cannot be proven that nothing happened, it is unknown. */
export function classify(
	transmission: Transmission,
	verdictOf: (answer: HttpAnswer) => Verdict,
	kind?: string,
): Classified {
	if (transmission.state === 'never-sent') {
		const { reason, nextStep } = transmission;
		return { outcome: { state: 'rejected', reason: `the request never left: ${reason}`, nextStep } };
	}
	if (transmission.state === 'no-answer') {
		return { outcome: { state: 'unknown', reason: transmission.reason } };
	}
	const verdict = verdictOf(transmission.answer);
	if (verdict.state === 'accepted') return { outcome: { state: 'applied', data: verdict.data, kind } };
	if (verdict.state === 'unclear') return { outcome: { state: 'unknown', reason: verdict.reason } };
	const { reason, code, nextStep, meaning } = verdict;
	if (meaning === 'duplicate') return { outcome: { state: 'unknown', reason, code }, duplicate: true };
	return { outcome: { state: 'rejected', reason, code, nextStep }, stale: meaning === 'stale' };
}
