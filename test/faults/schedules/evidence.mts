import type { ReceivedRequest } from '../../../sandbox/index.mts';
import type { Execution } from './execution.mts';
import type { Schedule } from './schedule.mts';
import type { Played } from './stage.mts';

export const tagsIn = ({ items }: Execution): string[] => [...new Set(items.map(({ tag }) => String(tag)))];

/** Whether a request names an item. */
export function names({ url, body }: Pick<ReceivedRequest, 'url' | 'body'>, tag: string): boolean {
	return `${url} ${body}`.includes(tag);
}

/** The sends of one item, oldest first. */
export function sendsOf(
	{ schedule: { target } }: Pick<Played, 'schedule'>,
	requests: readonly ReceivedRequest[],
	tag: string,
): ReceivedRequest[] {
	return requests.filter((request) => request.operation === target.endpoint && names(request, tag));
}

export const isApplied = ({ verdict }: ReceivedRequest): boolean => verdict.kind === 'accepted';

/** Executions before this one. */
export function before({ executions }: Pick<Played, 'executions'>, execution: Execution): Execution[] {
	return executions.slice(0, executions.indexOf(execution));
}

/**
 * Whether somebody keeps a payment from being made once more by a new execution: the provider, as it documents, a
 * lookup that every execution makes first, or n8n, which remembers the payment. Nobody does where a
 * person has switched off what keeps it.
 */
export function isKept({
	schedule: { target, checkFirst, oddity, race },
}: {
	schedule: Pick<Schedule, 'target' | 'checkFirst' | 'oddity' | 'race'>;
}): boolean {
	const isFound = target.lookup !== undefined && checkFirst && oddity.kind === 'none' && !race;
	const isRemembered = target.row.once?.remembered === true && target.options?.allowRepeats !== true;
	return target.isUnique === true || isFound || isRemembered;
}
