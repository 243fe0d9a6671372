import { createHash } from 'node:crypto';
import { formatDecimal, parseDecimal, sameAmount } from '../exact/decimal';
import { isObject, parseJson, textOf, textsIn, writeJson, type Json, type JsonObject } from '../exact/json';
import type { Payment } from '../provider/payment';
import type { Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { withoutSecrets } from '../wire/secrets';

/** What a trigger emits: the record, the name of the event, and the provider's object. */
export interface ProviderEvent extends JsonObject {
	eventId: string;
	event: string;
	raw: Json;
}

/** An event's name, or a function that takes it from the record, e.g. from its direction. */
export type EventName = string | ((record: Payment) => string);

/** Makes an event. A webhook and a poll give the same event for the same change. */
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
 * The events of one provider object. A batch gives one event for each line, because its lines change independently.
 * @param known values that the object leaves out, with the names of the request that made it
 */
export function eventsOf(
	provider: Provider,
	kind: string,
	name: EventName,
	object: JsonObject,
	known?: JsonObject,
): ProviderEvent[] {
	const whole = () => [{ record: provider.payment(kind, object, known), raw: object }];
	const parts = provider.parts?.(kind, object) ?? whole();
	return parts.map(({ record, raw }) => providerEvent(name, record, raw, provider.eventVersion?.(record)));
}

/**
 * Names one state of one payment. Every retry and every source give it the same ID, and every real change of state or
 * amount another one. `version` adds what makes a change at this provider: its own word for the state, in one
 * spelling for all sources, and the time of the update where every source gives it.
 */
export function eventId(record: Payment, version: readonly unknown[] = [record.providerStatus]): string {
	const content = JSON.stringify([essence(record), ...version.map((part) => part ?? null)]);
	return `${record.provider}-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}

/**
 * Whether a record is about the expected object, by ID or reference. Upper and lower case matter in a reference,
 * which the merchant has made. They do not matter in an ID.
 */
export function isAbout(record: JsonObject, { id, reference }: EventSubject): boolean {
	const lower = (value: Json | undefined) => textOf(value)?.toLowerCase();
	if (id !== undefined && lower(record.id) !== id.toLowerCase()) return false;
	if (reference !== undefined && textOf(record.reference) !== reference) return false;
	return id !== undefined || reference !== undefined;
}

/** The object that an event must be about. */
export interface EventSubject {
	id?: string;
	reference?: string;
}

/**
 * Whether an event names its object. Without ID and reference nobody knows what has changed. An undocumented kind of
 * event may have other names for them, so it passes.
 */
export function isNamed({ event, id, reference }: JsonObject): boolean {
	return event === OTHER || textOf(id) !== undefined || textOf(reference) !== undefined;
}

/** The event of a notification whose kind is not documented. */
export const OTHER = 'other';

/** Removes all secrets from an event. A notification can repeat a secret, like every answer, and n8n would save it. */
export function withoutSecretsIn(event: ProviderEvent, secrets: readonly string[]): ProviderEvent {
	const text = writeJson(event);
	const safe = withoutSecrets(text, secrets);
	const cleaned = safe === text ? {} : parseJson(safe);
	return isObject(cleaned) ? Object.assign({}, event, cleaned) : event;
}

// Times are left out, because lists and notifications write them in different forms. The provider's own word for the
// state is in the version already. Only for a line it is added here.
function essence(record: JsonObject): unknown[] {
	const lines = Array.isArray(record.lines) ? record.lines.filter(isObject) : [];
	const { id, reference, batchReference, paidAmount } = record;
	const isLine = batchReference !== undefined;
	return [
		record.kind ?? null,
		// The merchant's own ID identifies a line, because the provider's ID may differ between the sources.
		(isLine ? (reference ?? id) : (id ?? reference)) ?? null,
		record.status ?? null,
		amount(record.amount),
		// Some sources say that nothing is paid, others leave the amount out. Both mean the same.
		sameAmount(textOf(paidAmount) ?? '0', '0') ? null : amount(paidAmount),
		amount(record.fiatAmount),
		record.txHash ?? null,
		...lines.map((line) => [essence(line), line.providerStatus ?? null]),
	];
}

/** Writes `1.50` and `1.5` in the same form, because their difference is not a change. */
function amount(value: Json | undefined): string | null {
	const text = textOf(value);
	const decimal = text === undefined ? undefined : parseDecimal(text);
	return decimal ? formatDecimal(decimal) : (text ?? null);
}

/** The filter of a trigger. An empty list lets everything through. */
export interface Filter {
	events: readonly string[];
	statuses: readonly string[];
}

/**
 * The choices of a list. An expression may give them as one text with commas.
 * @throws Refusal for a value without choices, because a broken expression must not let everything through
 */
export function choicesIn(value: unknown): string[] {
	if (typeof value === 'string') return chosenIn(value.split(',').map((text) => text.trim()));
	return Array.isArray(value) && value.length === 0 ? [] : chosenIn(value);
}

function chosenIn(value: unknown): string[] {
	const choices = textsIn(value);
	const isFilled = choices.length > 0 && choices.every((text) => text !== '');
	if (Array.isArray(value) && isFilled && choices.length === value.length) return choices;
	throw new Refusal(
		'An expression in a filter of the trigger gives no list of choices',
		'Correct the expression, or choose from the list',
	);
}

/**
 * The value of a switch in the trigger.
 * @throws Refusal for a value that is neither true nor false, because a broken expression must not decide anything
 */
export function switchIn(value: unknown, title: string): boolean {
	if (typeof value === 'boolean') return value;
	throw new Refusal(`The expression in ${title} gives neither true nor false`, 'Correct the expression');
}

export function passes({ event, status }: JsonObject, { events, statuses }: Filter): boolean {
	const allows = (list: readonly string[], value: unknown) =>
		list.length === 0 || list.some((one) => one === value);
	return allows(events, event) && allows(statuses, status);
}
