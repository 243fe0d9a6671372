import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowFile } from '../../host/workflows.mts';
import { leakNode, probeCredential, probeNode } from './communityPackage.mts';

/** A workflow of nodes in a row, each connected to the next. */
function flow(name: string, ...nodes: INode[]): WorkflowFile {
	const links = nodes
		.slice(1)
		.map((next, index) => [
			nodes[index]?.name ?? '',
			{ main: [[{ node: next.name, type: 'main' as const, index: 0 }]] },
		]);
	return { name, nodes, connections: Object.fromEntries(links) };
}

function node(name: string, type: string, typeVersion: number, parameters: INodeParameters = {}): INode {
	return {
		id: name.toLowerCase().replaceAll(' ', '-'),
		name,
		type,
		typeVersion,
		parameters,
		position: [0, 0],
	};
}

const start = node('Start', 'n8n-nodes-base.manualTrigger', 1);

const credentials = { [probeCredential]: { id: '', name: '' } };
const probe = (text: string): INode => ({ ...node('Probe', probeNode, 1, { text }), credentials });

export const probeByHand = flow('Probe by hand', start, probe('={{ "by " + "hand" }}'));

function webhook(path: string): INode {
	return {
		...node('Webhook', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST', responseMode: 'lastNode' }),
		webhookId: path,
	};
}

export function probeByWebhook(path: string): WorkflowFile {
	return flow('Probe by webhook', webhook(path), probe('={{ $json.body.reference }}'));
}

/** A flow that leaks its secret, also in a mail and in the answer. */
export function leakByWebhook(path: string): WorkflowFile {
	const leak: INode = { ...node('Leak', leakNode, 1), credentials };
	const mail: INode = {
		...node('Mail', 'n8n-nodes-base.emailSend', 2.1, {
			fromEmail: 'flow@example.com',
			toEmail: 'boss@example.com',
			subject: 'A leak',
			html: '={{ $json.secret }}',
			options: {},
		}),
		credentials: { smtp: { id: '', name: '' } },
	};
	return flow('Leak by webhook', webhook(path), leak, mail, { ...leak, id: 'answer', name: 'Answer' });
}

export const askByMail = flow(
	'Ask by mail',
	start,
	{
		...node('Ask', 'n8n-nodes-base.emailSend', 2.1, {
			operation: 'sendAndWait',
			fromEmail: 'flow@example.com',
			toEmail: 'boss@example.com',
			subject: 'Pay 100 USDT – please approve',
			message: 'Payout p-1',
			approvalOptions: { values: { approvalType: 'double' } },
		}),
		webhookId: 'ask-by-mail',
		credentials: { smtp: { id: '', name: '' } },
	},
	node('Answer', 'n8n-nodes-base.noOp', 1),
);

export const waitForCall = flow(
	'Wait for a call',
	start,
	{
		...node('Wait', 'n8n-nodes-base.wait', 1.1, { resume: 'webhook', httpMethod: 'POST' }),
		webhookId: 'wait-for-call',
	},
	node('Called', 'n8n-nodes-base.noOp', 1),
);

export const waitAMinute = flow(
	'Wait a minute',
	start,
	node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: 40, unit: 'seconds' }),
);
