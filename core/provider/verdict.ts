import { isObject, type Json, type JsonObject, textOf } from '../exact/json';
import type { HttpAnswer } from './http';
import type { Operation } from './operation';
import type { Verdict } from './provider';
import { saysThereIsOne, saysUnsure, uniqueNames } from './refusalTexts';

type Refused = Extract<Verdict, { state: 'refused' }>;

/** An answer that proves nothing. The request may have been carried out or not. */
export function unclear(reason: string): Extract<Verdict, { state: 'unclear' }> {
	return { state: 'unclear', reason };
}

/** Time-outs, limits and outages. A gateway may have answered instead of the provider, so the answer proves nothing. */
export function isUnclearStatus(status: number): boolean {
	return status === 408 || status === 429 || status >= 500;
}

/** Does the same for a provider that writes an HTTP status as its code. */
export function isUnclearCode(code: string): boolean {
	return /^[45]\d\d$/.test(code) && isUnclearStatus(Number(code));
}

/** Describes an answer that is not in the provider's form: a gateway's page, or nothing. It never quotes the answer. */
export function notJson({ status, text }: HttpAnswer, wanted = 'JSON'): string {
	const kind = text === '' ? 'nothing' : /^\s*</.test(text) ? 'a web page' : `text that is not ${wanted}`;
	return `it answered ${status} with ${kind}`;
}

/**
 * The verdict on a refusal with an undocumented code. A text can make the refusal of a send doubtful: "there is one
 * already" leads to a lookup, and "I do not know" proves nothing. A code or a text of success, as other stacks write it
 * (`{"code":200,"message":"success"}`), is no refusal at all.
 * @param told the whole text, where the reason is only a part of it
 */
export function undocumented(refused: Refused, operation: Operation, told = refused.reason): Verdict {
	if (operation.effect === 'read') return refused;
	const isUnique = operation.effect === 'money' || operation.referenceField !== undefined;
	if (isUnique && saysThereIsOne(told, uniqueNames(operation))) return { ...refused, meaning: 'duplicate' };
	const isDoubtful = saysUnsure(told) || saysYes(refused.code) || saysYes(told);
	return isDoubtful ? unclear(`it answered ${refused.reason} (${refused.code})`) : refused;
}

/** Whether a code, or a text as a whole, is a word for a success. OkiPays also refuses with the code 0. */
function saysYes(word: string): boolean {
	return /^(?:20\d|ok|success(?:ful(?:ly)?)?|succeeded|accepted|created|done)[.!]?$/i.test(word.trim());
}

/**
 * Whether an answer with the status of a success contains a refusal or a doubt: `{"success":false}`,
 * `{"status":"error"}`, `{"code":503,"message":"System under maintenance"}`,
 * `{"code":"MERCHANT_404","message":"Merchant does not exist"}`.
 */
export function saysNo(body: Json | undefined): boolean {
	if (!isObject(body)) return false;
	const { success, status, error, errors, maintenance, code, message } = body;
	if (maintenance === true || isBareCode(body)) return true;
	if (/^[45]\d\d$/.test(textOf(code) ?? '') || saysUnsure(textOf(message) ?? '')) return true;
	if (success === false || success === 'false' || status === false) return true;
	if (typeof status === 'string' && /^(?:error|err|fail(?:ed|ure)?|refused|denied)$/i.test(status))
		return true;
	return isFilled(error) || isFilled(errors);
}

/** What may stand beside a code and still shows nothing that was made. */
const ABOUT_ANSWER = new Set(['code', 'message', 'msg', 'path', 'timestamp', 'requestId', 'traceId']);

/** A code without an object beside it says all there is, so the code itself has to be a success. */
function isBareCode(body: JsonObject): boolean {
	const code = textOf(body.code);
	if (code === undefined) return false;
	if (Object.entries(body).some(([name, value]) => !ABOUT_ANSWER.has(name) && isFilled(value))) return false;
	return !/^0+$/.test(code) && !saysYes(code);
}

function isFilled(value: Json | undefined): boolean {
	if (value === undefined || value === null || value === false || value === '') return false;
	return typeof value !== 'object' || Object.keys(value).length > 0;
}
