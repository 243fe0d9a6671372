import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../provider/operation';
import { Refusal } from '../refusal';

/**
 * @param asTool what `isTool` says of the node
 * @throws Refusal when an AI agent asks to move money with a node that does not allow it
 */
export function refuseAgents(asTool: boolean, operation: Operation, allowed: boolean): void {
	if (operation.effect !== 'money' || allowed || !asTool) return;
	throw new Refusal(
		'An AI agent asked to move money, and this node does not allow it',
		'A person has to turn on Allow Use by AI Agents among the options of the node, if that is wanted',
	);
}

/**
 * An execution sleeps as a whole: on one order, and never in the midst of an agent's work.
 * @throws Refusal for several items, and for an AI agent
 */
export function refuseSleeping(node: IExecuteFunctions, operation: Operation, asTool: boolean): void {
	if (!operation.callback) return;
	if (asTool) {
		throw new Refusal(
			`${operation.name} puts the whole execution to sleep, which a tool of an AI agent cannot do`,
			'Give the agent the operation that does not wait',
		);
	}
	const count = node.getInputData().length;
	if (count === 1) return;
	throw new Refusal(
		`${operation.name} takes one item at a time and got ${count}: an execution can sleep on one order only`,
		'Put a Loop Over Items node with Batch Size 1 before this node, or run it in a sub-workflow once for each item',
	);
}
