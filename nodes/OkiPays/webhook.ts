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
import { PAID, toPayment } from './payment';
import { okiPays } from './provider';
import { authenticity } from './signing';

/** The only notification that is documented. */
export const EVENT = 'order';

/** OkiPays' notifications: a hint, until Order: Get says the same. */
export const okiPaysWebhook: WebhookTrigger = {
	provider: okiPays,
	receive,
	// No limit is documented: it shall be answered within a few seconds. Milliseconds.
	answerWithin: 5_000,
	acknowledge,
	refuse: (reason) => ({ message: reason }),
};

/**
 * The answer decides what becomes of the order. `done` closes it, so it is said only for an order that is paid and
 * whose event n8n has stored: a filtered event is nothing that the merchant has recorded. `cancel` is never said.
 */
export function acknowledge(emitted: readonly ProviderEvent[]): JsonObject {
	const isPaid = emitted.length > 0 && emitted.every(({ providerStatus }) => PAID.has(providerStatus));
	return isPaid ? { status: 'done' } : {};
}

/**
 * What the headers of a notification prove, and which order it is about. The page documents no signature: one that is
 * there has to be right, and without one only Order: Get can tell. Fails closed: no token and secret, no event.
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
