import { compare, parseDecimal, withoutExponent } from '../exact/decimal';
import { at, isObject, type Json, textOf, type WritableObject } from '../exact/json';
import type { Operation } from '../provider/operation';
import { objectIn } from '../wire/pages';
import { contradictions } from './sameness';

/**
 * Checks a success against the request, because the provider, or somebody between, may answer about another payment.
 * @returns why the success is not believed, or undefined when it is
 */
export function unproven(
	operation: Operation,
	{ values, reference }: { values: WritableObject; reference: string | undefined },
	data: Json,
): string | undefined {
	const { proof, same } = operation;
	if (!proof) return undefined;
	const object = objectIn(data, operation);
	if (!isObject(object)) return 'it answered a success that shows nothing of it';
	if (hasEmptyRow(object)) return 'it answered a success with a row that is empty';
	const missing = proof.has.find((path) => (textOf(at(object, path)) ?? '') === '');
	if (missing !== undefined) return `it answered a success without ${missing}`;
	const own = proof.reference === undefined ? undefined : textOf(at(object, proof.reference));
	if (proof.reference !== undefined && reference !== undefined && own !== reference)
		return `it answered a success about another ${proof.reference}`;
	const more = Object.entries(proof.atMost ?? {}).find(
		([ours, theirs]) => !isAtMost(textOf(at(object, theirs)), values[ours]),
	);
	if (more) return `it answered a success about another ${more[0]}`;
	const others = [same, proof.same].flatMap((one) => (one ? contradictions(one, values, object) : []));
	return others.length === 0
		? undefined
		: `it answered a success about another payment: ${others.join('; ')}`;
}

/** No page shows a row without members, so such an answer was not made by the provider as it documents. */
function hasEmptyRow(value: Json): boolean {
	const isEmptyRow = (one: Json) => isObject(one) && Object.keys(one).length === 0;
	if (Array.isArray(value)) return value.some((one) => isEmptyRow(one) || hasEmptyRow(one));
	return isObject(value) && Object.values(value).some((one) => one !== undefined && hasEmptyRow(one));
}

/** An amount that is not shown contradicts nothing. One that is no decimal is not the amount that was asked for. */
function isAtMost(shown: string | undefined, asked: unknown): boolean {
	if (shown === undefined) return true;
	const there = parseDecimal(withoutExponent(shown));
	const here = parseDecimal(String(asked));
	return here === undefined || (there !== undefined && compare(there, here) <= 0);
}
