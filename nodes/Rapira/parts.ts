import type { ProviderParts } from '../../core/provider/parts';
import { RapiraApi } from '../../credentials/RapiraApi.credentials';
import { Rapira } from './Rapira.node';
import { RapiraPollingTrigger } from './RapiraPollingTrigger.node';
import { rapira } from './provider';

export { RapiraApi, Rapira, RapiraPollingTrigger };

export const rapiraParts: ProviderParts = {
	provider: rapira,
	credential: RapiraApi,
	node: Rapira,
	pollingTrigger: RapiraPollingTrigger,
};
