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

/** UUIDs in every example. Nothing that could leave its place in the path of the confirming request. */
const INVOICE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The one documented `notificationType`; "ignore other values with 200". */
const INVOICE = 'invoice';

/** BridgePay's notifications: a bare token proves the sender and not the body, so the invoice is read again. */
export const bridgePayWebhook: WebhookTrigger = {
	provider: bridgePay,
	receive,
	// No limit is documented, and only three attempts are made. Milliseconds.
	answerWithin: 10_000,
	// HTTP 200 is all that counts; no body is documented.
	acknowledge: () => ({}),
	refuse: (reason) => ({ message: reason }),
};

/** Checks the token of a notification and turns its invoice into an event. Fails closed: no token, no event. */
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

/** The event's name: the direction of the invoice, `other` for one that is not documented. */
export function eventName({ kind }: Payment): string {
	return kind === 'invoice' ? OTHER : kind;
}

/** '' when there is none, or one that no invoice can have been created with. */
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
