import { type Clock, unlessStopped } from '../clock';
import type { Lane } from '../provider/provider';

interface Traffic {
	/** Settles when the request before is done. */
	before: Promise<unknown>;
	/** When the latest requests were let through, unix milliseconds, oldest first. */
	starts: number[];
}

const traffic = new Map<string, Traffic>();

/**
 * Runs a request in its account's lane: after those before it, and no faster than the provider allows. A signal ends the
 * wait at once; `send` is called then too, and must ask the signal before it sends anything.
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
	// Those before it are waited for, whether it waited or not. A failed request must not hold up the next one.
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
	// Nothing is sent, so nothing counts.
	if (stop?.aborted) return;
	starts.push(now());
	const longest = Math.max(0, ...limits.map(({ requests }) => requests));
	starts.splice(0, Math.max(0, starts.length - longest));
}

/** Milliseconds until one more request fits into the limit. */
function waitFor(
	starts: readonly number[],
	limit: { requests: number; milliseconds: number },
	now: number,
): number {
	const blocking = starts[starts.length - limit.requests];
	// One that lies ahead tells nothing: the clock was set back, and nobody waits until it has caught up.
	if (blocking === undefined || blocking > now) return 0;
	return Math.max(0, blocking + limit.milliseconds - now);
}
