import type { Outcome } from '../items/outcome';
import type { HttpAnswer, Transmission } from '../provider/http';
import type { Verdict } from '../provider/provider';

export interface Classified {
	outcome: Outcome;
	/** The refusal says that the reference exists. Look it up before you tell the user. */
	duplicate?: boolean;
	/** The provider refused it for its age alone, so nothing was applied. Sign it again and send it again. */
	stale?: boolean;
	/** Nothing reached the provider. */
	neverLeft?: boolean;
}

/** Turns one transmission into an outcome. The outcome is unknown unless it is proven that nothing happened. */
export function classify(
	transmission: Transmission,
	verdictOf: (answer: HttpAnswer) => Verdict,
	kind?: string,
): Classified {
	if (transmission.state === 'never-sent') {
		const { reason, nextStep } = transmission;
		return {
			outcome: { state: 'rejected', reason: `the request never left: ${reason}`, nextStep },
			neverLeft: true,
		};
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

/**
 * The quote that the payment accepts has ended, so it is not sent.
 * @param end unix milliseconds
 */
export function quoteOver(end: number): Classified {
	const reason = `its quote ended at ${new Date(end).toISOString()}, so it was not sent`;
	return {
		outcome: {
			state: 'rejected',
			reason,
			nextStep: 'Get a new quote, and accept it with the same reference',
		},
		neverLeft: true,
	};
}
