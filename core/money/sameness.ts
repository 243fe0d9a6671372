import { sameAmount } from '../exact/decimal';
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
import type { Sameness } from '../provider/operation';

/**
 * What differs between a request and the object that the provider has under its reference.
 * @returns texts like `amount: 10 here, 12 there`; empty when both are the same payment. A field that the provider
 * does not show is not compared; when nothing could be compared, or lines are not shown, that is a difference.
 */
export function differences(same: Sameness, sent: WritableObject, found: Json): string[] {
	if (!isObject(found)) return ['the provider shows no details'];
	const tally = { compared: 0, found: new Array<string>() };
	compareFields(same.fields ?? {}, sent, found, '', tally);
	if (same.lines) compareLines(same.lines, sent, found, tally);
	for (const [ours, theirs] of Object.entries(same.grouped ?? {})) {
		compareGrouped(ours, scalarText(sentMember(sent, ours)), theirs, found, tally);
	}
	if (tally.compared === 0 && tally.found.length === 0) return ['the provider shows nothing to compare'];
	return tally.found;
}

interface Tally {
	compared: number;
	found: string[];
}

function compareFields(
	fields: Record<string, string>,
	sent: WritableObject,
	found: JsonObject,
	where: string,
	tally: Tally,
): void {
	for (const [ours, theirs] of Object.entries(fields)) {
		const here = scalarText(sent[ours]);
		const there = textOf(at(found, theirs));
		if (here === undefined || there === undefined) continue;
		tally.compared += 1;
		if (!sameText(here, there) && !sameAmount(here, there)) {
			tally.found.push(`${where}${ours} is ${here} here and ${there} there`);
		}
	}
}

/** The values are not quoted: a card number has no place in a message. */
function compareGrouped(
	ours: string,
	here: string | undefined,
	theirs: readonly string[],
	found: JsonObject,
	tally: Tally,
): void {
	const there = theirs.map((path) => textOf(at(found, path))).find((text) => text !== undefined);
	if (here === undefined || there === undefined) return;
	tally.compared += 1;
	if (lettersAndDigits(here) !== lettersAndDigits(there)) tally.found.push(`${ours} is another one there`);
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
		// What else agrees, e.g. the currency, is the same for every payroll.
		tally.found.push('the provider shows no lines');
		return;
	}
	if (here.length !== there.length) {
		tally.found.push(`${here.length} lines here and ${there.length} there`);
		return;
	}
	const [ourKey, theirKey] = rule.by;
	// Lines without a key of their own may repeat it: each found line answers for one sent line only.
	const unmatched = there.filter(isObject);
	for (const line of here) {
		const own = isWritableObject(line) ? line : {};
		const key = scalarText(own[ourKey]);
		const candidates = unmatched.filter((candidate) => textOf(candidate[theirKey]) === key);
		const match = candidates.find((candidate) => agree(rule.fields, own, candidate)) ?? candidates[0];
		if (!match) {
			tally.found.push(`line ${key ?? ''} is not there`);
			continue;
		}
		unmatched.splice(unmatched.indexOf(match), 1);
		compareFields(rule.fields, own, match, `line ${key ?? ''}: `, tally);
	}
}

// Hexadecimal addresses carry a checksum in their case, which a provider may write otherwise.
function sameText(here: string, there: string): boolean {
	const isHex = /^0x[0-9a-f]+$/i.test(here);
	return isHex ? here.toLowerCase() === there.toLowerCase() : here === there;
}

function agree(fields: Record<string, string>, sent: WritableObject, found: JsonObject): boolean {
	const tally = { compared: 0, found: new Array<string>() };
	compareFields(fields, sent, found, '', tally);
	return tally.found.length === 0;
}

function scalarText(value: unknown): string | undefined {
	if (value instanceof ExactNumber) return value.digits;
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
