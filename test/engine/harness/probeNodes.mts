import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

type Execute = NonNullable<INodeType['execute']>;

/** A node of one input, one output and the given behaviour. */
export function nodeOf(
	name: string,
	execute: Execute,
	description: Partial<INodeTypeDescription> = {},
): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
			...description,
		},
		execute,
	};
}

/** Begins every workflow of the harness with the given items, in place of a trigger. */
export function startNode(items: INodeExecutionData[]): INodeType {
	return nodeOf('start', async () => [structuredClone(items)], { inputs: [] });
}

/** Sends its items back (output 0) until the chain has run so many times, then on (output 1). */
export function repeatNode(times: number): INodeType {
	const execute: Execute = async function (this: IExecuteFunctions) {
		const items = this.getInputData();
		const rounds = Number(this.evaluateExpression('{{ $runIndex }}', 0)) + 1;
		return rounds < times ? [items, []] : [[], items];
	};
	return nodeOf('repeat', execute, { outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main] });
}
