import { isObject, type Json } from '../exact/json';
import type { HttpAnswer } from './http';
import type { Operation } from './operation';
import type { Verdict } from './provider';
import { saysThereIsOne, saysUnsure, uniqueNames } from './refusalTexts';

type Refused = Extract<Verdict, { state: 'refused' }>;

/** An answer that proves nothing: whether anything was carried out stays open. */
export function unclear(reason: string): Extract<Verdict, { state: 'unclear' }> {
	return { state: 'unclear', reason };
}

/** Time-outs, limits and outages: a gateway may have spoken instead of the provider, and nothing is proven. */
export function isUnclearStatus(status: number): boolean {
	return status === 408 || status === 429 || status >= 500;
}

/** The same where a provider writes an HTTP status as its code. */
export function isUnclearCode(code: string): boolean {
	return /^[45]\d\d$/.test(code) && isUnclearStatus(Number(code));
}

/** What came instead of an answer in the provider's form: a gateway's page, or nothing. Never quotes it. */
export function notJson({ status, text }: HttpAnswer, wanted = 'JSON'): string {
	const kind = text === '' ? 'nothing' : /^\s*</.test(text) ? 'a web page' : `text that is not ${wanted}`;
	return `it answered ${status} with ${kind}`;
}

/**
 * A refusal of a code that the provider does not document. What sends is refused only where the text does not take it
 * back: "there is one already" is looked up, and "I do not know" proves nothing.
 * @param told all that it says, where the reason is a part of it
 */
export function undocumented(refused: Refused, operation: Operation, told = refused.reason): Verdict {
	if (operation.effect === 'read') return refused;
	const isUnique = operation.effect === 'money' || operation.lookup !== undefined;
	if (isUnique && saysThereIsOne(told, uniqueNames(operation))) return { ...refused, meaning: 'duplicate' };
	return saysUnsure(told) ? unclear(`it answered ${refused.reason} (${refused.code})`) : refused;
}

/** Whether an answer that should be a success says no inside: `{"success":false}`, `{"status":"error"}`. */
export function saysNo(body: Json | undefined): boolean {
	if (!isObject(body)) return false;
	const { success, status, error, errors } = body;
	if (success === false || success === 'false' || status === false) return true;
	if (typeof status === 'string' && /^(?:error|err|fail(?:ed|ure)?|refused|denied)$/i.test(status))
		return true;
	return isFilled(error) || isFilled(errors);
}

function isFilled(value: Json | undefined): boolean {
	if (value === undefined || value === null || value === false || value === '') return false;
	return typeof value !== 'object' || Object.keys(value).length > 0;
}
