import type { INodeProperties } from 'n8n-workflow';
import { findOperation, isEndpoint, requestLine, type Operation } from '../../core/provider/operation.ts';
import type { Packing } from '../../core/provider/does.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Contract, Endpoint, Schema } from './contract.mts';

/** How a provider's rows may differ from its contract. Each entry needs its reason beside it. */
export interface Expectations {
	/** Which endpoints must have an operation, and how many there are. */
	covered: (endpoint: Endpoint) => boolean;
	count: number;
	/** All endpoints that the pages describe, also those on behalf of another account. */
	documented?: (endpoint: Endpoint) => boolean;
	/** The documented fields that a row does not offer, by operation: their names, or all. */
	notOffered?: Record<string, readonly string[] | 'all'>;
	/** Required fields that do not come from the user, but from the credential or the protocol. */
	filledIn?: Record<string, readonly string[]>;
	/** Fields whose rule differs from the schema's type: `operation.field`. */
	ownRule?: readonly string[];
	/** Calls that n8n cannot make as their page shows them. They are encoded differently and marked as unverified. */
	otherEncoding?: readonly string[];
	/** Calls that never have the header of another account, because the page forbids it. */
	neverOnBehalf?: readonly string[];
}

/** Checks every row of a provider against its contract: paths, fields, required fields, types, pages and lookups. */
export function describeRows(provider: Provider, contract: Contract, expectations: Expectations): void {
	const rows = rowsOf(provider);
	const covered = contract.endpoints.filter(expectations.covered);

	describe(`every documented endpoint of ${provider.displayName} has an operation`, () => {
		it(`${expectations.count} endpoints`, () => expect(covered.length).toBe(expectations.count));
		it.each(covered.map((one): [string, Endpoint] => [one.operationId, one]))(
			'%s',
			(_id, { method, path }) => {
				expect(rows.map(([, { request }]) => request)).toContain(`${method} ${path}`);
			},
		);
	});

	describe.each(rows)('%s', (_name, operation) => describeRow(operation, contract, expectations));

	it('reaches every documented endpoint, by its own row or as the twin of one', () => {
		const documented = contract.endpoints.filter(expectations.documented ?? (() => false));
		const found = new Set(rows.flatMap(([, operation]) => reachedBy(operation)));
		expect(documented.filter((one) => !found.has(`${one.method} ${one.path}`))).toEqual([]);
	});

	it('has rows that stand on an endpoint and ask nothing else of it', () => {
		for (const operation of provider.resources.flatMap(({ operations }) => operations))
			if (operation.standsOn !== undefined) expectStanding(operation, provider);
	});

	it("offers this workflow's trigger for a URL that the user can type as well", () => {
		for (const [name, { fields = [], options = [], steering = [], does: { triggerUrl } = {} }] of rows) {
			if (!triggerUrl) continue;
			expect([...fields, ...options].map((field) => field.name)).toContain(triggerUrl.parameter);
			// Without a choice, an empty field stands for the trigger.
			if (triggerUrl.choice === undefined) continue;
			const choice = [...fields, ...options].find((field) => field.name === triggerUrl.choice);
			expect([name, choice?.options]).toEqual([
				name,
				expect.arrayContaining([expect.objectContaining({ value: 'trigger' })]),
			]);
			expect([name, steering]).toEqual([name, expect.arrayContaining([triggerUrl.choice])]);
		}
	});

	it('compares and looks up by fields that the contract knows', () => {
		for (const [name, operation] of rows) expectLookup(name, operation, rows);
	});
}

type Row = [name: string, operation: Operation];

function rowsOf(provider: Provider): Row[] {
	return provider.resources.flatMap((resource) =>
		resource.operations
			.filter(isEndpoint)
			.map((operation): Row => [`${resource.value}.${operation.value}`, operation]),
	);
}

/** A row that stands on an endpoint makes the endpoint's request. So the contract holds for both. */
function expectStanding(operation: Operation, { resources }: Provider): void {
	const name = operation.standsOn ?? '';
	const endpoint = findOperation(resources, name);
	if (!endpoint || !isEndpoint(endpoint)) throw new Error(`${operation.name} stands on ${name}, no endpoint`);
	const asked = ({ request, effect, docs, onBehalfOf, unverified, wire: { encoding } = {} }: Operation) => ({
		...{ request, effect, docs, onBehalfOf, unverified, encoding },
	});
	expect([operation.name, asked(operation)]).toEqual([operation.name, asked(endpoint)]);
	expect(sentBy(endpoint)).toEqual(expect.arrayContaining(sentBy(operation)));
	if (operation.does?.packs) expectPacking(operation, operation.does?.packs, endpoint);
}

