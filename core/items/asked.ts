import { isObject, type Json, type JsonObject, type WritableObject } from '../exact/json';
import type { Operation } from '../provider/operation';
import { plainJson } from './output';

/** Names of fields that say who gets the payment, in which currency and in which way. A row's rule marks an amount. */
const WORDS =
	/amount|price|currency|coin|chain|network|address|wallet|requisites|iban|holder|receiver|recipient|memo/i;

/**
 * What a request asks for, with the provider's own names. A person who settles an unknown payment needs it to find
 * the payment. Secrets and hidden fields are left out.
 */
export function askedFor({ rules, fields = [] }: Operation, values: WritableObject): JsonObject {
	const isHidden = (name: string) =>
		fields.some((field) => field.name === name && field.typeOptions?.password === true);
	const asks = (name: string, value: Json) =>
		!isHidden(name) && (rules?.[name]?.kind === 'amount' || (WORDS.test(name) && hasContent(value)));
	return picked(plainJson(values), asks);
}

function picked(values: JsonObject, asks: (name: string, value: Json) => boolean): JsonObject {
	const kept: Array<[string, Json]> = [];
	for (const [name, value] of Object.entries(values)) {
		const inner = innerOf(value, asks);
		if (inner !== undefined) kept.push([name, inner]);
		else if (typeof value !== 'object' && asks(name, value)) kept.push([name, value]);
	}
	return Object.fromEntries(kept);
}

function innerOf(value: Json, asks: (name: string, value: Json) => boolean): Json | undefined {
	if (Array.isArray(value)) {
		const rows = value.filter(isObject).map((row) => picked(row, asks));
		return rows.some(hasContent) ? rows : undefined;
	}
	if (!isObject(value)) return undefined;
	const own = picked(value, asks);
	return hasContent(own) ? own : undefined;
}

function hasContent(value: Json): boolean {
	if (isObject(value)) return Object.keys(value).length > 0;
	return value !== '' && value !== null;
}

/** The most lines of a batch that a message lists. The message only counts the others. */
const MAX_LINES = 3;

/** Writes e.g. `amount 10.5, currency USDT, address TA1`. Only the ends of a card or account number are shown. */
export function askedText(asked: JsonObject): string {
	return Object.entries(asked).map(told).join(', ');
}

function told([name, value]: [string, Json]): string {
	if (Array.isArray(value)) {
		const lines = value.filter(isObject);
		const more = lines.length > MAX_LINES ? ` and ${lines.length - MAX_LINES} more` : '';
		return `${lines.slice(0, MAX_LINES).map(askedText).join('; ')}${more}`;
	}
	if (isObject(value)) return askedText(value);
	return `${name} ${AMOUNT.test(name) ? String(value) : withoutMiddle(String(value))}`;
}

const AMOUNT = /amount|price/i;

/**
 * A card or account number: 12 digits or more, in a row or in groups. A digit behind a point belongs to an amount, and
 * one beside a letter to an address.
 */
const NUMBERS =
	/(?<![\p{L}\p{N}]|\p{N}\.)\d(?:(?:[\s-]{0,3}\d){11,}|\d{3}(?:[./_]\d{4}){2,}(?:[./_]?\d+)?)(?!\.?[\p{L}\p{N}])/gu;

/** An account number that begins with its country. Addresses are longer, or mix the cases of their letters. */
const IBAN = /^\s*(?:[A-Z]{2}\d{2}(?:\s?[A-Z\d]){11,30}|[a-z]{2}\d{2}(?:\s?[a-z\d]){11,30})\s*$/;

/** Only the ends of a card or account number are kept. */
function withoutMiddle(text: string): string {
	return IBAN.test(text) ? endsOf(text) : text.replace(NUMBERS, endsOf);
}

function endsOf(number: string): string {
	const short = number.replace(/[^A-Za-z\d]/g, '');
	return `${short.slice(0, 4)}...${short.slice(-4)}`;
}
