import { bridgePayWebhook } from '../../../nodes/BridgePay/webhook.ts';
import { describeForgeries } from '../forgeries.mts';
import { credentials, delivery, documented, notification } from './notification.mts';

describeForgeries('BridgePay', {
	trigger: bridgePayWebhook,
	credentials,
	now: 1_782_864_000_000,
	deliveries: [documented, documented.invoice, notification({ type: 'out', status: 'expired' })].map((body) =>
		delivery(body),
	),
	proof: ['x-notification-token'],
	// The token is no signature, so the node asks BridgePay about the object.
	coversBody: false,
});
