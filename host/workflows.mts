import type { AxiosInstance } from 'axios';
import type { IConnections, IDataObject, INode, IWorkflowSettings } from 'n8n-workflow';

import type { Execution, Executions } from './executions.mts';
import { poll } from './poll.mts';
import { N8nRefusal, type Session } from './rest.mts';

/** A workflow file, as the editor downloads and imports it. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IDataObject;
}

/** The credential that the workflow's nodes shall use, by credential type. */
export type CredentialChoice = Record<string, { id: string; name: string }>;

export interface Workflows {
	/** Resolves to the new workflow's ID. Nodes that name a credential type of `credentials` get that credential. */
	importWorkflow(file: WorkflowFile, options?: { credentials?: CredentialChoice }): Promise<string>;
	/** Publishes the workflow and waits until its triggers are live. Rejects with the complaint of a trigger. */
	activate(id: string): Promise<void>;
	deactivate(id: string): Promise<void>;
	/** Does the same as `runWorkflow` without waiting. Resolves to the execution's ID. */
	startWorkflow(id: string, trigger?: string): Promise<string>;
	/** The editor's Execute Workflow. It starts from the named trigger, else from the Manual Trigger, else from the first one. */
	runWorkflow(id: string, options?: { trigger?: string; timeoutMs?: number }): Promise<Execution>;
}

/** What a person does with workflows in the editor. */
export function workflowsOf({ api, rest }: Session, { waitUntilSettled }: Executions): Workflows {
	const startWorkflow = async (id: string, trigger?: string): Promise<string> => {
		const name = trigger ?? (await firstTrigger(api, id));
		// n8n 1.x runs the workflow that it is handed, n8n 2.x the stored one.
		const stored = await rest.get(`/workflows/${id}`);
		const run = { triggerToStartFrom: { name }, workflowData: stored.data.data };
		const { data } = await rest.post(`/workflows/${id}/run`, run);
		if (data.data.executionId) return data.data.executionId;
		throw new Error(`"${name}" waits for a webhook. Activate the workflow and call it instead.`);
	};
	return {
		importWorkflow: async (file, { credentials = {} } = {}) => {
			const nodes = file.nodes.map((node) => withCredentials(node, credentials));
			const { name, connections, settings = {}, pinData } = file;
			const active = false; // n8n 1.x demands this member
			const workflow = { name, nodes, connections, settings, pinData, active };
			const { data } = await rest.post('/workflows', workflow);
			return data.data.id;
		},
		activate: async (id) => {
			await api.post(`/workflows/${id}/activate`, {});
			await publication(rest, id, 'published');
		},
		deactivate: async (id) => {
			await api.post(`/workflows/${id}/deactivate`, {});
			await publication(rest, id, 'not_published');
		},
		startWorkflow,
		runWorkflow: async (id, { trigger, timeoutMs } = {}) =>
			await waitUntilSettled(await startWorkflow(id, trigger), timeoutMs),
	};
}

interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: { nodeId: string; errorMessage: string | null }[];
}

/** Waits for the wanted state. n8n 2.x answers before it does the work, and a webhook that is called too early gets 404. */
async function publication(rest: AxiosInstance, id: string, wanted: Publication['status']): Promise<void> {
	const look = async () => {
		const answer = await publicationStatus(rest, id);
		if (!answer) return wanted;
		const { status, triggers } = answer;
		if (status === 'failed' || status === 'partial') {
			const complaints = triggers.map(({ nodeId, errorMessage }) => `${nodeId}: ${errorMessage}`);
			throw new Error(`Workflow ${id} is not active. ${complaints.join(' ')}`);
		}
		return status === wanted ? status : undefined;
	};
	await poll(look, `workflow ${id} to be ${wanted}`);
}

/** The state of the work. Undefined from n8n 1.x, which does the work before it answers. */
async function publicationStatus(rest: AxiosInstance, id: string): Promise<Publication | undefined> {
	try {
		const { data } = await rest.get<{ data: Publication }>(`/workflows/${id}/publication-status`);
		return data.data;
	} catch (cause) {
		if (cause instanceof N8nRefusal && cause.status === 404) return undefined;
		throw cause;
	}
}

function withCredentials(node: INode, choice: CredentialChoice): INode {
	const types = Object.keys(node.credentials ?? {}).filter((type) => choice[type]);
	if (types.length === 0) return node;
	const chosen = Object.fromEntries(types.map((type) => [type, choice[type]]));
	return { ...node, credentials: { ...node.credentials, ...chosen } };
}

async function firstTrigger(api: AxiosInstance, id: string): Promise<string> {
	const { data } = await api.get<WorkflowFile>(`/workflows/${id}`);
	const enabled = data.nodes.filter((node) => !node.disabled);
	const node =
		enabled.find(({ type }) => type === 'n8n-nodes-base.manualTrigger') ??
		enabled.find(({ type }) => /trigger$/i.test(type));
	if (!node) throw new Error(`Workflow ${id} has no trigger to start from.`);
	return node.name;
}
