import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { isObject, textOf } from '../exact/json';
import { DAY_MS } from '../exact/time';

/** The trigger's memory of a watch. n8n stores it as the node's cursor or with the workflow. */
export interface Memory {
	/** The version of this format, and of the eventIds in it. */
	format: 2;
	/** A hash that names the account of these objects. Absent until that account has answered. */
	source?: string;
	/** The key is the object: `kind id`. */
	known: Record<string, KnownObject>;
	/** The key is the question: a reference, or `list`. */
	asked: Record<string, Asked>;
	/**
	 * When the first edition of the package last polled. Until the first answer, an object with a later date is new.
	 */
	before?: number;
	/** When the poll began that was stored last. This and all other times here are unix milliseconds. */
	polledAt: number;
	/** When the provider last answered every question. After n8n was down, the days count from this time. */
	readAt?: number;
	/**
	 * For a list that is not read to its end: the lowest id of the first poll. Objects with a lower one existed
	 * before.
	 */
	floor?: string;
	/** The settings that narrowed the last poll. */
	days?: number;
	filters?: Record<string, string>;
	statuses?: string[];
}

/** An object, and the last state of it that was given to n8n. */
export interface KnownObject {
	/** The eventId of that state, without the number for a repeated state. */
	last: string;
	/**
	 * How often the object was in each state. The key is the end of the eventId. Absent while it had only one state.
	 */
	times?: Record<string, number>;
	/** The day on which the object was last listed, counted since 1970. */
	day: number;
}

export interface Asked {
	/** Until the first answer, an object with a later date is new. */
	since: number;
	/** When this was last asked. */
	at: number;
	/** Whether there was an answer. Its objects are known. */
	isBegun?: boolean;
	/** The first answer was incomplete. An unknown object that was made before `since` is not new. */
	isPartial?: boolean;
	/** For times without a zone: the latest creation time in the first answer. */
	newest?: string;
}

/** Where a memory is kept. */
export interface Place {
	memory: Memory | undefined;
	/** Whether n8n stores the memory together with the execution that it starts. */
	isDurable: boolean;
	keep(memory: Memory): void;
}

const PACKAGE = 'n8n-nodes-otc-payouts';

/**
 * The key of the memory is the node's ID, so renaming the node loses nothing. n8n's durable cursor also goes by the
 * ID. Without that cursor, the memory is in the workflow's static data, because the node's own static data goes by
 * the node's name.
 */
export function memoryPlaceOf(node: IPollFunctions, watch: string): Place {
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
			// n8n does not store the cursor of the poll at publication, so the workflow keeps the memory then.
			if (!isDurable || !kept) share(plain);
			if (isDurable) own[watch] = { ...plain };
			else if (watch in own) delete own[watch];
		},
	};
}

/** Whether n8n saves the data with the workflow. n8n marks such static data; a durable cursor is a plain object. */
function isStaticData(data: IDataObject): boolean {
	return '__dataChanged' in data;
}

function objectAt(data: IDataObject, key: string): IDataObject {
	const value = data[key];
	return isObject(value) ? value : {};
}

/** A copy of the memory, because a poll's results count only when they are stored. */
function memoryIn(data: IDataObject, watch: string): Memory | undefined {
	const memory: unknown = data[watch];
	return isMemory(memory) ? JSON.parse(JSON.stringify(memory)) : undefined;
}

// Only this file writes to this place.
function isMemory(value: unknown): value is Memory {
	return isObject(value) && value.format === 2 && isObject(value.known) && isObject(value.asked);
}

/**
 * What remains of the memory of a workflow that was saved with the first edition of this package. Its eventIds had
 * another form, so they cannot be compared. An object that is dated later than its last poll is new, as after a first
 * answer that came late.
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

/** How many days longer an object is kept than it is listed. After that it is too old to be listed again. */
const SPARE_DAYS = 30;
/** A user may remove a reference and add it again at any time. People name few references, so they are kept long. */
const NAMED_DAYS = 400;

/** Removes old entries. The memory must not grow for ever, because n8n writes all of it at each event. */
export function forgetOld(memory: Memory, isNamed: boolean, days: number, now: number): void {
	const oldest = dayAt(now) - (isNamed ? NAMED_DAYS : days + SPARE_DAYS);
	for (const [object, { day }] of Object.entries(memory.known)) {
		if (day < oldest) delete memory.known[object];
	}
	for (const [name, { at }] of Object.entries(memory.asked)) {
		if (at > 0 && dayAt(at) < oldest) delete memory.asked[name];
	}
}
