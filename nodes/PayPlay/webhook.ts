import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Notified } from '../../core/events/confirmation';
import { providerEvent } from '../../core/events/event';
import {
	isObject,
	parseJsonOrNothing,
	present,
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

/** The documented events: the part before `::`. The part after it has two spellings; Raw contains it. */
export const EVENTS = ['order', 'transaction', 'withdrawal', 'rollback'] as const;

/** PayPlay does not document the expected answer. This is 200 with a short body. */
export const ACKNOWLEDGEMENT = { received: true };

/**
 * PayPlay's notifications. Their signature covers the body but no time, so anyone who has seen one can send it again.
 * The trigger therefore confirms them.
 */
export const payPlayWebhook: WebhookTrigger = {
	provider: payPlay,
	receive,
	// Milliseconds. The engine behind PayPlay is known to wait 3 seconds.
	answerWithin: 2_500,
	acknowledge: () => ACKNOWLEDGEMENT,
	refuse: (reason) => ({ message: reason }),
};

/** Verifies a notification on its raw bytes and turns it into an event. Without a token of ours, none is genuine. */
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

/** An unknown event is passed on with `event: 'other'`. If it names an object, it is confirmed like the others. */
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

/** `order::completed` is an event `order`. An undocumented event is `other`. */
export function eventOf(eventType: string | undefined): string {
	const subject = eventType?.split('::')[0];
	return EVENTS.find((name) => name === subject) ?? 'other';
}

interface Subject {
	kind: 'order' | 'transaction';
	object: JsonObject;
	confirm: NonNullable<Notified['confirm']>;
}

/** The object of a notification, and the read that shows it at PayPlay. Without an ID, nothing can be confirmed. */
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

/** The signed body contains the merchant's own ID, but the read does not. */
function transactionSubject(object: Json | undefined): Subject | undefined {
	const transactionId = isObject(object) ? textOf(object.id) : undefined;
	if (!isObject(object) || transactionId === undefined) return undefined;
	const known = present({
		external_id: textOf(object.external_id) ?? textOf(object.external_order_id),
	});
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
