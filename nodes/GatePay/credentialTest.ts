import { credentialTest } from '../../core/reads/credentialTest';
import { authorized } from './authentication';
import { gatePay } from './provider';

/** n8n's test of the credential. The nodes name it in `testedBy`. */
export const credentialTests = {
	testGatePay: credentialTest(gatePay, {
		operation: 'balance.getMany',
		authenticate: async (credentials, options) => authorized(credentials, options),
	}),
};
