import type { INodeProperties } from 'n8n-workflow';
import { requestLine, type Operation } from '../../core/operation.ts';
import type { Provider } from '../../core/provider.ts';
import type { Contract, Endpoint, Schema } from './contract.mts';

/** What a provider's contract test says beside its rows. Each entry needs its reason beside it. */
export interface Expectations {
	/** Endpoints that must have an operation, and how many there are. */
	covered: (endpoint: Endpoint) => boolean;
	count: number;
	/** Documented fields that a row does not offer: `operation` -> names, or all. */
	notOffered?: Record<string, readonly string[] | 'all'>;
	/** Required fields that do not come from the user: the credential, or a drop of the protocol. */
	filledIn?: Record<string, readonly string[]>;
	/** Rules that differ from what the schema's type says: `operation.field`. */
	ownRule?: readonly string[];
}

/** Holds every row of a provider against its contract: paths, fields, required ones, types, pages, lookups. */
export function describeRows(provider: Provider, contract: Contract, expectations: Expectations): void {
	const rows = rowsOf(provider);
	const covered = contract.endpoints.filter(expectations.covered);

	describe(`every documented endpoint of ${provider.displayName} has an operation`, () => {
		it(`${expectations.count} endpoints`, () => expect(covered).toHaveLength(expectations.count));
		it.each(covered.map((one): [string, Endpoint] => [one.operationId, one]))(
			'%s',
			(_id, { method, path }) => {
				expect(rows.filter(([, { request }]) => request === `${method} ${path}`)).not.toHaveLength(0);
			},
		);
	});

	describe.each(rows)('%s', (_name, operation) => describeRow(operation, contract, expectations));

	it('compares and looks up by fields that the contract knows', () => {
		for (const [name, operation] of rows) expectLookup(name, operation, rows);
	});
}

type Row = [name: string, operation: Operation];

function rowsOf(provider: Provider): Row[] {
	return provider.resources.flatMap((resource) =>
		resource.operations
			.filter(({ custom }) => !custom)
			.map((operation): Row => [`${resource.value}.${operation.value}`, operation]),
	);
}

function describeRow(operation: Operation, contract: Contract, expectations: Expectations): void {
	const endpoint = endpointOf(operation, contract);
	const shape = shapeOf(operation, endpoint);
	const known = Object.keys(shape.properties ?? {});
	const filledIn = expectations.filledIn?.[operation.value] ?? [];

	it('cites the page that it follows', () => expect(endpoint.docs).toContain(operation.docs));

	it('sends no field that the contract does not know', () => {
		for (const name of sentBy(operation)) expect(known).toContain(name);
	});

	it('offers every documented field', () => {
		const left = expectations.notOffered?.[operation.value] ?? [];
		const offered = [...sentBy(operation), ...filledIn, ...(left === 'all' ? known : left)];
		expect(known.filter((name) => !offered.includes(name))).toEqual([]);
	});

	it('always sends what the contract requires', () => {
		const always = [...alwaysSent(operation), ...filledIn];
		expect((shape.required ?? []).filter((name) => !always.includes(name))).toEqual([]);
	});

	it('is encoded as the contract says', () => {
		// A body that the contract offers, and a query that takes its place.
		if (operation.parametersIn === 'query') return expect(operation.encoding).toBeUndefined();
		expect(operation.encoding ?? 'json').toBe(endpoint.encoding ?? operation.encoding ?? 'json');
	});

	it('says when the page was not seen', () => {
		expect(operation.unverified !== undefined).toBe(endpoint.docStatus === 'inferred');
	});

	it('writes every field as the contract types it', () => {
		for (const field of [...(operation.fields ?? []), ...(operation.options ?? [])]) {
			if (operation.steering?.includes(field.name)) continue;
			if (expectations.ownRule?.includes(`${operation.value}.${field.name}`)) continue;
			if (operation.rules?.[field.name]?.kind === 'parts') continue;
			const schema = contract.follow(shape.properties?.[wireName(operation, field.name)] ?? {});
			if (field.type === 'fixedCollection') expectLines(operation, field, schema, contract);
			else expectType(operation, field.name, field, schema);
		}
	});

	it('uses the documented path on behalf of another account', () =>
		expectTwin(operation, endpoint, contract));
}

function endpointOf(operation: Operation, { endpoints }: Contract): Endpoint {
	const { method, path } = requestLine(operation);
	const found = endpoints.find((one) => one.method === method && one.path === path);
	if (!found) throw new Error(`${operation.request} is not in the contract`);
	return found;
}

function wireName(operation: Operation, name: string): string {
	return operation.sentAs?.[name] ?? name;
}

