import type { ITriggerFunctions } from 'n8n-workflow';
import { clock } from '../clock';
import { providerEvent, type EventName, type ProviderEvent } from './event';
import { at, isObject, textOf, type Json, type JsonObject, type WritableObject } from '../exact/json';
import { unread, type Message } from '../messages';
import { findOperation, type Operation } from '../row/operation';
import type { Provider } from '../provider';
import { objectIn, readPages, saysAbsent, type Reading } from '../reads/reading';
import { requestFor } from '../wire/request';
import { readFrom, type Caller } from '../wire/run';

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

const DAY_MS = 24 * 60 * 60 * 1000;
const TIMEOUT_MS = 30_000;
/** Rows of one poll. Whoever has more narrows the days. */
const MOST_ROWS = 10_000;

/** All watched objects as events, oldest first as far as the provider tells. */
export async function listEvents(
	node: ITriggerFunctions,
	provider: Provider,
	watch: Watch,
	readAt?: number,
): Promise<ProviderEvent[]> {
	const operation = findOperation(provider.resources, watch.operation);
	if (!operation) throw new TypeError(`No operation ${watch.operation}`);
	const account = provider.account(await node.getCredentials(provider.credential));
	const days = Math.max(1, Number(node.getNodeParameter('days', 7)));
	const to = clock.now();
	// What changed while n8n was down must not grow too old meanwhile.
	const from = Math.min(to, readAt ?? to) - days * DAY_MS;
	const references = String(node.getNodeParameter('references', ''))
		.split(',')
		.map((text) => text.trim())
		.filter((text) => text !== '');
	const events: ProviderEvent[] = [];
	for (const values of watch.reads({ from, to }, references)) {
		const narrowed = { ...filled(node, watch.filters), ...values };
		const rows = await readRows(
			{ node, provider, account },
			operation,
			narrowed,
			watch.madeBy ? endBefore(operation, watch.madeBy, from) : () => false,
		);
		events.push(...rows.map((row) => eventOf(provider, operation, watch.event, row)));
	}
	return events.sort((one, other) => timeOf(one).localeCompare(timeOf(other)) || byId(one, other));
}

function byId(one: ProviderEvent, other: ProviderEvent): number {
	const [first, second] = [textOf(one.id), textOf(other.id)];
	if (first === undefined || second === undefined || first === second) return 0;
	return isLower(first, second) ? -1 : 1;
}

function filled(node: ITriggerFunctions, filters: Watch['filters'] = {}): WritableObject {
	const values = Object.entries(filters).map(([parameter, field]): [string, string] => [
		parameter,
		String(node.getNodeParameter(field, '')).trim(),
	]);
	return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/**
 * Whether a page ends the reading: newest first is not believed but seen, in ids that fall from row to row.
 * @param madeBy the latest time at which a row can have been made, unix milliseconds
 */
export function endBefore(
	{ returns }: Operation,
	madeBy: (row: JsonObject) => number | undefined,
	from: number,
): (page: readonly Json[]) => boolean {
	const unique = 'page' in returns ? returns.page?.unique : undefined;
	if (unique === undefined) return () => false;
	let isFalling = true;
	let before: string | undefined;
	return (page: readonly Json[]) => {
		for (const row of page) {
			const id = textOf(at(row, unique));
			if (id === undefined || (before !== undefined && !isLower(id, before))) isFalling = false;
			before = id;
		}
		return isFalling && page.every((row) => isObject(row) && (madeBy(row) ?? Infinity) < from);
	};
}

function timeOf({ updatedAt, updatedAtLocal, createdAt, createdAtLocal }: ProviderEvent): string {
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

async function readRows(
	caller: Caller,
	operation: Operation,
	values: WritableObject,
	isEnough: (rows: readonly Json[]) => boolean,
): Promise<JsonObject[]> {
	const { provider, account } = caller;
	const ask = (more: WritableObject) =>
		readFrom(caller, operation, requestFor(provider, account, operation, { ...values, ...more }), TIMEOUT_MS);
	const { rows, reading } = await readAny(operation, ask, isEnough);
	if (!reading) return rows.filter(isObject);
	// What was asked for one by one may be gone.
	const isGone = reading.state === 'refused' && saysAbsent(reading);
	if (isGone && !('list' in operation.returns)) return [];
	const subject = { provider, operation, reference: undefined, account };
	throw new NotListed(unread(reading, subject));
}

async function readAny(
	operation: Operation,
	ask: (values: WritableObject) => Promise<Reading>,
	isEnough: (rows: readonly Json[]) => boolean,
) {
	if ('list' in operation.returns) return await readPages(operation, MOST_ROWS, ask, isEnough);
	const reading = await ask({});
	if (reading.state !== 'read') return { rows: [], reading };
	return { rows: [objectIn(reading.data, operation) ?? null] };
}

/** A poll that found no answer; the next one tries again. */
export class NotListed extends Error {
	readonly nextStep: string;

	constructor({ message, nextStep }: Message) {
		super(message);
		this.name = 'NotListed';
		this.nextStep = nextStep;
	}
}

/** Ids are whole numbers, often beyond what a number holds. */
export function isLower(one: string, other: string): boolean {
	return one.length === other.length ? one < other : one.length < other.length;
}
