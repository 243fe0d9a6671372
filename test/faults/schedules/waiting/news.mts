import type { Announcement, Announcer, State, Truth } from './announcers.mts';
import type { WaitPlan } from './plan.mts';
import type { Call, Sleep } from './waited.mts';

export function truthOf(announcer: Announcer, tag: string, key: string): Truth | undefined {
	return announcer.truths(tag).find((one) => one.key === key);
}

/** Where the provider's books tell it, and not its announcements alone. */
export function stateOf(announcer: Announcer, tag: string, key: string): State | undefined {
	return announcer.isBareToken ? truthOf(announcer, tag, key)?.states[0] : undefined;
}

/** What a callback tells: its own words, or what the provider says when it is asked. */
export function newsOf(announcer: Announcer, { tag, key }: Sleep, body: string): string {
	return `${tag} ${announcer.isBareToken ? stateOf(announcer, tag, key)?.version : body}`;
}

/**
 * Whether a genuine call is what an execution waits for.
 * @param woken what has woken it before: that is no news
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
