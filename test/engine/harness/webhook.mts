import { withNetwork } from './engineServices.mts';
import { WebhookContext } from 'n8n-core';
import {
	UnexpectedError,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRunExecutionData,
	type IWebhookDescription,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { newExecution } from './additionalData.mts';
import { searchForSecrets } from './leaks.mts';
import type { Access, Network } from './types.mts';
import { accessOf, buildWorkflow } from './workflows.mts';
import { UnprocessableBody, webhookRequest, webhookResponse, type Sent } from './webhookExchange.mts';

export interface Delivery extends Access, Sent {
	trigger: INodeType;
	parameters: INodeParameters;
	network?: Network;
	/** The default is 'trigger'. 'manual' is the editor's "Listen for test event". */
	mode?: 'trigger' | 'manual';
}

export interface Delivered {
	status: number;
	body: unknown;
	/** The items of each output of the started execution. [] when no execution was started. */
	executions: INodeExecutionData[][];
	/** The error of webhook(). n8n then answers 500 and starts an execution with an empty item. */
	threw?: Error;
}

const TRIGGER = 'Trigger';

/** Delivers to a webhook trigger and answers as packages/cli (webhook-helpers.ts) does. */
export async function deliver(delivery: Delivery): Promise<Delivered> {
	const delivered = await receive(delivery);
	searchForSecrets(delivery, [delivered]);
	return delivered;
}

async function receive(delivery: Delivery): Promise<Delivered> {
	const { trigger: node, parameters, credentials, credentialTypes, mode = 'trigger' } = delivery;
	const steps = { [TRIGGER]: { node, parameters, credentials, credentialTypes } };
	const workflow = buildWorkflow(steps, []);
	const description = node.description.webhooks?.find(({ name }) => name === 'default');
	const triggerNode = workflow.getNode(TRIGGER);
	if (!description || !triggerNode || !node.webhook) throw new UnexpectedError('Not a webhook trigger');

	const additionalData = newExecution(workflow, mode, accessOf(steps));
	return await received(
		{ workflow, node: triggerNode, description, mode, data: null },
		additionalData,
		delivery,
	);
}

/** The node whose webhook() is called, and the execution that sleeps there, if there is one. */
export interface Receiver {
	workflow: Workflow;
	node: INode;
	description: IWebhookDescription;
	mode: WorkflowExecuteMode;
	data: IRunExecutionData | null;
}

/** Calls a node's webhook() and returns n8n's answer. */
export async function received(
	{ workflow, node, description, mode, data }: Receiver,
	additionalData: IWorkflowExecuteAdditionalData,
	delivery: Sent & { network?: Network },
): Promise<Delivered> {
	const answer = webhookResponse();
	try {
		additionalData.httpRequest = webhookRequest(delivery);
	} catch (error) {
		if (!(error instanceof UnprocessableBody)) throw error;
		return { status: 422, body: { message: error.message }, executions: [] };
	}
	additionalData.httpResponse = answer.response;
	const webhookData = {
		httpMethod: 'POST' as const,
		node: node.name,
		path: 'webhook',
		webhookDescription: description,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
	};
	const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], data);
	const { webhook } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	try {
		const result = await withNetwork(delivery.network, async () => await webhook?.call(context));
		return answered(result ?? {}, answer.sent(), (key, fallback) =>
			described(workflow, node, description, key, fallback),
		);
	} catch (error) {
		const threw = error instanceof Error ? error : new Error(String(error));
		const message = 'Workflow Webhook Error: Workflow could not be started!';
		return { status: 500, body: { code: 0, message }, executions: [[{ json: {} }]], threw };
	}
}

type Described = (key: keyof IWebhookDescription, fallback?: string) => unknown;

/** The webhook description with its expressions resolved. They see the node's parameters. */
function described(
	workflow: Workflow,
	node: INode,
	description: IWebhookDescription,
	key: keyof IWebhookDescription,
	fallback?: string,
): unknown {
	const text = description[key];
	if (typeof text !== 'string') return text ?? fallback;
	return workflow.expression.getComplexParameterValue(node, text, 'trigger', {}, undefined, fallback);
}

function answered(
	result: IWebhookResponseData,
	sent: { status: number; body: unknown },
	value: Described,
): Delivered {
	const executions = result.workflowData ?? [];
	if (result.noWebhookResponse) return { ...sent, executions };
	const status = Number(value('responseCode') ?? 200);
	if (!result.workflowData) {
		const body = result.webhookResponse ?? { message: 'Webhook call received' };
		return { status, body, executions };
	}
	if (value('responseMode', 'onReceived') !== 'onReceived') {
		throw new UnexpectedError('The harness answers only in the response mode onReceived');
	}
	return { status, body: onReceived(value('responseData', 'firstEntryJson'), result), executions };
}

/** The answer's body, as in webhook-on-received-response-extractor.ts: any text in `responseData` counts, a literal too. */
function onReceived(responseData: unknown, { webhookResponse: chosen }: IWebhookResponseData): unknown {
	if (responseData === 'noData') return undefined;
	if (responseData) return responseData;
	return chosen ?? { message: 'Workflow was started' };
}
