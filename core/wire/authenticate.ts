import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedOrigin } from './account';
import { isRecord } from '../exact/json';
import { Refusal } from '../refusal';

/** A request as a credential sees it: method, URL with its query, and the exact bytes that will be sent. */
export interface SignableRequest {
	method: string;
	url: URL;
	/** Empty for a request without a body. n8n writes the bytes of a form with files: see isMultipart. */
	body: Buffer;
	contentType: string;
	isMultipart: boolean;
}

/** The options that the HTTP Request node passes in addition to the documented ones. */
type OlderShape = IHttpRequestOptions & {
	uri?: unknown;
	form?: unknown;
	formData?: unknown;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
};

/**
 * Reads the options that n8n passes to `authenticate`: our nodes' options, or the older form of the HTTP Request node
 * (`uri`, `qs`, `form`, `formData`). It does not change them.
 * @throws Refusal when the request goes to another host than the credential's, because a signature must not leave
 * that host
 */
export function signable(options: OlderShape, baseUrl: unknown): SignableRequest {
	const { body, contentType } = bytesOf(options);
	return {
		method: (options.method ?? 'GET').toUpperCase(),
		url: urlOf(options, checkedOrigin(baseUrl)),
		body,
		contentType,
		isMultipart:
			options.formData !== undefined || contentType.toLowerCase().startsWith('multipart/form-data'),
	};
}

function urlOf(options: OlderShape, origin: string): URL {
	const text = typeof options.uri === 'string' ? options.uri : options.url;
	const url = new URL(text, options.baseURL ?? origin);
	if (url.origin !== origin) {
		throw new Refusal(`This credential signs requests to ${origin} only, not to ${url.origin}`);
	}
	for (const [name, value] of Object.entries(options.qs ?? {})) {
		for (const one of [value].flat()) url.searchParams.append(name, String(one));
	}
	return url;
}

const BARE_FORM = 'application/x-www-form-urlencoded';

function bytesOf(options: OlderShape): { body: Buffer; contentType: string } {
	const { body, form } = options;
	const contentType = headerOf(options, 'content-type');
	if (isRecord(form)) {
		const pairs = Object.entries(form).map(([name, value]): [string, string] => [name, String(value)]);
		return { body: Buffer.from(new URLSearchParams(pairs).toString(), 'utf8'), contentType: BARE_FORM };
	}
	if (Buffer.isBuffer(body)) return { body, contentType };
	if (typeof body === 'string') return { body: Buffer.from(body, 'utf8'), contentType };
	// n8n sends an empty object as an empty body.
	if (body === undefined || body === null || (isRecord(body) && Object.keys(body).length === 0)) {
		return { body: Buffer.alloc(0), contentType };
	}
	return { body: Buffer.from(JSON.stringify(body), 'utf8'), contentType: contentType || 'application/json' };
}

function headerOf({ headers }: IHttpRequestOptions, name: string): string {
	const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
	return String(found?.[1] ?? '');
}

/**
 * Adds headers and replaces earlier ones in any spelling. The body becomes the signed bytes, so nothing serialises it
 * again. n8n signs again after a 401; the second signature replaces the first. Redirects are not followed, because
 * the signature is for this address alone.
 * @throws Refusal for a value that cannot stand in a header
 */
export function withHeaders(
	options: OlderShape,
	request: SignableRequest,
	added: Record<string, string>,
): IHttpRequestOptions {
	const { href } = request.url;
	const sent: OlderShape = { ...options, url: href, headers: mergedHeaders(options, request, added) };
	// n8n sends token and signature to the new host when it follows a redirect, and its test of a credential follows
	// redirects.
	Object.assign(sent, { disableFollowRedirect: true, maxRedirects: 0 });
	if (typeof options.uri === 'string')
		Object.assign(sent, { uri: href, followRedirect: false, followAllRedirects: false });
	// The URL now contains the query, and the body contains the form.
	delete sent.qs;
	delete sent.form;
	if (request.isMultipart || request.body.length === 0) return sent;
	// n8n rewrites a Buffer of exactly this content type, so this body is sent as text.
	const isForm = request.contentType === BARE_FORM;
	return { ...sent, body: isForm ? request.body.toString('utf8') : request.body };
}

function mergedHeaders(
	{ headers = {} }: IHttpRequestOptions,
	{ contentType, isMultipart, body }: SignableRequest,
	added: Record<string, string>,
): IDataObject {
	const all =
		isMultipart || body.length === 0 || contentType === ''
			? added
			: { ...added, 'Content-Type': contentType };
	for (const [name, value] of Object.entries(added)) checkHeader(name, value);
	const names = new Set(Object.keys(all).map((name) => name.toLowerCase()));
	const kept = Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()));
	return { ...Object.fromEntries(kept), ...all };
}

// n8n drops such characters silently, and a line break would begin another header. The message leaves the value out,
// because it may be a secret.
function checkHeader(name: string, value: string): void {
	if (/^[\x20-\x7e]*$/.test(value)) return;
	throw new Refusal(
		`The credential has a value with a character that cannot stand in the header ${name}`,
		'Paste the values of the credential again',
	);
}
