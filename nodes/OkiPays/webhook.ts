import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { checkedSecret } from '../../core/wire/account';
import type { Notified } from '../../core/events/confirmation';
import { providerEvent, type ProviderEvent } from '../../core/events/event';
import { isObject, parseJsonOrNothing, textOf, type JsonObject } from '../../core/exact/json';
import {
	bodyText,
	MAX_DELIVERY_BYTES,
	type Delivery,
	type Received,
	type WebhookTrigger,
} from '../../core/events/webhook';
import { checkedOrderId } from './orderId';
import { toPayment } from './payment';
import { PAID } from './statuses';
import { okiPays } from './provider';
import { authenticity } from './signing';

/** The only documented notification. */
export const EVENT = 'order';

/** OkiPays' notifications. Each is only a hint until Order: Get confirms it. */
export const okiPaysWebhook: WebhookTrigger = {
	provider: okiPays,
	receive,
	// Milliseconds. No limit is documented, only that the answer shall come within a few seconds.
	answerWithin: 5_000,
	acknowledge,
	refuse: (reason) => ({ message: reason }),
};

/**
 * The answer decides about the order. `done` closes it, so the trigger says it only for a paid order whose event n8n
 * has stored. A filtered event was not stored, so the merchant has no record of it. The trigger never answers
 * `cancel`.
 */
export function acknowledge(emitted: readonly ProviderEvent[]): JsonObject {
	const isPaid = emitted.length > 0 && emitted.every(({ providerStatus }) => PAID.has(providerStatus));
	return isPaid ? { status: 'done' } : {};
}

/**
 * What the headers of a notification prove, and its order. The page documents no signature. A signature that is there
 * must be right. Without one, only Order: Get can confirm the notification. Without token and secret in the
 * credential, no notification is accepted.
 */
export function receive(delivery: Delivery, credentials: ICredentialDataDecryptedObject): Received {
	if (delivery.body.length > MAX_DELIVERY_BYTES) return forged('The notification is too large');
	const account = accountOf(credentials);
	if (!account) return forged('The trigger has no usable token and secret');
	const text = bodyText(delivery);
	const proof = authenticity(account, delivery.headers, text);
	if (proof === 'forged') return forged('The token or the signature does not fit');
	const body = parseJsonOrNothing(text);
	if (!isObject(body)) return forged('The notification is not a JSON object');
	const orderId = checkedOrderId(textOf(body.order_id));
	if (orderId === undefined) return forged('The notification names no order that can be asked about');

	const question: Required<Notified>['confirm'] = {
		operation: 'order.get',
		values: { order_id: orderId },
		about: { reference: String(orderId) },
	};
	const confirm = proof === 'authentic' ? { ...question, signed: true as const } : question;
	const notified = [{ event: providerEvent(EVENT, toPayment('order', body), body), confirm }];
	if (proof === 'authentic') return { state: 'genuine', notified };
	return { state: 'unproven', reason: 'The notification is not signed', notified };
}

function forged(reason: string): Received {
	return { state: 'forged', reason };
}

function accountOf({
	token,
	secret,
}: ICredentialDataDecryptedObject): Parameters<typeof authenticity>[0] | undefined {
	try {
		return { token: checkedSecret(token, 'Token'), secret: checkedSecret(secret, 'Secret') };
	} catch {
		return undefined;
	}
}
