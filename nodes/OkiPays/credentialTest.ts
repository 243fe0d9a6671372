import { credentialTest } from '../../core/reads/credentialTest';
import { authorized } from './authentication';
import { okiPays } from './provider';

/** n8n's test of the credential. The nodes name it in `testedBy`. */
export const credentialTests = {
	testOkiPays: credentialTest(okiPays, {
		operation: 'order.get',
		// A number that no order has. OkiPays says that it does not know it, and thereby that it knows who asks.
		values: { order_id: 2_147_483_647 },
		authenticate: async (credentials, options) => authorized(credentials, options),
	}),
};
