import { textOf } from '../exact/json';
import type { NodeApiError } from 'n8n-workflow';
import { apiError } from '../items/failure';
import type { Message } from '../items/messages';
import type { Applied } from '../items/outcome';
import { recordOf } from '../items/output';
import type { Prepared } from '../items/prepare';
import type { Run } from '../items/run';

/** How a run stands where an item ends it. */
export interface Standing {
	/** What was applied before, as a person finds it again. */
	applied: readonly string[];
	/** What comes behind it and is not sent. */
	rest: readonly string[];
}

/** Payments that a message lists. n8n's log lists all of them. */
const MAX_LISTED = 20;

/**
 * The error that ends a run, with what was applied before. The same is written to n8n's log: of an execution that is
 * canceled, n8n may keep nothing.
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
			: ` Already applied in this run: ${listed(applied, most)}; a retry of this execution does not repeat them.`;
	const behind = rest.length === 0 ? '' : ` Not sent: ${listed(rest, most)}.`;
	return { message, nextStep: `${nextStep}${before}${behind}` };
}

function listed(names: readonly string[], most: number): string {
	const more = names.length > most ? ` and ${names.length - most} more, which n8n's log names` : '';
	return names.slice(0, most).join(', ') + more;
}

/** e.g. `p_1 (79550727)`: the reference, or the place of the item, and the provider's own ID. */
export function appliedName({ provider, operation }: Run, prepared: Prepared, outcome: Applied): string {
	const { reference, request, item } = prepared;
	const name = reference ?? `item ${item + 1}`;
	const id = textOf(recordOf(provider, operation, outcome, request.values).id);
	return id === undefined || id === reference ? name : `${name} (${id})`;
}
