import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
// Only the router: openapi-backend as a whole loads an ES module that jest cannot require.
import { OpenAPIRouter } from 'openapi-backend/router.js';
import { parse } from 'yaml';

import { PLAIN_DECIMAL } from './decimal.mts';
import { isRecord, type JsonRecord } from './values.mts';

export interface Violation {
	/** JSON pointer to the value, '' for the whole body. */
	where: string;
	/** What ajv calls the broken rule: required, pattern, enum ... */
	rule: string;
	/** The missing or unknown field, where the rule is about one. */
	field?: string;
	text: string;
}

export interface Checked {
	values: JsonRecord;
	violations: Violation[];
}

export type MediaType = 'application/json' | 'multipart/form-data' | 'application/x-www-form-urlencoded';

const MEDIA_TYPES: MediaType[] = [
	'multipart/form-data',
	'application/x-www-form-urlencoded',
	'application/json',
];

interface Served {
	path: string;
	method: string;
	definition: JsonRecord;
}

const SCALAR_FORMATS = ['int32', 'int64', 'binary', 'date-time'];
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const METHODS = ['get', 'post', 'put', 'delete', 'patch'];

/** A provider's OpenAPI file: finds the operation of a request and judges requests and answers by it. */
export class Contract {
	readonly #document: JsonRecord;
	readonly #router: OpenAPIRouter;
	readonly #served = new Map<string, Served>();
	/** The operationId by method and path, for paths without parameters. The router is slow: it tries every pattern. */
	readonly #literal = new Map<string, string>();
	readonly #bodies: Ajv2020;
	/** Checks query, headers and form fields, which arrive as texts. */
	readonly #texts: Ajv2020;
	readonly #validators = new Map<string, ValidateFunction>();

	constructor(file: string) {
		const definition = parse(readFileSync(file, 'utf8'));
		const strictest = closed(structuredClone(definition));
		this.#document = definition;
		this.#router = new OpenAPIRouter({ definition });
		this.#indexOperations();
		this.#bodies = judge(strictest, false);
		this.#texts = judge(strictest, true);
	}

	get operations(): string[] {
		return [...this.#served.keys()];
	}

	extension(name: string): unknown {
		return this.#document[name];
	}

	operationOf(method: string, path: string): string | undefined {
		const literal = this.#literal.get(`${method} ${path}`);
		if (literal !== undefined) return literal;
		return this.#router.matchOperation({ method, path, headers: {} })?.operationId;
	}

	route(operation: string): { method: string; path: string } {
		const { method, path } = this.#find(operation);
		return { method: method.toUpperCase(), path };
	}

	/** The content type of the request body. Undefined: the operation takes no body. */
	mediaType(operation: string): MediaType | undefined {
		return this.mediaTypes(operation)[0];
	}

	/** All content types that the request body may have. */
	mediaTypes(operation: string): MediaType[] {
		const content = at(this.#find(operation).definition, 'requestBody', 'content');
		return isRecord(content) ? MEDIA_TYPES.filter((type) => type in content) : [];
	}

	checkParameters(operation: string, query: JsonRecord, headers: JsonRecord): Checked {
		const validate = this.#validator(`${operation} parameters`, () =>
			this.#texts.compile(parametersSchema(this.#parameters(operation))),
		);
		const values = { query: structuredClone(query), headers: structuredClone(headers) };
		validate(values);
		return { values, violations: violationsOf(validate) };
	}

	checkBody(operation: string, body: unknown, given?: MediaType): Checked {
		const mediaType = given ?? this.mediaType(operation) ?? 'application/json';
		const ajv = mediaType === 'application/json' ? this.#bodies : this.#texts;
		const validate = this.#validator(`${operation} body ${mediaType}`, () =>
			ajv.compile({ $ref: this.#pointer(operation, 'requestBody', 'content', mediaType, 'schema') }),
		);
		const values = { body: structuredClone(body) };
		validate(values.body);
		return { values, violations: violationsOf(validate) };
	}

	/** For tests: what in a successful answer differs from the documented shape. */
	checkAnswer(operation: string, body: unknown): Violation[] {
		const content = ['responses', '200', 'content', 'application/json', 'schema'];
		const schema = at(this.#find(operation).definition, ...content);
		// The second of two alternatives is the envelope of refusals, which would let every answer pass.
		const place = isRecord(schema) && 'anyOf' in schema ? [...content, 'anyOf', '0'] : content;
		const validate = this.#validator(`${operation} answer`, () =>
			this.#bodies.compile({ $ref: this.#pointer(operation, ...place) }),
		);
		validate(body);
		return violationsOf(validate);
	}

	/** For tests: what in a value differs from a schema of the contract. */
	checkSchema(name: string, value: unknown): Violation[] {
		const validate = this.#validator(`schema ${name}`, () =>
			this.#bodies.compile({ $ref: `contract#/components/schemas/${name}` }),
		);
		validate(value);
		return violationsOf(validate);
	}

	#indexOperations(): void {
		for (const [path, item] of Object.entries(recordAt(this.#document, 'paths'))) {
			if (!isRecord(item)) continue;
			for (const method of METHODS) {
				const definition = item[method];
				if (!isRecord(definition) || typeof definition.operationId !== 'string') continue;
				this.#served.set(definition.operationId, { path, method, definition });
				if (!path.includes('{')) this.#literal.set(`${method.toUpperCase()} ${path}`, definition.operationId);
			}
		}
	}

	#find(operation: string): Served {
		const served = this.#served.get(operation);
		if (!served) throw new Error(`The contract has no operation ${operation}`);
		return served;
	}

	#parameters(operation: string): JsonRecord[] {
		const { parameters } = this.#find(operation).definition;
		if (!Array.isArray(parameters)) return [];
		return parameters.map((parameter) => this.#resolve(parameter));
	}

	#resolve(value: unknown): JsonRecord {
		if (!isRecord(value)) return {};
		if (typeof value.$ref !== 'string') return value;
		return recordAt(this.#document, ...value.$ref.replace('#/', '').split('/'));
	}

	#pointer(operation: string, ...keys: string[]): string {
		const { path, method } = this.#find(operation);
		const escaped = ['paths', path, method, ...keys].map((key) =>
			key.replace(/~/g, '~0').replace(/\//g, '~1'),
		);
		return `contract#/${escaped.join('/')}`;
	}

	#validator(key: string, compile: () => ValidateFunction): ValidateFunction {
		const known = this.#validators.get(key) ?? compile();
		this.#validators.set(key, known);
		return known;
	}
}

