import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { canonicalJson, parseJsonOrNothing, writeJson, type Json, type WritableJson } from '../exact/json';
import { requestLine, type Method, type Operation, type Resource } from '../provider/operation';
import type { Account } from '../provider/provider';
import { Refusal } from '../refusal';
import { FORM, sha256, type WireRequest } from '../wire/request';

/**
 * Any call of the provider that has no operation yet, signed by the credential. What is sent can move money, so
 * everything but GET runs under the money protocol, without a reference.
 * @param examplePath one of the provider's paths, for a GET
 */
export function customRequestResource(docs: string, examplePath: `/${string}`): Resource {
	const path = pathField(examplePath);
	return {
		name: 'Custom API Request',
		value: 'customRequest',
		operations: [
			{
				name: 'Read (GET)',
				value: 'read',
				action: 'Read with a custom API request',
				description: 'Send a signed GET request to any path of the provider',
				request: 'GET /',
				effect: 'read',
				custom: true,
				docs,
				returns: {},
				fields: [path, queryField],
			},
			{
				name: 'Send',
				value: 'send',
				action: 'Send a custom API request',
				description: 'Send a signed request that may create, change or pay something',
				request: 'POST /',
				effect: 'money',
				custom: true,
				docs,
				returns: {},
				fields: [
					{
						displayName: 'Method',
						name: 'method',
						type: 'options',
						options: [
							{ name: 'DELETE', value: 'DELETE' },
							{ name: 'POST', value: 'POST' },
							{ name: 'PUT', value: 'PUT' },
						],
						default: 'POST',
					},
					path,
					queryField,
					{
						displayName: 'Body Format',
						name: 'bodyFormat',
						type: 'options',
						options: [
							{ name: 'Form', value: 'form', description: 'Fields in URL encoding' },
							{ name: 'JSON', value: 'json' },
						],
						default: 'json',
						displayOptions: { show: { method: ['POST', 'PUT'] } },
					},
					{
						displayName: 'Body',
						name: 'body',
						type: 'json',
						default: '{}',
						description: 'The JSON text to sign and send, byte for byte',
						displayOptions: { show: { method: ['POST', 'PUT'], bodyFormat: ['json'] } },
					},
					{
						...pairs('Form Fields', 'form', 'Add Field'),
						displayOptions: { show: { method: ['POST', 'PUT'], bodyFormat: ['form'] } },
					},
				],
			},
		],
	};
}

function pathField(example: string): INodeProperties {
	return {
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'The path below the base URL of the credential',
	};
}

const queryField = pairs('Query Parameters', 'query', 'Add Parameter');

function pairs(displayName: string, name: string, placeholder: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder,
		default: {},
		options: [
			{
				displayName: 'Parameter',
				name: 'parameter',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	};
}

export interface CustomParameters {
	method: Method;
	path: string;
	query: Pair[];
	body: string;
	/** Instead of a body: fields in URL encoding. */
	form?: Pair[];
}

interface Pair {
	name: string;
	value: string;
}

export function readCustomParameters(
	node: IExecuteFunctions,
	operation: Operation,
	item: number,
): CustomParameters {
	const isRead = operation.effect === 'read';
	const method = isRead ? requestLine(operation).method : String(node.getNodeParameter('method', item));
	if (method !== 'GET' && method !== 'POST' && method !== 'PUT' && method !== 'DELETE') {
		throw new Refusal(`Method ${method} is not supported`);
	}
	const hasBody = method === 'POST' || method === 'PUT';
	const isForm = hasBody && node.getNodeParameter('bodyFormat', item, 'json') === 'form';
	return {
		method,
		path: String(node.getNodeParameter('path', item)),
		query: pairsOf(node.getNodeParameter('query.parameter', item, [])),
		body: hasBody && !isForm ? bodyText(node.getNodeParameter('body', item, '')) : '',
		...(isForm ? { form: pairsOf(node.getNodeParameter('form.parameter', item, [])) } : {}),
	};
}

function pairsOf(value: unknown): Pair[] {
	return Array.isArray(value) ? value.filter(isPair) : [];
}

function isPair(value: unknown): value is Pair {
	return (
		typeof value === 'object' && value !== null && 'name' in value && value.name !== '' && 'value' in value
	);
}

/** Text stays as it was typed; an object from an expression is written as JSON. */
function bodyText(body: unknown): string {
	if (typeof body === 'string') return body;
	return JSON.stringify(body);
}

/** @throws Refusal for a path that leaves the provider's host, and for a body that is not JSON */
export function buildCustomRequest(
	{ method, path, query, body: json, form }: CustomParameters,
	account: Account,
	headers: Record<string, string>,
): WireRequest {
	const search = query.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
	const url = `${account.origin}${checkedPath(path, account.origin)}${search.length > 0 ? `?${search.join('&')}` : ''}`;
	const fields = form?.map(({ name, value }): [string, string] => [name, String(value)]);
	const body = fields === undefined ? json : new URLSearchParams(fields).toString();
	const parsed = fields ?? (body === '' ? null : parsedBody(body));
	const content: WritableJson = { account: account.id, method, url, headers, body: parsed };
	return {
		method,
		url,
		headers: {
			Accept: 'application/json',
			...headers,
			...(body === '' ? {} : { 'Content-Type': fields ? FORM : 'application/json' }),
		},
		...(body === '' ? {} : { body: Buffer.from(body, 'utf8') }),
		fingerprint: sha256(canonicalJson(content)),
		values: { body: writeJson(parsed) },
	};
}

function checkedPath(path: string, origin: string): string {
	const refusal = new Refusal(
		`Path \`${path}\` must begin with one / and have no query`,
		'Use Query Parameters',
	);
	if (!/^\/(?!\/)[^\s?#\\]*$/.test(path)) throw refusal;
	const url = new URL(path, origin);
	// `/a/../b` would be signed and shown as one path and sent as another.
	if (url.origin !== origin || url.pathname !== path) throw refusal;
	return path;
}

function parsedBody(body: string): Json {
	const parsed = parseJsonOrNothing(body);
	if (parsed === undefined) throw new Refusal('Body is not JSON');
	// Which of the two counts is up to the reader: what is approved could be another amount than what is paid.
	if (membersWritten(body) !== membersOf(parsed)) {
		throw new Refusal('Body has a key twice in one object', 'Write each key once');
	}
	return parsed;
}

/** Outside of texts, a colon stands between a key and its value and nowhere else. */
function membersWritten(json: string): number {
	return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1;
}

function membersOf(value: Json): number {
	if (typeof value !== 'object' || value === null) return 0;
	const members = Object.values(value);
	const own = Array.isArray(value) ? 0 : members.length;
	return members.reduce<number>((sum, member) => sum + membersOf(member), own);
}
