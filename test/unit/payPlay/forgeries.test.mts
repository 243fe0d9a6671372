import CryptoJS from 'crypto-js';
import type { Delivery } from '../../../core/events/webhook.ts';
import { payPlayWebhook } from '../../../nodes/PayPlay/webhook.ts';
import { describeForgeries } from '../forgeries.mts';
import { eventTypes, notification, W1, W2 } from './vectors.mts';

const credentials = {
	apiToken: 'api-token',
	pageSignatureToken: 'page-token',
	generalSignatureToken: 'general-token',
	baseUrl: 'https://api.payplay.io',
};

/** All documented notifications under each of the two tokens, signed by another implementation. */
const deliveries: Delivery[] = [
	W1,
	W2,
	...eventTypes.map(([type, , status]) => notification(type, status)),
].flatMap((body) =>
	[credentials.pageSignatureToken, credentials.generalSignatureToken].map((token) => ({
		headers: { signature: CryptoJS.HmacSHA256(body, token).toString(CryptoJS.enc.Hex) },
		body: Buffer.from(body),
	})),
);

describeForgeries('PayPlay', {
	trigger: payPlayWebhook,
	credentials,
	now: 1_782_864_000_000,
	deliveries,
	proof: ['signature'],
	coversBody: true,
});
