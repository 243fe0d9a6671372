import { textOf } from '../exact/json';
import type { NodeApiError } from 'n8n-workflow';
import { apiError } from '../items/failure';
import type { Message } from '../items/messages';
import type { Applied } from '../items/outcome';
import { recordOf } from '../items/output';
import type { Prepared } from '../items/prepare';
import type { Run } from '../items/run';

/** The state of a run when one item ends it. */
export interface Standing {
	/** The payments that were applied before, with names by which a person finds them. */
	applied: readonly string[];
	/** The payments that follow and are not sent. */
	rest: readonly string[];
}

/** The most payments that a message lists. n8n's log lists all of them. */
const MAX_LISTED = 20;

/**
 * The error that ends a run, with the payments that were applied before. The same text goes to n8n's log, because n8n
 * may keep nothing of an execution that is canceled.
 */
export function endOfRun({ node, provider }: Run, told: Message, standing: Standing): NodeApiError {
	const whole = withStanding(told, standing, Number.POSITIVE_INFINITY);
	node.logger.warn(`${provider.displayName}: ${whole.message} ${whole.nextStep}`);
	return apiError(node, withStanding(told, standing, MAX_LISTED));
}

function withStanding({ message, nextStep }: Message, { applied, rest }: Standing, most: number): Message {
	const before =
		applied.length === 0
			? ''
			: ` Already applied in this run: ${listedNames(applied, most)}; a retry of this execution does not repeat them.`;
	const behind = rest.length === 0 ? '' : ` Not sent: ${listedNames(rest, most)}.`;
	return { message, nextStep: `${nextStep}${before}${behind}` };
}

function listedNames(names: readonly string[], most: number): string {
	const more = names.length > most ? ` and ${names.length - most} more, which n8n's log names` : '';
	return names.slice(0, most).join(', ') + more;
}

/** The reference or the item's number, and the provider's own ID, e.g. `p_1 (79550727)`. */
export function appliedName({ provider, operation }: Run, prepared: Prepared, outcome: Applied): string {
	const { reference, request, item } = prepared;
	const name = reference ?? `item ${item + 1}`;
	const id = textOf(recordOf(provider, operation, outcome, request.values).id);
	return id === undefined || id === reference ? name : `${name} (${id})`;
}
