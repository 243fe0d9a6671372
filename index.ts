import { requestLine, type Effect } from './core/provider/operation';
import type { ProviderParts } from './core/provider/parts';
import { gatePayParts } from './nodes/GatePay/parts';
import { bridgePayParts } from './nodes/BridgePay/parts';
import { okiPaysParts } from './nodes/OkiPays/parts';
import { payPlayParts } from './nodes/PayPlay/parts';
import { rapiraParts } from './nodes/Rapira/parts';

export * from './nodes/GatePay/parts';
export * from './nodes/BridgePay/parts';
export * from './nodes/OkiPays/parts';
export * from './nodes/PayPlay/parts';
export * from './nodes/Rapira/parts';

/** One operation as docs, tests and other tools read it. */
export interface CatalogueOperation {
	resource: string;
	operation: string;
	/** As the editor shows it, e.g. `Payout: Create`. */
	title: string;
	/** Method and path, e.g. `POST /v1/pay/withdraw`. */
	request: string;
	/** `resource.operation` of the endpoint that it calls, where it is not an endpoint of its own. */
	standsOn?: string;
	effect: Effect;
	/** The path used on behalf of another account, where the provider documents one. */
	onBehalfOf?: string;
	/** The field that makes the request unique at the provider, where there is such a field. */
	reference?: string;
	/** `resource.operation` of the read that shows its result, by that reference. */
	lookup?: string;
	/**
	 * Set where n8n remembers a payment by a Payment Reference, because the provider keeps no reference of the user
	 * unique.
	 */
	remembered?: true;
	docs: string;
}

export interface CatalogueEntry {
	name: string;
	displayName: string;
	/** Names of the node types and the credential type, without the package's name. */
	node: string;
	/** The webhook trigger, where the provider sends notifications. */
	trigger?: string;
	/** The trigger that looks for changes by itself, where there is one. */
	pollingTrigger?: string;
	credential: string;
	/** The endpoint that signs the credential in. */
	loginRequest?: string;
	operations: CatalogueOperation[];
}

/** All providers in this package. A new provider is one more line here, and two above. */
export const parts: ProviderParts[] = [gatePayParts, bridgePayParts, okiPaysParts, payPlayParts, rapiraParts];

const typeName = (type: ProviderParts['node']) => new type().description.name;

function entry({ provider, node, trigger, pollingTrigger }: ProviderParts): CatalogueEntry {
	return {
		name: provider.name,
		displayName: provider.displayName,
		node: typeName(node),
		...(trigger ? { trigger: typeName(trigger) } : {}),
		...(pollingTrigger ? { pollingTrigger: typeName(pollingTrigger) } : {}),
		credential: provider.credential,
		...(provider.loginRequest === undefined ? {} : { loginRequest: provider.loginRequest }),
		operations: provider.resources.flatMap((resource) =>
			resource.operations
				.filter(({ custom }) => !custom)
				.map((operation) => ({
					resource: resource.value,
					operation: operation.value,
					title: `${resource.name}: ${operation.name}`,
					request: `${requestLine(operation).method} ${requestLine(operation).path}`,
					effect: operation.effect,
					...(operation.standsOn === undefined ? {} : { standsOn: operation.standsOn }),
					...(operation.onBehalfOf?.startsWith('/') ? { onBehalfOf: operation.onBehalfOf } : {}),
					...(operation.referenceField === undefined ? {} : { reference: operation.referenceField }),
					...(operation.lookup === undefined ? {} : { lookup: operation.lookup.operation }),
					...(operation.once?.remembered ? { remembered: operation.once?.remembered } : {}),
					docs: operation.docs,
				})),
		),
	};
}

export const providers: CatalogueEntry[] = parts.map(entry);