/** The packed lines are lines of the endpoint, and each field has the same rule. */
function expectPacking(operation: Operation, packs: Packing, endpoint: Operation): void {
	const list = endpoint.fields?.find(({ name }) => name === packs.into);
	const group = list?.options?.[0];
	const known = group && 'values' in group ? group.values.map(({ name }) => name) : [];
	expect(known).toEqual(expect.arrayContaining([...packs.lines]));
	for (const name of packs.lines) {
		const rule = endpoint.rules?.[`${packs.into}.${name}`];
		// The rule for a line's own ID may be stricter, because the ID must be unique in the run.
		if (rule || name !== packs.referenceField) expect([name, operation.rules?.[name]]).toEqual([name, rule]);
	}
	for (const name of [packs.referenceField, operation.referenceField ?? ''])
		expect(operation.rules?.[name]).toMatchObject({ kind: 'reference' });
	expect(packs.lines).toEqual(expect.arrayContaining([packs.referenceField, packs.amount]));
	expect(operation.steering).toContain(packs.most);
	expect(operation.options?.map(({ name }) => name)).toContain(packs.most);
}

/** The requests that a row can make: its own, and the one on behalf of another account. */
function reachedBy({ request, onBehalfOf }: Operation): string[] {
	const [method] = request.split(' ');
	return onBehalfOf?.startsWith('/') ? [request, `${method} ${onBehalfOf}`] : [request];
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

	const isOtherwise = expectations.otherEncoding?.includes(operation.value) === true;

	it('is encoded as the contract says', () => {
		// The contract offers a body, and the row uses the query in its place.
		if (operation.wire?.parametersIn === 'query') return expect(operation.wire?.encoding).toBeUndefined();
		const same =
			(operation.wire?.encoding ?? 'json') === (endpoint.encoding ?? operation.wire?.encoding ?? 'json');
		expect(same).toBe(!isOtherwise);
	});

	it('says when the page was not seen, or cannot be followed', () => {
		expect(operation.unverified !== undefined).toBe(endpoint.docStatus === 'inferred' || isOtherwise);
	});

	it('checks that one of the documented alternatives is there', () =>
		expectAlternatives(operation, endpoint));

	it('sends the headers that the contract requires', () => {
		const required = endpoint.parameters.filter((one) => one.in === 'header' && one.required);
		const names = required.map(({ name }) => name).filter((name) => !/On-Behalf-Of$/.test(name));
		expect(Object.keys(operation.wire?.accountHeaders ?? {})).toEqual(names);
	});

	it('writes every field as the contract types it', () => {
		for (const field of [...(operation.fields ?? []), ...(operation.options ?? [])]) {
			if (operation.steering?.includes(field.name)) continue;
			if (expectations.ownRule?.includes(`${operation.value}.${field.name}`)) continue;
			if (operation.rules?.[field.name]?.kind === 'parts') continue;
			const schema = contract.follow(schemaOf(operation, field.name, shape, contract));
			const left = expectations.notOffered?.[`${operation.value}.${field.name}`] ?? [];
			if (field.type === 'fixedCollection') expectLines(operation, field, schema, contract, left);
			else expectType(operation, field.name, field, schema);
		}
	});

	if (operation.wire?.within) {
		it('fills the objects of the body as the contract has them', () =>
			expectInner(operation, shape, contract));
	}

	it('believes no success about another reference, where the answer is documented to repeat it', () => {
		const { referenceField = '', effect, proof } = operation;
		if (effect === 'read' || !memberOf(endpoint.answer, operation, contract)) return;
		// Where it may be null, it is compared only if it is there.
		expect(proof?.reference ?? proof?.same?.fields?.[referenceField]).toBe(referenceField);
	});

	it('uses the documented path on behalf of another account', () => {
		expectTwin(operation, endpoint, contract);
		const never = expectations.neverOnBehalf?.includes(operation.value) === true;
		expect(operation.onBehalfOf === 'never').toBe(never);
	});
}

function endpointOf(operation: Operation, { endpoints }: Contract): Endpoint {
	const { method, path } = requestLine(operation);
	const found = endpoints.find((one) => one.method === method && one.path === path);
	if (!found) throw new Error(`${operation.request} is not in the contract`);
	return found;
}

