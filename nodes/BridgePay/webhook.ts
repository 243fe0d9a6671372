import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Notified } from '../../core/events/confirmation';
import { OTHER, providerEvent } from '../../core/events/event';
import { isObject, parseJsonOrNothing, textOf, type JsonObject } from '../../core/exact/json';
import type { Payment } from '../../core/provider/payment';
import {
	bodyText,
	header,
	MAX_DELIVERY_BYTES,
	type Delivery,
	type Received,
	type WebhookTrigger,
} from '../../core/events/webhook';
import { notificationToken } from './account';
import { toPayment } from './payment';
import { bridgePay } from './provider';
import { isNotificationToken } from './signing';

/**
 * Every example is a UUID. The ID goes into the path of the confirming request, so no character may leave its place.
 */
const INVOICE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The only documented `notificationType`. The page says: "ignore other values with 200". */
const INVOICE = 'invoice';

/** BridgePay's notifications. The token proves the sender but not the body, so the trigger reads the invoice again. */
export const bridgePayWebhook: WebhookTrigger = {
	provider: bridgePay,
	receive,
	// Milliseconds. No limit is documented, and BridgePay makes only three attempts.
	answerWithin: 10_000,
	// Only HTTP 200 counts. No body is documented.
	acknowledge: () => ({}),
	refuse: (reason) => ({ message: reason }),
};

/** Checks the token of a notification and turns its invoice into an event. Without a token of ours, none is genuine. */
export function receive(delivery: Delivery, credentials: ICredentialDataDecryptedObject): Received {
	const reason = whyForged(delivery, expectedToken(credentials));
	if (reason !== undefined) return { state: 'forged', reason };
	const body = parseJsonOrNothing(bodyText(delivery));
	if (!isObject(body)) return { state: 'forged', reason: 'The notification is not a JSON object' };
	if ('notificationType' in body && body.notificationType !== INVOICE)
		return { state: 'genuine', notified: [] };
	// One client of the engine gets the invoice without the wrapper.
	const invoice = 'invoice' in body ? body.invoice : body;
	const id = isObject(invoice) ? textOf(invoice.id) : undefined;
	if (!isObject(invoice) || id === undefined || !INVOICE_ID.test(id))
		return { state: 'forged', reason: 'The notification has no invoice with an ID of BridgePay' };
	return { state: 'genuine', notified: [toNotified(id, invoice, body)] };
}

/** The event's name is the direction of the invoice. It is `other` for an undocumented direction. */
export function eventName({ kind }: Payment): string {
	return kind === 'invoice' ? OTHER : kind;
}

/** The token for comparison, or '' when there is none, or none that an invoice could have been created with. */
function expectedToken(credentials: ICredentialDataDecryptedObject): string {
	try {
		return notificationToken(credentials) ?? '';
	} catch {
		return '';
	}
}

function whyForged(delivery: Delivery, token: string): string | undefined {
	if (token === '') return 'The trigger has no usable Notification Token';
	if (delivery.body.length > MAX_DELIVERY_BYTES) return 'The notification is too large';
	const given = header(delivery, 'x-notification-token');
	if (given === undefined) return 'The notification token is missing';
	return isNotificationToken(token, given) ? undefined : 'The notification token does not fit';
}

function toNotified(id: string, invoice: JsonObject, body: JsonObject): Notified {
	const record = toPayment('invoice', invoice);
	return {
		event: providerEvent(eventName, record, body, bridgePay.eventVersion?.(record)),
		confirm: { operation: 'invoice.get', values: { id }, about: { id }, event: eventName },
	};
}
