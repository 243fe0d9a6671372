import type { INode, INodeParameters } from 'n8n-workflow';

import { inARow, node, start } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';

const placeholder = { id: '', name: '' };

/** n8n's "Custom API Call": its HTTP Request node, signed by our credential. */
export function customApiCall(parameters: INodeParameters, credential = 'gatePayApi'): WorkflowFile {
	const call: INode = {
		...node('Call', 'n8n-nodes-base.httpRequest', 4.2, {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credential,
			options: {},
			...parameters,
		}),
		credentials: { [credential]: placeholder },
	};
	return inARow('Custom API call', [start, call]);
}

/** The same flow with other parameters in one node. */
export function withParameters(file: WorkflowFile, nodeName: string, change: INodeParameters): WorkflowFile {
	if (!file.nodes.some(({ name }) => name === nodeName))
		throw new Error(`${file.name} has no node ${nodeName}.`);
	const nodes = file.nodes.map((node) =>
		node.name === nodeName ? { ...node, parameters: { ...node.parameters, ...change } } : node,
	);
	return { ...file, nodes };
}

/** The payout flow without the approval: the list, and the node that pays. */
export function payoutsOnly(file: WorkflowFile, options: INodeParameters): WorkflowFile {
	const names = ['Start the Payouts', 'Whom to Pay', 'List of Payouts', 'Pay What Was Approved'];
	const nodes = names.flatMap((name) => file.nodes.filter((each) => each.name === name));
	const [trigger, ...others] = nodes.map((each) =>
		each.name === 'Pay What Was Approved' ? { ...each, parameters: { ...each.parameters, options } } : each,
	);
	if (!trigger || others.length !== 3) throw new Error(`${file.name} has other nodes than expected.`);
	return inARow('Payouts', [trigger, ...others]);
}

export function eventsOnly(
	webhookId: string,
	filter: { events: string[]; statuses: string[] },
): WorkflowFile {
	const trigger: INode = {
		...node('Event', 'n8n-nodes-otc-payouts.gatePayTrigger', 2, filter),
		credentials: { gatePayApi: placeholder },
		webhookId,
	};
	return inARow('Events', [trigger]);
}

/** The trigger of a flow and its Remove Duplicates, with nothing after them. */
export function eventsOnce(file: WorkflowFile, webhookId: string): WorkflowFile {
	const once = file.nodes.find(({ type }) => type === 'n8n-nodes-base.removeDuplicates');
	const [trigger] = eventsOnly(webhookId, { events: [], statuses: [] }).nodes;
	if (!trigger || !once) throw new Error(`${file.name} removes no duplicates.`);
	return inARow('Events, each once', [trigger, once]);
}
