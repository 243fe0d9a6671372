import type { Clock } from '../clock';
import type { Lane } from '../provider/provider';

interface Traffic {
	/** Settles when the request before is done. */
	before: Promise<unknown>;
	/** When the latest requests were let through, unix milliseconds, oldest first. */
	starts: number[];
}

const traffic = new Map<string, Traffic>();

/** Runs a request in its account's lane: after those before it, and no faster than the provider allows. */
export async function inLane<Result>(
	lane: Lane | undefined,
	clock: Pick<Clock, 'now' | 'sleep'>,
	send: () => Promise<Result>,
): Promise<Result> {
	if (!lane) return await send();
	const own = traffic.get(lane.key) ?? { before: Promise.resolve(), starts: [] };
	traffic.set(lane.key, own);
	const admitted = own.before.then(() => admit(own, lane, clock));
	const done = admitted.then(send);
	// A failed request must not hold up the next one.
	own.before = (lane.oneByOne ? done : admitted).catch(() => undefined);
	return await done;
}

async function admit(
	{ starts }: Traffic,
	{ limits = [] }: Lane,
	{ now, sleep }: Pick<Clock, 'now' | 'sleep'>,
): Promise<void> {
	const wait = Math.max(0, ...limits.map((limit) => waitFor(starts, limit, now())));
	if (wait > 0) await sleep(wait);
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
