import type { IDataObject } from 'n8n-workflow';
import { isObject, ownMember, textOf } from '../exact/json';
import { isLower } from '../wire/pages';
import type { ProviderEvent } from './event';
import type { Listing } from './watching';
import { DAY_MS } from '../exact/time';

/** What the trigger remembers of a watch; n8n keeps it with the workflow. */
export interface Memory {
	/** Object to the event that was executed last. */
	known: Record<string, string>;
	/** Where a list is not read to its end: the lowest id of the first poll. What is below was there before. */
	floor?: string;
	/** When the provider last answered. After a stop the days count from here. */
	readAt?: number;
	/** When the trigger was activated, where the first poll of that moment got no answer. */
	since?: number;
	/** Where these objects were listed, as a hash, and how many days back. */
	source?: string;
	days?: number;
	/** Object to the day, counted since 1970, on which it was last listed. */
	seen?: Record<string, number>;
}

/** Absent until the trigger is activated. Each watch has its own: ids of one say nothing about another. */
export function memoryIn(place: IDataObject, watch: string): Memory | undefined {
	const memory: unknown = place[watch];
	return isMemory(memory) ? memory : undefined;
}

// Only this file writes there.
function isMemory(value: unknown): value is Memory {
	return isObject(value) && isObject(value.known);
}

export function beginMemory(place: IDataObject, watch: string): Memory {
	place[watch] = { known: {} };
	// Read back: n8n saves only what is changed through its own view of the data.
	const memory = memoryIn(place, watch);
	if (!memory) throw new TypeError('What was written can be read');
	return memory;
}

/**
 * The memory of what was listed, and whether it begins with it. Another account begins a new one: what is there is not
 * new. The same account may come with another key, so its objects are looked for first.
 * @throws what could not be read, when it begins: what is not seen now would be new later
 */
export function memoryFor(
	place: IDataObject,
	watch: string,
	{ source, events, unread }: Listing,
): { memory: Memory; isFirst: boolean } {
	const kept = memoryIn(place, watch);
	const isOther =
		kept?.source !== undefined &&
		kept.source !== source &&
		!events.some((event) => ownMember(kept.known, objectOf(event)) !== undefined);
	const isFirst = isOther || kept?.readAt === undefined;
	if (isFirst && unread) throw unread;
	const memory = kept && !isOther ? kept : beginMemory(place, watch);
	memory.source = source;
	return { memory, isFirst };
}

/** The lowest id, as far as there are any. */
export function lowest(events: readonly ProviderEvent[]): string | undefined {
	const ids = events.map(({ id }) => textOf(id)).filter((id) => id !== undefined);
	return ids.reduce<string | undefined>(
		(least, id) => (least && !isLower(id, least) ? least : id),
		undefined,
	);
}

/** Pages end elsewhere at each poll, so that rows from before the start come into sight: these are remembered only. */
export function withoutEarlier(memory: Memory, events: readonly ProviderEvent[]): readonly ProviderEvent[] {
	const { known, floor } = memory;
	if (floor === undefined) return events;
	return events.filter((event) => {
		const id = textOf(event.id);
		const isEarlier = id !== undefined && isLower(id, floor) && known[objectOf(event)] === undefined;
		if (isEarlier) known[objectOf(event)] = event.eventId;
		return !isEarlier;
	});
}

/** More days bring objects into sight that are older than all before: they are not new. */
export function rememberOlder(
	{ known }: Memory,
	wide: readonly ProviderEvent[],
	narrow: readonly ProviderEvent[],
): void {
	const listed = new Set(narrow.map(objectOf));
	for (const event of wide) if (!listed.has(objectOf(event))) known[objectOf(event)] ??= event.eventId;
}

/** What an event is about, whatever its state. */
export function objectOf({ kind, id, reference }: ProviderEvent): string {
	return `${textOf(kind) ?? ''} ${textOf(id) ?? textOf(reference) ?? ''}`;
}

/** What cannot be shown to be later counts as earlier: nothing older than the activation is emitted as new. */
export function earlierThan(since: number | undefined): (event: ProviderEvent) => boolean {
	return ({ updatedAt, createdAt }) => {
		const time = Date.parse(textOf(updatedAt) ?? textOf(createdAt) ?? '');
		return since === undefined || Number.isNaN(time) || time < since;
	};
}

/** What was not listed for so much longer than it is listed is too old to be listed again. */
const SPARE_DAYS = 30;

/** A reference may be taken out and put in again at any time; people name few. */
const NAMED_DAYS = 400;

/**
 * Keeps the memory from growing for ever: n8n writes all of it at each event.
 * @param now unix milliseconds
 */
export function forgetOld(memory: Memory, { events, isNamed, days }: Listing, now: number): void {
	const most = isNamed ? NAMED_DAYS : days + SPARE_DAYS;
	const today = Math.floor(now / DAY_MS);
	memory.seen ??= {};
	const { seen } = memory;
	for (const event of events) seen[objectOf(event)] = today;
	for (const object of Object.keys(memory.known)) {
		// Known, but not listed at the moment: its time runs from now.
		const last = (seen[object] ??= today);
		if (today - last <= most) continue;
		delete memory.known[object];
		delete seen[object];
	}
}
