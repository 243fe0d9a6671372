import type { IContextObject } from 'n8n-workflow';
import type { Run } from '../items/run';
import { sha256 } from '../exact/hash';
import { isObject, isRecord, type Json } from '../exact/json';
import type { Applied, Made, Outcome } from '../items/outcome';
import { Refusal } from '../refusal';

/** What this execution remembers about one request. */
export interface Attempt {
	/** `sending` is written before the request leaves. A later run that finds it knows that a send was cut off. */
	state: 'sending' | Outcome['state'];
	fingerprint: string;
	outcome?: Outcome;
	/**
	 * The execution that made the object: it found nothing before it sent, or its own send was answered. Absent where
	 * another execution may have made the object.
	 */
	madeBy?: string;
}

export interface Attempts {
	recall(key: string): Attempt | undefined;
	/** @param isFirst whether the provider was asked before and had nothing */
	sending(key: string, fingerprint: string, isFirst?: boolean): void;
	/** @param isAnswered whether the outcome comes from the answer to the send itself */
	keep(key: string, fingerprint: string, outcome: Outcome, isAnswered?: boolean): Outcome;
	/**
	 * Finds out whether an earlier try sent the item at this place as another request. If so, it returns that
	 * request, because sending the item again would pay it twice. A refused request does not count. Otherwise the
	 * place is reserved for this request.
	 */
	sentAs(place: string, key: string, reference: string | undefined): SentAs | undefined;
	/** The request that an earlier try sent for the item at this place. A refused request does not count. */
	sentAt(place: string): SentAs | undefined;
	/**
	 * Takes an approval for a request. One approval allows one send. Another request of this execution may take it
	 * only if the first one was not carried out.
	 */
	takesApproval(approvalHash: string, key: string): boolean;
	/** The payments that were applied, as far as their answers are kept. */
	applied(): Applied[];
	/** The values that the node made for a request: those of an earlier try, or new ones. */
	made(key: string, make: () => Made): Made;
	/** Runs after all earlier calls for the same key in this execution. */
	inTurn<Result>(key: string, run: () => Promise<Result>): Promise<Result>;
}

/** A run that sends. It has the memory of what this execution sent. */
export interface SendingRun extends Run {
	attempts: Attempts;
}

/** The key of the memory in the node's context, and its format. The node does not guess at another format. */
const PLACE = 'otcPayouts';
const FORMAT = 2;

/** The part that is saved with the execution. Its keys are hashes, except for the places of the items. */
interface Saved {
	format: typeof FORMAT;
	attempts: Record<string, Attempt>;
	made: Record<string, Made>;
	places: Record<string, SentAs>;
	/** For each approval, the hash of the key of the request that took it. */
	approvals: Record<string, string>;
}

/** The request that was sent for the item at a place: the hash of its key, and the reference for a person to read. */
interface SentAs {
	hash: string;
	reference?: string;
}

/**
 * The memory of attempts. n8n saves the node's context with the execution, so the memory survives Retry On Fail and
 * the editor's Retry of a failed execution. It does not survive a crash, and a new execution starts with an empty
 * one.
 * @param execution the id of the running execution; a Retry has another id than the execution that it retries
 * @param unkept members of an answer that are never saved, e.g. the key of a gift card
 * @throws Refusal for the memory of another version of the package, because the node would send again what that
 * version has sent
 */
