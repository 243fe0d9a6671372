import type { Outcome } from '../items/outcome';
import type { Prepared } from '../items/prepare';
import { CANCELED } from '../wire/transport';
import type { Attempt } from './attempts';

/**
 * What becomes of an item whose turn comes after the execution was canceled. It is not sent. An earlier try of this
 * execution may have sent it, and then its outcome stays as it was. Where an earlier execution may have sent it, nobody
 * has asked.
 */
export function keptBack(
	{ checkFirst, payment }: Prepared,
	fingerprint: string,
	earlier: Attempt | undefined,
): Outcome {
	if (earlier && earlier.state !== 'rejected') return toldCanceled(asBefore(earlier, fingerprint));
	if (checkFirst || payment) return { state: 'unknown', reason: CANCELED, unsent: 'not_checked' };
	return {
		state: 'rejected',
		reason: 'the execution was canceled before it was sent',
		nextStep: 'Retry this execution to send it',
		unsent: 'not_sent',
	};
}

function asBefore({ outcome, fingerprint }: Attempt, now: string): Outcome {
	if (outcome && fingerprint === now)
		return outcome.state === 'applied' ? { ...outcome, replayed: true } : outcome;
	return { state: 'unknown', reason: 'an earlier try of this execution has sent it', unsent: 'sent_before' };
}

/**
 * Adds to an outcome's reason that the execution was canceled meanwhile. n8n looks for these words in the message,
 * and saves the node's memory only if it finds them.
 */
export function toldCanceled(outcome: Outcome): Outcome {
	if (outcome.state === 'applied' || outcome.reason.includes(CANCELED)) return outcome;
	return { ...outcome, reason: `${outcome.reason}, and ${CANCELED}` };
}
