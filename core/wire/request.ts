import { sha256 } from '../exact/hash';
import { canonicalJson, type WritableJson, type WritableObject, writeJson } from '../exact/json';
import type { Sendable } from '../provider/http';
import { type Operation, requestLine } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { multipart, type UploadFile } from './multipart';

/** A request in the form that goes on the wire, without the signature. */
export interface WireRequest extends Sendable {
	/** A hash of the content. It is the same for the same payment from the same account, at any time. */
	fingerprint: string;
	/** The parameters in the form in which they are sent, for lookups and messages. */
	values: WritableObject;
}

export interface RequestParts {
	account: Account;
	headers: Record<string, string>;
	values: WritableObject;
	files: readonly UploadFile[];
	boundary: string;
}

/**
 * Builds one operation's request. A parameter goes into the path where the path names it. Any other parameter goes
 * into the query (GET, DELETE) or the body.
 * @throws Refusal when the account acts on behalf of another and the operation has no path for that, when the account
 * lacks a value that the operation needs, or when a path parameter would change the path
 */
export function buildRequest(operation: Operation, given: RequestParts): WireRequest {
	const { account, values } = given;
	const parts = { ...given, headers: { ...given.headers, ...accountHeaders(operation, account) } };
	const { method } = requestLine(operation);
	const { path, rest } = fillPath(operation, account, values);
	const inQuery =
		(operation.wire?.parametersIn ?? (method === 'GET' || method === 'DELETE' ? 'query' : 'body')) ===
		'query';
	const url = `${account.origin}${path}${inQuery ? queryText(rest) : ''}`;
	return wireRequest(operation, url, parts, inQuery ? undefined : bodyOf(operation, rest, parts));
}

interface Body {
	bytes: Buffer;
	contentType: string;
	/** The part of the body that identifies the payment, without boundary and values that differ at each try. */
	lasting: WritableJson;
}

function bodyOf(
	operation: Operation,
	values: WritableObject,
	{ files, boundary }: RequestParts,
): Body | undefined {
	const fieldsOf = (some: WritableObject) =>
		Object.entries(some).map(([name, value]): [string, string] => [name, String(value)]);
	const kept = Object.entries(values).filter(([name]) => !operation.once?.oneTime?.includes(name));
	const lasting = Object.fromEntries(kept);
	switch (operation.wire?.encoding ?? 'json') {
		case 'none':
			return undefined;
		case 'form': {
			const form = (some: WritableObject) => new URLSearchParams(fieldsOf(some)).toString();
			return { bytes: Buffer.from(form(values), 'utf8'), contentType: FORM, lasting: form(lasting) };
		}
		case 'multipart': {
			const { body, contentType } = multipart(fieldsOf(values), files, boundary);
			const named = files.map(({ field, name, type, content }) => [field, name, type, sha256(content)]);
			return { bytes: body, contentType, lasting: [fieldsOf(lasting), named] };
		}
		case 'json': {
			const json = (some: WritableObject) => writeJson(jsonBody(operation, some));
			const bytes = Buffer.from(json(values), 'utf8');
			return { bytes, contentType: 'application/json', lasting: json(lasting) };
		}
	}
}

/**
 * Builds a request that belongs to no item, e.g. a lookup, a drop-down or a poll. It has the operation's constants
 * and these values.
 * @throws Refusal as buildRequest does
 */
export function requestFor(
	provider: Pick<Provider, 'headers'>,
	account: Account,
	operation: Operation,
	values: WritableObject,
): WireRequest {
	return buildRequest(operation, {
		account,
		headers: provider.headers?.(operation, account) ?? {},
		values: { ...operation.wire?.constants, ...values },
		files: [],
		boundary: '',
	});
}

/** The charset is necessary, because n8n rewrites a body under the bare type. */
export const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

function wireRequest(
	operation: Operation,
	url: string,
	{ account, headers, values }: RequestParts,
	body: Body | undefined,
): WireRequest {
	const { method } = requestLine(operation);
	const encoding = operation.wire?.encoding ?? 'json';
	return {
		method,
		url,
		headers: {
			Accept: accepted(operation),
			...headers,
			...(body ? { 'Content-Type': body.contentType } : {}),
		},
		...(body ? { body: body.bytes } : {}),
		fingerprint: fingerprint(account, { method, url, headers, encoding, body: body?.lasting ?? null }),
		values,
	};
}

