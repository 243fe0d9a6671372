import type { Clock } from '../clock';
import type { Json } from '../exact/json';
import { saysAbsent, type Reading } from '../wire/reading';

/** How the wait for one payment ended. */
export type Waited =
	| { state: 'final'; data: Json; silence?: never }
	/** The payment as it was last seen, if it was seen, and why the last ask showed nothing. */
	| { state: 'timed-out'; data?: Json; silence?: Silence }
	| { state: 'refused'; reading: NotRead }
	/** The execution was cancelled, or another item has failed the node. */
	| { state: 'stopped' };

export type NotRead = Exclude<Reading, { state: 'read' }>;
export type Silence = Extract<Reading, { state: 'unclear' }>;

export interface WaitLimits {
	/** Unix milliseconds. The last ask happens at this time. */
	deadline: number;
	/** Ends the wait early. */
	stop: AbortSignal;
}

/** The first wait between two asks, the factor by which it grows, and the longest wait. */
const FIRST_ASK_WAIT_MS = 2_000;
const GROWTH = 1.5;
const MAX_ASK_WAIT_MS = 30_000;

/** How long a payment may stay unknown. Some providers find a new order only after a moment (Gate Pay names 10 s). */
export const ABSENCE_MS = 30_000;

/**
 * Asks for a payment until it is final or the time is over. A final payment is returned at once and not asked for
 * again. An ask without an answer does not end the wait.
 * @param isFinal whether the provider's table of statuses says that the answer is final
 */
export async function waitUntilFinal(
	ask: () => Promise<Reading>,
	isFinal: (data: Json) => boolean,
	{ deadline, stop }: WaitLimits,
	{ now, sleep, random }: Pick<Clock, 'now' | 'sleep' | 'random'>,
): Promise<Waited> {
	let seen: { data: Json } | undefined;
	let absentSince: number | undefined;
	for (let asks = 0; ; asks += 1) {
		if (stop.aborted) return { state: 'stopped' };
		const isLast = now() >= deadline;
		const reading = await ask();
		if (reading.state === 'read') {
			if (isFinal(reading.data)) return { state: 'final', data: reading.data };
			seen = { data: reading.data };
			absentSince = undefined;
		} else if (isHopeless(reading)) {
			return { state: 'refused', reading };
		} else if (reading.state === 'refused') {
			absentSince ??= now();
			if (isLast || now() >= absentSince + ABSENCE_MS) return { state: 'refused', reading };
		}
		if (isLast) return timedOut(seen, reading);
		const end = Math.min(deadline, (absentSince ?? deadline) + ABSENCE_MS);
		await sleep(Math.max(0, Math.min(waitAfter(asks, random()), end - now())), stop);
	}
}

function timedOut(seen: { data: Json } | undefined, reading: Reading): Waited {
	return { state: 'timed-out', ...seen, ...(reading.state === 'unclear' ? { silence: reading } : {}) };
}

/**
 * Whether another ask is useless: a wrong signature, a missing permission, or a step that a person has to take first.
 */
function isHopeless(reading: NotRead): boolean {
	return reading.state === 'refused' ? !saysAbsent(reading) : reading.nextStep !== undefined;
}

/** Milliseconds: 2 s, 3 s, 4.5 s and so on up to 30 s. Chance makes each wait up to a quarter shorter. */
function waitAfter(asks: number, chance: number): number {
	return Math.round(Math.min(MAX_ASK_WAIT_MS, FIRST_ASK_WAIT_MS * GROWTH ** asks) * (1 - chance / 4));
}
