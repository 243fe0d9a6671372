import type { IPollFunctions } from 'n8n-workflow';
import { clock } from '../clock';
import { sha256 } from '../exact/hash';
import { isObject, type Json, type JsonObject, textOf, type WritableObject } from '../exact/json';
import { DAY_MS } from '../exact/time';
import { unread } from '../items/messages';
import { findOperation, type Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { type Caller, readFrom } from '../wire/asking';
import { endBefore, hasList, objectIn, readPages } from '../wire/pages';
import { type Reading, saysAbsent } from '../wire/reading';
import { requestFor } from '../wire/request';
import { type EventName, eventsOf, type ProviderEvent } from './event';
import { cutShort, MAX_WATCHED_ROWS, noObject, notAsked, NotListed, tooMany } from './notListed';

/** Objects that a provider can list, or read one by one. A new or changed object becomes an event. */
export interface Watch {
	/** The event's name, the same as from a webhook of the provider. */
	event: EventName;
	/** `resource.operation` of a read. */
	operation: string;
	/**
	 * The parameters of each read.
	 * @param range when the watched objects were created, unix milliseconds
	 * @param references the user's entries in References, where the provider has no list; each gets a read
	 */
	reads(range: { from: number; to: number }, references: readonly string[]): WritableObject[];
	/** Parameters that narrow each read. The value names the trigger's field for it. An empty field narrows nothing. */
	filters?: Readonly<Record<string, string>>;
	/**
	 * For a list without a time range: the latest time at which a row can have been made, in unix milliseconds, in
	 * any time zone. The reading ends after a page with only older rows than the days asked for, if the ids of the
	 * pages fall. A row that was read is never left out for its time.
	 */
	madeBy?(row: JsonObject): number | undefined;
}

const WATCH_TIMEOUT_MS = 30_000;
/** After this many reads in a row without an answer, the poll asks for no more objects. */
const MAX_SILENT = 3;

/** The settings that narrow a watch: the trigger's own fields. */
export interface Extent {
	/** How many days old an object may be. */
	days: number;
	/** Parameters that narrow each read. */
	filters: Readonly<Record<string, string>>;
}

/** One question to the provider, and its result. */
export interface Read {
	/** The reference in question, or `list`. */
	name: string;
	events: readonly ProviderEvent[];
	/** Why there was no usable answer. The next poll asks again. */
	unread?: NotListed;
	/** Why there are more objects than were read. */
	cut?: NotListed;
	/** The answer had no list, not even an empty one. It does not prove that there are no objects. */
	isBare?: boolean;
}

/** The result of one poll. */
export interface Listing {
	reads: readonly Read[];
	/** References that were not asked for, for lack of time or because the provider is silent. The next poll asks. */
	waiting: readonly string[];
	/** Names the source of the answers: the account and its host. */
	source: string;
	/** Whether the objects were read one by one, by references that the user typed. */
	isNamed: boolean;
}

export interface Look extends Extent {
	/** When the provider was last read, in unix milliseconds. */
	readAt?: number | undefined;
	/** Unix milliseconds. After this time nothing more is asked. */
	deadline: number;
	/** When a reference was last asked for, in unix milliseconds. The reference that has waited longest comes first. */
	askedAt(name: string): number;
}

/** Reads all watched objects and gives them as events. */
export async function listEvents(
	node: IPollFunctions,
	provider: Provider,
	watch: Watch,
	{ readAt, days, filters, deadline, askedAt }: Look,
): Promise<Listing> {
	const operation = findOperation(provider.resources, watch.operation);
	if (!operation) throw new TypeError(`No operation ${watch.operation}`);
	const isNamed = !('list' in operation.returns);
	const references = isNamed ? namedIn(String(node.getNodeParameter('references', ''))) : [];
	references.sort((one, other) => askedAt(one) - askedAt(other));
	try {
		const account = provider.account(await node.getCredentials(provider.credential));
		const to = clock.now();
		// Objects that changed while n8n was down must still be within the range.
		const from = Math.min(to, readAt ?? to) - days * DAY_MS;
		const asking: Asking = {
			...{ caller: { node, provider, account }, operation, watch, filters },
			...{ range: { from, to }, deadline },
		};
		const reads = isNamed ? await readByName(asking, references) : [await readOnce(asking)];
		const waiting = references.slice(isNamed ? reads.length : 0);
		return { reads, waiting, source: sourceOf(account, operation), isNamed };
	} catch (cause) {
		const unread = notAsked(cause, provider);
		return { reads: [{ name: 'list', events: [], unread }], waiting: references, source: '', isNamed };
	}
}

async function readByName(asking: Asking, references: readonly string[]): Promise<Read[]> {
	const reads: Read[] = [];
	let silent = 0;
	for (const reference of references) {
		// The remaining references come first in the next poll.
		if (silent === MAX_SILENT || clock.now() >= asking.deadline) break;
		const read = await readOnce(asking, reference);
		reads.push(read);
		// One reference that cannot be read must not hide the others. But if the provider is down, it is not asked
		// for all of them.
		silent = read.unread?.isSilence ? silent + 1 : 0;
	}
	return reads;
}

function sourceOf(
	{ origin, id, onBehalfOf, parameters }: Account,
	{ wire: { fromAccount } = {} }: Operation,
): string {
	const places = Object.values(fromAccount ?? {}).map(({ parameter }) => parameters?.[parameter]);
	return sha256(JSON.stringify([origin, id, onBehalfOf, places]));
}

/** Each reference in a text with commas, once. */
function namedIn(text: string): string[] {
	const names = text.split(',').map((name) => name.trim());
	return [...new Set(names)].filter((name) => name !== '');
}

/** The parameters with which the user narrows a watch. */
export function filtersOf(node: IPollFunctions, filters: Watch['filters'] = {}): Record<string, string> {
	const values = Object.entries(filters).map(([parameter, field]): [string, string] => [
		parameter,
		String(node.getNodeParameter(field, '')).trim(),
	]);
	return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

interface Asking {
	caller: Caller;
	operation: Operation;
	watch: Watch;
	filters: Extent['filters'];
	/** When the objects may have been created, in unix milliseconds. */
	range: { from: number; to: number };
	deadline: number;
}

/** Never throws, because a reference that cannot be asked for must not hide the others. */
async function readOnce(asking: Asking, reference?: string): Promise<Read> {
	const name = reference ?? 'list';
	try {
		const { watch, filters, range } = asking;
		const [values] = watch.reads(range, reference === undefined ? [] : [reference]);
		return await readWith(asking, { ...filters, ...values }, reference);
	} catch (cause) {
		return { name, events: [], unread: notAsked(cause, asking.caller.provider) };
	}
}

async function readWith(asking: Asking, values: WritableObject, reference?: string): Promise<Read> {
	const { caller, operation, watch } = asking;
	const { provider, account } = caller;
	const name = reference ?? 'list';
	const { rows, reading, short, isBare = false } = await readRows(asking, values);
	// An object with a known name may have been deleted.
	if (reference !== undefined && reading?.state === 'refused' && saysAbsent(reading))
		return { name, events: [] };
	if (reading) {
		const told = unread(reading, { provider, operation, reference, account });
		return { name, events: [], unread: new NotListed(told, reading.state === 'unclear') };
	}
	// The reference as it was sent. `007` may be sent as 7.
	const asked = reference === undefined ? undefined : String(Object.values(values)[0]);
	const events = rows
		.slice(0, MAX_WATCHED_ROWS)
		.filter(isObject)
		.flatMap((row) => eventsOf(provider, operation.returns.kind ?? '', watch.event, row))
		.filter((event) => isSought(event, asked));
	if (events.length === 0 && (rows.length > 0 || reference !== undefined))
		return { name, events, unread: noObject(provider, reference) };
	if (rows.length > MAX_WATCHED_ROWS) return { name, events, cut: tooMany(provider) };
	return { name, events, isBare, ...(short !== undefined && { cut: cutShort(provider, short) }) };
}

/**
 * Whether an event names its object. An event without ID and reference does not count. If one object was asked for,
 * the event must name that one.
 */
function isSought({ id, reference, batchReference }: ProviderEvent, asked: string | undefined): boolean {
	const all = [textOf(id), textOf(reference), textOf(batchReference)];
	const names = all.filter((name) => name !== undefined && name !== '');
	if (asked === undefined) return names.length > 0;
	return names.some((name) => name?.toLowerCase() === asked.toLowerCase());
}

interface Rows {
	rows: readonly Json[];
	/** Why there are no rows. */
	reading?: Exclude<Reading, { state: 'read' }>;
	/** Why rows are missing. */
	short?: string;
	/** No answer had a list. */
	isBare?: boolean;
}

/** The rows of one read. If there are too many, it gives one row more than a poll takes. */
async function readRows(
	{ caller, operation, watch, range, deadline }: Asking,
	values: WritableObject,
): Promise<Rows> {
	const { provider, account } = caller;
	const ask = async (more: WritableObject): Promise<Reading> => {
		const left = deadline - clock.now();
		if (left <= 0) return { state: 'unclear', reason: 'the time of one poll was over' };
		const request = requestFor(provider, account, operation, { ...values, ...more });
		const reading = await readFrom(caller, operation, request, Math.min(left, WATCH_TIMEOUT_MS), deadline);
		if (reading.state === 'read' && hasList(reading.data, operation)) isBare = false;
		return reading;
	};
	let isBare = true;
	if ('list' in operation.returns) {
		const isEnough = watch.madeBy ? endBefore(operation, watch.madeBy, range.from) : () => false;
		const { rows, reading, short } = await readPages(operation, MAX_WATCHED_ROWS + 1, ask, isEnough);
		if (!reading) return { rows, isBare, ...(short !== undefined && { short }) };
		// The rows that were read in time are used. The next poll would not read the others in time either.
		return rows.length > 0 && clock.now() >= deadline ? { rows, short: reading.reason } : { rows, reading };
	}
	const reading = await ask({});
	if (reading.state !== 'read') return { rows: [], reading };
	const found = objectIn(reading.data, operation);
	return { rows: found === undefined ? [] : [found] };
}
