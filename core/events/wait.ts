import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord, type Json, type JsonObject, parseJsonOrNothing, textOf } from '../exact/json';
import type { OutputForm } from '../items/output';

/** What a sleeping execution waits for. It is in the node's context, which n8n saves with the execution. */
export interface Wait extends JsonObject {
	/** Fields of an event, and the values that they must have. */
	about: JsonObject;
	/** The kinds of records that count. Null means all kinds, where the execution itself made the object. */
	kinds: string[] | null;
	/** Unix milliseconds. An event with an earlier date is not new. Null where the execution itself made the object. */
	since: number | null;
	until: 'final' | 'change';
	/**
	 * Events that are not new: the state in which the order was made, and the events that woke this execution before.
	 */
	known: string[];
	form: OutputForm;
	/** The members of the output that describe the sending. */
	head: JsonObject;
}

export const WAIT = 'otcPayoutsWait';

export function isNews({ until, known, kinds, since }: Wait, event: JsonObject): boolean {
	if (until === 'final' && event.final !== true) return false;
	if (kinds && !kinds.some((kind) => kind === event.kind)) return false;
	if (since !== null && datedAt(event) < since) return false;
	return !known.some((id) => id === event.eventId);
}

/** When an event happened, in unix milliseconds. A warning has no time and is sent once, so it counts as new. */
function datedAt({ updatedAt, createdAt }: JsonObject): number {
	const time = Date.parse(textOf(updatedAt) ?? textOf(createdAt) ?? '');
	return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
}

// Only this file writes to this place.
export function isWait(value: unknown): value is Wait {
	return isRecord(value) && isRecord(value.about) && Array.isArray(value.known) && isRecord(value.head);
}

export function parsed(context: Evaluating, expression: string): Json | undefined {
	try {
		const text = context.evaluateExpression(`{{ JSON.stringify(${expression}) }}`, 0);
		return typeof text === 'string' ? parseJsonOrNothing(text) : undefined;
	} catch {
		return undefined;
	}
}

/** Quotes a text for an expression. Braces in a node's name would end the expression, so they are escaped. */
export function quotedText(text: string): string {
	return JSON.stringify(text).replace(/[{}]/g, (brace) => `\\u00${brace.charCodeAt(0).toString(16)}`);
}

type Evaluating = Pick<IExecuteFunctions, 'evaluateExpression'>;
