import type { ICredentialType, INodeType } from 'n8n-workflow';
import type { Provider } from './provider';

/** The classes that n8n loads for one provider. */
export interface ProviderParts {
	provider: Provider;
	credential: new () => ICredentialType;
	node: new () => INodeType;
	/** Receives notifications, where the provider sends them. */
	trigger?: new () => INodeType;
	/** Looks for changes by itself, where a list or a read shows them. */
	pollingTrigger?: new () => INodeType;
}
