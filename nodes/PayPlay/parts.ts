import type { ProviderParts } from '../../core/provider/parts';
import { PayPlayApi } from '../../credentials/PayPlayApi.credentials';
import { PayPlay } from './PayPlay.node';
import { PayPlayTrigger } from './PayPlayTrigger.node';
import { PayPlayPollingTrigger } from './PayPlayPollingTrigger.node';
import { payPlay } from './provider';

export { PayPlayApi, PayPlay, PayPlayTrigger, PayPlayPollingTrigger };

export const payPlayParts: ProviderParts = {
	provider: payPlay,
	credential: PayPlayApi,
	node: PayPlay,
	trigger: PayPlayTrigger,
	pollingTrigger: PayPlayPollingTrigger,
};
