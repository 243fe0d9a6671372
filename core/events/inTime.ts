import { clock } from '../clock';

/** Why the waiting ends. Made once: an exception has a stack of its own. */
const OVER = new Error('It has ended');

/**
 * What work gives, or undefined when the time is up first; the work itself goes on.
 * @param until unix milliseconds
 */
export async function inTime<Result>(work: Promise<Result>, until: number): Promise<Result | undefined> {
	const left = until - clock.now();
	// Nobody waits for it any more, so nobody may be told that it failed.
	work.catch(() => undefined);
	if (left <= 0) return undefined;
	const waiting = new AbortController();
	const late = clock.deadline(left, waiting.signal).then(
		() => undefined,
		() => new Promise<never>(() => undefined),
	);
	try {
		return await Promise.race([work, late]);
	} finally {
		waiting.abort(OVER);
	}
}
