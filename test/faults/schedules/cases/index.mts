import type { INodeType } from 'n8n-workflow';
import { requestLine, findOperation, type Operation } from '../../../../core/provider/operation.ts';
import { catalogue, type Parts } from '../../../catalogue.mts';
import { readContract } from '../../../contract/contract.mts';
import { nodeOfNewProcess } from '../newProcess.mts';
import type { Case } from './case.mts';
import { gatePayCases } from './gatePay.mts';
import { otherCases } from './others.mts';

export type { Case } from './case.mts';

/** A case, with what the package and the contract say about its operation. */
export interface Target extends Case {
	parts: Parts;
	row: Operation;
	/** The contract's operationIds of the request and of the read that looks it up. */
	endpoint: string;
	lookup: string | undefined;
	/** Whether that read answers with a list. */
	isFoundInList: boolean;
	/** The operationId of the login, where there is one. */
	login: string | undefined;
	/** The operationId of the read that confirms a callback, where there is one. */
	confirm: string | undefined;
	/** The node in another process, which remembers nothing of this one. */
	inNewProcess(): Promise<INodeType>;
	/** Whether the request carries the tag as its reference. */
	hasReference: boolean;
}

const endpoints = new Map(catalogue.map(({ provider }) => [provider.name, endpointsOf(provider.name)]));

/** The operationId by method and path, without the names of path parameters. */
function endpointsOf(provider: string): Map<string, string> {
	const all = readContract(provider.toLowerCase()).endpoints;
	return new Map(all.map(({ method, path, operationId }) => [line(method, path), operationId]));
}

function line(method: string, path: string): string {
	return `${method} ${path.replace(/\{\w+\}/g, '{}')}`;
}

function endpointOf(provider: string, { request }: Pick<Operation, 'request'>, path?: string): string {
	const { method, path: own } = requestLine({ request });
	return operationAt(provider, method, path ?? own);
}

function operationAt(provider: string, method: string, path: string): string {
	const found = endpoints.get(provider)?.get(line(method, path));
	if (found === undefined) throw new Error(`${provider}'s contract has no ${method} ${path}`);
	return found;
}

function targetOf(one: Case): Target {
	const parts = catalogue.find(({ provider }) => provider.name === one.provider);
	const row = parts && findOperation(parts.provider.resources, one.operation);
	if (!row) throw new Error(`${one.provider} has no operation ${one.operation}`);
	const [method = '', path = ''] = parts.provider.loginRequest?.split(' ') ?? [];
	const { resources } = parts.provider;
	const asking = row.lookup && findOperation(resources, lookupOf(row, one));
	const confirming = row.does?.callback?.read && findOperation(resources, row.does?.callback.read.operation);
	return {
		...one,
		parts,
		row,
		endpoint: endpointOf(one.provider, row, one.path),
		lookup: asking && endpointOf(one.provider, asking),
		isFoundInList: asking !== undefined && 'list' in asking.returns,
		login: path === '' ? undefined : operationAt(one.provider, method, path),
		confirm: confirming && endpointOf(one.provider, confirming),
		inNewProcess: () => nodeOfNewProcess(parts.folder),
		hasReference: row.referenceField !== undefined,
	};
}

function lookupOf({ lookup }: Operation, { credential }: Case): string {
	const isOnBehalf = credential?.onBehalfOf !== undefined;
	return (isOnBehalf ? lookup?.onBehalfOf?.operation : undefined) ?? lookup?.operation ?? '';
}

export const targets: Target[] = [...gatePayCases, ...otherCases].map(targetOf);

/** The write and money operations of the package that have no case. */
export function missingCases(): string[] {
	const known = new Set(targets.map(({ provider, operation }) => `${provider} ${operation}`));
	return catalogue.flatMap(({ provider }) =>
		provider.resources.flatMap((resource) =>
			resource.operations
				.filter(({ effect }) => effect !== 'read')
				.map(({ value }) => `${provider.name} ${resource.value}.${value}`)
				.filter((name) => !known.has(name)),
		),
	);
}
