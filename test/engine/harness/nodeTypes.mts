import {
	NodeConnectionTypes,
	UnexpectedError,
	type IDataObject,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

/** Serves the given node classes. `<type>Tool` is the tool that n8n derives from a node. */
export class GivenNodeTypes implements INodeTypes {
	private readonly nodes: Map<string, INodeType>;

	constructor(nodes: Map<string, INodeType>) {
		this.nodes = nodes;
	}

	getByName(name: string): INodeType {
		return this.getByNameAndVersion(name);
	}

	getByNameAndVersion(name: string): INodeType {
		const node = this.nodes.get(name);
		if (node) return node;
		const original = this.nodes.get(name.replace(/Tool$/, ''));
		if (original) return asTool(original);
		throw new UnexpectedError(`The test gives no node of type ${name}`);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

/** Changes the description as packages/cli, tool-generation/ai-tools.ts does. */
function asTool(node: INodeType): INodeType {
	const { description } = node;
	return overlay(node, {
		description: {
			...description,
			name: `${description.name}Tool`,
			displayName: `${description.displayName} Tool`,
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		},
	});
}

/** The node, with a count of its attempts. */
export function watched(node: INodeType, before?: (attempt: number) => void): INodeType {
	const { execute } = node;
	if (!execute || !before) return node;
	let attempts = 0;
	const watchedExecute: INodeType['execute'] = async function (response) {
		before(++attempts);
		return await execute.call(this, response);
	};
	return overlay(node, { execute: watchedExecute });
}

function overlay(node: INodeType, changes: Partial<INodeType>): INodeType {
	return Object.assign(Object.create(node), changes);
}