export function attemptsOf(
	context: IContextObject,
	execution = '',
	unkept: readonly string[] = [],
): Attempts {
	// Keys are hashed, because a reference may be any text, even `__proto__`. The last hash is kept, because the same
	// key is used several times in a row.
	let latest = { key: '', hash: sha256('') };
	const hashOf = (key: string) => {
		if (key !== latest.key) latest = { key, hash: sha256(key) };
		return latest.hash;
	};
	const { attempts: entries, made, places, approvals } = savedIn(context);
	const sentAt = (place: string) => {
		const earlier = places[place];
		const entry = earlier && entries[earlier.hash];
		return entry && entry.state !== 'rejected' ? earlier : undefined;
	};
	return {
		recall: (key) => entries[hashOf(key)],
		sending: (key, fingerprint, isFirst = false) => {
			entries[hashOf(key)] = {
				state: 'sending',
				fingerprint,
				...(isFirst ? { madeBy: execution } : {}),
			};
		},
		keep: (key, fingerprint, outcome, isAnswered = false) => {
			const isFound = outcome.state === 'applied' && outcome.replayed === true;
			const madeBy = isAnswered ? execution : entries[hashOf(key)]?.madeBy;
			entries[hashOf(key)] = {
				state: outcome.state,
				fingerprint,
				outcome: withoutUnkept(outcome, unkept),
				...(isFound || madeBy === undefined ? {} : { madeBy }),
			};
			return outcome;
		},
		sentAt,
		sentAs: (place, key, reference) => {
			const hash = hashOf(key);
			const earlier = sentAt(place);
			if (earlier && earlier.hash !== hash) return earlier;
			places[place] = { hash, ...(reference === undefined ? {} : { reference }) };
			return undefined;
		},
		takesApproval: (approvalHash, key) => {
			const holder = approvals[approvalHash];
			const isFree = holder === undefined || entries[holder]?.state === 'rejected';
			if (isFree) approvals[approvalHash] = hashOf(key);
			return isFree || holder === hashOf(key);
		},
		applied: () =>
			Object.values(entries).flatMap(({ outcome }) => (outcome?.state === 'applied' ? [outcome] : [])),
		made: (key, make) => {
			const values = made[hashOf(key)] ?? make();
			made[hashOf(key)] = values;
			return values;
		},
		inTurn: (key, run) => takeTurn(entries, key, run),
	};
}

/** The last call of each queue. The outer key is the memory, and only a running execution has queues. */
const queues = new WeakMap<object, Map<string, Promise<unknown>>>();

async function takeTurn<Result>(owner: object, key: string, run: () => Promise<Result>): Promise<Result> {
	const queue = queues.get(owner) ?? new Map<string, Promise<unknown>>();
	queues.set(owner, queue);
	const earlier = queue.get(key);
	const turn = earlier ? earlier.then(run, run) : run();
	queue.set(key, turn);
	try {
		return await turn;
	} finally {
		if (queue.get(key) === turn) queue.delete(key);
	}
}

function savedIn(context: IContextObject): Saved {
	const held: unknown = context[PLACE];
	if (isSaved(held)) return held;
	const isEmpty = held === undefined || (isRecord(held) && Object.keys(held).length === 0);
	if (!isEmpty) {
		throw new Refusal(
			'Another version of this package has begun this execution, and what it has sent cannot be read',
			'Money may have moved then. Find out what became of each payment, and start a new execution for those that were not made',
		);
	}
	const fresh: Saved = { format: FORMAT, attempts: {}, made: {}, places: {}, approvals: {} };
	context[PLACE] = fresh;
	return fresh;
}

// Only this file writes to this place.
function isSaved(held: unknown): held is Saved {
	return isRecord(held) && held.format === FORMAT;
}

/** The outcome in the form that may be saved. The members are removed at every depth. */
function withoutUnkept(outcome: Outcome, unkept: readonly string[]): Outcome {
	if (outcome.state !== 'applied' || unkept.length === 0) return outcome;
	return { ...outcome, data: withoutMembers(outcome.data, unkept) };
}

function withoutMembers(value: Json, names: readonly string[]): Json {
	if (Array.isArray(value)) return value.map((one) => withoutMembers(one, names));
	if (!isObject(value)) return value;
	const kept = Object.entries(value).filter(([name]) => !names.includes(name));
	return Object.fromEntries(kept.map(([name, member]) => [name, withoutMembers(member, names)]));
}
