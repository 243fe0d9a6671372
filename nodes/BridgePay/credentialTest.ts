import { credentialTest } from '../../core/reads/credentialTest';
import { authorized } from './authentication';
import { bridgePay } from './provider';

/** n8n's test of the credential. The nodes name it in `testedBy`. */
export const credentialTests = {
	testBridgePay: credentialTest(bridgePay, {
		operation: 'store.getAccounts',
		authenticate: async (credentials, options) => authorized(credentials, options),
	}),
};