/** The schema of the reference in the documented answer: in the answer itself, in its content or in its object. */
function memberOf(
	answer: Schema | undefined,
	{ referenceField = '', returns }: Operation,
	{ follow }: Contract,
): Schema | undefined {
	const within = (schema: Schema | undefined, path: readonly string[]): Schema | undefined => {
		const { properties = {}, anyOf = [], oneOf = [], allOf = [] } = follow(schema ?? {});
		const [name = '', ...rest] = path;
		const own = properties[name];
		if (own && (rest.length === 0 || within(own, rest))) return own;
		return [...anyOf, ...oneOf, ...allOf].find((one) => within(one, path));
	};
	const place = 'data' in returns && returns.data ? returns.data.split('.') : [];
	return within(answer, [...place, referenceField]) ?? within(answer, ['data', ...place, referenceField]);
}

function wireName(operation: Operation, name: string): string {
	return placeOf(operation, name) ?? operation.wire?.sentAs?.[name] ?? name;
}

/** The object in the body that holds the field. */
function placeOf({ wire: { within = {} } = {} }: Operation, name: string): string | undefined {
	return within[name]?.replace('[]', '');
}

/** The schema of a field, in the object that holds it or as the whole body. */
function schemaOf(operation: Operation, name: string, shape: Schema, contract: Contract): Schema {
	if (operation.wire?.bodyOf === name) return shape;
	const place = placeOf(operation, name);
	if (place === undefined) return shape.properties?.[wireName(operation, name)] ?? {};
	return innerOf(shape.properties?.[place], contract).properties?.[name] ?? {};
}

function innerOf(schema: Schema | undefined, { follow }: Contract): Schema {
	const own = follow(schema ?? {});
	return follow(own.items ?? own);
}

/** Checks the fields inside an object. Members that pages call "answers only" do not belong in a request. */
function expectInner(operation: Operation, shape: Schema, contract: Contract): void {
	const all = [...(operation.fields ?? []), ...(operation.options ?? [])];
	for (const place of new Set(
		Object.values(operation.wire?.within ?? {}).map((one) => one.replace('[]', '')),
	)) {
		const { properties = {}, required = [] } = innerOf(shape.properties?.[place], contract);
		const asked = Object.entries(properties).filter(([, { description }]) => description !== 'answers only');
		const offered = all.filter(({ name }) => placeOf(operation, name) === place);
		expect(offered.map(({ name }) => name).sort()).toEqual(asked.map(([name]) => name).sort());
		const always = (operation.fields ?? []).filter((field) => field.required).map(({ name }) => name);
		expect(required.filter((name) => !always.includes(name))).toEqual([]);
	}
}

/** Checks a choice: one field of several by `oneOf`, or one group of several by a field that shows the others. */
function expectAlternatives(operation: Operation, { alternatives }: Endpoint): void {
	const always = alwaysSent(operation);
	if (alternatives.length === 0 || alternatives.some((group) => group.every((one) => always.includes(one))))
		return;
	if (alternatives.every(({ length }) => length === 1) && operation.oneOf)
		return expect([...operation.oneOf].sort()).toEqual(alternatives.flat().sort());
	const fields = operation.fields ?? [];
	const choice = (name: string) => {
		const field = fields.find((one) => one.name === name && one.required);
		return JSON.stringify(field?.displayOptions?.show);
	};
	const choices = alternatives.map((group) => new Set(group.map(choice)));
	for (const one of choices) expect([...one]).toEqual([expect.stringContaining('[')]);
	expect(new Set(choices.map((one) => [...one].join())).size).toBe(choices.length);
}

