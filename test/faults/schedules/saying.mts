import type { ReceivedRequest } from '../../../sandbox/index.mts';
import type { Claim } from './claims.mts';
import { before, names, sendsOf, tagsIn } from './evidence.mts';
import type { Execution } from './execution.mts';
import type { Played } from './stage.mts';

/**
 * Unknown is a person's work. It is excused only where an answer was withheld or did not say what became of a request:
 * by a fault, by an altered answer, by a race, by a wrong clock, by Stop, by other values at the next try; and where the provider was sent the same twice,
 * so that its refusal may speak of either.
 */
export function needlesslyUnknown(played: Played, execution: Execution, claims: readonly Claim[]): string[] {
	const { race, clock, oddity, target } = played.schedule;
	if (race || clock || oddity.kind !== 'none' || played.lost.length > 0 || target.row.does?.callback)
		return [];
	if (execution.runs.some(({ isApart }) => isApart) || played.twist?.isAmbiguous?.()) return [];
	if (played.twist?.isClockWrong?.()) return [];
	// What Stop has cut off in an execution before, n8n remembers as sent, and nobody has seen its answer.
	if (target.row.once?.remembered && played.schedule.kind === 'stop' && before(played, execution).length > 0)
		return [];
	const seen = [...before(played, execution), execution].flatMap(({ requests }) => requests);
	const tags = tagsIn(execution);
	return claims
		.filter(({ outcome }) => outcome === 'unknown')
		.map(({ item }) => String(execution.items[item]?.tag))
		.filter((tag) => {
			const others = tags.filter((one) => one !== tag);
			const about = (request: ReceivedRequest) =>
				target.isPacked || names(request, tag) || !others.some((one) => names(request, one));
			const isWithheld = seen.some((request) => about(request) && isDoubtful(played, request));
			return !isWithheld && sendsOf(played, seen, tag).length < 2;
		})
		.map((tag) => `${tag} is said to be unknown, and every answer was clear`);
}

function isDoubtful({ altered }: Played, request: ReceivedRequest): boolean {
	return request.fault !== undefined || altered.has(request) || request.verdict.kind === 'unread';
}

/** Whoever has to find out what became of a payment must be told which. */
export function nameless({ schedule }: Played, execution: Execution, claims: readonly Claim[]): string[] {
	const { target } = schedule;
	if (!target.hasReference || target.isPacked) return [];
	return claims
		.filter(
			({ outcome, text }) => outcome !== 'applied' && text !== '' && !text.includes('Nothing was sent.'),
		)
		.map(({ item, text }) => ({ tag: String(execution.items[item]?.tag), text }))
		.filter(({ tag, text }) => !text.includes(tag))
		.map(({ tag, text }) => `the message about ${tag} does not name it: ${text.slice(0, 120)}`);
}
