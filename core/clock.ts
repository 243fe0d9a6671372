import { sleep } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

/** Everything that differs from one run to the next. A pure function takes the parts that it needs as arguments. */
export interface Clock {
	/** Unix milliseconds. */
	now(): number;
	/** Ends early and does not throw when the signal is aborted. */
	sleep(milliseconds: number, stop?: AbortSignal): Promise<void>;
	/** Resolves when the time for an answer is over. Rejects when the signal is aborted first. */
	deadline(milliseconds: number, signal: AbortSignal): Promise<void>;
	/** From 0 to 1, for jitter. */
	random(): number;
	/** Letters and digits that nobody has used before. */
	nonce(): string;
}

/** The result of the promise, or undefined as soon as the signal is aborted. */
export async function unlessStopped<Result>(
	work: Promise<Result>,
	stop: AbortSignal | undefined,
): Promise<Result | undefined> {
	if (!stop) return await work;
	if (stop.aborted) return undefined;
	let end: () => void = () => undefined;
	const stopped = new Promise<undefined>((resolve) => {
		end = () => resolve(undefined);
		stop.addEventListener('abort', end);
	});
	try {
		return await Promise.race([work, stopped]);
	} finally {
		stop.removeEventListener('abort', end);
	}
}

/** The machine's clock and its random source. All code takes time and chance from here, and tests replace them here. */
export const clock: Clock = {
	now: () => Date.now(),
	sleep: (milliseconds, stop) => sleep(milliseconds, stop).catch(() => undefined),
	deadline: (milliseconds, signal) => sleep(milliseconds, signal),
	random: () => Math.random(),
	// randomUUID is fast because Node prepares random bytes for many calls at once.
	nonce: () => randomUUID().replace(/-/g, ''),
};

/** Milliseconds. Webhooks and other executions wait while one piece of work holds the process. */
const LONGEST_HOLD_MS = 20;

/**
 * Work on many items calls the result between two of them. From time to time it lets n8n do other things. Without it, the
 * whole run would be one piece of work.
 */
export function breathing(now: Clock['now'] = clock.now, pause = () => sleep(0)): () => Promise<void> {
	let since = now();
	return async () => {
		if (now() - since < LONGEST_HOLD_MS) return;
		await pause();
		since = now();
	};
}
