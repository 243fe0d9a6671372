import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { eventsOf, OTHER, providerEvent, type ProviderEvent } from '../../core/events/event';
import {
	canonicalJson,
	isObject,
	parseJsonOrNothing,
	textOf,
	type Json,
	type JsonObject,
} from '../../core/exact/json';
import {
	bodyText,
	header,
	MAX_DELIVERY_BYTES,
	type Delivery,
	type Received,
	type WebhookTrigger,
} from '../../core/events/webhook';
import { eventOf, toRecord } from './notification';
import { eventVersion } from './payment';
import { gatePay } from './provider';
import { verify } from './signing';

/**
 * Milliseconds. How old a notification may be. Gate Pay retries for a day and does not document whether it signs
 * retries anew. The documented 10 seconds are for requests.
 */
export const NOTIFICATION_WINDOW_MS = 26 * 60 * 60 * 1000;

/** Milliseconds. How far Gate Pay's clock may be ahead. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

/** The exact acknowledgement that stops the retries. */
export const ACKNOWLEDGEMENT = { returnCode: 'SUCCESS', returnMessage: '' };

/** Gate Pay's notifications. Their signature covers the whole body, so they need no confirmation. */
export const gatePayWebhook: WebhookTrigger = {
	provider: gatePay,
	receive,
	// Milliseconds. No limit is documented, and the trigger asks nothing.
	answerWithin: 10_000,
	acknowledge: () => ACKNOWLEDGEMENT,
	refuse: (reason) => ({ returnCode: 'FAIL', returnMessage: reason }),
};

/**
 * Verifies a notification on its raw bytes and turns it into events. Without a secret in the credential, no
 * notification is genuine.
 * @param now unix milliseconds
 */
export function receive(
	delivery: Delivery,
	credentials: ICredentialDataDecryptedObject,
	now: number,
): Received {
	const { paymentSecret } = credentials;
	const secret = typeof paymentSecret === 'string' ? paymentSecret.trim() : '';
	const reason = whyForged(delivery, secret, now);
	if (reason !== undefined) return { state: 'forged', reason };
	const body = parseJsonOrNothing(bodyText(delivery));
	if (!isObject(body)) return { state: 'forged', reason: 'The notification is not a JSON object' };
	return { state: 'genuine', notified: toEvents(body).map((event) => ({ event })) };
}

function whyForged(delivery: Delivery, secret: string, now: number): string | undefined {
	if (secret === '') return 'The trigger has no Payment API Secret';
	if (delivery.body.length > MAX_DELIVERY_BYTES) return 'The notification is too large';
	const timestamp = header(delivery, 'x-gatepay-timestamp');
	const nonce = header(delivery, 'x-gatepay-nonce');
	const signature = header(delivery, 'x-gatepay-signature');
	if (timestamp === undefined || nonce === undefined || signature === undefined)
		return 'A signature header is missing';
	if (!/^\d{13}$/.test(timestamp)) return 'The timestamp is not in milliseconds';
	// A line end in the nonce would move the border between nonce and body, and the signature would still fit.
	if (/\s/.test(nonce)) return 'The nonce has white space in it';
	if (!verify(secret, { timestamp, nonce, body: delivery.body }, signature))
		return 'The signature does not fit';
	const age = now - Number(timestamp);
	if (age > NOTIFICATION_WINDOW_MS || age < -CLOCK_TOLERANCE_MS) return 'The timestamp is outside the window';
	return undefined;
}

/** The events that the trigger emits. An unknown kind is passed on with `event: 'other'`. */
function toEvents(body: JsonObject): ProviderEvent[] {
	if (isObject(body.main_order)) return payoutEvents(body, body.main_order);
	const raw = { ...body, ...('data' in body ? { data: opened(body.data) } : {}) };
	const bizType = textOf(body.bizType) ?? '';
	const event = eventOf(bizType);
	const data = isObject(raw.data) ? raw.data : {};
	const record = toRecord(event, textOf(body.bizStatus), textOf(body.bizId), data);
	const version = [...eventVersion(record), ...versionOf(event, bizType, data, raw)];
	return [providerEvent(event, record, raw, version)];
}

/** A notification shows the batch, but only some of its lines. */
function payoutEvents(body: JsonObject, batch: JsonObject): ProviderEvent[] {
	const suborders = body.suborders ?? [];
	return eventsOf(gatePay, 'payout', 'payout', { ...batch, suborders }).map((event) => ({
		...event,
		raw: { ...body, suborders: isObject(event.raw) ? (event.raw.suborders ?? []) : [] },
	}));
}

/** `data` is JSON text inside the JSON body; some pages show an object. */
function opened(data: Json | undefined): Json {
	return typeof data === 'string' ? (parseJsonOrNothing(data) ?? data) : (data ?? null);
}

/**
 * What tells two notifications of one order apart. Each credit has its own transaction. OTC orders have none. For an
 * undocumented kind we do not know, so its whole content counts.
 */
function versionOf(
	event: string,
	bizType: string,
	data: JsonObject,
	raw: JsonObject,
): Array<string | undefined> {
	if (event === 'otc') return [];
	if (event === OTHER) return [canonicalJson(raw)];
	const { transactionId, paymentOrderNo, deductOrderNo } = data;
	return [bizType, textOf(transactionId) ?? textOf(paymentOrderNo) ?? textOf(deductOrderNo)];
}
