import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Notified } from '../../core/events/confirmation';
import { providerEvent } from '../../core/events/event';
import {
	isObject,
	parseJsonOrNothing,
	textOf,
	writeJson,
	type Json,
	type JsonObject,
} from '../../core/exact/json';
import { payment } from '../../core/provider/payment';
import {
	bodyText,
	header,
	MAX_DELIVERY_BYTES,
	type Delivery,
	type Received,
	type WebhookTrigger,
} from '../../core/events/webhook';
import { toPayment } from './payment';
import { payPlay } from './provider';
import { verify } from './signing';

/** The documented events, by what stands before `::`. The part behind it is spelled in two ways, and is in Raw. */
export const EVENTS = ['order', 'transaction', 'withdrawal', 'rollback'] as const;

/** What PayPlay expects is not documented: 200, and a short body. */
export const ACKNOWLEDGEMENT = { received: true };

/**
 * PayPlay's notifications. Their signature covers the body and no time, so a notification that was seen once can be
 * sent again: they are confirmed.
 */
export const payPlayWebhook: WebhookTrigger = {
	provider: payPlay,
	receive,
	// The engine behind it is known to wait for 3 seconds. Milliseconds.
	answerWithin: 2_500,
	acknowledge: () => ACKNOWLEDGEMENT,
	refuse: (reason) => ({ message: reason }),
};

/** Verifies a notification on its raw bytes and turns it into an event. Fails closed: no token, no event. */
export function receive(delivery: Delivery, credentials: ICredentialDataDecryptedObject): Received {
	const reason = whyForged(delivery, tokensOf(credentials));
	if (reason !== undefined) return { state: 'forged', reason };
	const body = parseJsonOrNothing(bodyText(delivery));
	if (!isObject(body)) return { state: 'forged', reason: 'The notification is not a JSON object' };
	return { state: 'genuine', notified: [toNotified(body)] };
}

function tokensOf({ pageSignatureToken, generalSignatureToken }: ICredentialDataDecryptedObject): string[] {
	return [pageSignatureToken, generalSignatureToken]
		.map((token) => (typeof token === 'string' ? token.trim() : ''))
		.filter((token) => token !== '');
}

function whyForged(delivery: Delivery, tokens: readonly string[]): string | undefined {
	if (tokens.length === 0) return 'The trigger has no signature token';
	if (delivery.body.length > MAX_DELIVERY_BYTES) return 'The notification is too large';
	const signature = header(delivery, 'signature');
	if (signature === undefined) return 'The signature is missing';
	return verify(tokens, delivery.body, signature) ? undefined : 'The signature does not fit';
}

/** Unknown events pass through with `event: 'other'`, and are confirmed like the others where they have an object. */
function toNotified(body: JsonObject): Notified {
	const event = eventOf(textOf(body.event_type));
	const subject = subjectOf(event, body);
	if (!subject) {
		const record = payment(payPlay.name, 'other', { table: {}, text: undefined }, {});
		return { event: providerEvent('other', record, body, [writeJson(body)]) };
	}
	const { confirm } = subject;
	const record = toPayment(subject.kind, subject.object);
	return { event: providerEvent(event, record, body, payPlay.eventVersion?.(record)), confirm };
}

/** `order::completed` is an event `order`; `other` for one that is not documented. */
export function eventOf(eventType: string | undefined): string {
	const [subject] = (eventType ?? '').split('::');
	return EVENTS.find((name) => name === subject) ?? 'other';
}

interface Subject {
	kind: 'order' | 'transaction';
	object: JsonObject;
	confirm: NonNullable<Notified['confirm']>;
}

/** What a notification is about, and the read that shows it at PayPlay. Without an ID nothing can be confirmed. */
function subjectOf(event: string, { order, transaction }: JsonObject): Subject | undefined {
	const subjects = [orderSubject(order), transactionSubject(transaction)];
	if (event !== 'order') subjects.reverse();
	return subjects.find((subject) => subject !== undefined);
}

function orderSubject(object: Json | undefined): Subject | undefined {
	const orderId = isObject(object) ? textOf(object.id) : undefined;
	if (!isObject(object) || orderId === undefined) return undefined;
	const about = { id: orderId };
	return {
		kind: 'order',
		object,
		confirm: { operation: 'order.get', values: { orderId }, about, signed: true },
	};
}

/** Your own ID is in the signed body, and not in the read. */
function transactionSubject(object: Json | undefined): Subject | undefined {
	const transactionId = isObject(object) ? textOf(object.id) : undefined;
	if (!isObject(object) || transactionId === undefined) return undefined;
	const reference = textOf(object.external_id) ?? textOf(object.external_order_id);
	const known: JsonObject = reference === undefined ? {} : { external_id: reference };
	return {
		kind: 'transaction',
		object,
		confirm: {
			operation: 'transaction.get',
			values: { transactionId },
			about: { id: transactionId },
			known,
			signed: true,
		},
	};
}
