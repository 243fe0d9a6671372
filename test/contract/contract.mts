import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The parts of a JSON schema that the contract test reads. */
export interface Schema {
	$ref?: string;
	type?: string | string[];
	format?: string;
	description?: string;
	enum?: unknown[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	maxItems?: number;
	maxLength?: number;
	pattern?: string;
	oneOf?: Schema[];
	anyOf?: Schema[];
	allOf?: Schema[];
	if?: { properties?: Record<string, { const?: unknown }> };
	then?: Schema;
	'x-format'?: string;
	'x-unit'?: string;
}

export interface Parameter {
	name: string;
	in: 'query' | 'header' | 'path';
	required?: boolean;
	schema: Schema;
}

/** One operation of a contract, with all references resolved. */
export interface Endpoint {
	operationId: string;
	method: string;
	path: string;
	tag: string;
	docs: string[];
	docStatus: string;
	parameters: Parameter[];
	/** The alternatives of the body (`oneOf`): one where there is no choice, none for a call without a body. */
	bodies: Schema[];
	/** The documented answer of a success. Undefined where no page shows it. */
	answer: Schema | undefined;
	/** Groups of fields. One field of each group must be sent, e.g. either of two IDs. */
	alternatives: string[][];
	/** The encoding of the only documented content type. Absent when several are documented, or none. */
	encoding?: 'json' | 'multipart' | 'form';
}

const ENCODINGS: Record<string, Endpoint['encoding']> = {
	'application/json': 'json',
	'multipart/form-data': 'multipart',
	'application/x-www-form-urlencoded': 'form',
};

interface Document {
	paths: Record<string, Record<string, RawOperation>>;
	components: Record<string, Record<string, never>>;
}

interface Answer {
	$ref?: string;
	content?: Record<string, { schema: Schema }>;
}

interface RawOperation {
	operationId: string;
	tags: string[];
	parameters?: Array<Parameter & { $ref?: string }>;
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses?: Record<string, Answer>;
	'x-doc': string;
	'x-doc-more'?: string[];
	'x-doc-status': string;
	'x-one-of'?: string[][];
}

export interface Contract {
	endpoints: Endpoint[];
	follow(schema: Schema): Schema;
}

const known = new Map<string, Contract>();

/** Reads `contracts/<name>.openapi.yaml`, once: a contract takes longer to read than most tests take. */
export function readContract(name: string): Contract {
	const contract = known.get(name) ?? read(name);
	known.set(name, contract);
	return contract;
}

function read(name: string): Contract {
	const document: Document = parse(readFileSync(`contracts/${name}.openapi.yaml`, 'utf8'));
	const target = (reference: string): never => {
		const [, , group, key] = reference.split('/');
		const found = document.components[group ?? '']?.[key ?? ''];
		if (found === undefined) throw new Error(`${reference} leads nowhere`);
		return found;
	};
	const follow = (schema: Schema): Schema => (schema.$ref ? follow(target(schema.$ref)) : schema);
	const endpoints = Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, raw]) => endpoint(method.toUpperCase(), path, raw, follow, target)),
	);
	return { endpoints, follow };
}

function endpoint(
	method: string,
	path: string,
	raw: RawOperation,
	follow: (schema: Schema) => Schema,
	target: (reference: string) => never,
): Endpoint {
	const contents = Object.entries(raw.requestBody?.content ?? {});
	const [type, content] = contents[0] ?? [];
	const encoding = contents.length === 1 && type !== undefined ? ENCODINGS[type] : undefined;
	const body = content ? follow(content.schema) : undefined;
	return {
		operationId: raw.operationId,
		method,
		path,
		tag: raw.tags[0] ?? '',
		docs: [raw['x-doc'], ...(raw['x-doc-more'] ?? [])],
		docStatus: raw['x-doc-status'],
		parameters: (raw.parameters ?? []).map((one) => (one.$ref ? target(one.$ref) : one)),
		bodies: bodiesOf(body, follow),
		answer: answerOf(raw, target),
		alternatives: raw['x-one-of'] ?? groupsOf(body),
		...(encoding ? { encoding } : {}),
	};
}

function answerOf(
	{ responses = {} }: RawOperation,
	target: (reference: string) => never,
): Schema | undefined {
	const [, success] = Object.entries(responses).find(([status]) => status.startsWith('20')) ?? [];
	const answer: Answer | undefined = success?.$ref ? target(success.$ref) : success;
	return answer?.content?.['application/json']?.schema;
}

/** The alternatives of a body. A `oneOf` without fields of its own only says which fields go together. */
function bodiesOf(body: Schema | undefined, follow: (schema: Schema) => Schema): Schema[] {
	if (!body) return [];
	const variants = (body.oneOf ?? []).map(follow);
	return variants.length > 0 && variants.every(({ properties }) => properties) ? variants : [body];
}

function groupsOf(body: Schema | undefined): string[][] {
	const members = body?.anyOf ?? body?.oneOf ?? [];
	return members.flatMap(({ required, properties }) => (required && !properties ? [required] : []));
}
