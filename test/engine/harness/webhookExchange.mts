import { gunzipSync } from 'node:zlib';
import { parse as parseForm } from 'node:querystring';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

type Request = NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
type Response = NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;

export interface Sent {
	/** The exact bytes on the wire. */
	rawBody: Buffer;
	headers: Record<string, string>;
	method?: 'GET' | 'POST' | 'PUT';
	query?: Record<string, string>;
}

/** n8n itself answers 422 to JSON that it cannot parse. */
export class UnprocessableBody extends Error {}

/** A request as n8n's body parser (packages/cli, body-parser.ts) leaves it, with raw bytes and parsed body. */
export function webhookRequest({ rawBody, headers, method = 'POST', query = {} }: Sent): Request {
	const lowerCased = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
	const given: Record<string, string> = Object.fromEntries(lowerCased);
	const contentType = given['content-type']?.split(';')[0].trim().toLowerCase();
	const bytes = given['content-encoding'] === 'gzip' ? gunzipSync(rawBody) : rawBody;
	const request = {
		method,
		headers: given,
		query,
		params: {},
		path: '/webhook/test',
		url: '/webhook/test',
		originalUrl: '/webhook/test',
		ip: '127.0.0.1',
		contentType,
		encoding: 'utf-8',
		rawBody: contentType?.startsWith('multipart/') ? undefined : bytes,
		body: parsedBody(contentType, bytes),
		readRawBody: async () => {
			request.rawBody ??= bytes;
		},
		header: (name: string) => given[name.toLowerCase()],
		get: (name: string) => given[name.toLowerCase()],
	};
	return request as unknown as Request;
}

function parsedBody(contentType: string | undefined, bytes: Buffer): unknown {
	const text = bytes.toString('utf-8');
	if (text === '') return {};
	if (contentType === 'application/json') {
		try {
			return JSON.parse(text);
		} catch {
			throw new UnprocessableBody('Failed to parse request body');
		}
	}
	if (contentType === 'application/x-www-form-urlencoded') return parseForm(text);
	return contentType === 'text/plain' ? text : {};
}

/** An express response that keeps what was sent. */
export function webhookResponse(): { response: Response; sent: () => { status: number; body: unknown } } {
	let body: unknown;
	const headers: Record<string, unknown> = {};
	const keep = (given?: unknown) => {
		if (given !== undefined) body = given;
		response.headersSent = true;
		return response;
	};
	const setHeader = (name: string, value: unknown) => {
		headers[name.toLowerCase()] = value;
		return response;
	};
	const response = {
		statusCode: 200,
		headersSent: false,
		status: (code: number) => Object.assign(response, { statusCode: code }),
		send: keep,
		json: keep,
		end: keep,
		setHeader,
		set: setHeader,
		header: setHeader,
		type: (value: string) => setHeader('content-type', value),
	};
	return {
		response: response as unknown as Response,
		sent: () => ({ status: response.statusCode, body }),
	};
}
