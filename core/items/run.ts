import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';

/** One run of a node over all its items. */
export interface Run {
	node: IExecuteFunctions;
	provider: Provider;
	operation: Operation;
	account: Account;
	/** Which run of the node in this execution it is: a loop runs it often. */
	runIndex: number;
	/** Whether an AI agent runs the node. */
	asTool: boolean;
}

/**
 * Whether an AI agent runs the node. To be asked once, not for each item: n8n copies the whole node with its parameters
 * for whoever wants to see its type. n8n names the tool variant of a node `...Tool`; isToolExecution() alone is false when
 * the engine runs the tool for the agent, and older n8n does not have it.
 */
export function isTool(node: IExecuteFunctions): boolean {
	return /Tool$/.test(node.getNode().type) || node.isToolExecution?.() === true;
}
