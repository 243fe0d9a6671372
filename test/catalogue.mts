import type { ICredentialType, INodeType } from 'n8n-workflow';
import type { Provider } from '../core/provider/provider.ts';
import { GatePayApi } from '../credentials/GatePayApi.credentials.ts';
import { BridgePayApi } from '../credentials/BridgePayApi.credentials.ts';
import { OkiPaysApi } from '../credentials/OkiPaysApi.credentials.ts';
import { PayPlayApi } from '../credentials/PayPlayApi.credentials.ts';
import { RapiraApi } from '../credentials/RapiraApi.credentials.ts';
import { GatePay } from '../nodes/GatePay/GatePay.node.ts';
import { GatePayTrigger } from '../nodes/GatePay/GatePayTrigger.node.ts';
import { GatePayPollingTrigger } from '../nodes/GatePay/GatePayPollingTrigger.node.ts';
import { gatePay } from '../nodes/GatePay/provider.ts';
import { BridgePay } from '../nodes/BridgePay/BridgePay.node.ts';
import { BridgePayTrigger } from '../nodes/BridgePay/BridgePayTrigger.node.ts';
import { BridgePayPollingTrigger } from '../nodes/BridgePay/BridgePayPollingTrigger.node.ts';
import { bridgePay } from '../nodes/BridgePay/provider.ts';
import { OkiPays } from '../nodes/OkiPays/OkiPays.node.ts';
import { OkiPaysTrigger } from '../nodes/OkiPays/OkiPaysTrigger.node.ts';
import { OkiPaysPollingTrigger } from '../nodes/OkiPays/OkiPaysPollingTrigger.node.ts';
import { okiPays } from '../nodes/OkiPays/provider.ts';
import { PayPlay } from '../nodes/PayPlay/PayPlay.node.ts';
import { PayPlayTrigger } from '../nodes/PayPlay/PayPlayTrigger.node.ts';
import { PayPlayPollingTrigger } from '../nodes/PayPlay/PayPlayPollingTrigger.node.ts';
import { payPlay } from '../nodes/PayPlay/provider.ts';
import { Rapira } from '../nodes/Rapira/Rapira.node.ts';
import { RapiraPollingTrigger } from '../nodes/Rapira/RapiraPollingTrigger.node.ts';
import { rapira } from '../nodes/Rapira/provider.ts';

/** A provider's parts, for tests that hold for every provider alike. */
export interface Parts {
	/** The provider's folder in nodes/. */
	folder: string;
	provider: Provider;
	node: INodeType;
	triggers: INodeType[];
	credential: ICredentialType;
}

export const catalogue: Parts[] = [
	{
		folder: 'GatePay',
		provider: gatePay,
		node: new GatePay(),
		triggers: [new GatePayTrigger(), new GatePayPollingTrigger()],
		credential: new GatePayApi(),
	},
	{
		folder: 'BridgePay',
		provider: bridgePay,
		node: new BridgePay(),
		triggers: [new BridgePayTrigger(), new BridgePayPollingTrigger()],
		credential: new BridgePayApi(),
	},
	{
		folder: 'OkiPays',
		provider: okiPays,
		node: new OkiPays(),
		triggers: [new OkiPaysTrigger(), new OkiPaysPollingTrigger()],
		credential: new OkiPaysApi(),
	},
	{
		folder: 'PayPlay',
		provider: payPlay,
		node: new PayPlay(),
		triggers: [new PayPlayTrigger(), new PayPlayPollingTrigger()],
		credential: new PayPlayApi(),
	},
	{
		folder: 'Rapira',
		provider: rapira,
		node: new Rapira(),
		triggers: [new RapiraPollingTrigger()],
		credential: new RapiraApi(),
	},
];
