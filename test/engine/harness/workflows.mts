import {
	NodeConnectionTypes,
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type NodeConnectionType,
} from 'n8n-workflow';
import { GivenNodeTypes, watched } from './nodeTypes.mts';
import type { Access, Step } from './types.mts';

export const START = 'Start';

export function typeNameOf({ typeName, node }: Pick<Step, 'typeName' | 'node'>): string {
	return typeName ?? `test.${node.description.name}`;
}

export function workflowNode(name: string, step: Step): INode {
	const types = Object.keys(step.credentials ?? {});
	return {
		id: `node-${name}`,
		name,
		type: typeNameOf(step),
		typeVersion: step.typeVersion ?? [step.node.description.version].flat()[0],
		position: [0, 0],
		parameters: structuredClone(step.parameters),
		credentials: Object.fromEntries(types.map((type) => [type, { id: `id-${type}`, name: type }])),
		waitBetweenTries: 1,
		...step.settings,
	};
}

/** Makes a workflow in which every step is a node. `wires` are [from, output, to, kind]. */
export function buildWorkflow(
	steps: Record<string, Step>,
	wires: Wire[],
	id: string = 'workflow-1',
): Workflow {
	const types = new Map<string, INodeType>();
	for (const step of Object.values(steps)) {
		// n8n derives the type of a tool from the node's type.
		types.set(typeNameOf(step).replace(/Tool$/, ''), watched(step.node, step.before));
	}
	return new Workflow({
		id,
		name: 'Test',
		nodes: Object.entries(steps).map(([name, step]) => workflowNode(name, step)),
		connections: connectionsOf(wires),
		active: false,
		nodeTypes: new GivenNodeTypes(types),
		settings: { executionOrder: 'v1' },
	});
}

export interface Wire {
	from: string;
	output?: number;
	to: string;
	kind?: NodeConnectionType;
}

function connectionsOf(wires: Wire[]): IConnections {
	const connections: IConnections = {};
	for (const { from, output = 0, to, kind = NodeConnectionTypes.Main } of wires) {
		const outputs = ((connections[from] ??= {})[kind] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: kind, index: 0 });
	}
	return connections;
}

export function accessOf(steps: Record<string, Step>): Access {
	const all = Object.values(steps);
	return {
		credentials: Object.assign({}, ...all.map((step) => step.credentials)),
		credentialTypes: Object.assign({}, ...all.map((step) => step.credentialTypes)),
	};
}

export function inputItems(items: Array<IDataObject | INodeExecutionData> = [{}]): INodeExecutionData[] {
	return items.map((item) => (isExecutionData(item) ? item : { json: item }));
}

function isExecutionData(item: IDataObject | INodeExecutionData): item is INodeExecutionData {
	return typeof item.json === 'object' && Object.keys(item).every((key) => executionDataKeys.has(key));
}

const executionDataKeys = new Set(['json', 'binary', 'pairedItem', 'error', 'metadata']);
