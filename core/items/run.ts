import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import type { LimitName } from '../limits/limits';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';

/** One run of a node over all its items. */
export interface Run {
	node: IExecuteFunctions;
	provider: Provider;
	operation: Operation;
	/**
	 * The account of the first item. While one item is worked on, the account of that item. They can differ, because
	 * a credential can have expressions.
	 */
	account: Account;
	/** The values of the credential that sign for the account. Absent where n8n reads them itself. Never saved. */
	credentials?: ICredentialDataDecryptedObject | undefined;
	/** Whether all items have the account of the first one, because the credential has no expression. */
	oneAccount: boolean;
	/** The limit that is an expression in the stored credential, so that the data of the flow would set it. */
	limitByExpression?: LimitName | undefined;
	/**
	 * Aborted by Stop and by the Execution Timeout. Without it, n8n would let the node run to its end. Older versions
	 * of n8n do not have it.
	 */
	stop: AbortSignal | undefined;
	/** Which run of the node within this execution it is. A loop runs the node several times. */
	runIndex: number;
	/** Whether an AI agent runs the node. */
	asTool: boolean;
	/** Whether a person has allowed, in the saved node, that an AI agent changes something with it. */
	agentsAllowed: boolean;
}

/** The account that pays or reads for one item. */
export type Signer = Pick<Run, 'account' | 'credentials'>;

/** The run for one item, with the account of that item. */
export function runOf<Any extends Run>(run: Any, { account, credentials }: Signer): Any {
	return { ...run, account, credentials };
}

/**
 * Whether an AI agent runs the node. Call it once per run, not once per item, because n8n copies the whole node with
 * its parameters to give its type. n8n names the tool variant of a node `...Tool`. isToolExecution() is not enough:
 * it is false when the engine runs the tool for the agent, and older versions of n8n lack it.
 */
export function isTool(node: IExecuteFunctions): boolean {
	return /Tool$/.test(node.getNode().type) || node.isToolExecution?.() === true;
}