/** What a row can send, by the provider's names: fields, options, constants, page and path parameters. */
function sentBy(operation: Operation): string[] {
	const { fields = [], options = [], constants = {}, returns, steering = [], made = {} } = operation;
	const page = 'page' in returns && returns.page ? [returns.page.number, returns.page.size] : [];
	const own = [...fields, ...options].map(({ name }) => name).filter((name) => !steering.includes(name));
	const inPath = [...requestLine(operation).path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
	const wire = own.flatMap((name) => partsOf(operation, name) ?? [wireName(operation, name)]);
	const names = [...wire, ...Object.keys(constants), ...Object.keys(made), ...page];
	return [...new Set(names)].filter((name) => !inPath.includes(name));
}

function alwaysSent(operation: Operation): string[] {
	const fields = (operation.fields ?? []).filter(
		({ required, displayOptions }) => !required || displayOptions,
	);
	const optional = [...fields, ...(operation.options ?? [])].map(({ name }) => wireName(operation, name));
	const always = Object.keys(operation.made ?? {});
	return sentBy(operation).filter((name) => always.includes(name) || !optional.includes(name));
}

/** The parameters that a field stands for when it is a choice of several at once. */
function partsOf({ rules = {} }: Operation, name: string): readonly string[] | undefined {
	const rule = rules[name];
	return rule?.kind === 'parts' ? rule.names : undefined;
}

/** The body, or the query as a schema: of several documented bodies the one whose fields the row has. */
function shapeOf(operation: Operation, { bodies, parameters, operationId }: Endpoint): Schema {
	const query = parameters.filter((one) => one.in === 'query');
	if (bodies.length === 0 || operation.parametersIn === 'query') return querySchema(query);
	const names = sentBy(operation);
	const fitting = bodies.filter(({ properties = {} }) => names.every((name) => name in properties));
	const best = fitting.filter(
		({ required = [] }) => bodies.length === 1 || required.every((name) => names.includes(name)),
	);
	if (best.length !== 1)
		throw new Error(`${operationId} fits ${best.length} of ${bodies.length} documented bodies`);
	return best[0] ?? {};
}

function querySchema(query: Endpoint['parameters']): Schema {
	return {
		properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
		required: query.filter(({ required }) => required).map(({ name }) => name),
	};
}

function expectTwin({ onBehalfOf }: Operation, endpoint: Endpoint, { endpoints }: Contract): void {
	const hasHeader = ({ parameters }: Endpoint) => parameters.some(({ name }) => /On-Behalf-Of$/.test(name));
	expect(onBehalfOf === 'header').toBe(hasHeader(endpoint));
	if (onBehalfOf === undefined || onBehalfOf === 'header') return;
	const twin = endpoints.find((one) => one.path === onBehalfOf && one.method === endpoint.method);
	if (!twin) throw new Error(`${onBehalfOf} is not in the contract`);
	expect(hasHeader(twin)).toBe(true);
	expect(twin.operationId.toLowerCase()).toContain(endpoint.operationId.toLowerCase());
	expect(twin.docStatus).not.toBe('inferred');
}

function expectLines(operation: Operation, field: INodeProperties, schema: Schema, contract: Contract): void {
	const group = field.options?.[0];
	const values = group && 'values' in group ? group.values : [];
	const line = contract.follow(schema.items ?? schema);
	const inner = line.properties ?? {};
	expect(values.map(({ name }) => name).sort()).toEqual(Object.keys(inner).sort());
	for (const one of values) {
		const required = line.required ?? [];
		expect([one.name, one.required ?? false]).toEqual([one.name, required.includes(one.name)]);
		expectType(operation, `${field.name}.${one.name}`, one, contract.follow(inner[one.name] ?? {}));
	}
}

/** Some contracts say "decimal string" by its pattern. */
const PLAIN_DECIMAL = '^\\d+(\\.\\d+)?$';

/** What the rule of a field writes must be what the schema takes. */
function expectType(operation: Operation, path: string, field: INodeProperties, schema: Schema): void {
	const rule = operation.rules?.[path];
	const types = [schema.type ?? 'string'].flat();
	const isFile = schema.format === 'binary' || schema.items?.format === 'binary';
	const most = schema.maxItems === undefined ? {} : { maximumFiles: schema.maxItems };
	if (isFile) return expect(rule).toMatchObject({ kind: 'file', ...most });
	if (schema['x-format'] === 'decimal string' || schema.pattern === PLAIN_DECIMAL)
		return expect(rule).toMatchObject({ kind: 'amount' });
	if (schema['x-unit'] === 'unix milliseconds')
		return expect(rule).toMatchObject({ kind: 'time', as: 'milliseconds' });
	if (types.includes('integer') && field.type !== 'options') expect(rule).toMatchObject({ kind: 'integer' });
	if (types.includes('number') && !types.includes('string'))
		expect(rule).toMatchObject({ kind: 'amount', as: 'number' });
	if (types.includes('boolean')) expect(field.type).toBe('boolean');
	if (types.includes('string') && rule?.kind === 'time') expect(rule.as).not.toBe('milliseconds');
	if (types.includes('string') && rule?.kind === 'amount') expect(rule.as).toBeUndefined();
	if (schema.maxLength !== undefined)
		expect(rule).toMatchObject({ kind: 'reference', maximumLength: schema.maxLength });
	if (schema.pattern !== undefined) expect(rule).toMatchObject({ pattern: schema.pattern });
	if (schema.enum === undefined) return;
	const offered = (field.options ?? []).flatMap((option) => ('value' in option ? [option.value] : []));
	expect(
		offered
			.filter((value) => value !== '')
			.map(String)
			.sort(),
	).toEqual(schema.enum.map(String).sort());
}

function expectLookup(name: string, operation: Operation, rows: Row[]): void {
	const { reference, lookup, same } = operation;
	const fields = [...(operation.fields ?? []), ...(operation.options ?? [])].map((field) => field.name);
	if (reference !== undefined) expect([name, fields]).toEqual([name, expect.arrayContaining([reference])]);
	if (!lookup) return;
	const asked = rows.find(([other]) => other === lookup.operation)?.[1];
	expect([name, asked?.effect]).toEqual([name, 'read']);
	const by = asked && [
		...sentBy(asked),
		...[...requestLine(asked).path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one),
	];
	if (lookup.by !== undefined) expect(by).toContain(lookup.by);
	expect([name, same]).not.toEqual([name, undefined]);
}
