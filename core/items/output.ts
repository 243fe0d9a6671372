import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	isObject,
	type Json,
	type JsonObject,
	parseJson,
	present,
	type WritableObject,
	writeJson,
} from '../exact/json';
import type { Operation } from '../provider/operation';
import type { Provider } from '../provider/provider';
import { objectIn } from '../wire/pages';
import type { Applied } from './outcome';

export type OutputForm = 'simplified' | 'raw';

/** Turns one row of a list, or the whole answer of a read, into items. A bare value becomes the item `{ data }`. */
export function readItems(
	provider: Provider,
	operation: Operation,
	data: Json,
	form: OutputForm,
	item: number,
): INodeExecutionData[] {
	const { returns } = operation;
	const found = objectIn(data, operation) ?? null;
	const readable = form === 'raw' ? found : shaped(provider, returns, found);
	const rows = Array.isArray(readable) ? readable : [readable];
	return rows.map((row) => asItem(form === 'raw' ? row : simplified(provider, returns.kind, row), item));
}

/** Gives a file in an answer as binary data in the field `data`. */
export async function fileItem(
	node: IExecuteFunctions,
	data: Json,
	{ name, type }: { name: string; type: string },
	item: number,
): Promise<INodeExecutionData> {
	const content = Buffer.from(typeof data === 'string' ? data : writeJson(data), 'utf8');
	const binary = await node.helpers.prepareBinaryData(content, name, type);
	return { json: { fileName: name, mimeType: type }, binary: { data: binary }, pairedItem: { item } };
}

function shaped(provider: Provider, { shape, leavesOut = [] }: Operation['returns'], data: Json): Json {
	if (shape === undefined) return without(leavesOut, data);
	const make = provider.shapes?.[shape];
	if (!make) throw new TypeError(`${provider.displayName} has no shape ${shape}`);
	return without(leavesOut, make(data));
}

function without(names: readonly string[], data: Json): Json {
	if (names.length === 0) return data;
	if (Array.isArray(data)) return data.map((row) => without(names, row));
	if (!isObject(data)) return data;
	return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}

/** The outcome of a write or money operation as one item. It always has `outcome` and `reference`. */
export function outcomeItem(
	provider: Provider,
	operation: Operation,
	outcome: Applied,
	request: { reference: string | undefined; values: WritableObject; form: OutputForm },
	item: number,
): INodeExecutionData {
	const { returns } = operation;
	const answer = answerOf(outcome, operation);
	const data = request.form === 'raw' ? answer : shaped(provider, returns, answer);
	const head: JsonObject = { outcome: 'applied', reference: request.reference ?? null };
	if (operation.does?.deletes) head.deleted = true;
	if (outcome.replayed) head.replayed = true;
	const kind = outcome.kind ?? returns.kind;
	if (request.form === 'raw' || kind === undefined) {
		const rest = request.form === 'simplified' && isObject(data) ? data : { data };
		return asItem({ ...head, ...rest, ...head }, item);
	}
	const record = simplified(provider, kind, data, request.values);
	const own = isObject(record) ? record : { data: record };
	const reference = request.reference ?? own.reference ?? null;
	// The first members set the order of the columns. The last ones keep the provider's fields from replacing ours.
	const { status, amount, currency } = own;
	const columns = { outcome: 'applied', ...present({ status, amount, currency }), reference };
	return asItem({ ...columns, ...own, ...head, reference }, item);
}

/** The record of the made or found object: a Payment, or the provider's own object where it is not a payment. */
export function recordOf(
	provider: Provider,
	operation: Operation,
	outcome: Applied,
	sent: WritableObject,
): JsonObject {
	const kind = outcome.kind ?? operation.returns.kind;
	const record = simplified(provider, kind, answerOf(outcome, operation), sent);
	return isObject(record) ? record : {};
}

/** The made or found object: at the path that the row names, or the result of a lookup. */
export function answerOf({ data }: Applied, operation: Operation): Json {
	return objectIn(data, operation) ?? data;
}

export function simplified(
	provider: Provider,
	kind: string | undefined,
	row: Json,
	sent?: WritableObject,
): Json {
	if (kind === undefined || !isObject(row)) return row;
	return provider.payment(kind, row, sent === undefined ? undefined : plainJson(sent));
}

/** The sent values in a form that an item can hold. Exact numbers become text. */
export function plainJson(values: WritableObject): JsonObject {
	const copy = parseJson(writeJson(values));
	return isObject(copy) ? copy : {};
}

/** Any value as an item. */
export function asItem(value: Json, item: number): INodeExecutionData {
	const json: IDataObject = isObject(value) ? withoutTopLevelError(value) : { data: value };
	return { json, pairedItem: { item } };
}

// If Retry On Fail is on and the first item has a top-level `error`, n8n runs the node again with all its items. An
// answer with that key would pay everything twice.
function withoutTopLevelError(value: JsonObject): JsonObject {
	if (!Object.prototype.hasOwnProperty.call(value, 'error')) return value;
	const { error, ...rest } = value;
	return { ...rest, providerError: error ?? null };
}
