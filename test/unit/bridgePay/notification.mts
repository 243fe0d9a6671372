import type { JsonObject } from '../../../core/exact/json.ts';
import type { Delivery } from '../../../core/events/webhook.ts';
import { documentedWebhooks } from '../documentedWebhooks.mts';

export const token = 'fixture-notification-token';

export const credentials = {
	baseUrl: 'https://api.bridgepay.club',
	apiKey: 'fixture-api-key',
	secret: 'fixture-secret',
	notificationToken: token,
	totpSecret: '',
};

const { post } = documentedWebhooks('bridgepay').invoiceNotification;

/** The documented notification of a paid pay-in, from the contract. */
export const documented: { notificationType: string; notificationDate: string; invoice: JsonObject } =
	post.requestBody.content['application/json'].example;

/** The documented notification with some fields of its invoice changed. */
export function notification(change: JsonObject = {}) {
	return { ...documented, invoice: { ...documented.invoice, ...change } };
}

/** A delivery of this body, with the right token unless other headers are given. */
export function delivery(body: unknown, headers: Delivery['headers'] = { 'x-notification-token': token }) {
	const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
	return { headers, body: bytes } satisfies Delivery;
}