/** The provider's names of all that a row can send: fields, options, constants, page and path parameters. */
function sentBy(operation: Operation): string[] {
	const {
		fields = [],
		options = [],
		wire: { constants = {} } = {},
		returns,
		steering = [],
		once: { made = {} } = {},
		does: { packs } = {},
	} = operation;
	const called = operation.does?.callback ? [operation.does?.callback.parameter] : [];
	const page = 'page' in returns && returns.page ? [returns.page.number, returns.page.size] : [];
	const own = [...fields, ...options]
		.map(({ name }) => name)
		.filter((name) => !steering.includes(name) && name !== operation.wire?.bodyOf);
	const inPath = [...requestLine(operation).path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
	const wire = own.flatMap((name) => partsOf(operation, name) ?? [wireName(operation, name)]);
	const names = [
		...ofRequest(wire, packs),
		...Object.keys(constants),
		...Object.keys(made),
		...page,
		...called,
	];
	return [...new Set(names)].filter((name) => !inPath.includes(name));
}

/** A packed row sends the fields of a line inside the list of lines. */
function ofRequest(names: string[], packs: Packing | undefined): string[] {
	return packs ? [...names.filter((name) => !packs.lines.includes(name)), packs.into] : names;
}

function alwaysSent(operation: Operation): string[] {
	const { triggerUrl } = operation.does ?? {};
	// When the user chooses the URL of a trigger, the field for the URL is hidden. Without a choice, it may be empty.
	const isAlways = ({ required, displayOptions, name }: INodeProperties) =>
		name === triggerUrl?.parameter
			? required === true || triggerUrl.choice === undefined
			: required === true && !displayOptions;
	const names = (fields: INodeProperties[]) => fields.map(({ name }) => wireName(operation, name));
	const always = [
		...names((operation.fields ?? []).filter(isAlways)),
		...Object.keys(operation.once?.made ?? {}),
	];
	const others = names([...(operation.fields ?? []), ...(operation.options ?? [])]);
	return sentBy(operation).filter((name) => always.includes(name) || !others.includes(name));
}

/** The parameters that one field sets at once. */
function partsOf({ rules = {} }: Operation, name: string): readonly string[] | undefined {
	const rule = rules[name];
	return rule?.kind === 'parts' ? rule.names : undefined;
}

/** The body, or the query, as a schema. Of several documented bodies it is the one whose fields the row has. */
function shapeOf(operation: Operation, { bodies, parameters, operationId }: Endpoint): Schema {
	const query = parameters.filter((one) => one.in === 'query');
	if (bodies.length === 0 || operation.wire?.parametersIn === 'query') return querySchema(query);
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
	const header = endpoint.parameters.find(({ name }) => /On-Behalf-Of$/.test(name));
	const inHeader = header && (header.required ? 'required' : 'header');
	expect(onBehalfOf === 'header' || onBehalfOf === 'required' ? onBehalfOf : undefined).toBe(inHeader);
	if (!onBehalfOf?.startsWith('/')) return;
	const twin = endpoints.find((one) => one.path === onBehalfOf && one.method === endpoint.method);
	if (!twin) throw new Error(`${onBehalfOf} is not in the contract`);
	expect(hasHeader(twin)).toBe(true);
	expect(twin.operationId.toLowerCase()).toContain(endpoint.operationId.toLowerCase());
	expect(twin.docStatus).not.toBe('inferred');
}

function expectLines(
	operation: Operation,
	field: INodeProperties,
	schema: Schema,
	contract: Contract,
	left: readonly string[] | 'all',
): void {
	const group = field.options?.[0];
	const values = group && 'values' in group ? group.values : [];
	const line = contract.follow(schema.items ?? schema);
	const inner = line.properties ?? {};
	const wanted = Object.keys(inner).filter((name) => !left.includes(name));
	expect(values.map(({ name }) => name).sort()).toEqual(wanted.sort());
	for (const one of values) {
		const required = line.required ?? [];
		expect([one.name, one.required ?? false]).toEqual([one.name, required.includes(one.name)]);
		expectType(operation, `${field.name}.${one.name}`, one, contract.follow(inner[one.name] ?? {}));
	}
}

/** Some contracts describe a decimal string by this pattern. */
const PLAIN_DECIMAL = '^\\d+(\\.\\d+)?$';

/** Checks that the field's rule writes a value of the schema's type. */
function expectType(operation: Operation, path: string, field: INodeProperties, schema: Schema): void {
	const rule = operation.rules?.[path];
	if (rule?.kind === 'json') return expectOpen(schema);
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

/** The user types JSON only where the contract has an object, or does not say what is in it. */
function expectOpen({ type, properties }: Schema): void {
	expect(type === undefined || (type === 'object' && properties !== undefined)).toBe(true);
}

function expectLookup(name: string, operation: Operation, rows: Row[]): void {
	const { referenceField, lookup, same, once: { see } = {} } = operation;
	if (see !== undefined)
		expect([name, rows.map(([other]) => other)]).toEqual([name, expect.arrayContaining([see])]);
	const fields = [...(operation.fields ?? []), ...(operation.options ?? [])].map((field) => field.name);
	if (referenceField !== undefined)
		expect([name, fields]).toEqual([name, expect.arrayContaining([referenceField])]);
	if (!lookup) return;
	const asked = rows.find(([other]) => other === lookup.operation)?.[1];
	expect([name, asked?.effect]).toEqual([name, 'read']);
	const by = asked && [
		...sentBy(asked),
		...[...requestLine(asked).path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one),
	];
	if (lookup.by !== undefined) expect(by).toContain(lookup.by);
	expect([name, same]).not.toEqual([name, undefined]);
	// A lookup that cannot be made on behalf of another account would say nothing about a request that was.
	if (operation.onBehalfOf === undefined) return;
	const other = lookup.onBehalfOf ?? lookup;
	const onBehalf = rows.find(([candidate]) => candidate === other.operation)?.[1];
	expect([name, onBehalf?.effect]).toEqual([name, 'read']);
	expect([name, onBehalf?.onBehalfOf]).not.toEqual([name, undefined]);
}
