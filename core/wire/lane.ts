import { type Clock, unlessStopped } from '../clock';
import type { Lane } from '../provider/provider';

interface Traffic {
	/** Settles when the earlier request is done. */
	before: Promise<unknown>;
	/** When the latest requests started, in unix milliseconds, oldest first. */
	starts: number[];
}

const traffic = new Map<string, Traffic>();

/**
 * Runs a request in its account's lane: after the earlier ones, and no faster than the provider allows. The signal
 * ends the wait at once. `send` is called in that case too, so it must check the signal before it sends anything.
 */
export async function inLane<Result>(
	lane: Lane | undefined,
	clock: Pick<Clock, 'now' | 'sleep'>,
	send: () => Promise<Result>,
	stop?: AbortSignal,
): Promise<Result> {
	if (!lane) return await send();
	const own = traffic.get(lane.key) ?? { before: Promise.resolve(), starts: [] };
	traffic.set(lane.key, own);
	const earlier = own.before;
	const admitted = unlessStopped(earlier, stop).then(() => admit(own, lane, clock, stop));
	const done = admitted.then(send);
	// The next request waits for the earlier ones, even if this one was stopped and did not wait. A failed request
	// must not block the next one.
	own.before = Promise.allSettled([earlier, lane.oneByOne ? done : admitted]);
	return await done;
}

async function admit(
	{ starts }: Traffic,
	{ limits = [] }: Lane,
	{ now, sleep }: Pick<Clock, 'now' | 'sleep'>,
	stop: AbortSignal | undefined,
): Promise<void> {
	const wait = Math.max(0, ...limits.map((limit) => waitFor(starts, limit, now())));
	if (wait > 0 && !stop?.aborted) await sleep(wait, stop);
	// A stopped request sends nothing, so it does not count.
	if (stop?.aborted) return;
	starts.push(now());
	const longest = Math.max(0, ...limits.map(({ requests }) => requests));
	starts.splice(0, Math.max(0, starts.length - longest));
}

/** Milliseconds until the limit allows one more request. */
function waitFor(
	starts: readonly number[],
	limit: { requests: number; milliseconds: number },
	now: number,
): number {
	const blocking = starts[starts.length - limit.requests];
	// A start in the future means that the clock was set back. It says nothing, and nobody waits until the clock has
	// caught up.
	if (blocking === undefined || blocking > now) return 0;
	return Math.max(0, blocking + limit.milliseconds - now);
}
