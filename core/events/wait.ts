import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord, type Json, type JsonObject, parseJsonOrNothing } from '../exact/json';
import type { OutputForm } from '../items/output';

/** What a sleeping execution waits for: in the node's context, which n8n saves with the execution. */
export interface Wait extends JsonObject {
	/** Fields of an event, and what they must be. */
	about: JsonObject;
	until: 'final' | 'change';
	/** Events that are no news: the state in which the order was made, and what woke this execution before. */
	known: string[];
	form: OutputForm;
	/** The members of the output that tell of the sending. */
	head: JsonObject;
}

export const WAIT = 'otcPayoutsWait';

export function isNews({ until, known }: Wait, event: JsonObject): boolean {
	return (until === 'change' || event.final === true) && !known.some((id) => id === event.eventId);
}

// Only this file writes there.
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

/** A text inside an expression: braces in a node's name would end it. */
export function quotedText(text: string): string {
	return JSON.stringify(text).replace(/[{}]/g, (brace) => `\\u00${brace.charCodeAt(0).toString(16)}`);
}

type Evaluating = Pick<IExecuteFunctions, 'evaluateExpression'>;
