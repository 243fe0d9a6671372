import type { Clock } from '../clock';
import type { Json } from '../exact/json';
import type { HttpAnswer, Transmission } from '../provider/http';
import type { Verdict } from '../provider/provider';
import { MAX_FRESH_SENDS, waitBeforeFreshSend } from './freshness';
import type { RateSign } from './pace';

/** The result of a read: its data, or the reason why there is none. */
export type Reading =
	| { state: 'read'; data: Json }
	| {
			state: 'refused';
			reason: string;
			code: string;
			meaning?: string | undefined;
			nextStep?: string | undefined;
	  }
	| { state: 'unclear'; reason: string; nextStep?: string | undefined };

/** The most tries of one read, not counting those refused for their age, and the longest wait between two tries. */
export const MAX_READ_TRIES = 4;
const MAX_READ_WAIT_MS = 20_000;

/** Whether a refused read says that the object does not exist. Any other refusal says nothing about it. */
export function saysAbsent({ meaning }: Extract<Reading, { state: 'refused' }>): boolean {
	return meaning === 'absent';
}

/**
 * Reads, and reads again after 429, 5xx, a cut connection or an unclear answer. A repeated read risks no money.
 * @param deadline unix milliseconds; after this time nothing is read again
 */
export async function read(
	send: () => Promise<Transmission>,
	verdictOf: (answer: HttpAnswer) => Verdict,
	{ sleep, random, now }: Pick<Clock, 'sleep' | 'random' | 'now'>,
	deadline = Number.POSITIVE_INFINITY,
): Promise<Reading> {
	const again = { tries: 0, fresh: 0 };
	for (;;) {
		const transmission = await send();
		const reading = toReading(transmission, verdictOf);
		const wait = isStale(reading)
			? waitForFresh(again, random())
			: waitForTry(again, transmission, reading, { chance: random(), now: now() });
		if (wait === undefined || now() + wait > deadline) return reading;
		await sleep(wait);
	}
}

interface Again {
	tries: number;
	fresh: number;
}

/** Milliseconds before the next fresh read. Undefined when there is none. */
function waitForFresh(again: Again, chance: number): number | undefined {
	again.fresh += 1;
	return again.fresh > MAX_FRESH_SENDS ? undefined : waitBeforeFreshSend(again.fresh - 1, chance);
}

function waitForTry(
	again: Again,
	transmission: Transmission,
	reading: Reading,
	{ chance, now }: { chance: number; now: number },
): number | undefined {
	again.tries += 1;
	const isOver = again.tries >= MAX_READ_TRIES || !mayRepeat(transmission, reading);
	return isOver ? undefined : waitBefore(again.tries, transmission, chance, now);
}

function isStale(reading: Reading): boolean {
	return reading.state === 'refused' && reading.meaning === 'stale';
}

function toReading(transmission: Transmission, verdictOf: (answer: HttpAnswer) => Verdict): Reading {
	if (transmission.state === 'never-sent') {
		return { state: 'unclear', reason: transmission.reason, nextStep: transmission.nextStep };
	}
	if (transmission.state === 'no-answer') return { state: 'unclear', reason: transmission.reason };
	const verdict = verdictOf(transmission.answer);
	if (verdict.state === 'accepted') return { state: 'read', data: verdict.data };
	if (verdict.state === 'unclear') return { state: 'unclear', reason: verdict.reason };
	const { reason, code, meaning, nextStep } = verdict;
	return { state: 'refused', reason, code, meaning, nextStep };
}

function mayRepeat(transmission: Transmission, reading: Reading): boolean {
	if (reading.state !== 'unclear') return false;
	if (transmission.state === 'never-sent') return false;
	// An answer that was too large would be too large again.
	if (transmission.state === 'no-answer') return transmission.tooLarge !== true;
	const { status } = transmission.answer;
	return status === 429 || status >= 500 || status === 200;
}

/**
 * Milliseconds: the value of Retry-After, or 0.5 s, 1 s, 2 s and so on. Chance makes each of these up to half longer.
 */
function waitBefore(tries: number, transmission: Transmission, chance: number, now: number): number {
	const wait = askedWait(transmission, now) ?? 500 * 2 ** (tries - 1) * (1 + chance / 2);
	return Math.min(wait, MAX_READ_WAIT_MS);
}

/** What an answer says about the rate. The time of a 429 is no longer than one of our own waits. */
export function rateSign(transmission: Transmission, now: number): RateSign {
	if (transmission.state !== 'answered' || transmission.answer.status >= 500) return 'nothing';
	if (transmission.answer.status !== 429) return 'fine';
	const asked = askedWait(transmission, now);
	return { quiet: asked === undefined ? undefined : Math.min(asked, MAX_READ_WAIT_MS) };
}

/** The value of Retry-After in milliseconds. */
function askedWait(transmission: Transmission, now: number): number | undefined {
	const header = transmission.state === 'answered' ? transmission.answer.headers['retry-after'] : undefined;
	return header === undefined ? undefined : retryAfter(header, now);
}

function retryAfter(header: string, now: number): number | undefined {
	if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
