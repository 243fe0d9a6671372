import type { Outcome } from '../items/outcome';
import type { Prepared } from '../items/prepare';
import { CANCELED } from '../wire/transport';

/**
 * What becomes of an item whose turn comes after the execution was canceled. It is not sent. Where an earlier execution
 * may have sent it, nobody has asked.
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
 * An outcome that became known while the execution was canceled says so. n8n reads it in the message: only then it saves
 * what the node has remembered.
 */
export function toldCanceled(outcome: Outcome): Outcome {
	if (outcome.state === 'applied' || outcome.reason.includes(CANCELED)) return outcome;
	return { ...outcome, reason: `${outcome.reason}, and ${CANCELED}` };
}
