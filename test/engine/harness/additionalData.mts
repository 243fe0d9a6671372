import './engineServices.mts';
import './processedData.mts';
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import { Container } from '@n8n/di';
import {
	UnexpectedError,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { StubCredentialsHelper } from './credentials.mts';
import type { Access } from './types.mts';

const baseUrl = 'http://127.0.0.1:5678';
let executions = 0;

function unavailable(what: string) {
	return async (): Promise<never> => {
		throw new UnexpectedError(`The harness has no ${what}`);
	};
}

/** The data of an execution. A new execution gets its own ID, as in n8n. One that goes on keeps its ID. */
export function newExecution(
	workflow: Workflow,
	mode: WorkflowExecuteMode,
	access: Access,
	executionId = String(++executions),
): IWorkflowExecuteAdditionalData {
	const { id, name = id, settings, staticData } = workflow;
	const stored = { id, name, settings, staticData, nodes: Object.values(workflow.nodes) };
	const dates = { createdAt: new Date(), updatedAt: new Date() };
	return {
		executionId,
		currentNodeExecutionIndex: 0,
		credentialsHelper: new StubCredentialsHelper(access),
		hooks: new ExecutionLifecycleHooks(mode, executionId, {
			...stored,
			...dates,
			active: false,
			isArchived: false,
			activeVersionId: null,
			connections: workflow.connectionsBySourceNode,
		}),
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		executeWorkflow: unavailable('sub-workflows'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unavailable('task runner'),
		logAiEvent: () => {},
		variables: {},
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
	};
}
