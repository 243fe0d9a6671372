import { credentialTest } from '../../core/reads/credentialTest';
import { authorized } from './authentication';
import { payPlay } from './provider';

/** n8n's test of the credential. The nodes name it in `testedBy`. */
export const credentialTests = {
	testPayPlay: credentialTest(payPlay, {
		operation: 'order.getStatuses',
		authenticate: async (credentials, options) => authorized(credentials, options),
	}),
};
