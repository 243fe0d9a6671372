import type { ProviderParts } from '../../core/provider/parts';
import { OkiPaysApi } from '../../credentials/OkiPaysApi.credentials';
import { OkiPays } from './OkiPays.node';
import { OkiPaysTrigger } from './OkiPaysTrigger.node';
import { OkiPaysPollingTrigger } from './OkiPaysPollingTrigger.node';
import { okiPays } from './provider';

export { OkiPaysApi, OkiPays, OkiPaysTrigger, OkiPaysPollingTrigger };

export const okiPaysParts: ProviderParts = {
	provider: okiPays,
	credential: OkiPaysApi,
	node: OkiPays,
	trigger: OkiPaysTrigger,
	pollingTrigger: OkiPaysPollingTrigger,
};
