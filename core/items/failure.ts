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

/** What a person reads when an item could not be prepared. */
export function messageOf(cause: unknown, subject: Subject): Message {
	const { message, nextStep } = asRefusal(cause);
	return notSent(message, subject, nextStep);
}

// Neither error has n8n's `itemIndex`: the editor would show it, counted from 0, beside our own number, and somebody would
// settle the wrong payment.
export function operationError(node: IExecuteFunctions, told: Message): NodeOperationError {
	const { message, description } = shown(node, told);
	return new NodeOperationError(node.getNode(), message, {
		...(description === undefined ? {} : { description }),
	});
}

export function apiError(node: IExecuteFunctions, told: Message): NodeApiError {
	// Made from our own text only: n8n would replace it by advice to retry at once if it found a network code.
	return new NodeApiError(node.getNode(), {}, shown(node, told));
}

/** A person sees both in the editor. A model is told the message alone, and "do not send it again" is not there. */
function shown(node: IExecuteFunctions, { message, nextStep }: Message) {
	if (isTool(node)) return { message: `${message} ${nextStep}` };
	return { message, description: nextStep };
}

/**
 * An item that failed and goes on. n8n replaces the json of an item with `error` by the message alone; these two
 * shapes keep outcome and reference, so that a flow can tell a rejected payment from an unknown one.
 */
export function failedItem(
	node: IExecuteFunctions,
	{ message, nextStep }: Message,
	details: Record<string, Json | undefined>,
	item: number,
): INodeExecutionData {
	const known = { ...present(details), nextStep };
	// The one shape, besides `error` on the item, that n8n routes to the error output. With Retry On Fail it also runs
	// the node again, as every node that fails; the memory of the attempts keeps that from paying twice. With an object as
	// pairedItem n8n would put the members of the input item around it: the outcome of an earlier node in place of ours.
	if (node.getNode().onError === 'continueErrorOutput')
		return { json: { error: message, details: known }, pairedItem: item };
	return { json: { ...known, message }, pairedItem: { item } };
}
