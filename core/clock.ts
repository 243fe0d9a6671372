import { sleep } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

/** What differs from one run to the next. Pure functions take what they need of it as arguments. */
export interface Clock {
	/** Unix milliseconds. */
	now(): number;
	/** Ends early, without a throw, when the signal is aborted. */
	sleep(milliseconds: number, stop?: AbortSignal): Promise<void>;
	/** Resolves when the time for an answer is up; rejects when the signal comes first. */
	deadline(milliseconds: number, signal: AbortSignal): Promise<void>;
	/** From 0 to 1, for jitter. */
	random(): number;
	/** Letters and digits that were never used before. */
	nonce(): string;
}

/** What the promise gives, or nothing as soon as the signal is aborted. */
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

/** The machine's own. The one place where time and chance come from; tests put theirs here. */
export const clock: Clock = {
	now: () => Date.now(),
	sleep: (milliseconds, stop) => sleep(milliseconds, stop).catch(() => undefined),
	deadline: (milliseconds, signal) => sleep(milliseconds, signal),
	random: () => Math.random(),
	// Node draws the chance for many of them at once.
	nonce: () => randomUUID().replace(/-/g, ''),
};
