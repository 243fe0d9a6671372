import { createHash } from 'node:crypto';
import { formatDecimal, parseDecimal, sameAmount } from '../exact/decimal';
import { isObject, parseJson, textOf, textsIn, writeJson, type Json, type JsonObject } from '../exact/json';
import type { Payment } from '../provider/payment';
import type { Provider } from '../provider/provider';
import { Refusal } from '../refusal';
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
 * The events that one of the provider's objects makes: one, or one for each line of a batch, whose lines change each for
 * itself.
 * @param known what the object leaves out, in the words of the request that made it
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
 * A name for one state of one payment: the same for every retry and from every source, another for every real change
 * of state or amount. `version` has what else makes a change at this provider: its own word for the state, in one
 * spelling for all sources, and the time of the update where every source tells it.
 */
export function eventId(record: Payment, version: readonly unknown[] = [record.providerStatus]): string {
	const content = JSON.stringify([essence(record), ...version.map((part) => part ?? null)]);
	return `${record.provider}-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}

/**
 * Whether a record is about the object that was asked for: it has the expected ID or reference. Case counts in a
 * reference, which the merchant has made, and in no ID.
 */
export function isAbout(record: JsonObject, { id, reference }: Subject): boolean {
	const lower = (value: Json | undefined) => textOf(value)?.toLowerCase();
	if (id !== undefined && lower(record.id) !== id.toLowerCase()) return false;
	if (reference !== undefined && textOf(record.reference) !== reference) return false;
	return id !== undefined || reference !== undefined;
}

/** Names the object that an event must be about. */
export interface Subject {
	id?: string;
	reference?: string;
}

/** Without ID and reference nobody can say what has changed. A kind that is not documented may have other names for them. */
export function isNamed({ event, id, reference }: JsonObject): boolean {
	return event === OTHER || textOf(id) !== undefined || textOf(reference) !== undefined;
}

/** The event of a notification whose kind is not documented. */
export const OTHER = 'other';

/** The event in which nothing repeats a secret: a notification can, like every answer, and n8n saves it. */
export function withoutSecretsIn(event: ProviderEvent, secrets: readonly string[]): ProviderEvent {
	const text = writeJson(event);
	const safe = withoutSecrets(text, secrets);
	const cleaned = safe === text ? {} : parseJson(safe);
	return isObject(cleaned) ? Object.assign({}, event, cleaned) : event;
}

// Times are left out: a list and a notification spell them differently. So is the provider's own word for the state, but
// for a line: the version has it.
function essence(record: JsonObject): unknown[] {
	const lines = Array.isArray(record.lines) ? record.lines.filter(isObject) : [];
	const { id, reference, batchReference, paidAmount } = record;
	const isLine = batchReference !== undefined;
	return [
		record.kind ?? null,
		// A line is known by the merchant's own ID: the provider's may be another one in each source.
		(isLine ? (reference ?? id) : (id ?? reference)) ?? null,
		record.status ?? null,
		amount(record.amount),
		// One source says that nothing is paid, another one leaves it out.
		sameAmount(textOf(paidAmount) ?? '0', '0') ? null : amount(paidAmount),
		amount(record.fiatAmount),
		record.txHash ?? null,
		...lines.map((line) => [essence(line), line.providerStatus ?? null]),
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

/**
 * The choices of a list; an expression may give them as one text with commas.
 * @throws Refusal for what is no choice: an expression that fails must not let everything through
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
 * A switch of the trigger.
 * @throws Refusal for what is neither true nor false: an expression that fails decides nothing
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
