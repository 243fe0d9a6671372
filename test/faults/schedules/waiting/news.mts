import type { Announcement, Announcer, State, Truth } from './announcers.mts';
import type { WaitPlan } from './plan.mts';
import type { Call, Sleep } from './waited.mts';

export function truthOf(announcer: Announcer, tag: string, key: string): Truth | undefined {
	return announcer.truths(tag).find((one) => one.key === key);
}

/** The state of an order. Undefined where only announcements tell it, and not the books. */
export function stateOf(announcer: Announcer, tag: string, key: string): State | undefined {
	return announcer.isBareToken ? truthOf(announcer, tag, key)?.states[0] : undefined;
}

/** The news of a callback: its own text, or the provider's answer when the node asks. */
export function newsOf(announcer: Announcer, { tag, key }: Sleep, body: string): string {
	return `${tag} ${announcer.isBareToken ? stateOf(announcer, tag, key)?.version : body}`;
}

/**
 * Whether the execution waits for this genuine call.
 * @param woken the news that have woken it before and do not wake it again
 */
export function isAwaited(
	announcer: Announcer,
	sleep: Sleep,
	{ kind, body, isFinal }: Announcement & Pick<Call, 'kind'>,
	{ waitFor, woken }: Pick<WaitPlan, 'waitFor'> & { woken: ReadonlySet<string> },
): boolean {
	const { tag, key, version } = sleep;
	if (kind === 'other' || woken.has(newsOf(announcer, sleep, body)) || !body.includes(key)) return false;
	const isAnyChange = waitFor === 'change';
	if (!announcer.isBareToken) return isFinal || isAnyChange;
	const now = stateOf(announcer, tag, key);
	return now?.isFinal === true || (isAnyChange && now?.version !== version);
}
