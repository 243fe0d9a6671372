import { customRequestResource } from '../../core/fields/customRequest';
import type { Provider } from '../../core/provider/provider';
import { account } from './account';
import { currency } from './operations/currency';
import { order } from './operations/order';
import { eventVersion, toPayment } from './payment';
import { coin } from './shapes';
import { verdict } from './verdict';

const DOCS = 'https://okipays.com/api';

export const okiPays: Provider = {
	name: 'okiPays',
	displayName: 'OkiPays',
	credential: 'okiPaysApi',
	resources: [order, currency, customRequestResource(DOCS, '/v1/public/currency-list')],
	parallelReads: 4,
	// OkiPays refuses a request that arrives after one with a larger id, so requests go one by one. Its rate limit is
	// not documented. These values stay below the limit of an exchange on the same engine, 5 in a second.
	lane: ({ origin, id }) => ({
		key: `okiPays ${origin} ${id}`,
		oneByOne: true,
		limits: [{ requests: 4, milliseconds: 1000 }],
	}),
	dashboard: 'the OkiPays cabinet',
	account,
	verdict,
	payment: toPayment,
	eventVersion,
	shapes: { coin },
};
