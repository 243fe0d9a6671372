import { withNetwork } from './engineServices.mts';
import { LoadOptionsContext } from 'n8n-core';
import {
	UnexpectedError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';
import { newExecution } from './additionalData.mts';
import { searchForSecrets } from './leaks.mts';
import type { Access, Network } from './types.mts';
import { accessOf, buildWorkflow } from './workflows.mts';

export interface ListCall extends Access {
	node: INodeType;
	/** The name in `methods.loadOptions` or `methods.listSearch`. */
	method: string;
	parameters?: INodeParameters;
	/** The field that gets the list, e.g. `parameters.options.lines.line[0].network`. Paths with `&` need it. */
	path?: string;
	network?: Network;
}

export interface SearchCall extends ListCall {
	filter?: string;
	paginationToken?: string;
}

const NODE = 'Node';

function contextOf({
	node,
	parameters = {},
	path = 'parameters',
	credentials,
	credentialTypes,
}: ListCall): ILoadOptionsFunctions {
	const steps = { [NODE]: { node, parameters, credentials, credentialTypes } };
	const workflow = buildWorkflow(steps, []);
	const workflowNode = workflow.getNode(NODE);
	if (!workflowNode) throw new UnexpectedError('The node is not in its workflow');
	const additionalData = {
		...newExecution(workflow, 'internal', accessOf(steps)),
		currentNodeParameters: parameters,
	};
	return new LoadOptionsContext(workflow, workflowNode, additionalData, path);
}

/** The list of a resource locator, as the editor asks for it. */
export async function callListSearch(call: SearchCall): Promise<INodeListSearchResult> {
	const search = call.node.methods?.listSearch?.[call.method];
	if (!search) throw new UnexpectedError(`The node has no listSearch method ${call.method}`);
	const context = contextOf(call);
	return await searched(call, () => search.call(context, call.filter, call.paginationToken));
}

/** The options of a drop-down, as the editor asks for them. */
export async function callLoadOptions(call: ListCall): Promise<INodePropertyOptions[]> {
	const load = call.node.methods?.loadOptions?.[call.method];
	if (!load) throw new UnexpectedError(`The node has no loadOptions method ${call.method}`);
	const context = contextOf(call);
	return await searched(call, () => load.call(context));
}

async function searched<Result>(call: ListCall, ask: () => Promise<Result>): Promise<Result> {
	try {
		const result = await withNetwork(call.network, ask);
		searchForSecrets(call, [result]);
		return result;
	} catch (error) {
		searchForSecrets(call, [error]);
		throw error;
	}
}
