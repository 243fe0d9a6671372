import { type Json, ownMember, textOf } from '../exact/json';
import { isLower } from '../wire/pages';
import type { ProviderEvent } from './event';
import { type Asked, dayAt, type Known, type Memory } from './pollingMemory';
import type { Listing, Read } from './watching';

/** What is told of a poll's answers. */
export interface Findings {
	/** New and changed objects, as the provider lists them. */
	news: ProviderEvent[];
	/** Of a first answer that came late: what was there before and may have changed meanwhile. */
	doubtful: ProviderEvent[];
}

/**
 * Compares answers with the memory, and puts into it what they say.
 * @param now when the poll began, unix milliseconds
 * @param emitExisting whether what is there at the first answer is told too
 */
export function findChanges(
	memory: Memory,
	{ reads, waiting }: Listing,
	now: number,
	emitExisting: boolean,
): Findings {
	const found: Findings = { news: [], doubtful: [] };
	const since = memory.before ?? now;
	for (const name of waiting) memory.asked[name] ??= { since, at: 0 };
	for (const read of reads) {
		const asked = (memory.asked[read.name] ??= { since, at: now });
		asked.at = now;
		if (read.unread) continue;
		for (const event of read.events) {
			const known = ownMember(memory.known, objectOf(event));
			if (known?.last === event.eventId) {
				known.day = dayAt(now);
				continue;
			}
			const judgement = known ? 'news' : judge(event, asked, { now, emitExisting, floor: memory.floor });
			const told = remember(memory, event, now);
			if (judgement !== 'known') found[judgement].push(told);
		}
		// An answer without a list begins nothing: what was there all the time would be new afterwards.
		if (!asked.isBegun && read.isBare !== true) begin(asked, read);
	}
	return found;
}

interface Circumstances {
	now: number;
	emitExisting: boolean;
	floor: string | undefined;
}

/** What an object is that nobody has seen yet. */
function judge(
	event: ProviderEvent,
	asked: Asked,
	{ now, emitExisting, floor }: Circumstances,
): 'news' | 'known' | 'doubtful' {
	if (asked.isBegun) return wasThere(event, asked, floor) ? 'known' : 'news';
	if (emitExisting) return 'news';
	// Nothing is later than what has just been asked for the first time.
	if (asked.since >= now) return 'known';
	return ({ later: 'news', earlier: 'known', unsure: 'doubtful' } as const)[ageOf(event, asked.since)];
}

/** What is seen only because more is asked for than before is not new. */
export function rememberUnknown(memory: Memory, { reads }: Listing, now: number): void {
	for (const event of reads.flatMap(({ events }) => events)) {
		if (ownMember(memory.known, objectOf(event)) === undefined) remember(memory, event, now);
	}
}

function begin(asked: Asked, { events, cut }: Read): void {
	asked.isBegun = true;
	if (!cut) return;
	asked.isPartial = true;
	const times = events
		.map(({ createdAtLocal }) => textOf(createdAtLocal))
		.filter((time) => time !== undefined);
	const newest = times.sort()[times.length - 1];
	if (newest !== undefined) asked.newest = newest;
}

/**
 * Puts the event's state into the memory. A state that comes again is another change: the memory knows the states
 * before, so that its eventId gets a number from the second time on.
 * @returns the event as it is told
 */
function remember(memory: Memory, event: ProviderEvent, now: number): ProviderEvent {
	const object = objectOf(event);
	const before = ownMember(memory.known, object);
	const known: Known = { last: event.eventId, day: dayAt(now) };
	memory.known[object] = known;
	if (!before) return event;
	known.times = { [stateOf(before.last)]: 1, ...before.times };
	const state = stateOf(event.eventId);
	const times = (known.times[state] ?? 0) + 1;
	known.times[state] = times;
	return times === 1 ? event : { ...event, eventId: `${event.eventId}-${times}` };
}

/** Enough to tell the states of one object apart. */
function stateOf(eventId: string): string {
	return eventId.slice(-12);
}

/** What an event is about, whatever its state. */
export function objectOf({ kind, id, reference, batchReference }: ProviderEvent): string {
	// A line of a batch is known by the merchant's own ID before it has one of the provider's.
	const names = batchReference === undefined ? [id, reference] : [reference, id];
	return `${textOf(kind) ?? ''} ${names.map(textOf).find((name) => name !== undefined) ?? ''}`;
}

const HOUR_MS = 60 * 60 * 1000;
/** No place on earth is further from UTC. */
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;
const FURTHEST_BEHIND_MS = 12 * HOUR_MS;

/** From when to when a time can be meant, unix milliseconds: where the provider names no zone, in any. */
function spanOf(exact: Json | undefined, local: Json | undefined): [number, number] | undefined {
	const at = Date.parse(textOf(exact) ?? '');
	if (!Number.isNaN(at)) return [at, at];
	const asIfUtc = Date.parse(`${(textOf(local) ?? '').replace(' ', 'T')}Z`);
	return Number.isNaN(asIfUtc) ? undefined : [asIfUtc - FURTHEST_AHEAD_MS, asIfUtc + FURTHEST_BEHIND_MS];
}

/** Whether an object has changed last before or after a time, as far as it says so. */
function ageOf(event: ProviderEvent, since: number): 'earlier' | 'later' | 'unsure' {
	const changed = spanOf(event.updatedAt, event.updatedAtLocal);
	const created = spanOf(event.createdAt, event.createdAtLocal);
	if ([changed, created].some((span) => span && span[0] >= since)) return 'later';
	return changed && changed[1] < since ? 'earlier' : 'unsure';
}

/**
 * Whether an unknown object was there at the first answer already, which did not reach as far, and has not changed since
 * the trigger began.
 */
function wasThere(event: ProviderEvent, { isPartial, since, newest }: Asked, floor?: string): boolean {
	if (ageOf(event, since) === 'later') return false;
	const id = textOf(event.id);
	if (floor !== undefined && id !== undefined && isLower(id, floor)) return true;
	if (isPartial !== true) return false;
	const [exact, local] = [textOf(event.createdAt), textOf(event.createdAtLocal)];
	if (exact !== undefined) return Date.parse(exact) < since;
	return newest !== undefined && local !== undefined && local <= newest;
}

/** The lowest id, as far as there are any. */
export function lowest(events: readonly ProviderEvent[]): string | undefined {
	const ids = events.map(({ id }) => textOf(id)).filter((id) => id !== undefined);
	return ids.reduce<string | undefined>(
		(least, id) => (least && !isLower(id, least) ? least : id),
		undefined,
	);
}

/** Oldest change first, as far as the provider tells. */
export function byTime(one: ProviderEvent, other: ProviderEvent): number {
	return changedAt(one).localeCompare(changedAt(other)) || byId(one, other);
}

function changedAt({ updatedAt, updatedAtLocal, createdAt, createdAtLocal }: ProviderEvent): string {
	const times = [updatedAt, updatedAtLocal, createdAt, createdAtLocal];
	return times.map(textOf).find((text) => text !== undefined) ?? '';
}

function byId(one: ProviderEvent, other: ProviderEvent): number {
	const [first, second] = [textOf(one.id), textOf(other.id)];
	if (first === undefined || second === undefined || first === second) return 0;
	return isLower(first, second) ? -1 : 1;
}
