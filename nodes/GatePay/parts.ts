import type { ProviderParts } from '../../core/provider/parts';
import { GatePayApi } from '../../credentials/GatePayApi.credentials';
import { GatePay } from './GatePay.node';
import { GatePayTrigger } from './GatePayTrigger.node';
import { GatePayPollingTrigger } from './GatePayPollingTrigger.node';
import { gatePay } from './provider';

export { GatePayApi, GatePay, GatePayTrigger, GatePayPollingTrigger };

export const gatePayParts: ProviderParts = {
	provider: gatePay,
	credential: GatePayApi,
	node: GatePay,
	trigger: GatePayTrigger,
	pollingTrigger: GatePayPollingTrigger,
};
