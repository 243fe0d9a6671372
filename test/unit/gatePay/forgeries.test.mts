import CryptoJS from 'crypto-js';
import type { Delivery } from '../../../core/events/webhook.ts';
import { gatePayWebhook } from '../../../nodes/GatePay/webhook.ts';
import { documentedWebhooks } from '../documentedWebhooks.mts';
import { describeForgeries } from '../forgeries.mts';

const secret = 'gp_test_secret_0123456789abcdef';
const now = 1_782_864_000_000;

interface Webhook {
	post: { requestBody: { content: Record<string, { examples: Record<string, { value: unknown }> }> } };
}

const webhooks: Record<string, Webhook> = documentedWebhooks('gatepay');

/** All documented notifications, signed by another implementation. */
const deliveries: Delivery[] = Object.values(webhooks).map(({ post }) => {
	const [example] = Object.values(post.requestBody.content['application/json']?.examples ?? {});
	const body = JSON.stringify(example?.value);
	const signature = CryptoJS.HmacSHA512(`${now}\nnonce1\n${body}\n`, secret).toString(CryptoJS.enc.Hex);
	return {
		headers: {
			'x-gatepay-timestamp': String(now),
			'x-gatepay-nonce': 'nonce1',
			'x-gatepay-signature': signature,
		},
		body: Buffer.from(body),
	};
});

describeForgeries('Gate Pay', {
	trigger: gatePayWebhook,
	credentials: { clientId: 'cid', paymentSecret: secret, baseUrl: 'https://openplatform.gateapi.io' },
	now,
	deliveries,
	proof: ['x-gatepay-timestamp', 'x-gatepay-nonce', 'x-gatepay-signature'],
	coversBody: true,
});
