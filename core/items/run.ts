import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';

/** One run of a node over all its items. */
export interface Run {
	node: IExecuteFunctions;
	provider: Provider;
	operation: Operation;
	/** That of the first item, and of the item where one is worked on: a credential can have expressions. */
	account: Account;
	/** What signs for the account; absent where n8n's own reading of the credential does. Never saved. */
	credentials?: ICredentialDataDecryptedObject | undefined;
	/** Aborted by Stop and by the Execution Timeout: n8n itself lets a node run to its end. Older n8n has none. */
	stop: AbortSignal | undefined;
	/** Which run of the node in this execution it is: a loop runs it often. */
	runIndex: number;
	/** Whether an AI agent runs the node. */
	asTool: boolean;
	/** Whether a person has saved in the node that an AI agent may change something with it. */
	agentsAllowed: boolean;
}

/** Who pays or reads for one item. */
export type Signer = Pick<Run, 'account' | 'credentials'>;

/** The run as it is for one item: with the account of that item. */
export function runOf<Any extends Run>(run: Any, { account, credentials }: Signer): Any {
	return { ...run, account, credentials };
}

/**
 * Whether an AI agent runs the node. To be asked once, not for each item: n8n copies the whole node with its parameters
 * for whoever wants to see its type. n8n names the tool variant of a node `...Tool`; isToolExecution() alone is false when
 * the engine runs the tool for the agent, and older n8n does not have it.
 */
export function isTool(node: IExecuteFunctions): boolean {
	return /Tool$/.test(node.getNode().type) || node.isToolExecution?.() === true;
}
