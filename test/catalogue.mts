import type { ICredentialType, INodeType } from 'n8n-workflow';
import type { Provider } from '../core/provider/provider.ts';
import { parts } from '../index.ts';

/** A provider's parts, for tests that hold for every provider alike. */
export interface Parts {
	/** The provider's folder in nodes/. */
	folder: string;
	provider: Provider;
	node: INodeType;
	triggers: INodeType[];
	credential: ICredentialType;
}

export const catalogue: Parts[] = parts.map(({ provider, node, trigger, pollingTrigger, credential }) => ({
	folder: node.name,
	provider,
	node: new node(),
	triggers: [trigger, pollingTrigger].flatMap((type) => (type ? [new type()] : [])),
	credential: new credential(),
}));
