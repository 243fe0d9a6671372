import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { INode } from 'n8n-workflow';

import { projectFolder } from '../../host/folders.mts';
import type { WorkflowFile } from '../../host/workflows.mts';

const folder = join(projectFolder, 'workflows');

/** The names of all flows, e.g. `otc-buy`. */
export async function flowNames(): Promise<string[]> {
	return (await readdir(folder)).map((file) => basename(file, '.json')).sort();
}

/** A flow as people import it. */
export async function workflowFile(name: string): Promise<WorkflowFile> {
	return JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
}

/** Chooses the workflow of that name in each Execute Sub-workflow node, as a person does after an import. */
export function withSubWorkflows(file: WorkflowFile, idByName: Record<string, string>): WorkflowFile {
	const nodes = file.nodes.map((node) => {
		if (node.type !== 'n8n-nodes-base.executeWorkflow') return node;
		const name = subWorkflowName(node.parameters.workflowId);
		const value = idByName[name];
		if (!value) throw new Error(`${file.name}: nobody knows the workflow ${name}.`);
		const workflowId = { __rl: true, mode: 'list', value, cachedResultName: name };
		return { ...node, parameters: { ...node.parameters, workflowId } };
	});
	return { ...file, nodes };
}

function subWorkflowName(locator: unknown): string {
	const isNamed = typeof locator === 'object' && locator !== null && 'cachedResultName' in locator;
	return isNamed ? String(locator.cachedResultName) : '';
}

/** The path of the webhook trigger of a provider in a flow, below n8n's /webhook/. */
export function webhookPath(file: WorkflowFile): string {
	const path = webhookTrigger(file)?.webhookId;
	if (!path) throw new Error(`${file.name} has no trigger that a provider can call.`);
	return `${path}/webhook`;
}

/**
 * Switches off the trigger that a provider would call. Where another workflow passes the events on, nothing calls it, and
 * n8n's execute button would offer it instead of the manual one.
 */
export function withoutProviderTrigger(file: WorkflowFile): WorkflowFile {
	const unused = webhookTrigger(file);
	const nodes = file.nodes.map((node) => (node === unused ? { ...node, disabled: true } : node));
	return { ...file, nodes };
}

/** Which provider calls the flow, e.g. `okiPays`. */
export function callingProvider(file: WorkflowFile): string | undefined {
	return webhookTrigger(file)?.type.replace(/^.*\.(\w+)Trigger$/, '$1');
}

function webhookTrigger({ nodes }: WorkflowFile): INode | undefined {
	return nodes.find(({ type, webhookId }) => /^n8n-nodes-otc-payouts\.\w+Trigger$/.test(type) && webhookId);
}
