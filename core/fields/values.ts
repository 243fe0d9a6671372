import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { ExactNumber, isRecord, readJson, type WritableJson, type WritableObject } from '../exact/json';
import type { FieldRule } from '../provider/fieldRule';
import type { Operation } from '../provider/operation';
import { Refusal } from '../refusal';
import { checkField, checkText, isEmpty, printable, refuseInexact } from './rules';

/** The value of a resource locator. Any other value stays as it is. */
export function plain(value: unknown): unknown {
	if (isRecord(value) && value.__rl === true) return value.value;
	return value;
}

/** Checks one field of an operation or of a line and gives it in the form in which it is sent. */
export function checkOne(
	operation: Operation,
	field: INodeProperties,
	value: unknown,
	timezone: string,
	path: string,
	label: string,
): WritableJson {
	const rule = operation.rules?.[path];
	if (field.type === 'fixedCollection') return checkLines(operation, field, value, timezone, path);
	if (rule?.kind === 'list') return checkList(value, label, field.required === true);
	if (rule?.kind === 'json') return checkJson(value, label, field.required === true);
	if (field.type === 'boolean') return checkSwitch(value, label);
	// The row sets this value, or the user chooses it from the row's list.
	const isOfRow = field.type === 'hidden' || field.type === 'options';
	if (isOfRow && typeof value === 'boolean') return value;
	const sent = checkField(plain(value), rule, { label, required: field.required === true, timezone });
	// An expression may fill a text field with a number. The provider still gets a text.
	const isText = rule === undefined && (field.type === 'string' || field.type === 'resourceLocator');
	return isText && typeof sent === 'number' ? String(sent) : sent;
}

/** A fixed collection with one group of fields becomes a list of objects, or one object where only one is allowed. */
function checkLines(
	operation: Operation,
	field: INodeProperties,
	value: unknown,
	timezone: string,
	path: string,
): WritableJson {
	const group = field.options?.find(isCollection);
	if (!group) throw new TypeError(`${path} has no group of fields`);
	const given: unknown = isRecord(value) ? value[group.name] : undefined;
	const many = field.typeOptions?.multipleValues === true;
	const lines: unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
	if (lines.length === 0) {
		if (field.required) throw new Refusal(`${field.displayName} has no line`);
		return undefined;
	}
	const sent = lines.map((line, index) =>
		checkLine(operation, group, line, { timezone, path, place: many ? ` in line ${index + 1}` : '' }),
	);
	return many ? sent : sent[0];
}

/**
 * Refuses a fixed collection that n8n has emptied. If an expression gives it without its group, n8n empties it
 * silently, even in the stored parameters. A payout would be sent without its conversion. An option that a user added
 * and left empty looks the same, so it is refused as well.
 * @throws Refusal for an option that was added and has no content
 */
export function refuseEmptied({ type, displayName, options = [] }: INodeProperties, value: unknown): void {
	if (type !== 'fixedCollection' || !isRecord(value)) return;
	const group = options.find(isCollection);
	if (!group || group.name in value) return;
	throw new Refusal(
		`${displayName} was added among the options and has nothing in it`,
		`Fill it or remove it. An expression has to give an object with ${group.name} in it`,
	);
}

function checkLine(
	operation: Operation,
	group: INodePropertyCollection,
	line: unknown,
	{ timezone, path, place }: { timezone: string; path: string; place: string },
): WritableObject {
	const sent: WritableObject = {};
	for (const field of group.values) {
		const given = isRecord(line) ? line[field.name] : undefined;
		const label = `${field.displayName}${place}`;
		const one = checkOne(operation, field, given, timezone, `${path}.${field.name}`, label);
		if (one !== undefined) sent[field.name] = one;
	}
	return sent;
}

function isCollection(option: unknown): option is INodePropertyCollection {
	return isRecord(option) && Array.isArray(option.values);
}

/** Splits a choice like `USDT:TRX:USDTTRC20` into its parameters. */
export function checkParts(
	value: unknown,
	{ names, optional = 0 }: Extract<FieldRule, { kind: 'parts' }>,
	{ displayName: label, required = false }: INodeProperties,
): WritableObject {
	const text = checkField(value, undefined, { label, required, timezone: 'UTC' });
	if (text === undefined) return {};
	const parts = String(text).split(':');
	const isWhole = parts.length <= names.length && parts.length >= names.length - optional;
	if (!isWhole || parts.some((part) => part === '' || /\s/.test(part))) {
		throw new Refusal(`${label} \`${printable(String(text))}\` must be ${names.join(':')}`);
	}
	return Object.fromEntries(parts.map((part, index) => [names[index], part]));
}

function checkList(value: unknown, label: string, required: boolean): WritableJson {
	const texts = String(value ?? '')
		.split(',')
		.map((text) => text.trim())
		.filter((text) => text !== '');
	for (const text of texts) checkText(text, label);
	if (texts.length === 0 && required) throw new Refusal(`${label} is empty`);
	return texts.length === 0 ? undefined : texts;
}

/** Reads JSON text as typed, or a value from an expression. Numbers keep their digits. */
function checkJson(value: unknown, label: string, required: boolean): WritableJson {
	if (isEmpty(value)) {
		if (required) throw new Refusal(`${label} is empty`);
		return undefined;
	}
	const text = jsonText(value, label);
	let reason: string;
	try {
		return readJson(text, (digits) => new ExactNumber(digits));
	} catch (cause) {
		reason = cause instanceof SyntaxError ? 'is not JSON' : 'has a number with an exponent';
	}
	throw new Refusal(`${label} ${reason}`);
}

/**
 * A text as typed, or the JSON of a value from an expression.
 * @throws Refusal for a number in it that may be rounded already, and for one that JSON would write as null
 */
export function jsonText(value: unknown, label: string): string {
	if (typeof value === 'string') return value;
	return JSON.stringify(value, (_name, member: unknown) => {
		if (typeof member === 'number') refuseInexact(member, label);
		return member;
	});
}

/**
 * The node does not guess. An expression turns a sheet's cell into `'false'`, and some code reads that text as true.
 */
export function checkSwitch(value: unknown, label: string): boolean | undefined {
	if (isEmpty(value)) return undefined;
	if (typeof value === 'boolean') return value;
	throw new Refusal(`${label} \`${printable(String(value))}\` is neither true nor false`);
}
