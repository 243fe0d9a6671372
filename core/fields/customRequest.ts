import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isRecord } from '../exact/json';
import { type Operation, requestLine, type Resource } from '../provider/operation';
import { Refusal } from '../refusal';
import type { CustomParameters, Pair } from '../wire/customRequest';
import { isEmpty, printable, refuseInexact } from './rules';
import { jsonText } from './values';

/**
 * Any call of the provider that has no operation yet, signed by the credential. The request may move money, so
 * everything but GET follows the money protocol, and n8n remembers it by a Payment Reference.
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
				action: 'Read with custom API request',
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
				action: 'Send custom API request',
				description: 'Send a signed request that may create, change or pay something',
				request: 'POST /',
				effect: 'money',
				custom: true,
				once: { remembered: true },
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
		query: pairsOf(node.getNodeParameter('query', item, {}), 'Query Parameters'),
		body: hasBody && !isForm ? writtenBody(node.getNodeParameter('body', item, '')) : '',
		...(isForm ? { form: pairsOf(node.getNodeParameter('form', item, {}), 'Form Fields') } : {}),
	};
}

/** @throws Refusal for nothing from an expression, because the provider would get the text `null` */
function writtenBody(body: unknown): string {
	if (body === null || body === undefined)
		throw new Refusal(
			'Body is nothing: its expression gives no value',
			'Let the expression give a text or an object, or leave the field empty',
		);
	return jsonText(body, 'Body');
}

/** @throws Refusal for a value of another form from an expression, because it would be dropped silently */
function pairsOf(value: unknown, label: string): Pair[] {
	if (isEmpty(value) || (isRecord(value) && Object.keys(value).length === 0)) return [];
	const rows: unknown = isRecord(value) ? value.parameter : undefined;
	if (!Array.isArray(rows) || !rows.every(isPair)) {
		throw new Refusal(
			`${label} have not the form of their field`,
			'Let the expression give an object like { "parameter": [{ "name": "a", "value": "1" }] }',
		);
	}
	const named = rows.filter(({ name }) => name !== '');
	for (const row of named) refuseOdd(row, label);
	return named;
}

function isPair(value: unknown): value is Pair {
	return isRecord(value) && 'name' in value && 'value' in value;
}

/** @throws Refusal for a value that would be sent as `null` or `[object Object]`, or with other digits */
function refuseOdd({ name, value }: { name: string; value: unknown }, label: string): void {
	const own = `${label} \`${printable(String(name))}\``;
	if (typeof value === 'number') refuseInexact(value, own);
	else if (typeof value !== 'string' && typeof value !== 'boolean')
		throw new Refusal(`${own} is no text`, 'Let its expression give a text');
}
