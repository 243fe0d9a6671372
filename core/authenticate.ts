import type { IHttpRequestOptions } from 'n8n-workflow';
import { checkedOrigin } from './account';
import { Refusal } from './refusal';

/** A request as a credential sees it: method, URL and the exact bytes that will be sent. */
export interface SignableRequest {
	method: string;
	url: URL;
	/** Empty for GET, HEAD and DELETE without a body. */
	body: Buffer;
	/** Fields and files; the bytes are not known here when n8n builds the form itself. */
	isMultipart: boolean;
}

/**
 * Reads what n8n passes to `authenticate`: our nodes' options, or the HTTP Request node's older shape (`uri`, `form`,
 * `formData`, `json`). Does not change it.
 * @throws Refusal when the request goes to another host than the credential's: signatures stay at home
 */
export function signable(options: IHttpRequestOptions, baseUrl: unknown): SignableRequest {
	const url = urlOf(options, checkedOrigin(baseUrl));
	const { contentType, body } = bytesOf(options);
	return {
		method: (options.method ?? 'GET').toUpperCase(),
		url,
		body,
		isMultipart: 'formData' in options || contentType.startsWith('multipart/form-data'),
	};
}

function urlOf(options: IHttpRequestOptions, origin: string): URL {
	const text = 'uri' in options && typeof options.uri === 'string' ? options.uri : options.url;
	const url = new URL(text, options.baseURL ?? origin);
	if (url.origin !== origin) {
		throw new Refusal(`This credential signs requests to ${origin} only, not to ${url.origin}`);
	}
	return url;
}

function bytesOf(options: IHttpRequestOptions): { contentType: string; body: Buffer } {
	const contentType = headerOf(options, 'content-type');
	const { body } = options;
	if (Buffer.isBuffer(body)) return { contentType, body };
	if (typeof body === 'string') return { contentType, body: Buffer.from(body, 'utf8') };
	if (isEmptyBody(body)) return { contentType, body: Buffer.alloc(0) };
	return { contentType, body: Buffer.from(JSON.stringify(body), 'utf8') };
}

function isEmptyBody(body: unknown): boolean {
	if (body === undefined || body === null) return true;
	return typeof body === 'object' && !Array.isArray(body) && Object.keys(body).length === 0;
}

function headerOf({ headers }: IHttpRequestOptions, name: string): string {
	const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
	return String(found?.[1] ?? '').toLowerCase();
}

/**
 * The same options with headers set, whatever the spelling of earlier ones, and with the signed bytes as the body, so
 * that nothing serialises them again. Signing twice, as n8n does after a 401, leaves no trace of the first time.
 */
export function withHeaders(
	options: IHttpRequestOptions,
	{ body, isMultipart }: SignableRequest,
	added: Record<string, string>,
): IHttpRequestOptions {
	const names = new Set(Object.keys(added).map((name) => name.toLowerCase()));
	const kept = Object.entries(options.headers ?? {}).filter(([name]) => !names.has(name.toLowerCase()));
	const headers = { ...Object.fromEntries(kept), ...added };
	if (isMultipart || body.length === 0) return { ...options, headers };
	const typed = headerOf(options, 'content-type') === '' ? { 'Content-Type': 'application/json' } : {};
	return { ...options, headers: { ...headers, ...typed }, body };
}
