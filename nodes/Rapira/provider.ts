import { customRequestResource } from '../../core/fields/customRequest';
import type { Account, Lane, Provider } from '../../core/provider/provider';
import { account } from './account';
import { address } from './operations/address';
import { aml } from './operations/aml';
import { balance } from './operations/balance';
import { deposit } from './operations/deposit';
import { market } from './operations/market';
import { otc } from './operations/otc';
import { payout } from './operations/payout';
import { processing } from './operations/processing';
import { exactNumbers, toPayment } from './payment';
import { verdict } from './verdict';

const DOCS = 'https://rapira.apidog.io';

/**
 * Integrations name 5 requests per second and 100 per minute. These values are a little lower, because other programs
 * use the same key.
 */
function lane({ origin, id }: Account): Lane {
	return {
		key: `rapira ${origin} ${id}`,
		limits: [
			{ requests: 4, milliseconds: 1_000 },
			{ requests: 90, milliseconds: 60_000 },
		],
	};
}

export const rapira: Provider = {
	name: 'rapira',
	displayName: 'Rapira',
	credential: 'rapiraApi',
	resources: [
		payout,
		address,
		deposit,
		otc,
		aml,
		balance,
		market,
		processing,
		customRequestResource(DOCS, '/open/wallet/balance'),
	],
	loginRequest: 'POST /open/generate_jwt',
	parallelReads: 4,
	lane,
	dashboard: 'your Rapira account',
	account,
	verdict,
	payment: toPayment,
	// All events come from polls, so Rapira's own words are the same in every source. They tell two unknown states
	// apart, and two ends of a payout that was reopened.
	eventVersion: ({ providerStatus, updatedAtLocal }) => [providerStatus, updatedAtLocal],
	shapes: { exactNumbers },
};
