import {
	NodeApiError,
	type CronExpression,
	type IDataObject,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { clock } from './clock';
import { passes, providerEvent, type EventName, type ProviderEvent } from './event';
import { at, isObject, textOf, type Json, type JsonObject, type WritableObject } from './json';
import { unread, type Message } from './messages';
import { findOperation, type Operation } from './operation';
import type { Provider } from './provider';
import { readPages, type Reading } from './reading';
import { buildRequest } from './request';
import { readFrom, type Caller } from './run';

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

/** What the trigger remembers of a watch; n8n keeps it with the workflow. */
interface Memory {
	/** Object to the event that was executed last. */
	known: Record<string, string>;
	/** Where a list is not read to its end: the lowest id of the first poll. What is below was there before. */
	floor?: string;
	/** When the provider last answered. After a stop the days count from here. */
	readAt?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const TIMEOUT_MS = 30_000;
/** Rows of one poll. Whoever has more narrows the days. */
const MOST_ROWS = 10_000;

/**
 * Polls a provider for new and changed objects. Each change is executed once: n8n refuses a second execution under the
 * same key, and a change counts as seen only after its execution, so that nothing is lost in a crash.
 */
export async function poll(
	this: ITriggerFunctions,
	provider: Provider,
	watches: Readonly<Record<string, Watch>>,
): Promise<ITriggerResponse> {
	const chosen = String(this.getNodeParameter('watch', ''));
	const watch = watches[chosen];
	if (!watch) throw new TypeError(`${provider.displayName} has nothing called ${chosen} to watch`);
	const look = (readAt?: number) => listEvents(this, provider, watch, readAt);
	if (this.getMode() === 'manual') return { manualTriggerFunction: () => showNewest(this, look) };

	const place = this.getWorkflowStaticData('node');
	const underWay = new Set<string>();
	let isRunning = false;
	const tick = async () => {
		// A slow provider must not be asked twice at once.
		if (isRunning) return;
		isRunning = true;
		try {
			const asked = clock.now();
			const memory = memoryIn(place, chosen);
			const events = await look(memory?.readAt);
			if (memory) emitChanges(this, memory, underWay, withoutEarlier(memory, events));
			else begin(this, watch, beginMemory(place, chosen), underWay, events);
			const kept = memoryIn(place, chosen);
			if (kept) kept.readAt = asked;
		} catch (cause) {
			report(this, provider, cause);
		} finally {
			isRunning = false;
		}
	};
	await tick();
	this.helpers.registerCron({ expression: cron(this) }, () => void tick());
	return {};
}

function cron(node: ITriggerFunctions): CronExpression {
	const every = Math.max(1, Math.floor(Number(node.getNodeParameter('every', 1))));
	switch (node.getNodeParameter('unit', 'minutes')) {
		case 'seconds':
			return `*/${Math.min(59, every)} * * * * *`;
		case 'hours':
			return `0 0 */${Math.min(23, every)} * * *`;
		default:
			return `0 */${Math.min(59, every)} * * * *`;
	}
}

/** Absent until the first poll that was answered. Each watch has its own: ids of one say nothing about another. */
function memoryIn(place: IDataObject, watch: string): Memory | undefined {
	const memory: unknown = place[watch];
	return isMemory(memory) ? memory : undefined;
}

// Only this file writes there.
function isMemory(value: unknown): value is Memory {
	return isObject(value) && isObject(value.known);
}

function beginMemory(place: IDataObject, watch: string): Memory {
	place[watch] = { known: {} };
	// Read back: n8n saves only what is changed through its own view of the data.
	const memory = memoryIn(place, watch);
	if (!memory) throw new TypeError('What was written can be read');
	return memory;
}

/** What is there at the start is not new, unless the user asks for it. */
function begin(
	node: ITriggerFunctions,
	watch: Watch,
	memory: Memory,
	underWay: Set<string>,
	events: readonly ProviderEvent[],
): void {
	const floor = watch.madeBy ? lowest(events) : undefined;
	if (floor !== undefined) memory.floor = floor;
	if (node.getNodeParameter('emitExisting', false) === true) emitChanges(node, memory, underWay, events);
	else for (const event of events) memory.known[objectOf(event)] = event.eventId;
}

function lowest(events: readonly ProviderEvent[]): string | undefined {
	const ids = events.map(({ id }) => textOf(id)).filter((id) => id !== undefined);
	return ids.reduce<string | undefined>(
		(least, id) => (least && !isLower(id, least) ? least : id),
		undefined,
	);
}

/** Ids are whole numbers, often beyond what a number holds. */
function isLower(one: string, other: string): boolean {
	return one.length === other.length ? one < other : one.length < other.length;
}

/** Pages end elsewhere at each poll, so that rows from before the start come into sight: these are remembered only. */
function withoutEarlier(memory: Memory, events: readonly ProviderEvent[]): readonly ProviderEvent[] {
	const { known, floor } = memory;
	if (floor === undefined) return events;
	return events.filter((event) => {
		const id = textOf(event.id);
		const isEarlier = id !== undefined && isLower(id, floor) && known[objectOf(event)] === undefined;
		if (isEarlier) known[objectOf(event)] = event.eventId;
		return !isEarlier;
	});
}

/** All watched objects as events, oldest first as far as the provider tells. */
async function listEvents(
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
			endBefore(watch, operation, from),
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

/** Whether a page ends the reading: newest first is not believed but seen, in ids that fall from row to row. */
function endBefore({ madeBy }: Watch, { returns }: Operation, from: number) {
	const unique = 'page' in returns ? returns.page?.unique : undefined;
	if (!madeBy || unique === undefined) return () => false;
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
		readFrom(
			caller,
			operation,
			buildRequest(operation, {
				account,
				headers: provider.headers(operation, account),
				values: { ...operation.constants, ...values, ...more },
				files: [],
				boundary: '',
			}),
			TIMEOUT_MS,
		);
	const { rows, reading } = await readAny(operation, ask, isEnough);
	if (!reading) return rows.filter(isObject);
	const code = reading.state === 'refused' ? reading.code : undefined;
	// What was asked for one by one may be gone.
	const isGone = reading.state === 'refused' && reading.meaning === undefined;
	if (isGone && !('list' in operation.returns)) return [];
	const subject = { provider, operation, reference: undefined, account };
	throw new NotListed(unread(reading.reason, subject, code, reading.nextStep));
}

async function readAny(
	operation: Operation,
	ask: (values: WritableObject) => Promise<Reading>,
	isEnough: (rows: readonly Json[]) => boolean,
) {
	if ('list' in operation.returns) return await readPages(operation, MOST_ROWS, ask, isEnough);
	const reading = await ask({});
	if (reading.state !== 'read') return { rows: [], reading };
	const place = 'data' in operation.returns ? (operation.returns.data ?? '') : '';
	return { rows: [at(reading.data, place) ?? null] };
}

/** A poll that found no answer; the next one tries again. */
class NotListed extends Error {
	readonly nextStep: string;

	constructor({ message, nextStep }: Message) {
		super(message);
		this.name = 'NotListed';
		this.nextStep = nextStep;
	}
}

function objectOf({ kind, id, reference }: ProviderEvent): string {
	return `${textOf(kind) ?? ''} ${textOf(id) ?? textOf(reference) ?? ''}`;
}

function emitChanges(
	node: ITriggerFunctions,
	memory: Memory,
	underWay: Set<string>,
	events: readonly ProviderEvent[],
): void {
	const filter = { events: [], statuses: statusesOf(node) };
	for (const event of events) {
		const object = objectOf(event);
		if (memory.known[object] === event.eventId || underWay.has(event.eventId)) continue;
		if (!passes(event, filter)) {
			memory.known[object] = event.eventId;
			continue;
		}
		underWay.add(event.eventId);
		// Executed, or refused by n8n as executed before: both times it is seen.
		const done = deferred(() => {
			memory.known[object] = event.eventId;
			underWay.delete(event.eventId);
		});
		node.emit([[{ json: event }]], undefined, done, deduplicationKey(node, event));
	}
}

/** What n8n settles when the execution of an emitted event has ended, or was refused as a second one. */
type Done = NonNullable<Parameters<ITriggerFunctions['emit']>[2]>;

function deferred(settled: () => void): Done {
	let ends: Pick<Done, 'resolve' | 'reject'> | undefined;
	const promise: Done['promise'] = new Promise((resolve, reject) => {
		ends = { resolve, reject };
	});
	if (!ends) throw new TypeError('A promise runs its executor at once');
	promise.then(settled, settled);
	return { promise, ...ends };
}

/** Unique in n8n's whole database, and at most 255 characters. */
function deduplicationKey(node: ITriggerFunctions, { eventId }: ProviderEvent): string {
	return `${node.getWorkflow().id ?? ''} ${node.getNode().id} ${eventId}`.slice(-255);
}

function statusesOf(node: ITriggerFunctions): string[] {
	const value: unknown = node.getNodeParameter('statuses', []);
	return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** The editor's test: the newest object, as an event. */
async function showNewest(node: ITriggerFunctions, look: () => Promise<ProviderEvent[]>): Promise<void> {
	const events = await look();
	const newest = events[events.length - 1];
	node.emit([newest ? [{ json: newest }] : []]);
}

/** A poll that did not succeed is shown as a failed execution; the trigger goes on. */
function report(node: ITriggerFunctions, provider: Provider, cause: unknown): void {
	const message = cause instanceof Error ? cause.message : `${provider.displayName} could not be read`;
	const description = cause instanceof NotListed ? cause.nextStep : 'The next poll tries again.';
	node.logger.warn(message);
	node.saveFailedExecution?.(new NodeApiError(node.getNode(), {}, { message, description }));
}
