import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { isObject, textOf } from '../exact/json';
import { DAY_MS } from '../exact/time';

/** What the trigger remembers of a watch. n8n keeps it, as the cursor of the node or with the workflow. */
export interface Memory {
	/** The edition of this format, and of the eventIds in it. */
	format: 2;
	/** Names the account whose objects these are, as a hash. Absent until it has answered. */
	source?: string;
	/** By object: `kind id`. */
	known: Record<string, Known>;
	/** By what was asked: a reference, or `list`. */
	asked: Record<string, Asked>;
	/** When the first edition of the package polled last: until there is an answer, what is dated later is new. */
	before?: number;
	/** When the poll began that was remembered last; unix milliseconds, as all times here. */
	polledAt: number;
	/** When the provider last answered everything. After a stop the days count from here. */
	readAt?: number;
	/** Where a list is not read to its end: the lowest id of the first poll. What is below was there before. */
	floor?: string;
	/** What narrowed the last poll. */
	days?: number;
	filters?: Record<string, string>;
	statuses?: string[];
}

/** An object, and its state that was handed to n8n last. */
export interface Known {
	/** The event's eventId, without the number of a state that came again. */
	last: string;
	/** How often it was in each state, by the end of the eventId; absent while it has had one state only. */
	times?: Record<string, number>;
	/** The day, counted since 1970, on which it was last listed. */
	day: number;
}

export interface Asked {
	/** What is dated later is new, as long as there was no answer. */
	since: number;
	/** When it was asked for last. */
	at: number;
	/** Whether there was an answer: what it had is known. */
	isBegun?: boolean;
	/** The first answer was not whole: an unknown object that was made before `since` was there before. */
	isPartial?: boolean;
	/** For times without a zone: the latest time of creation in that answer. */
	newest?: string;
}

/** Where a memory is kept. */
export interface Place {
	memory: Memory | undefined;
	/** Whether n8n stores it together with the execution that it begins. */
	isDurable: boolean;
	keep(memory: Memory): void;
}

const PACKAGE = 'n8n-nodes-otc-payouts';

/**
 * The memory goes by the node's ID, so that renaming loses nothing: n8n's durable cursor does so by itself; else it is
 * in the static data of the workflow, because that of the node goes by its name.
 */
export function placeOf(node: IPollFunctions, watch: string): Place {
	const own = node.getWorkflowStaticData('node');
	const shared = node.getWorkflowStaticData('global');
	const { id } = node.getNode();
	const isDurable = !isStaticData(own);
	const kept = memoryIn(own, watch);
	const shareOf = () => objectAt(objectAt(shared, PACKAGE), id);
	const withWorkflow = memoryIn(shareOf(), watch) ?? firstEdition(own[watch]);
	const share = (memory: Memory) => {
		shared[PACKAGE] = { ...objectAt(shared, PACKAGE), [id]: { ...shareOf(), [watch]: memory } };
	};
	return {
		memory: isDurable ? (kept ?? withWorkflow) : (withWorkflow ?? kept),
		isDurable,
		keep: (memory) => {
			const plain: Memory = JSON.parse(JSON.stringify(memory));
			// n8n keeps no cursor of the poll at publication; this it keeps.
			if (!isDurable || !kept) share(plain);
			if (isDurable) own[watch] = { ...plain };
			else if (watch in own) delete own[watch];
		},
	};
}

/** n8n marks static data, which it saves with the workflow; a durable cursor is a plain object. */
function isStaticData(data: IDataObject): boolean {
	return '__dataChanged' in data;
}

function objectAt(data: IDataObject, key: string): IDataObject {
	const value = data[key];
	return isObject(value) ? value : {};
}

/** A copy: what a poll finds out counts only when it is kept. */
function memoryIn(data: IDataObject, watch: string): Memory | undefined {
	const memory: unknown = data[watch];
	return isMemory(memory) ? JSON.parse(JSON.stringify(memory)) : undefined;
}

// Only this file writes there.
function isMemory(value: unknown): value is Memory {
	return isObject(value) && value.format === 2 && isObject(value.known) && isObject(value.asked);
}

/**
 * What is left of the memory of a workflow that was saved with the first edition. That one named the states otherwise, so
 * they cannot be compared: what is dated later than its last poll is new, as after a first answer that came late.
 */
function firstEdition(value: unknown): Memory | undefined {
	if (!isObject(value) || !isObject(value.known) || value.format !== undefined) return undefined;
	const { floor, readAt, since } = value;
	const before = number(readAt) ?? number(since);
	if (before === undefined) return undefined;
	const lowest = textOf(floor);
	return {
		format: 2,
		known: {},
		asked: {},
		before,
		polledAt: before,
		...(lowest !== undefined && { floor: lowest }),
	};
}

function number(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

/** The day of a time in unix milliseconds, counted since 1970. */
export function dayAt(time: number): number {
	return Math.floor(time / DAY_MS);
}

/** What was not listed for so much longer than it is listed is too old to be listed again. */
const SPARE_DAYS = 30;
/** A reference may be taken out and put in again at any time; people name few. */
const NAMED_DAYS = 400;

/** Keeps the memory from growing for ever: n8n writes all of it at each event. */
export function forgetOld(memory: Memory, isNamed: boolean, days: number, now: number): void {
	const oldest = dayAt(now) - (isNamed ? NAMED_DAYS : days + SPARE_DAYS);
	for (const [object, { day }] of Object.entries(memory.known)) {
		if (day < oldest) delete memory.known[object];
	}
	for (const [name, { at }] of Object.entries(memory.asked)) {
		if (at > 0 && dayAt(at) < oldest) delete memory.asked[name];
	}
}
