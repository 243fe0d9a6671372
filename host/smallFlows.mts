// Workflows that code puts together: a few nodes in a row, for tests and benchmarks.
import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowFile } from './workflows.mts';

/** A workflow of nodes in a row, each connected to the next. */
export function inARow(name: string, nodes: INode[]): WorkflowFile {
	const connections: IConnections = {};
	for (const [index, { name: from }] of nodes.entries()) {
		const next = nodes[index + 1];
		if (next) connections[from] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	}
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** One node of a workflow, named by its task. The editor's position does not matter here. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters = {},
): INode {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}

/** The Manual Trigger: where `runWorkflow` starts. */
export const start = node('Start', 'n8n-nodes-base.manualTrigger', 1);
