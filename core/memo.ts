import type { IContextObject } from 'n8n-workflow';
import type { Outcome } from './outcome';
import { sha256 } from './request';

/** What this execution remembers of one request. */
export interface Entry {
	/** `sending` is written before the request leaves; found on a re-run it means that a send was cut off. */
	state: 'sending' | Outcome['state'];
	fingerprint: string;
	outcome?: Outcome;
}

export interface Memo {
	recall(key: string): Entry | undefined;
	sending(key: string, fingerprint: string): void;
	keep(key: string, fingerprint: string, outcome: Outcome): Outcome;
}

const PLACE = 'otcPayouts';

/**
 * The memory that survives Retry On Fail and the editor's Retry of a failed execution: n8n saves the node's context
 * with the execution. It does not survive a crash, and a new execution starts empty.
 */
export function memoOf(context: IContextObject): Memo {
	// Keys are hashed: a reference may be any text, `__proto__` too.
	const entries = placeIn(context);
	return {
		recall: (key) => entries[sha256(key)],
		sending: (key, fingerprint) => {
			entries[sha256(key)] = { state: 'sending', fingerprint };
		},
		keep: (key, fingerprint, outcome) => {
			entries[sha256(key)] = { state: outcome.state, fingerprint, outcome };
			return outcome;
		},
	};
}

function placeIn(context: IContextObject): Record<string, Entry> {
	const held: unknown = context[PLACE];
	if (isEntries(held)) return held;
	const fresh: Record<string, Entry> = {};
	context[PLACE] = fresh;
	return fresh;
}

// Only this file writes there.
function isEntries(value: unknown): value is Record<string, Entry> {
	return typeof value === 'object' && value !== null;
}
