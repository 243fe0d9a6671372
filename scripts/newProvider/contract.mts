import { parse, stringify } from 'yaml';

import { follow, whole, type Document, type Parameter, type RawOperation, type Schema } from './document.mts';
import type { Encoding, Endpoint } from './endpoint.mts';
import { readSecurity, type Security } from './security.mts';
import { whyNoRow } from './whyNoRow.mts';

export interface LeftOut {
	id: string;
	request: string;
	reason: string;
}

export interface Contract {
	title: string;
	/** For contracts/: each operation has an id, a tag and a page. */
	text: string;
	docs: string;
	origin: string;
	endpoints: Endpoint[];
	leftOut: LeftOut[];
	security: Security;
	/** Headers of signatures that operations require. */
	signedHeaders: string[];
	/** What the provider announces by itself. */
	webhooks: string[];
	/** The schema itself, where a member names it by `$ref`. */
	whole(schema: Schema): Schema;
}

/** The types of a body. JSON comes first: of several, the row uses the first. */
const ENCODINGS: [type: string, encoding: Encoding][] = [
	['application/json', 'json'],
	['application/x-www-form-urlencoded', 'form'],
	['multipart/form-data', 'multipart'],
];
const METHODS = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'trace'];
/** Headers that authenticate a call. An idempotency key does not: it belongs to the payment. */
const SIGNED = /sign|timestamp|nonce|token|authorization|api-?key|access-?key/i;

/**
 * Reads an OpenAPI 3 document of one file.
 * @throws Error that says what the contract has to say first
 */
export function readContract(text: string): Contract {
	const document: Document = parse(text);
	if (!/^3\.[01]\./.test(document.openapi ?? ''))
		throw new Error('This is no OpenAPI 3.0 or 3.1 document: its member "openapi" does not say so');
	const docs = document.externalDocs?.url;
	if (docs === undefined)
		throw new Error('externalDocs.url at the top must name the page: what no page shows is not shipped');
	const { origin, prefix } = serverOf(document);
	const security = readSecurity(document);
	const all = operationsOf(document, prefix).map(([path, method, raw]) => ({
		...normal(document, { path, method, raw, docs }),
		raw,
	}));
	document.paths = grouped(all);
	document.servers = [{ url: origin }];
	const judged = all.map(({ endpoint }) => ({ endpoint, reason: whyNoRow(endpoint) }));
	return {
		title: document.info?.title ?? '',
		text: stringify(document, { lineWidth: 120, aliasDuplicateObjects: false }),
		docs,
		origin,
		endpoints: judged.flatMap(({ endpoint, reason }) => (reason === undefined ? [endpoint] : [])),
		leftOut: judged.flatMap(({ endpoint: { id, method, path }, reason }) =>
			reason === undefined ? [] : [{ id, request: `${method} ${path}`, reason }],
		),
		security,
		signedHeaders: [...new Set(all.flatMap(({ raw }) => raw['x-signed-headers'] ?? []))],
		webhooks: [
			...Object.keys(document.webhooks ?? {}),
			...all.flatMap(({ raw }) => Object.keys(raw.callbacks ?? {})),
		],
		whole: (schema) => whole(document, schema),
	};
}

/** The host of the first server. A path behind the host goes in front of every call: a credential holds the host alone. */
function serverOf({ servers = [] }: Document): { origin: string; prefix: string } {
	const url = servers[0]?.url ?? '';
	if (!/^https:\/\/[^/{}]+/.test(url) || url.includes('{'))
		throw new Error(`servers[0].url must be an https:// address without variables, not "${url}"`);
	const { origin, pathname } = new URL(url);
	return { origin, prefix: pathname.replace(/\/$/, '') };
}

function operationsOf({ paths = {} }: Document, prefix: string): [string, string, RawOperation][] {
	return Object.entries(paths).flatMap(([path, item]) =>
		METHODS.flatMap((method): [string, string, RawOperation][] => {
			const raw = item[method];
			if (raw === undefined) return [];
			raw.parameters = [...(item.parameters ?? []), ...(raw.parameters ?? [])];
			return [[`${prefix}${path}`, method, raw]];
		}),
	);
}

function normal(
	document: Document,
	{ path, method, raw, docs }: { path: string; method: string; raw: RawOperation; docs: string },
): { endpoint: Endpoint } {
	const segment = path.split('/').find((part) => /^[a-z]/i.test(part) && !/^(?:api|v\d+)$/i.test(part));
	const tag = raw.tags?.[0] ?? segment ?? 'general';
	raw.operationId ??= `${method} ${path}`.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '');
	raw.tags = [tag];
	raw['x-doc'] ??= raw.externalDocs?.url ?? docs;
	// Nobody has compared the call with its page yet, so the editor says that it is unverified.
	raw['x-doc-status'] = 'inferred';
	const parameters = (raw.parameters ?? []).map((one) => follow(document, one));
	const isSigned = ({ in: place, name, required }: Parameter) =>
		place === 'header' && required === true && SIGNED.test(name) && !/idempoten/i.test(name);
	raw['x-signed-headers'] = parameters.filter(isSigned).map(({ name }) => name);
	raw.parameters = parameters.filter((one) => !isSigned(one));
	const { schema, encoding } = bodyOf(document, raw);
	return {
		endpoint: {
			id: raw.operationId,
			method: method.toUpperCase(),
			path,
			tag,
			summary: raw.summary ?? raw.description,
			docs: raw['x-doc'],
			parameters: raw.parameters,
			body: schema,
			encoding,
		},
	};
}

function bodyOf(
	document: Document,
	raw: RawOperation,
): { schema: Schema | undefined; encoding: Encoding | undefined } {
	if (raw.requestBody === undefined) return { schema: undefined, encoding: undefined };
	const { content = {} } = follow(document, raw.requestBody);
	const [type, encoding] = ENCODINGS.find(([one]) => one in content) ?? [];
	const media = type === undefined ? undefined : content[type];
	// A body of a type that no row can write has no encoding, and is left out for that.
	const schema = whole(document, media?.schema ?? {});
	if (media?.schema && type !== undefined) {
		raw.requestBody = { ...follow(document, raw.requestBody), content: { [type]: { ...media, schema } } };
	}
	return { schema, encoding };
}

function grouped(all: { endpoint: Endpoint; raw: RawOperation }[]): NonNullable<Document['paths']> {
	const paths: NonNullable<Document['paths']> = {};
	for (const { endpoint, raw } of all)
		paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: raw };
	return paths;
}
