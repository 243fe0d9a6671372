import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isRecord, type WritableObject } from '../exact/json';
import type { FileRule } from '../provider/fieldRule';
import type { Operation } from '../provider/operation';
import { Refusal } from '../refusal';
import type { UploadFile } from '../wire/multipart';
import { refuseEmptyParts } from './emptyParts';
import { checkFile, type GivenFile } from './file';
import { OPTIONS } from './properties';
import { isEmpty, printable } from './rules';
import { checkOne, checkParts, checkSwitch, plain, refuseEmptied } from './values';

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
	if (operation.does?.until || operation.does?.callback) {
		options.maximumWait = node.getNodeParameter('maximumWait', item, 5);
		options.maximumWaitUnit = node.getNodeParameter('maximumWaitUnit', item, 'minutes');
	}
	if (operation.does?.callback) options.waitFor = node.getNodeParameter('waitFor', item, 'final');
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
	const checked: CheckedParameters = { values: { ...operation.wire?.constants }, files: [] };
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
		if (operation.options?.includes(field)) refuseEmptied(field, value);
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
		if (sent !== undefined) checked.values[operation.wire?.sentAs?.[field.name] ?? field.name] = sent;
	}
	checkAlternatives(operation, fields);
	refuseEmptyParts(operation, { ...stored, ...asRecord(stored.options) }, checked.values);
	return checked;
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

function asRecord(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
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
