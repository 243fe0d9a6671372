import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/** Looks again and again until something is found. Rejects when the time is over; `what` names what was missed. */
export async function poll<Found>(
	look: () => Promise<Found | undefined> | Found | undefined,
	what: string,
	timeoutMs = 120_000,
	pauseMs = POLL_MS,
): Promise<Found> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
		await sleep(pauseMs);
	}
}
