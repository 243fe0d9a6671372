import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from './operation';
import { Refusal } from './refusal';

/** @throws Refusal when an AI agent asks to move money with a node that does not allow it */
export function refuseAgents(node: IExecuteFunctions, operation: Operation, allowed: boolean): void {
	if (operation.effect !== 'money' || allowed || !isTool(node)) return;
	throw new Refusal(
		'An AI agent asked to move money, and this node does not allow it',
		'Turn on Allow Use by AI Agents in the node if that is what you want',
	);
}

// n8n names the tool variant of a node `...Tool`; isToolExecution() alone is false when the engine runs the tool for
// the agent, and older n8n does not have it.
function isTool(node: IExecuteFunctions): boolean {
	return /Tool$/.test(node.getNode().type) || node.isToolExecution?.() === true;
}
