import type { ITriggerFunctions } from 'n8n-workflow';
import { clock } from '../clock';
import { sha256 } from '../exact/hash';
import { isObject, type Json, type JsonObject, textOf, type WritableObject } from '../exact/json';
import { type Message, unread } from '../items/messages';
import { findOperation, type Operation } from '../provider/operation';
import type { Provider } from '../provider/provider';
import { type Caller, readFrom } from '../wire/asking';
import { endBefore, isLower, objectIn, readPages } from '../wire/pages';
import { type Reading, saysAbsent } from '../wire/reading';
import { requestFor } from '../wire/request';
import { type EventName, providerEvent, type ProviderEvent } from './event';
import { DAY_MS } from '../exact/time';

/** Something that a provider can list, or be asked about one by one: what is new or changed becomes an event. */
export interface Watch {
	/** The event's name, as a webhook of the provider calls it. */
	event: EventName;
	/** `resource.operation` of a read. */
	operation: string;
	/**
	 * The parameters of each read.
	 * @param range when the watched objects were created, unix milliseconds
	 * @param references what the user typed in References, where the provider has no list
	 */
	reads(range: { from: number; to: number }, references: readonly string[]): WritableObject[];
	/** Parameters that narrow each read, to the fields of the trigger that they are taken from where these are filled. */
	filters?: Readonly<Record<string, string>>;
	/**
	 * For a list that takes no range: the latest time at which a row can have been made, unix milliseconds, in whatever
	 * zone its time is meant. Reading ends after a page of rows older than the days asked for, if the ids of the pages
	 * fall; no row that was read is left out for its time.
	 */
	madeBy?(row: JsonObject): number | undefined;
}

const WATCH_TIMEOUT_MS = 30_000;
/** Rows of one poll. Whoever has more narrows the days. */
const MAX_WATCHED_ROWS = 10_000;
/** What is asked for one by one is not asked for any more after so many without an answer. */
const MAX_SILENT = 3;

/** What one poll has found. */
export interface Listing {
	/** Oldest first as far as the provider tells. */
	events: readonly ProviderEvent[];
	/** Names what was asked: the account, its host and what narrows the list. */
	source: string;
	/** Whether the objects were asked for one by one, by references that the user has typed. */
	isNamed: boolean;
	/** How many days were looked back. */
	days: number;
	/** Why a part could not be read: the next poll reads it again. */
	unread?: NotListed;
	/** More rows than a poll reads: the rest is not seen by the next one either. */
	cut?: NotListed;
}

/**
 * All watched objects as events.
 * @param readAt when it was read last, unix milliseconds
 * @param days how old an object may be
 */
export async function listEvents(
	node: ITriggerFunctions,
	provider: Provider,
	watch: Watch,
	{ readAt, days }: { readAt?: number | undefined; days: number },
): Promise<Listing> {
	const operation = findOperation(provider.resources, watch.operation);
	if (!operation) throw new TypeError(`No operation ${watch.operation}`);
	const account = provider.account(await node.getCredentials(provider.credential));
	const to = clock.now();
	// What changed while n8n was down must not grow too old meanwhile.
	const from = Math.min(to, readAt ?? to) - days * DAY_MS;
	const references = namedIn(String(node.getNodeParameter('references', '')));
	const events: ProviderEvent[] = [];
	const filters = filtersOf(node, watch.filters);
	const { origin, id, onBehalfOf, parameters } = account;
	const places = Object.values(operation.fromAccount ?? {}).map(({ parameter }) => parameters?.[parameter]);
	const source = sha256(JSON.stringify([origin, id, onBehalfOf, places, filters]));
	const listing: Listing = { events, source, days, isNamed: !('list' in operation.returns) };
	let silent = 0;
	for (const values of watch.reads({ from, to }, references)) {
		const narrowed = { ...filters, ...values };
		const { rows, unread: cause } = await readRows(
			{ node, provider, account },
			operation,
			narrowed,
			watch.madeBy ? endBefore(operation, watch.madeBy, from) : () => false,
		);
		events.push(
			...rows.slice(0, MAX_WATCHED_ROWS).map((row) => eventOf(provider, operation, watch.event, row)),
		);
		if (rows.length > MAX_WATCHED_ROWS) listing.cut = tooMany(provider);
		if (cause) listing.unread ??= cause;
		// One that cannot be read does not hide the others; a provider that is down is not asked for all of them.
		silent = cause?.isSilence ? silent + 1 : 0;
		if (silent === MAX_SILENT) break;
	}
	events.sort((one, other) => changedAt(one).localeCompare(changedAt(other)) || byId(one, other));
	return listing;
}

