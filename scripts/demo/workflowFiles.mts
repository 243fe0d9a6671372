import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { projectFolder } from '../n8n/folders.mts';
import type { WorkflowFile } from '../n8n/workflows.mts';

export type FlowName = 'otc-buy' | 'payout-with-approval' | 'gate-pay-events';

/** A flow as people import it. */
export async function workflowFile(name: FlowName): Promise<WorkflowFile> {
	return JSON.parse(await readFile(join(projectFolder, 'workflows', `${name}.json`), 'utf8'));
}

/** What a person does after an import: choose, in each Execute Sub-workflow node, the workflow of that name. */
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

/** The path of a flow's Gate Pay Trigger below n8n's /webhook/. */
export function webhookPath(file: WorkflowFile): string {
	const trigger = file.nodes.find(({ type }) => type.endsWith('.gatePayTrigger'));
	if (!trigger?.webhookId) throw new Error(`${file.name} has no Gate Pay Trigger.`);
	return `${trigger.webhookId}/webhook`;
}
