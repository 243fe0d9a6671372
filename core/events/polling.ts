import {
	NodeApiError,
	type CronExpression,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { clock } from '../clock';
import { choicesIn, passes, type ProviderEvent } from './event';
import {
	beginMemory,
	earlierThan,
	forgetOld,
	lowest,
	memoryFor,
	memoryIn,
	objectOf,
	rememberOlder,
	withoutEarlier,
	type Memory,
} from './pollingMemory';
import type { Provider } from '../provider/provider';
import { listEvents, NotListed, type Listing, type Watch } from './watching';

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
	const days = Math.max(1, Number(this.getNodeParameter('days', 7)));
	const look = (readAt?: number, back = days) => listEvents(this, provider, watch, { readAt, days: back });
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
			const kept = memoryIn(place, chosen);
			// Read before: what is made meanwhile is new.
			const wide = kept?.days !== undefined && kept.days < days ? await look(kept.readAt, days) : undefined;
			const listing = await look(kept?.readAt, wide ? kept?.days : days);
			const { memory, isFirst } = memoryFor(place, chosen, listing);
			const { events } = listing;
			emitChanges(
				this,
				memory,
				underWay,
				isFirst ? begin(this, watch, memory, events) : withoutEarlier(memory, events),
			);
			if (wide) rememberOlder(memory, wide.events, events);
			if (!wide?.unread) memory.days = days;
			if (!listing.unread) {
				forgetOld(memory, listing, asked);
				memory.readAt = asked;
			}
			for (const cause of [listing.unread, listing.cut]) if (cause) report(this, provider, cause);
		} catch (cause) {
			report(this, provider, cause);
		} finally {
			isRunning = false;
		}
	};
	const activated = clock.now();
	await tick();
	// Without an answer it is not known what was there before; what is dated later was not.
	if (!memoryIn(place, chosen)) beginMemory(place, chosen).since = activated;
	this.helpers.registerCron({ expression: cron(this) }, () => void tick());
	return {};
}

function cron(node: ITriggerFunctions): CronExpression {
	const every = Math.max(1, Math.floor(Number(node.getNodeParameter('every', 1))));
	switch (String(node.getNodeParameter('unit', 'minutes'))) {
		case 'seconds':
			return `*/${Math.min(59, every)} * * * * *`;
		case 'hours':
			return `0 0 */${Math.min(23, every)} * * *`;
		default:
			return `0 */${Math.min(59, every)} * * * *`;
	}
}

/** What is there at the start is not new, unless the user asks for it. @returns what is */
function begin(
	node: ITriggerFunctions,
	watch: Watch,
	memory: Memory,
	events: readonly ProviderEvent[],
): readonly ProviderEvent[] {
	const floor = watch.madeBy ? lowest(events) : undefined;
	if (floor !== undefined) memory.floor = floor;
	if (node.getNodeParameter('emitExisting', false) === true) return events;
	const isEarlier = earlierThan(memory.since);
	for (const event of events.filter(isEarlier)) memory.known[objectOf(event)] = event.eventId;
	return events.filter((event) => !isEarlier(event));
}

function emitChanges(
	node: ITriggerFunctions,
	memory: Memory,
	underWay: Set<string>,
	events: readonly ProviderEvent[],
): void {
	const filter = { events: [], statuses: choicesIn(node.getNodeParameter('statuses', [])) };
	for (const event of events) {
		const object = objectOf(event);
		if (memory.known[object] === event.eventId || underWay.has(event.eventId)) continue;
		if (!passes(event, filter)) {
			memory.known[object] = event.eventId;
			continue;
		}
		underWay.add(event.eventId);
		const done = deferred(
			// Executed, or refused by n8n as executed before: both times it is seen.
			() => {
				memory.known[object] = event.eventId;
				underWay.delete(event.eventId);
			},
			// n8n could not store it, e.g. because its database is down: the next poll emits it again.
			() => underWay.delete(event.eventId),
		);
		node.emit([[{ json: event }]], undefined, done, deduplicationKey(node, event));
	}
}

/** What n8n settles when the execution of an emitted event has ended, was refused as a second one, or never began. */
type Done = NonNullable<Parameters<ITriggerFunctions['emit']>[2]>;

function deferred(seen: () => void, notStored: () => void): Done {
	let ends: Pick<Done, 'resolve' | 'reject'> | undefined;
	const promise: Done['promise'] = new Promise((resolve, reject) => {
		ends = { resolve, reject };
	});
	if (!ends) throw new TypeError('A promise runs its executor at once');
	promise.then(seen, (cause: unknown) => (isCancelled(cause) ? seen() : notStored()));
	return { promise, ...ends };
}

/** Somebody, a time limit or a shutdown has ended an execution that had begun: it is not for the trigger to begin it anew. */
function isCancelled(cause: unknown): boolean {
	return cause instanceof Error && cause.message.startsWith('The execution was cancelled');
}

/** Unique in n8n's whole database, and at most 255 characters. */
function deduplicationKey(node: ITriggerFunctions, { eventId }: ProviderEvent): string {
	return `${node.getWorkflow().id ?? ''} ${node.getNode().id} ${eventId}`.slice(-255);
}

/** The editor's test: the newest object, as an event. */
async function showNewest(node: ITriggerFunctions, look: () => Promise<Listing>): Promise<void> {
	const { events, unread } = await look();
	if (unread) throw unread;
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