function accepted({ returns }: Operation): string {
	return 'file' in returns ? returns.file.type : 'application/json';
}

/** Builds the JSON body. It is flat, unless the provider wants a value inside an object or as the whole body. */
function jsonBody(
	{ wire: { within = {}, bodyOf: alone } = {} }: Operation,
	values: WritableObject,
): WritableJson {
	if (alone !== undefined) return values[alone];
	const body: WritableObject = {};
	const inner: Record<string, WritableObject> = {};
	for (const [name, value] of Object.entries(values)) {
		const place = within[name];
		if (place === undefined) {
			body[name] = value;
			continue;
		}
		const object = inner[place] ?? {};
		object[name] = value;
		if (inner[place] === undefined) body[place.replace('[]', '')] = place.endsWith('[]') ? [object] : object;
		inner[place] = object;
	}
	return body;
}

function accountHeaders({ name, wire: { accountHeaders: wanted = {} } = {} }: Operation, account: Account) {
	const headers: Record<string, string> = {};
	for (const [header, { parameter, label }] of Object.entries(wanted)) {
		const value = account.parameters?.[parameter] ?? '';
		if (value === '') throw new Refusal(`${name} needs ${label}, which the credential does not have`);
		headers[header] = value;
	}
	return headers;
}

function pathFor(operation: Operation, account: Account): string {
	const { path } = requestLine(operation);
	const { onBehalfOf } = operation;
	if (onBehalfOf === 'required' && account.onBehalfOf === undefined) {
		throw new Refusal(
			`${operation.name} exists only on behalf of an account`,
			'Set On Behalf Of in the credential',
		);
	}
	if (account.onBehalfOf === undefined) return path;
	if (onBehalfOf === 'header' || onBehalfOf === 'required' || onBehalfOf === 'never') return path;
	if (onBehalfOf !== undefined) return onBehalfOf;
	throw new Refusal(
		`${operation.name} has no documented path for acting on behalf of another account`,
		'Use a credential without On Behalf Of for this operation',
	);
}

/** Fills the path. A path parameter comes from the fields, or else from the account (e.g. a slug of the merchant). */
function fillPath(
	operation: Operation,
	account: Account,
	values: WritableObject,
): { path: string; rest: WritableObject } {
	const rest = { ...values };
	const path = pathFor(operation, account).replace(/\{(\w+)\}/g, (_whole, name: string) => {
		const source = operation.wire?.fromAccount?.[name];
		const value = String(values[name] ?? account.parameters?.[source?.parameter ?? name] ?? '');
		delete rest[name];
		if (value === '' && source) {
			throw new Refusal(
				`${source.label} is set neither in the credential nor in the operation`,
				'Set it in one of them',
			);
		}
		// `.` and `..` survive percent-encoding, so they would lead to another endpoint.
		const canStand = value !== '' && value !== '.' && value !== '..' && value.length <= MAX_PATH_PART_LENGTH;
		if (!canStand || /\p{Surrogate}/u.test(value)) throw new Refusal(`${name} cannot stand in a path`);
		return encodeURIComponent(value);
	});
	return { path, rest };
}

/** The most characters of one part of a path. IDs have 64. Servers answer unpredictably to several thousand bytes. */
const MAX_PATH_PART_LENGTH = 300;

function queryText(values: WritableObject): string {
	const pairs = Object.entries(values)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/**
 * SHA-256, in lower-case hex, over everything that is sent, exactly as it is sent, and over the whole account that
 * sends it. It is also the approval hash.
 */
export function fingerprint(
	{ id, onBehalfOf, parameters }: Account,
	sent: {
		method: string;
		url: string;
		headers: Record<string, string>;
		encoding: string;
		body: WritableJson;
	},
): string {
	return sha256(canonicalJson({ account: { id, onBehalfOf, parameters: { ...parameters } }, ...sent }));
}
