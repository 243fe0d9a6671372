import {
	NodeApiError,
	type CronExpression,
	type IDataObject,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { clock } from './clock';
import { passes, providerEvent, type EventName, type ProviderEvent } from './event';
import { at, isObject, textOf, type JsonObject, type WritableObject } from './json';
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
}

/** What the trigger remembers; n8n keeps it with the workflow. Object to the event that was executed last. */
interface Memory {
	known: Record<string, string>;
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
	const look = () => listEvents(this, provider, watch);
	if (this.getMode() === 'manual') return { manualTriggerFunction: () => showNewest(this, look) };

	const place = this.getWorkflowStaticData('node');
	const underWay = new Set<string>();
	let isRunning = false;
	const tick = async () => {
		// A slow provider must not be asked twice at once.
		if (isRunning) return;
		isRunning = true;
		try {
			const events = await look();
			const memory = memoryIn(place);
			if (memory) emitChanges(this, memory, underWay, events);
			else begin(this, place, underWay, events);
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

/** Absent until the first poll that was answered. */
function memoryIn(place: IDataObject): Memory | undefined {
	const known: unknown = place.known;
	return isKnown(known) ? { known } : undefined;
}

// Only this file writes there.
function isKnown(value: unknown): value is Memory['known'] {
	return isObject(value);
}

/** What is there at the start is not new, unless the user asks for it. */
function begin(
	node: ITriggerFunctions,
	place: IDataObject,
	underWay: Set<string>,
	events: readonly ProviderEvent[],
): void {
	place.known = {};
	// Read back: n8n saves only what is changed through its own view of the data.
	const memory = memoryIn(place);
	if (!memory) return;
	if (node.getNodeParameter('emitExisting', false) === true) emitChanges(node, memory, underWay, events);
	else for (const event of events) memory.known[objectOf(event)] = event.eventId;
}

/** All watched objects as events, oldest first as far as the provider tells. */
async function listEvents(
	node: ITriggerFunctions,
	provider: Provider,
	watch: Watch,
): Promise<ProviderEvent[]> {
	const operation = findOperation(provider.resources, watch.operation);
	if (!operation) throw new TypeError(`No operation ${watch.operation}`);
	const account = provider.account(await node.getCredentials(provider.credential));
	const days = Math.max(1, Number(node.getNodeParameter('days', 7)));
	const to = clock.now();
	const references = String(node.getNodeParameter('references', ''))
		.split(',')
		.map((text) => text.trim())
		.filter((text) => text !== '');
	const events: ProviderEvent[] = [];
	for (const values of watch.reads({ from: to - days * DAY_MS, to }, references)) {
		const rows = await readRows({ node, provider, account }, operation, values);
		events.push(...rows.map((row) => eventOf(provider, operation, watch.event, row)));
	}
	return events.sort((one, other) => timeOf(one).localeCompare(timeOf(other)));
}

function timeOf({ updatedAt, updatedAtLocal, createdAt, createdAtLocal }: ProviderEvent): string {
	return textOf(updatedAt ?? updatedAtLocal ?? createdAt ?? createdAtLocal) ?? '';
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

async function readRows(caller: Caller, operation: Operation, values: WritableObject): Promise<JsonObject[]> {
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
	const { rows, reading } = await readAny(operation, ask);
	if (!reading) return rows.filter(isObject);
	const code = reading.state === 'refused' ? reading.code : undefined;
	// What was asked for one by one may be gone.
	const isGone = reading.state === 'refused' && reading.meaning === undefined;
	if (isGone && !('list' in operation.returns)) return [];
	throw new NotListed(unread(reading.reason, { provider, operation, reference: undefined, account }, code));
}

async function readAny(operation: Operation, ask: (values: WritableObject) => Promise<Reading>) {
	if ('list' in operation.returns) return await readPages(operation, MOST_ROWS, ask);
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
