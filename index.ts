import { requestLine, type Effect } from './core/provider/operation';
import type { Provider } from './core/provider/provider';
import { GatePayApi } from './credentials/GatePayApi.credentials';
import { BridgePayApi } from './credentials/BridgePayApi.credentials';
import { OkiPaysApi } from './credentials/OkiPaysApi.credentials';
import { PayPlayApi } from './credentials/PayPlayApi.credentials';
import { RapiraApi } from './credentials/RapiraApi.credentials';
import { GatePay } from './nodes/GatePay/GatePay.node';
import { GatePayTrigger } from './nodes/GatePay/GatePayTrigger.node';
import { GatePayPollingTrigger } from './nodes/GatePay/GatePayPollingTrigger.node';
import { gatePay } from './nodes/GatePay/provider';
import { BridgePay } from './nodes/BridgePay/BridgePay.node';
import { BridgePayTrigger } from './nodes/BridgePay/BridgePayTrigger.node';
import { BridgePayPollingTrigger } from './nodes/BridgePay/BridgePayPollingTrigger.node';
import { bridgePay } from './nodes/BridgePay/provider';
import { OkiPays } from './nodes/OkiPays/OkiPays.node';
import { OkiPaysTrigger } from './nodes/OkiPays/OkiPaysTrigger.node';
import { OkiPaysPollingTrigger } from './nodes/OkiPays/OkiPaysPollingTrigger.node';
import { okiPays } from './nodes/OkiPays/provider';
import { PayPlay } from './nodes/PayPlay/PayPlay.node';
import { PayPlayTrigger } from './nodes/PayPlay/PayPlayTrigger.node';
import { PayPlayPollingTrigger } from './nodes/PayPlay/PayPlayPollingTrigger.node';
import { payPlay } from './nodes/PayPlay/provider';
import { Rapira } from './nodes/Rapira/Rapira.node';
import { RapiraPollingTrigger } from './nodes/Rapira/RapiraPollingTrigger.node';
import { rapira } from './nodes/Rapira/provider';

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
	/** The trigger that looks for changes by itself. */
	pollingTrigger?: string;
	credential: string;
	/** The endpoint that signs the credential in. */
	loginRequest?: string;
	operations: CatalogueOperation[];
}

function entry(
	provider: Provider,
	triggers: Pick<CatalogueEntry, 'trigger' | 'pollingTrigger'> = {},
): CatalogueEntry {
	return {
		name: provider.name,
		displayName: provider.displayName,
		node: provider.name,
		...triggers,
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
					...(operation.remembered ? { remembered: operation.remembered } : {}),
					docs: operation.docs,
				})),
		),
	};
}

/** All providers in this package. A new provider is one more line here. */
export const providers: CatalogueEntry[] = [
	entry(gatePay, { trigger: 'gatePayTrigger', pollingTrigger: 'gatePayPollingTrigger' }),
	entry(bridgePay, { trigger: 'bridgePayTrigger', pollingTrigger: 'bridgePayPollingTrigger' }),
	entry(okiPays, { trigger: 'okiPaysTrigger', pollingTrigger: 'okiPaysPollingTrigger' }),
	entry(payPlay, { trigger: 'payPlayTrigger', pollingTrigger: 'payPlayPollingTrigger' }),
	entry(rapira, { pollingTrigger: 'rapiraPollingTrigger' }),
];

export {
	GatePay,
	GatePayApi,
	GatePayTrigger,
	GatePayPollingTrigger,
	BridgePay,
	BridgePayApi,
	BridgePayTrigger,
	BridgePayPollingTrigger,
	OkiPays,
	OkiPaysApi,
	OkiPaysTrigger,
	OkiPaysPollingTrigger,
	PayPlay,
	PayPlayApi,
	PayPlayTrigger,
	PayPlayPollingTrigger,
	Rapira,
	RapiraApi,
	RapiraPollingTrigger,
};
