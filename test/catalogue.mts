import type { ICredentialType, INodeType } from 'n8n-workflow';
import type { Provider } from '../core/provider.ts';
import { GatePayApi } from '../credentials/GatePayApi.credentials.ts';
import { RapiraApi } from '../credentials/RapiraApi.credentials.ts';
import { GatePay } from '../nodes/GatePay/GatePay.node.ts';
import { GatePayTrigger } from '../nodes/GatePay/GatePayTrigger.node.ts';
import { gatePay } from '../nodes/GatePay/provider.ts';
import { rapira } from '../nodes/Rapira/provider.ts';
import { Rapira } from '../nodes/Rapira/Rapira.node.ts';

/** A provider's parts, for tests that hold for every provider alike. */
export interface Parts {
	/** Its folder below nodes/. */
	folder: string;
	provider: Provider;
	node: INodeType;
	trigger?: INodeType;
	credential: ICredentialType;
}

export const catalogue: Parts[] = [
	{
		folder: 'GatePay',
		provider: gatePay,
		node: new GatePay(),
		trigger: new GatePayTrigger(),
		credential: new GatePayApi(),
	},
	{ folder: 'Rapira', provider: rapira, node: new Rapira(), credential: new RapiraApi() },
];
