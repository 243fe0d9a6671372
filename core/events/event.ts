import { createHash } from 'node:crypto';
import { formatDecimal, parseDecimal } from '../exact/decimal';
import { isObject, parseJson, textOf, textsIn, writeJson, type Json, type JsonObject } from '../exact/json';
import type { Payment } from '../provider/payment';
import { withoutSecrets } from '../wire/secrets';

/** What a trigger emits: the record, the name of the event, and what it was made of. */
export interface ProviderEvent extends JsonObject {
	eventId: string;
	event: string;
	raw: Json;
}

/** An event's name, or how the record decides it, e.g. by its direction. */
export type EventName = string | ((record: Payment) => string);

/** Events are the same whether a webhook brought them or a poll found them. */
export function providerEvent(
	name: EventName,
	record: Payment,
	raw: Json,
	version?: readonly unknown[],
): ProviderEvent {
	const event = typeof name === 'string' ? name : name(record);
	return { eventId: eventId(record, version), event, ...record, raw };
}

/**
 * A name for one state of one payment: the same for every retry and from every source, another for every real change
 * of state or amount. `version` adds what else makes a change at this provider, e.g. a transaction's id.
 */
export function eventId(record: Payment, version: readonly unknown[] = []): string {
	const content = JSON.stringify([essence(record), ...version.map((part) => part ?? null)]);
	return `${record.provider}-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}

/** The event in which nothing repeats a secret: a notification can, like every answer, and n8n saves it. */
export function withoutSecretsIn(event: ProviderEvent, secrets: readonly string[]): ProviderEvent {
	const text = writeJson(event);
	const safe = withoutSecrets(text, secrets);
	const cleaned = safe === text ? {} : parseJson(safe);
	return isObject(cleaned) ? Object.assign({}, event, cleaned) : event;
}

// Times and the provider's own words are left out: a list and a notification spell them differently. Of a state that
// nobody knows there are only these words.
function essence(record: JsonObject): unknown[] {
	const lines = Array.isArray(record.lines) ? record.lines.filter(isObject) : [];
	return [
		record.kind ?? null,
		record.id ?? record.reference ?? null,
		record.status ?? null,
		amount(record.amount),
		amount(record.paidAmount),
		amount(record.fiatAmount),
		record.txHash ?? null,
		...(record.status === 'unknown' ? [record.providerStatus ?? null] : []),
		...lines.map(essence),
	];
}

/** `1.50` and `1.5` are no change. */
function amount(value: Json | undefined): string | null {
	const text = textOf(value);
	const decimal = text === undefined ? undefined : parseDecimal(text);
	return decimal ? formatDecimal(decimal) : (text ?? null);
}

/** What lets an event through; an empty list lets everything through. */
export interface Filter {
	events: readonly string[];
	statuses: readonly string[];
}

/** The choices of a list; an expression may give them as one text with commas, which must not let everything through. */
export function choicesIn(value: unknown): string[] {
	const given: unknown = typeof value === 'string' ? value.split(',').map((text) => text.trim()) : value;
	return textsIn(given).filter((text) => text !== '');
}

export function passes({ event, status }: JsonObject, { events, statuses }: Filter): boolean {
	const allows = (list: readonly string[], value: unknown) =>
		list.length === 0 || list.some((one) => one === value);
	return allows(events, event) && allows(statuses, status);
}
