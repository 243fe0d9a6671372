import type { ProviderParts } from '../../core/provider/parts';
import { BridgePayApi } from '../../credentials/BridgePayApi.credentials';
import { BridgePay } from './BridgePay.node';
import { BridgePayTrigger } from './BridgePayTrigger.node';
import { BridgePayPollingTrigger } from './BridgePayPollingTrigger.node';
import { bridgePay } from './provider';

export { BridgePayApi, BridgePay, BridgePayTrigger, BridgePayPollingTrigger };

export const bridgePayParts: ProviderParts = {
	provider: bridgePay,
	credential: BridgePayApi,
	node: BridgePay,
	trigger: BridgePayTrigger,
	pollingTrigger: BridgePayPollingTrigger,
};