function judge(document: JsonRecord, coerce: boolean): Ajv2020 {
	const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: coerce ? 'array' : false });
	for (const format of SCALAR_FORMATS) ajv.addFormat(format, true);
	ajv.addFormat('uuid', UUID);
	ajv.addFormat('uri', (text: string) => URL.canParse(text));
	ajv.addKeyword({
		keyword: 'x-format',
		type: 'string',
		validate: (format: unknown, value: string) => format !== 'decimal string' || PLAIN_DECIMAL.test(value),
	});
	return ajv.addSchema(document, 'contract', false, false);
}

/** Makes a schema refuse fields that are not documented: a client that sends them relies on something nobody promised. */
function closed(value: JsonRecord, isPart = false): JsonRecord {
	const properties = value.type === 'object' && isRecord(value.properties);
	// A part of an allOf does not know the fields of the other parts.
	if (properties && !isPart && value.additionalProperties === undefined) value.additionalProperties = false;
	for (const [key, child] of Object.entries(value)) {
		for (const each of Array.isArray(child) ? child : [child])
			if (isRecord(each)) closed(each, key === 'allOf');
	}
	return value;
}

function parametersSchema(parameters: JsonRecord[]): JsonRecord {
	const group = (place: string) => parameters.filter((parameter) => parameter.in === place);
	const schema = (members: JsonRecord[], name: (parameter: JsonRecord) => string) => ({
		type: 'object',
		properties: Object.fromEntries(members.map((member) => [name(member), member.schema])),
		required: members.filter((member) => member.required === true).map(name),
	});
	const query = schema(group('query'), ({ name }) => String(name));
	const headers = schema(group('header'), ({ name }) => String(name).toLowerCase());
	return { type: 'object', properties: { query: { ...query, additionalProperties: false }, headers } };
}

function violationsOf({ errors }: ValidateFunction): Violation[] {
	return (errors ?? []).map(violationOf);
}

function violationOf({ instancePath, keyword, params, message }: ErrorObject): Violation {
	const field: unknown = params.missingProperty ?? params.additionalProperty;
	const named = typeof field === 'string' && keyword === 'additionalProperties' ? ` (${field})` : '';
	return {
		where: instancePath,
		rule: keyword,
		...(typeof field === 'string' && { field }),
		text: `${instancePath.slice(1).replaceAll('/', '.') || 'the request'} ${message ?? keyword}${named}`,
	};
}

function at(value: unknown, ...keys: string[]): unknown {
	return keys.reduce<unknown>((place, key) => (isRecord(place) ? place[key] : undefined), value);
}

function recordAt(value: unknown, ...keys: string[]): JsonRecord {
	const found = at(value, ...keys);
	if (!isRecord(found)) throw new Error(`The contract has nothing at ${keys.join('/')}`);
	return found;
}
