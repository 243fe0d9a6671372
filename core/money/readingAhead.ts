import { clock } from '../clock';
import type { CheckedItem, Prepared } from '../items/prepare';
import { runOf } from '../items/run';
import type { SendingRun } from './attempts';
import { askingFor, inOneSpelling, lookupFor } from './finding';
import type { Found } from './protocol';
import { keyOf } from './sendOne';

/**
 * Milliseconds. An answer that came longer ago does not count, and the provider is asked again: another workflow may have
 * sent the same payment since. docs/safety.md promises it.
 */
export const MAX_AGE_MS = 1000;

/** The most items whose reads run ahead. A read takes about as long as a send, so a few hide all of the waiting. */
const MOST_AHEAD = 4;

/** The reads of Check First that run while earlier items are sent. */
export interface ReadingAhead {
	/** Call it when the turn of an item comes. It begins the reads of the next items. */
	reach(place: number): void;
	/** The answer for the item, if it was read ahead and is young. Undefined: the provider has to be asked now. */
	answerFor(place: number): Promise<Found | undefined>;
	/** Ends the reads that are under way. */
	end(): void;
}

interface ReadAhead {
	answer: Promise<Found | undefined>;
	/** Unix milliseconds. */
	answeredAt: number;
}

/**
 * The reads of Check First for a run. Only the reads run ahead: the items are sent in order and one by one. An item whose
 * reference stands in an earlier item is not read ahead, because its read has to see what the run has sent.
 */
export function readingAhead(run: SendingRun, items: readonly CheckedItem[]): ReadingAhead {
	const lookup = lookupFor(run);
	const reads = new Map<number, ReadAhead>();
	const ended = new AbortController();
	const end = () => ended.abort();
	if (run.stop?.aborted) end();
	run.stop?.addEventListener('abort', end, { signal: ended.signal });
	// Where the provider limits requests, a read ahead would only take the turn of a send.
	const isUsed = lookup !== undefined && run.provider.lane === undefined && !run.asTool;
	const references = new Set<string>();
	const pace = { begun: clock.now(), ahead: 1 };
	let next = 0;

	const begin = async (one: Prepared): Promise<Found | undefined> => {
		const ask = askingFor({ ...runOf(run, one), stop: ended.signal }, one);
		return await ask?.().catch(() => undefined);
	};
	const beginAt = (place: number, isAhead: boolean) => {
		const one = items[place];
		const reference = one && 'request' in one ? one.reference : undefined;
		if (!one || 'failed' in one || reference === undefined) return;
		const isNew = !references.has(inOneSpelling(reference));
		references.add(inOneSpelling(reference));
		if (!isAhead || !isNew || one.preview || !one.checkFirst || run.attempts.recall(keyOf(run, one))) return;
		const read: ReadAhead = { answer: Promise.resolve(undefined), answeredAt: 0 };
		read.answer = begin(one).finally(() => {
			read.answeredAt = clock.now();
		});
		reads.set(place, read);
	};

	return {
		reach: (place) => {
			if (!isUsed || ended.signal.aborted) return;
			const now = clock.now();
			if (place > 0) pace.ahead = aheadFor(now - pace.begun);
			pace.begun = now;
			for (; next <= Math.min(place + pace.ahead, items.length - 1); next += 1) beginAt(next, next > place);
		},
		answerFor: async (place) => {
			const read = reads.get(place);
			reads.delete(place);
			const found = await read?.answer;
			const isYoung = read !== undefined && clock.now() - read.answeredAt <= MAX_AGE_MS;
			// A read that gave no answer may give one now.
			return isYoung && found?.state !== 'unclear' ? found : undefined;
		},
		end,
	};
}

/**
 * How many items ahead a read begins, by the time that the latest item took: so that its answer is still young at the
 * item's turn.
 */
function aheadFor(milliseconds: number): number {
	return Math.max(1, Math.min(MOST_AHEAD, Math.floor(MAX_AGE_MS / Math.max(1, milliseconds))));
}
