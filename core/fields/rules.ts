import { oddCharacter } from '../exact/characters';
import { exactAmount, hasEveryDigit } from '../exact/decimal';
import { ExactNumber } from '../exact/json';
import type { FieldRule, ReferenceRule } from '../provider/fieldRule';
import { Refusal } from '../refusal';
import { milliseconds, writeTime } from '../exact/time';

/** A single value in the form that goes to the provider. */
export type Scalar = string | number | ExactNumber;

/**
 * Checks one field's value by its rule and gives it in the form in which it is sent.
 * @param label the field's name in the editor, e.g. `Fiat Amount`
 * @returns undefined when the field is empty and is not sent
 * @throws Refusal with the reason in the user's words
 */
export function checkField(
	value: unknown,
	rule: FieldRule | undefined,
	field: { label: string; required: boolean; timezone: string },
): Scalar | undefined {
	if (isEmpty(value)) {
		if (field.required) throw new Refusal(`${field.label} is empty`);
		return undefined;
	}
	switch (rule?.kind) {
		case 'amount':
			return checkAmount(value, rule, field.label);
		case 'reference':
			return checkReference(value, rule, field.label);
		case 'time': {
			const time = milliseconds(value, field.timezone);
			if (time === undefined) throw new Refusal(`${field.label} \`${String(value)}\` is not a date and time`);
			return writeTime(time, rule.as);
		}
		case 'integer':
			return checkInteger(value, rule, field.label);
		case 'file':
		case 'json':
		case 'list':
		case 'parts':
		case undefined:
			return checkScalar(value, field.label);
	}
}

// `007.50` is a valid amount, but not a JSON number.
function exactNumber(amount: string): ExactNumber {
	return new ExactNumber(amount.replace(/^0+(?=\d)/, ''));
}

/** Whether a field of an operation or a credential is empty. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function checkAmount(
	value: unknown,
	rule: Extract<FieldRule, { kind: 'amount' }>,
	label: string,
): string | ExactNumber {
	const amount = exactAmount(value, rule);
	if (typeof amount === 'string') return rule.as === 'number' ? exactNumber(amount) : amount;
	throw new Refusal(`${label} ${amount.refused}`);
}

/** @throws Refusal when the reference is too long or has characters that the provider does not take */
export function checkReference(value: unknown, rule: ReferenceRule, label: string): string {
	if (typeof value === 'boolean') throw new Refusal(`${label} is true or false, not a reference`);
	const reference = String(checkScalar(value, label));
	if (reference.length > rule.maximumLength) {
		throw new Refusal(`${label} has ${reference.length} characters; it takes at most ${rule.maximumLength}`);
	}
	const pattern = new RegExp(rule.pattern ?? '^[\\x21-\\x7e]+$');
	if (!pattern.test(reference)) {
		const characters = rule.characters ?? 'printable ASCII without spaces';
		throw new Refusal(
			`${label} \`${printable(reference)}\` has characters that are not taken; use ${characters}`,
		);
	}
	return reference;
}

function checkInteger(value: unknown, rule: Extract<FieldRule, { kind: 'integer' }>, label: string): number {
	const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
		throw new Refusal(`${label} \`${String(value)}\` is not a whole number`);
	}
	if (typeof value === 'number') refuseInexact(value, label);
	if (rule.minimum !== undefined && number < rule.minimum) {
		throw new Refusal(`${label} \`${number}\` is below ${rule.minimum}`);
	}
	if (rule.maximum !== undefined && number > rule.maximum) {
		throw new Refusal(`${label} \`${number}\` is above ${rule.maximum}`);
	}
	return number;
}

function checkScalar(value: unknown, label: string): string | number {
	if (typeof value === 'number') {
		// A field without a rule takes no fraction from an expression.
		if (!Number.isInteger(value)) throw perhapsRounded(value, label);
		refuseInexact(value, label);
		return value;
	}
	if (typeof value === 'boolean') throw new Refusal(`${label} is ${String(value)}, not text`);
	if (typeof value !== 'string') {
		throw new Refusal(`${label} is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}, not text`);
	}
	checkText(value, label);
	return value;
}

/** @throws Refusal for a text that an expression or a spreadsheet has changed, or with invisible characters */
export function checkText(text: string, label: string): void {
	if (text.trim() === '') throw new Refusal(`${label} is only white space`);
	// UTF-8 cannot encode half of a surrogate pair. The provider would get another character, or none.
	if (/\p{Surrogate}/u.test(text)) throw new Refusal(`${label} \`${printable(text)}\` has half a character`);
	if (text.trim() !== text) throw new Refusal(`${label} \`${printable(text)}\` has white space around it`);
	const odd = oddCharacter(text);
	if (odd !== undefined) throw new Refusal(`${label} \`${printable(text)}\` has ${odd}`, 'Type it anew');
	if (/^\d(?:\.\d+)?E\+\d+$/i.test(text)) {
		throw new Refusal(
			`${label} \`${text}\` is a long number as a spreadsheet shows it, without its last digits`,
			'Format the column as text, and write the number again',
		);
	}
	if (MISSING.test(text) && (!/\s/.test(text) || /^(?:undefined|null|NaN)$|\[object Object\]/.test(text))) {
		throw new Refusal(
			`${label} \`${printable(text)}\` was made from a field that is not there`,
			'Look at the expression and at the names of the fields',
		);
	}
}

/** The words that JavaScript writes for a missing value. */
const MISSING = /(?<![A-Za-z0-9])(?:undefined|null|NaN|\[object Object\])(?![A-Za-z0-9])/;

/** @throws Refusal for a number that has lost digits, or may have. A decimal with few digits has lost none. */
export function refuseInexact(value: number, label: string): void {
	if (!hasEveryDigit(value)) throw perhapsRounded(value, label);
}

function perhapsRounded(value: number, label: string): Refusal {
	return new Refusal(`${label} \`${value}\` is a number that may already be rounded; pass it as text`);
}

/** Makes a text safe for the editor: control characters become `?`, and long texts are cut. */
export function printable(text: string): string {
	const visible = text.replace(/[^\x20-\x7e\u00a0-\uffff]/g, '?');
	return visible.length > 60 ? `${visible.slice(0, 60)}...` : visible;
}
