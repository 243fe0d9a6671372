import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

import type { CatalogueEntry } from '../../index.ts';
import { builtPackage } from '../documents/catalogue.mts';

/** The descriptions of a provider's nodes, the action node first. */
export function builtDescriptions({ node, trigger, pollingTrigger }: CatalogueEntry): INodeTypeDescription[] {
	const names = [node, trigger, pollingTrigger].filter((name) => name !== undefined);
	return names.map((name) => instance(name, isNode).description);
}

/** The provider's credential type, as it was built. */
export function builtCredential({ credential }: CatalogueEntry): ICredentialType {
	return instance(credential, isCredential);
}

/** The class of a node type or credential type. Its file's name begins with it. */
export function classOf(type: string): string {
	return `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
}

function instance<Type>(type: string, isIt: (value: unknown) => value is Type): Type {
	const exported = builtPackage()[classOf(type)];
	const made: unknown = typeof exported === 'function' ? Reflect.construct(exported, []) : undefined;
	if (!isIt(made)) throw new Error(`dist/index.js exports no class for ${type}.`);
	return made;
}

function isNode(value: unknown): value is INodeType {
	return typeof value === 'object' && value !== null && 'description' in value;
}

function isCredential(value: unknown): value is ICredentialType {
	return typeof value === 'object' && value !== null && 'properties' in value && 'name' in value;
}
