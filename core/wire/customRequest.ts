import { type Json, parseJsonOrNothing, writeJson } from '../exact/json';
import type { Method } from '../provider/operation';
import type { Account } from '../provider/provider';
import { Refusal } from '../refusal';
import { overridesMethod } from './foreignRequest';
import { fingerprint, FORM, type WireRequest } from './request';

/** @throws Refusal for a path that leaves the provider's host, and for a body that is not JSON */
export function buildCustomRequest(
	{ method, path, query, body: json, form }: CustomParameters,
	account: Account,
	headers: Record<string, string>,
): WireRequest {
	if (method === 'GET' && query.some(({ name }) => overridesMethod(String(name)))) {
		throw new Refusal('A read has no query parameter that names another method');
	}
	const search = query.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
	const url = `${account.origin}${checkedPath(path, account.origin)}${search.length > 0 ? `?${search.join('&')}` : ''}`;
	const fields = form?.map(({ name, value }): [string, string] => [name, String(value)]);
	const body = fields === undefined ? json : new URLSearchParams(fields).toString();
	const parsed = fields ?? (body === '' ? null : parsedBody(body));
	const encoding = fields ? 'form' : 'json';
	return {
		method,
		url,
		headers: {
			Accept: 'application/json',
			...headers,
			...(body === '' ? {} : { 'Content-Type': fields ? FORM : 'application/json' }),
		},
		...(body === '' ? {} : { body: Buffer.from(body, 'utf8') }),
		fingerprint: fingerprint(account, { method, url, headers, encoding, body }),
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
	// A URL parser shortens `/a/../b`, so the path that is signed and shown would differ from the path that is sent.
	if (url.origin !== origin || url.pathname !== path) throw refusal;
	return path;
}

function parsedBody(body: string): Json {
	const parsed = parseJsonOrNothing(body);
	if (parsed === undefined) throw new Refusal('Body is not JSON');
	// Readers of JSON differ in which of the two values counts. The amount that a person approves could differ from
	// the amount that is paid.
	if (membersWritten(body) !== membersOf(parsed)) {
		throw new Refusal('Body has a key twice in one object', 'Write each key once');
	}
	return parsed;
}

/** Counts colons outside of texts. Each of them stands between a key and its value. */
function membersWritten(json: string): number {
	return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1;
}

function membersOf(value: Json): number {
	if (typeof value !== 'object' || value === null) return 0;
	const members = Object.values(value);
	const own = Array.isArray(value) ? 0 : members.length;
	return members.reduce<number>((sum, member) => sum + membersOf(member), own);
}

export interface CustomParameters {
	method: Method;
	path: string;
	query: Pair[];
	body: string;
	/** Fields in URL encoding. They replace the body. */
	form?: Pair[];
}

export interface Pair {
	name: string;
	value: string;
}
