import { clock } from '../clock';

/** The reason for the end of the wait. One object serves all calls, because each new exception would build a stack. */
const ENDED = new Error('It has ended');

/**
 * The result of `work`, or undefined when the time is over first. The work itself continues.
 * @param until unix milliseconds
 */
export async function inTime<Result>(work: Promise<Result>, until: number): Promise<Result | undefined> {
	const left = until - clock.now();
	// Nobody waits for a late result, so a late failure must not be reported as unhandled.
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
		waiting.abort(ENDED);
	}
}
