import type { INodeProperties } from 'n8n-workflow';
import { requestLine, type Operation } from '../../core/operation.ts';
import { gatePay } from '../../nodes/GatePay/provider.ts';
import { readContract, type Endpoint, type Schema } from './contract.mts';

const { endpoints, follow } = readContract('gatepay');

/** The part of the contract that has operations so far. */
const covered = endpoints.filter(
	({ tag, operationId }) =>
		['OTC', 'Payouts'].includes(tag) || ['getBalances', 'getBalanceMap', 'listLedger'].includes(operationId),
);

const rows = gatePay.resources
	.flatMap((resource) =>
		resource.operations.map((operation): [string, Operation] => [
			`${resource.value}.${operation.value}`,
			operation,
		]),
	)
	.filter(([, operation]) => !operation.custom);

function endpointOf(operation: Operation): Endpoint {
	const { method, path } = requestLine(operation);
	const found = endpoints.find((one) => one.method === method && one.path === path);
	if (!found) throw new Error(`${operation.request} is not in the contract`);
	return found;
}

/** What a row can send, by the provider's names: fields, options, constants and page parameters. */
function sent({ fields = [], options = [], constants = {}, returns, steering = [] }: Operation): Set<string> {
	const page = 'page' in returns && returns.page ? [returns.page.number, returns.page.size] : [];
	return new Set([
		...[...fields, ...options].map(({ name }) => name).filter((name) => !steering.includes(name)),
		...Object.keys(constants),
		...page,
	]);
}

/** The body, or the query as a schema: of several documented bodies the one whose fields the row has. */
function shapeOf(operation: Operation): Schema {
	const { bodies, parameters } = endpointOf(operation);
	if (bodies.length > 0) {
		const names = sent(operation);
		const fitting = bodies.filter(
			({ required = [], properties = {} }) =>
				required.every((name) => names.has(name)) && [...names].every((name) => name in properties),
		);
		if (fitting.length !== 1)
			throw new Error(`${operation.value} fits ${fitting.length} of ${bodies.length} documented bodies`);
		return fitting[0] ?? {};
	}
	const query = parameters.filter((one) => one.in === 'query');
	return {
		properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
		required: query.filter(({ required }) => required).map(({ name }) => name),
	};
}

function alwaysSent(operation: Operation): Set<string> {
	const optional = new Set(
		[
			...(operation.fields ?? []).filter(({ required, displayOptions }) => !required || displayOptions),
			...(operation.options ?? []),
		].map(({ name }) => name),
	);
	return new Set([...sent(operation)].filter((name) => !optional.has(name)));
}

function allFields({ fields = [], options = [] }: Operation): INodeProperties[] {
	return [...fields, ...options];
}

describe('every documented endpoint has an operation', () => {
	it('24 endpoints in this part of the contract', () => {
		expect(covered).toHaveLength(24);
	});

	it.each(covered.map((one): [string, Endpoint] => [one.operationId, one]))('%s', (_id, { method, path }) => {
		expect(rows.filter(([, operation]) => operation.request === `${method} ${path}`)).not.toHaveLength(0);
	});
});

describe.each(rows)('%s', (_name, operation) => {
	const endpoint = endpointOf(operation);
	const shape = shapeOf(operation);

	it('cites the page that it follows', () => {
		expect(endpoint.docs).toContain(operation.docs);
	});

	it('sends no field that the contract does not know', () => {
		for (const name of sent(operation)) expect(Object.keys(shape.properties ?? {})).toContain(name);
	});

	it('offers every documented field', () => {
		for (const name of Object.keys(shape.properties ?? {})) {
			// Paging by number has no documented beginning: page -1, all at once, is sent instead.
			if (operation.value === 'getDeposits' && name === 'pageSize') continue;
			// The older contract of the list has no parameters, and that of the detail no clientOrderId.
			if (operation.value === 'getDepositsOlder') continue;
			expect([...sent(operation)]).toContain(name);
		}
	});

	it('always sends what the contract requires', () => {
		for (const name of shape.required ?? []) expect([...alwaysSent(operation)]).toContain(name);
	});

	it('is multipart exactly where the contract is', () => {
		expect(operation.multipart ?? false).toBe(endpoint.isMultipart);
	});

	it('says when the page was not seen', () => {
		expect(operation.unverified !== undefined).toBe(endpoint.docStatus === 'inferred');
	});

	it('writes every field as the contract types it', () => {
		for (const field of allFields(operation)) {
			const schema = follow(shape.properties?.[field.name] ?? {});
			if (field.type === 'fixedCollection') expectLines(operation, field, schema);
			else expectType(operation, field.name, field, schema);
		}
	});

	it('uses the documented path on behalf of another account', () => {
		const { onBehalfOf } = operation;
		const header = endpoint.parameters.some((one) => one.name === 'X-GatePay-On-Behalf-Of');
		expect(onBehalfOf === 'header').toBe(header);
		if (onBehalfOf === undefined || onBehalfOf === 'header') return;
		const twin = endpoints.find((one) => one.path === onBehalfOf && one.method === endpoint.method);
		expect(twin?.parameters.map((one) => one.name)).toContain('X-GatePay-On-Behalf-Of');
		expect(twin?.operationId.toLowerCase()).toContain(endpoint.operationId.toLowerCase());
		expect(twin?.docStatus).not.toBe('inferred');
	});
});

function expectLines(operation: Operation, field: INodeProperties, schema: Schema): void {
	const group = field.options?.[0];
	const values = group && 'values' in group ? group.values : [];
	const line = follow(schema.items ?? {});
	expect(values.map(({ name }) => name).sort()).toEqual(Object.keys(line.properties ?? {}).sort());
	for (const inner of values) {
		expect([inner.name, inner.required ?? false]).toEqual([
			inner.name,
			(line.required ?? []).includes(inner.name),
		]);
		expectType(operation, `${field.name}.${inner.name}`, inner, follow(line.properties?.[inner.name] ?? {}));
	}
}

/** What the rule of a field writes must be what the schema takes. */
function expectType(operation: Operation, path: string, field: INodeProperties, schema: Schema): void {
	const rule = operation.rules?.[path];
	const types = [schema.type ?? 'string'].flat();
	if (schema['x-format'] === 'decimal string') return expect(rule).toMatchObject({ kind: 'amount' });
	if (schema['x-unit'] === 'unix milliseconds')
		return expect(rule).toMatchObject({ kind: 'milliseconds', as: 'number' });
	if (schema.format === 'binary' || schema.items?.format === 'binary') {
		expect(rule).toMatchObject({
			kind: 'file',
			...(schema.maxItems ? { maximumFiles: schema.maxItems } : {}),
		});
		return;
	}
	if (types.includes('integer') && field.type !== 'options') expect(rule).toMatchObject({ kind: 'integer' });
	if (types.includes('string') && rule?.kind === 'milliseconds') expect(rule.as).toBe('text');
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

it('compares and looks up by fields that the contract knows', () => {
	for (const [name, operation] of rows) {
		if (operation.reference !== undefined)
			expect([name, [...sent(operation)]]).toEqual([name, expect.arrayContaining([operation.reference])]);
		if (!operation.lookup) continue;
		const asked = rows.find(([other]) => other === operation.lookup?.operation)?.[1];
		expect(asked?.effect).toBe('read');
		if (asked && operation.lookup.by) expect([...sent(asked)]).toContain(operation.lookup.by);
		expect(operation.same).toBeDefined();
	}
});