function tooMany({ displayName }: Provider): NotListed {
	const most = `${MAX_WATCHED_ROWS / 1000},000`;
	return new NotListed({
		message: `${displayName} lists more than ${most} objects for these days; one poll reads ${most}, and changes of the others are not seen.`,
		nextStep: 'Lower Days to Look Back.',
	});
}

/** Each reference of a text with commas, once. */
function namedIn(text: string): string[] {
	const names = text.split(',').map((name) => name.trim());
	return [...new Set(names)].filter((name) => name !== '');
}

function byId(one: ProviderEvent, other: ProviderEvent): number {
	const [first, second] = [textOf(one.id), textOf(other.id)];
	if (first === undefined || second === undefined || first === second) return 0;
	return isLower(first, second) ? -1 : 1;
}

function filtersOf(node: ITriggerFunctions, filters: Watch['filters'] = {}): WritableObject {
	const values = Object.entries(filters).map(([parameter, field]): [string, string] => [
		parameter,
		String(node.getNodeParameter(field, '')).trim(),
	]);
	return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

function changedAt({ updatedAt, updatedAtLocal, createdAt, createdAtLocal }: ProviderEvent): string {
	const times = [updatedAt, updatedAtLocal, createdAt, createdAtLocal];
	return times.map(textOf).find((text) => text !== undefined) ?? '';
}

function eventOf(
	provider: Provider,
	{ returns }: Operation,
	name: EventName,
	row: JsonObject,
): ProviderEvent {
	const record = provider.payment(returns.kind ?? '', row);
	return providerEvent(name, record, row, provider.eventVersion?.(record));
}

/** The rows of one read, one more than a poll takes where there are too many, and why there are not all. */
async function readRows(
	caller: Caller,
	operation: Operation,
	values: WritableObject,
	isEnough: (rows: readonly Json[]) => boolean,
): Promise<{ rows: JsonObject[]; unread?: NotListed }> {
	const { provider, account } = caller;
	const ask = (more: WritableObject) =>
		readFrom(
			caller,
			operation,
			requestFor(provider, account, operation, { ...values, ...more }),
			WATCH_TIMEOUT_MS,
		);
	const isList = 'list' in operation.returns;
	const { rows, reading } = await readAny(operation, ask, isEnough);
	const found = rows.filter(isObject);
	// What was asked for one by one may be gone.
	if (!reading || (!isList && reading.state === 'refused' && saysAbsent(reading))) return { rows: found };
	const [named] = isList ? [] : Object.values(values);
	const reference = named === undefined ? undefined : String(named);
	const told = unread(reading, { provider, operation, reference, account });
	return { rows: [], unread: new NotListed(told, reading.state === 'unclear') };
}

async function readAny(
	operation: Operation,
	ask: (values: WritableObject) => Promise<Reading>,
	isEnough: (rows: readonly Json[]) => boolean,
) {
	if ('list' in operation.returns) return await readPages(operation, MAX_WATCHED_ROWS + 1, ask, isEnough);
	const reading = await ask({});
	if (reading.state !== 'read') return { rows: [], reading };
	return { rows: [objectIn(reading.data, operation) ?? null] };
}

/** A poll that did not find everything; the next one tries again. */
export class NotListed extends Error {
	readonly nextStep: string;
	/** Whether there was no answer, rather than a refusal. */
	readonly isSilence: boolean;

	constructor({ message, nextStep }: Message, isSilence = false) {
		super(message);
		this.name = 'NotListed';
		this.nextStep = nextStep;
		this.isSilence = isSilence;
	}
}
