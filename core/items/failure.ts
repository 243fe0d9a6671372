import {
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { type Json, present } from '../exact/json';
import { asRefusal } from '../refusal';
import { type Message, notSent, type Subject } from './messages';
import { isTool } from './run';

/** What an item says beside its message: outcome, reference, code, what was asked, candidates. */
export type ItemDetails = Record<string, Json | undefined>;

/** The message for a person about an item that could not be prepared. */
export function messageOf(cause: unknown, subject: Subject): Message {
	const { message, nextStep } = asRefusal(cause);
	return notSent(message, subject, nextStep);
}

// Neither error has n8n's `itemIndex`. The editor would show it next to our own number, but counted from 0, and a
// person could settle the wrong payment.
export function operationError(node: IExecuteFunctions, told: Message): NodeOperationError {
	const { message, description } = shown(node, told);
	return new NodeOperationError(node.getNode(), message, {
		...(description === undefined ? {} : { description }),
	});
}

export function apiError(node: IExecuteFunctions, told: Message): NodeApiError {
	// The error contains only our own text. If n8n found a network code in it, n8n would show its advice to retry at
	// once instead.
	return new NodeApiError(node.getNode(), {}, shown(node, told));
}

/**
 * A person sees message and description in the editor. An AI model gets only the message, so the message must contain
 * "do not send it again".
 */
function shown(node: IExecuteFunctions, { message, nextStep }: Message) {
	if (isTool(node)) return { message: `${message} ${nextStep}` };
	return { message, description: nextStep };
}

/**
 * A failed item with which the flow goes on. n8n replaces the json of an item that has `error` by the message alone.
 * These two shapes keep outcome and reference, so that a flow can tell a rejected payment from an unknown one.
 */
export function failedItem(
	node: IExecuteFunctions,
	{ message, nextStep }: Message,
	details: ItemDetails,
	item: number,
): INodeExecutionData {
	// n8n sends only this shape, or an item with `error`, to the error output. With Retry On Fail it also runs the
	// node again, like every node that fails. The memory of attempts then prevents a second payment. If pairedItem
	// were an object, n8n would add the members of the input item, and the outcome of an earlier node would replace
	// ours.
	if (node.getNode().onError === 'continueErrorOutput')
		return { json: { error: message, details: inReadingOrder(details, { nextStep }) }, pairedItem: item };
	return { json: inReadingOrder(details, { message, nextStep }), pairedItem: { item } };
}

/** What a person reads first stands first. The candidates are many lines, and the editor shows only the first ones. */
export function inReadingOrder(
	{ candidates, ...details }: ItemDetails,
	told: Partial<Message>,
): Record<string, Json> {
	return present({ ...details, ...told, candidates });
}
