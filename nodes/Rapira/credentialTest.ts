import { credentialTest } from '../../core/reads/credentialTest';
import { keyOf } from './account';
import { authorized } from './authentication';
import { rapira } from './provider';

/** n8n's test of the credential. The nodes name it in `testedBy`. */
export const credentialTests = {
	testRapira: credentialTest(rapira, {
		operation: 'balance.getMany',
		authenticate: async (credentials, options) => authorized(credentials, options, keyOf(credentials)),
	}),
};
