import { sameAmount, withoutExponent } from '../exact/decimal';
import {
	at,
	ExactNumber,
	isObject,
	isWritableObject,
	textOf,
	type Json,
	type JsonObject,
	type WritableJson,
	type WritableObject,
} from '../exact/json';
import type { SameFields, Sameness } from '../provider/lookup';

/**
 * Compares a request with the object that the provider has under its reference.
 * @param onBehalfOf the account on whose behalf the request was sent, if there is one
 * @returns texts like `amount: 10 here, 12 there`, or an empty list when both are the same payment. If no field could
 * be compared, or the lines are not shown, that counts as a difference.
 */
export function differences(
	same: Sameness,
	sent: WritableObject,
	found: Json,
	onBehalfOf?: string,
): string[] {
	if (!isObject(found)) return ['the provider shows no details'];
	const tally: Tally = { compared: 0, found: [], isWhole: true };
	compareFields(same, sent, found, '', tally);
	if (same.onBehalfOf !== undefined && onBehalfOf !== undefined) {
		const account = { fields: { 'the account': same.onBehalfOf } };
		compareFields(account, { 'the account': onBehalfOf }, found, '', tally);
	}
	if (same.lines) compareLines(same.lines, sent, found, tally);
	for (const [ours, theirs] of Object.entries(same.grouped ?? {})) {
		compareGrouped(ours, scalarText(sentMember(sent, ours)), theirs, found, tally);
	}
	return tally.compared === 0 ? ['the provider shows nothing to compare'] : tally.found;
}

/** The fields in which the answer to a send contradicts the send. The answer need not show all fields. */
export function contradictions(same: Sameness, sent: WritableObject, answer: Json): string[] {
	if (!isObject(answer)) return [];
	const tally: Tally = { compared: 0, found: [], isWhole: false };
	compareFields(same, sent, answer, '', tally);
	for (const [ours, theirs] of Object.entries(same.grouped ?? {})) {
		const here = scalarText(sentMember(sent, ours));
		if (here !== undefined) compareGrouped(ours, here, theirs, answer, tally);
	}
	return tally.found;
}

interface Tally {
	compared: number;
	found: string[];
	/** The object shows all its fields, so an empty field is really empty. */
	isWhole: boolean;
}

function compareFields(
	{ fields = {}, unset = {}, ifSent = {} }: SameFields,
	sent: WritableObject,
	found: JsonObject,
	where: string,
	tally: Tally,
): void {
	for (const [ours, theirs] of Object.entries({ ...fields, ...ifSent })) {
		const isShown = at(found, theirs) !== undefined;
		const here = scalarText(sent[ours]) ?? unset[ours];
		const there = filledText(at(found, theirs)) ?? unset[ours];
		if (isShown) tally.compared += 1;
		if (here === there) continue;
		const isOptional = !(ours in fields) || !tally.isWhole;
		if (isOptional && (here === undefined || (there === undefined && !(tally.isWhole && isShown)))) continue;
		if (here !== undefined && there !== undefined && isSameText(here, there)) continue;
		tally.found.push(`${where}${ours} is ${here ?? 'empty'} here and ${there ?? 'empty'} there`);
	}
}

function filledText(value: Json | undefined): string | undefined {
	const text = textOf(value);
	return text === '' ? undefined : text;
}

/** The message must not contain the values, because one of them may be a card number. */
function compareGrouped(
	ours: string,
	here: string | undefined,
	theirs: readonly string[],
	found: JsonObject,
	tally: Tally,
): void {
	const there = theirs.map((path) => filledText(at(found, path))).find((text) => text !== undefined);
	if (there === undefined) return;
	tally.compared += 1;
	if (lettersAndDigits(here ?? '') !== lettersAndDigits(there))
		tally.found.push(`${ours} is another one there`);
}

function lettersAndDigits(text: string): string {
	return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

function sentMember(value: WritableJson, path: string): WritableJson {
	return path
		.split('.')
		.reduce<WritableJson>((place, key) => (isWritableObject(place) ? place[key] : undefined), value);
}

function compareLines(
	rule: NonNullable<Sameness['lines']>,
	sent: WritableObject,
	found: JsonObject,
	tally: Tally,
): void {
	const here = sent[rule.sent];
	const there = found[rule.found];
	if (!Array.isArray(here)) return;
	if (!Array.isArray(there)) {
		// The other fields, e.g. the currency, are the same in every payroll, so they prove nothing.
		tally.found.push('the provider shows no lines');
		return;
	}
	tally.compared += 1;
	if (here.length !== there.length) {
		tally.found.push(`${here.length} lines here and ${there.length} there`);
		return;
	}
	const [ourKey, theirKey] = rule.by;
	// Lines without a unique key may repeat it, so each found line can match only one sent line.
	const unmatched = there.filter(isObject);
	for (const line of here) {
		const own = isWritableObject(line) ? line : {};
		const key = scalarText(own[ourKey]);
		const candidates = unmatched.filter((candidate) => textOf(candidate[theirKey]) === key);
		const match = candidates.find((candidate) => agree(rule, own, candidate)) ?? candidates[0];
		if (!match) {
			tally.found.push(`line ${key ?? ''} is not there`);
			continue;
		}
		unmatched.splice(unmatched.indexOf(match), 1);
		compareFields(rule, own, match, `line ${key ?? ''}: `, tally);
	}
}

/**
 * The upper and lower case of a hexadecimal address is a checksum. A provider may write it in another way. `1.0E+1`
 * is 10. No provider writes zeros before an amount, so `0042` is a memo or an account, and another one than 42.
 */
export function isSameText(here: string, there: string): boolean {
	const isHex = /^0x[0-9a-f]+$/i.test(here);
	if (isHex ? here.toLowerCase() === there.toLowerCase() : here === there) return true;
	return !/^0\d/.test(there) && sameAmount(withoutExponent(here), withoutExponent(there));
}

function agree(rule: SameFields, sent: WritableObject, found: JsonObject): boolean {
	const tally: Tally = { compared: 0, found: [], isWhole: true };
	compareFields(rule, sent, found, '', tally);
	return tally.found.length === 0;
}

/** The text of a value of a request, without an empty one. */
export function scalarText(value: unknown): string | undefined {
	if (value instanceof ExactNumber) return value.digits;
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
