import { isObject, type Json, type JsonObject } from '../../core/exact/json.ts';
import type { Contract, Schema } from './contract.mts';

/** What the contracts show of a value, beside what its schema demands. */
interface Shown extends Schema {
	const?: unknown;
	example?: unknown;
	examples?: unknown[];
	default?: unknown;
}

/**
 * The fullest answer that a schema documents: every member of every object, and one element in every list. A value
 * that the contract shows stands where it shows one.
 */
export function fullest(schema: Schema, contract: Contract): Json {
	const { properties, items, ...value } = withParts(schema, contract);
	if (properties) return everyMember(properties, contract);
	if (items) return [fullest(items, contract)];
	return shownIn(value) ?? anyOf([value.type ?? 'string'].flat());
}

function everyMember(properties: Record<string, Schema>, contract: Contract): JsonObject {
	return Object.fromEntries(
		Object.entries(properties).map(([name, member]) => [name, fullest(member, contract)]),
	);
}

/** A schema with the members of its parts. Of alternatives it is the first: the others are refusals or older forms. */
function withParts(schema: Schema, contract: Contract): Shown {
	const own: Shown = contract.follow(schema);
	const { allOf = [], anyOf: alternatives = own.oneOf ?? [] } = own;
	const parts = [...allOf, ...alternatives.slice(0, 1)].map((part) => withParts(part, contract));
	const whole: Shown = Object.assign({}, ...parts, own);
	const properties = Object.assign({}, ...parts.map((part) => part.properties), own.properties);
	return Object.keys(properties).length > 0 ? { ...whole, properties } : whole;
}

function shownIn({ const: only, example, examples = [], enum: values = [] }: Shown): Json | undefined {
	return [only, example, ...examples, ...values].find(isValue);
}

function isValue(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

function anyOf(types: readonly string[]): Json {
	if (types.includes('string')) return '1';
	if (types.includes('integer') || types.includes('number')) return 1;
	if (types.includes('boolean')) return true;
	return types.includes('array') ? [] : {};
}

/** Puts an answer's content into the provider's envelope of a success, where the answer is documented with one. */
export function asSuccess(answer: Json, success: JsonObject): Json {
	if (!isObject(answer)) return answer;
	const known = Object.entries(success).filter(([name]) => name in answer);
	return { ...answer, ...Object.fromEntries(known) };
}
