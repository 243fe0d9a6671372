import type { Outcome } from '../items/outcome';
import type { Prepared } from '../items/prepare';
import { CANCELED } from '../wire/transport';

/**
 * The outcome of an item whose turn comes after the execution was canceled. It is not sent. Nobody has asked whether
 * an earlier execution sent it.
 */
export function keptBack({ checkFirst, payment }: Prepared): Outcome {
	if (checkFirst || payment) return { state: 'unknown', reason: CANCELED, unsent: 'not_checked' };
	return {
		state: 'rejected',
		reason: 'the execution was canceled before it was sent',
		nextStep: 'Retry this execution to send it',
		unsent: 'not_sent',
	};
}

/**
 * Adds to an outcome's reason that the execution was canceled meanwhile. n8n looks for these words in the message,
 * and saves the node's memory only if it finds them.
 */
export function toldCanceled(outcome: Outcome): Outcome {
	if (outcome.state === 'applied' || outcome.reason.includes(CANCELED)) return outcome;
	return { ...outcome, reason: `${outcome.reason}, and ${CANCELED}` };
}
