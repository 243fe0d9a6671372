/** The parts of an OpenAPI 3 document that are read here. */
export interface Document {
	openapi?: string;
	info?: { title?: string; contact?: object };
	externalDocs?: { url?: string };
	servers?: { url: string }[];
	tags?: { name: string; description?: string; externalDocs?: { url?: string } }[];
	security?: Record<string, unknown>[];
	paths?: Record<string, PathItem>;
	webhooks?: Record<string, unknown>;
	components?: Record<string, Record<string, unknown>> & { securitySchemes?: Record<string, Scheme> };
}

export type PathItem = Record<string, RawOperation> & { parameters?: Parameter[] };

export interface RawOperation {
	operationId?: string;
	tags?: string[];
	summary?: string;
	description?: string;
	externalDocs?: { url?: string };
	parameters?: Parameter[];
	requestBody?: { $ref?: string; content?: Record<string, { schema?: Schema }> };
	callbacks?: Record<string, unknown>;
	'x-doc'?: string;
	'x-doc-status'?: string;
	/** Headers of the signature. The credential makes them, so no row has a field for them. */
	'x-signed-headers'?: string[];
}

export interface Parameter {
	$ref?: string;
	name: string;
	in: string;
	required?: boolean;
	description?: string;
	schema?: Schema;
	example?: unknown;
}

export interface Schema {
	$ref?: string;
	type?: string | string[];
	format?: string;
	description?: string;
	enum?: unknown[];
	example?: unknown;
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	minimum?: number;
	maximum?: number;
	maxItems?: number;
	maxLength?: number;
	pattern?: string;
	oneOf?: Schema[];
	anyOf?: Schema[];
	allOf?: Schema[];
	'x-format'?: string;
	'x-unit'?: string;
}

export interface Scheme {
	type: string;
	in?: string;
	name?: string;
	scheme?: string;
	description?: string;
}

const DEEPEST = 20;

/** Follows `$ref` to what it names, and puts `allOf` together. @throws Error for one that leads nowhere */
export function follow<Node extends { $ref?: string }>(document: Document, node: Node, depth = 0): Node {
	if (node.$ref === undefined) return node;
	if (depth > DEEPEST || !node.$ref.startsWith('#/'))
		throw new Error(`${node.$ref} cannot be followed: put all of the contract into one file`);
	const keys = node.$ref.slice(2).split('/');
	const unescaped = keys.map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
	const found = unescaped.reduce<unknown>(member, document);
	if (!isLike<Node>(found)) throw new Error(`${node.$ref} leads nowhere`);
	return follow(document, found, depth + 1);
}

/** A schema whose parts (`allOf`) are put together. */
export function whole(document: Document, schema: Schema): Schema {
	const { allOf, ...own } = follow(document, schema);
	if (allOf === undefined) return own;
	const parts = [...allOf.map((part) => whole(document, part)), own];
	return Object.assign({}, ...parts, {
		properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
		required: [...new Set(parts.flatMap(({ required = [] }) => required))],
	});
}

function member(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null
		? Object.entries(value).find(([name]) => name === key)?.[1]
		: undefined;
}

/** Whether a reference found an object. The contract test reads its members as this file does. */
function isLike<Node>(value: unknown): value is Node {
	return typeof value === 'object' && value !== null;
}
