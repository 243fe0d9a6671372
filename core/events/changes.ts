import { type Json, ownMember, textOf } from '../exact/json';
import { isLower } from '../wire/pages';
import type { ProviderEvent } from './event';
import { type Asked, dayAt, type KnownObject, type Memory } from './pollingMemory';
import type { Listing, Read } from './watching';

/** The changes that the answers of a poll show. */
export interface Findings {
	/** New and changed objects, in the order of the provider's list. */
	news: ProviderEvent[];
	/** Objects from a first answer that came late. They existed before and may have changed in the meantime. */
	doubtful: ProviderEvent[];
}

/**
 * Compares the answers with the memory and stores them there.
 * @param now when the poll began, unix milliseconds
 * @param emitExisting whether the objects of the first answer are emitted too
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
		// An answer without a list does not count as the first one. Otherwise the next poll would take all existing
		// objects for new.
		if (!asked.isBegun && read.isBare !== true) begin(asked, read);
	}
	return found;
}

interface Circumstances {
	now: number;
	emitExisting: boolean;
	floor: string | undefined;
}

/** Decides about an object that no poll has seen before. */
function judge(
	event: ProviderEvent,
	asked: Asked,
	{ now, emitExisting, floor }: Circumstances,
): 'news' | 'known' | 'doubtful' {
	if (asked.isBegun) return wasThere(event, asked, floor) ? 'known' : 'news';
	if (emitExisting) return 'news';
	// If this poll is the first one that asked, no change can be later than the question.
	if (asked.since >= now) return 'known';
	return ({ later: 'news', earlier: 'known', unsure: 'doubtful' } as const)[ageOf(event, asked.since)];
}

/** Stores objects that are visible only because this poll asks for more than the last one. They are not new. */
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
 * Stores the event's state in the memory. If an object returns to an earlier state, that is another change. The
 * memory counts the visits to each state, and the eventId gets a number from the second visit on.
 * @returns the event that is emitted
 */
function remember(memory: Memory, event: ProviderEvent, now: number): ProviderEvent {
	const object = objectOf(event);
	const before = ownMember(memory.known, object);
	const known: KnownObject = { last: event.eventId, day: dayAt(now) };
	memory.known[object] = known;
	if (!before) return event;
	known.times = { [stateOf(before.last)]: 1, ...before.times };
	const state = stateOf(event.eventId);
	const times = (known.times[state] ?? 0) + 1;
	known.times[state] = times;
	return times === 1 ? event : { ...event, eventId: `${event.eventId}-${times}` };
}

/** The end of an eventId is long enough to tell the states of one object apart. */
function stateOf(eventId: string): string {
	return eventId.slice(-12);
}

/** The object of an event, in any state. */
export function objectOf({ kind, id, reference, batchReference }: ProviderEvent): string {
	// A line of a batch has the merchant's own ID first. The provider's ID comes later.
	const names = batchReference === undefined ? [id, reference] : [reference, id];
	return `${textOf(kind) ?? ''} ${names.map(textOf).find((name) => name !== undefined) ?? ''}`;
}

const HOUR_MS = 60 * 60 * 1000;
/** Time zones reach from UTC-12 to UTC+14. */
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;
const FURTHEST_BEHIND_MS = 12 * HOUR_MS;

/** The earliest and the latest moment that a time can mean, in unix milliseconds. Equal where the zone is known. */
export function spanOf(exact: Json | undefined, local: Json | undefined): [number, number] | undefined {
	const at = Date.parse(textOf(exact) ?? '');
	if (!Number.isNaN(at)) return [at, at];
	const asIfUtc = Date.parse(`${(textOf(local) ?? '').replace(' ', 'T')}Z`);
	return Number.isNaN(asIfUtc) ? undefined : [asIfUtc - FURTHEST_AHEAD_MS, asIfUtc + FURTHEST_BEHIND_MS];
}

/** Whether the last change of an object was before or after a time, as far as the object says so. */
function ageOf(event: ProviderEvent, since: number): 'earlier' | 'later' | 'unsure' {
	const changed = spanOf(event.updatedAt, event.updatedAtLocal);
	const created = spanOf(event.createdAt, event.createdAtLocal);
	if ([changed, created].some((span) => span && span[0] >= since)) return 'later';
	return changed && changed[1] < since ? 'earlier' : 'unsure';
}

/**
 * Whether an unknown object existed before the first answer, which did not reach that far, and has not changed since
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

/** The lowest id, if there are ids. */
export function lowest(events: readonly ProviderEvent[]): string | undefined {
	const ids = events.map(({ id }) => textOf(id)).filter((id) => id !== undefined);
	return ids.reduce<string | undefined>(
		(least, id) => (least && !isLower(id, least) ? least : id),
		undefined,
	);
}

/** Sorts the oldest change first, as far as the provider gives times. */
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
