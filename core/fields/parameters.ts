import type { IExecuteFunctions, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { ExactNumber, isRecord, readJson, type WritableJson, type WritableObject } from '../exact/json';
import type { FieldRule, FileRule, Operation } from '../provider/operation';
import { Refusal } from '../refusal';
import type { UploadFile } from '../wire/multipart';
import { refuseEmptyParts } from './emptyParts';
import { checkFile, type GivenFile } from './file';
import { OPTIONS } from './properties';
import { checkField, checkText, isEmpty, printable } from './rules';

/** The user's values for one item, as the editor holds them. */
export interface Parameters {
	fields: Record<string, unknown>;
	options: Record<string, unknown>;
	/** The parameters as saved in the node, with their expressions. Absent outside of a run. */
	stored?: Readonly<Record<string, unknown>>;
}

/** The checked values that go to the provider. */
export interface CheckedParameters {
	values: WritableObject;
	files: UploadFile[];
}

/** Reads an operation's parameters for one item, without hidden fields. */
export function readParameters(node: IExecuteFunctions, operation: Operation, item: number): Parameters {
	const fields: Record<string, unknown> = {};
	for (const field of operation.fields ?? []) {
		if (!isShown(field, fields)) continue;
		fields[field.name] = plain(node.getNodeParameter(field.name, item, ''));
	}
	const given: unknown = node.getNodeParameter(OPTIONS, item, {});
	const options: Record<string, unknown> = Object.fromEntries(
		Object.entries(isRecord(given) ? given : {}).map(([name, value]) => [name, plain(value)]),
	);
	if ('list' in operation.returns) {
		options.returnAll = node.getNodeParameter('returnAll', item, false);
		options.limit = node.getNodeParameter('limit', item, 50);
	}
	if (operation.until || operation.callback) {
		options.maximumWait = node.getNodeParameter('maximumWait', item, 5);
		options.maximumWaitUnit = node.getNodeParameter('maximumWaitUnit', item, 'minutes');
	}
	if (operation.callback) options.waitFor = node.getNodeParameter('waitFor', item, 'final');
	return { fields, options, stored: storedIn(node) };
}

/** n8n copies the whole node for every caller, so it is read once per run and not once per item. */
const stores = new WeakMap<IExecuteFunctions, Readonly<Record<string, unknown>>>();

function storedIn(node: IExecuteFunctions): Readonly<Record<string, unknown>> {
	const stored = stores.get(node) ?? node.getNode().parameters;
	stores.set(node, stored);
	return stored;
}

// A user may type a value and then hide its field with another choice. Such a value must not be sent.
function isShown(field: INodeProperties, earlier: Record<string, unknown>): boolean {
	return Object.entries(field.displayOptions?.show ?? {}).every(([name, values]) =>
		(values ?? []).some((value) => value === earlier[name]),
	);
}

/** The value of a resource locator. Any other value stays as it is. */
function plain(value: unknown): unknown {
	if (isRecord(value) && value.__rl === true) return value.value;
	return value;
}

/**
 * Checks the parameters of one item by the operation's rules.
 * @returns the values to send, without empty optional fields
 * @throws Refusal for the first field that cannot be sent
 */
export async function checkParameters(
	operation: Operation,
	{ fields, options, stored = {} }: Parameters,
	readFile: (binaryField: string) => Promise<GivenFile>,
	timezone: string,
): Promise<CheckedParameters> {
	const checked: CheckedParameters = { values: { ...operation.constants }, files: [] };
	const given: Array<[INodeProperties, unknown]> = [
		...(operation.fields ?? [])
			.filter(({ name }) => name in fields)
			.map((field): [INodeProperties, unknown] => [field, fields[field.name]]),
		...(operation.options ?? [])
			.filter(({ name }) => name in options)
			.map((field): [INodeProperties, unknown] => [field, options[field.name]]),
	];
	for (const [field, value] of given) {
		if (operation.steering?.includes(field.name)) {
			checkSteering(field, value);
			continue;
		}
		if (operation.options?.includes(field)) refuseEmptied(field, value, recordIn(stored.options)[field.name]);
		const rule = operation.rules?.[field.name];
		if (rule?.kind === 'file') {
			checked.files.push(...(await readFiles(field, value, rule, readFile)));
			continue;
		}
		if (rule?.kind === 'parts') {
			Object.assign(checked.values, checkParts(plain(value), rule, field));
			continue;
		}
		const sent = checkOne(operation, field, value, timezone, field.name, field.displayName);
		if (sent !== undefined) checked.values[operation.sentAs?.[field.name] ?? field.name] = sent;
	}
	checkAlternatives(operation, fields);
	refuseEmptyParts(operation, { ...stored, ...recordIn(stored.options) }, checked.values);
	return checked;
}

function checkOne(
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

/**
 * Checks a choice that controls which other fields are sent. A choice that does not exist would hide all of them, and
 * a refund would be sent without its amount.
 */
function checkSteering(field: INodeProperties, value: unknown): void {
	const { displayName: label, type, options = [] } = field;
	if (type === 'boolean') checkSwitch(value, label);
	if (type !== 'options' || options.some((option) => 'value' in option && option.value === value)) return;
	if (isEmpty(value)) throw new Refusal(`${label} is empty`);
	throw new Refusal(`${label} \`${printable(String(value))}\` is none of those offered`);
}

/**
 * The node does not guess. An expression turns a sheet's cell into `'false'`, and some code reads that text as true.
 */
function checkSwitch(value: unknown, label: string): boolean | undefined {
	if (isEmpty(value)) return undefined;
	if (typeof value === 'boolean') return value;
	throw new Refusal(`${label} \`${printable(String(value))}\` is neither true nor false`);
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
 * silently. A payout would be sent without its conversion. An option that was added in the editor and left empty is
 * stored as an empty object: it is not sent.
 * @throws Refusal for an option whose content an expression has lost
 */
function refuseEmptied(
	{ type, displayName, options = [] }: INodeProperties,
	value: unknown,
	typed: unknown,
): void {
	if (type !== 'fixedCollection' || !isRecord(value)) return;
	if (isRecord(typed) && Object.keys(typed).length === 0) return;
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

function recordIn(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

function isCollection(option: unknown): option is INodePropertyCollection {
	return isRecord(option) && Array.isArray(option.values);
}

/** Splits a choice like `USDT:TRX:USDTTRC20` into its parameters. */
function checkParts(
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
	let reason: string;
	try {
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		return readJson(text, (digits) => new ExactNumber(digits));
	} catch (cause) {
		reason = cause instanceof SyntaxError ? 'is not JSON' : 'has a number with an exponent';
	}
	throw new Refusal(`${label} ${reason}`);
}

async function readFiles(
	field: INodeProperties,
	value: unknown,
	rule: FileRule,
	readFile: (binaryField: string) => Promise<GivenFile>,
): Promise<UploadFile[]> {
	const names = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : [];
	const given = names.filter((name) => !isEmpty(name));
	if (given.length === 0 && field.required) throw new Refusal(`${field.displayName} is empty`);
	const most = rule.maximumFiles ?? 1;
	if (given.length > most)
		throw new Refusal(`${field.displayName} names ${given.length} files; at most ${most} are taken`);
	const files: UploadFile[] = [];
	for (const name of given) {
		const file = await readFile(name);
		files.push(checkFile({ field: field.name, label: field.displayName, ...file }, rule));
	}
	return files;
}

function checkAlternatives(operation: Operation, fields: Record<string, unknown>): void {
	const { oneOf } = operation;
	if (!oneOf || oneOf.some((name) => !isEmpty(fields[name]))) return;
	const labels = oneOf.map(
		(name) => operation.fields?.find((field) => field.name === name)?.displayName ?? name,
	);
	throw new Refusal(`One of these must be set: ${labels.join(', ')}`);
}
