import { isObject, type Json, type JsonObject, parseJsonOrNothing, textOf } from '../../core/exact/json';
import type { HttpAnswer } from '../../core/provider/http';
import type { Operation } from '../../core/provider/operation';
import type { Meaning, Verdict } from '../../core/provider/provider';
import { saysAbsence } from '../../core/provider/refusalTexts';
import { isUnclearCode, isUnclearStatus, notJson, unclear, undocumented } from '../../core/provider/verdict';
import { isDocumentedRefusal, nextStepFor } from './nextSteps';

const SUCCESS_CODES = new Set(['000000', '00000', '0', 'SUCCESS']);

/** "System error", "Internal error", "Unknown error": the provider does not say whether it carried the request out. */
const UNCLEAR_CODES = new Set(['300000', '300001', '400000']);

/** The reference exists. The pages say: "do not repeat with new content; query the order", "treat as already sent". */
const DUPLICATE_CODES = new Set(['400201', '500101', '550245']);

/** The object that was asked for does not exist. */
const ABSENT_CODES = new Set(['400202', '400304', '500203', '500207', '550139', '550140']);

/**
 * Nothing was applied, and the same request may be sent again. The signature was too old, or a fee is still being
 * calculated.
 */
const STALE_CODES = new Set(['400003', '550141']);

/**
 * The meaning of an answer. Gate Pay also answers refusals with HTTP 200 and spells success in several ways. The
 * order of the checks is the documentation's: first the protocol, then the business result.
 */
export function verdict(answer: HttpAnswer, operation: Operation): Verdict {
	const body = parseJsonOrNothing(answer.text);
	if (body === undefined) return unclear(notJson(answer));
	if (answer.status >= 300 && answer.status < 400)
		return unclear(`it answered with a redirect (${answer.status})`);
	const envelope = isObject(body) && isEnvelope(body) ? body : undefined;
	if (isUnclearStatus(answer.status))
		return unclear(`it answered ${answer.status} ${envelope ? said(envelope) : ''}`.trim());
	if (!envelope) return bare(body, answer, operation);
	if (succeeded(envelope, operation)) {
		return answer.status < 300
			? inner(envelope, operation)
			: unclear(`it answered ${answer.status} with a success`);
	}
	return answer.status === 200
		? refusal(envelope, operation)
		: otherStatus(envelope, answer.status, operation);
}

/**
 * Refusals are documented only with HTTP 200. With another status, a gateway may have answered, so nothing is proven.
 * A read still passes the text on to a person.
 */
function otherStatus(envelope: JsonObject, status: number, operation: Operation): Verdict {
	const refused = refusal(envelope, operation);
	const isOwn = refused.state === 'refused' && isDocumented(refused.code);
	if (operation.effect !== 'read' || !isOwn) return unclear(`it answered ${status} ${said(envelope)}`.trim());
	const { meaning, ...told } = refused;
	return meaning === 'stale' ? refused : told;
}

/** An order has its own `status`, so `status` alone does not make an envelope. */
function isEnvelope(body: JsonObject): boolean {
	if ('code' in body || 'success' in body) return true;
	return 'status' in body && ('data' in body || 'errorMessage' in body);
}

/**
 * Wallet reads and the refund of a direct address order are documented without the envelope. Any other write or money
 * answer without it is not understood.
 */
function bare(body: Json, { status }: HttpAnswer, operation: Operation): Verdict {
	if (status !== 200) return unclear(`it answered ${status} in a form that is not documented`);
	const isDocumented =
		operation.effect === 'read' ? isFilledOrList(body, operation) : isBareRefund(body, operation);
	if (isDocumented) return { state: 'accepted', data: body };
	return unclear('it answered in a form that is not documented');
}

/** Whether a bare read answer has content. An empty list counts only where the list is the whole answer. */
function isFilledOrList(body: Json, { returns }: Operation): boolean {
	if (Array.isArray(body)) return body.length > 0 || ('list' in returns && returns.list === '');
	return isObject(body) && Object.keys(body).length > 0;
}

function isBareRefund(body: Json, { request }: Operation): boolean {
	if (request !== 'POST /v1/pay/address/refund' || !isObject(body)) return false;
	return textOf(body.refundRequestId) !== undefined && textOf(body.prepayId) !== undefined;
}

function succeeded(envelope: JsonObject, operation: Operation): boolean {
	const { status, code, success, data } = envelope;
	if (success === false || success === 'false') return false;
	const text = textOf(code) ?? '';
	// A known refusal code next to SUCCESS contradicts it. An unknown code does not.
	if (typeof status === 'string') return status.toUpperCase() === 'SUCCESS' && !isDocumented(text);
	if (text !== '') return SUCCESS_CODES.has(text) && isOwnSuccess(envelope, operation);
	return operation.effect === 'read' && data !== undefined && isFilledOrList(data, operation);
}

/**
 * Whether a code of success without a `status` is Gate Pay's own. Gateways also answer `{"code":0,"message":"ok"}` and
 * `{"code":0,"msg":"ok","data":null}`. In every documented example the code is a text, and `data` or `success` stands
 * beside it. The content of a read is held against the complete envelope by `inner`.
 */
function isOwnSuccess(envelope: JsonObject, { effect }: Operation): boolean {
	const { code, data, success } = envelope;
	const isTold = ['message', 'errorMessage', 'success'].some((name) => name in envelope);
	if (effect === 'read') return 'data' in envelope || isTold;
	const isFilled = isObject(data) && Object.keys(data).length > 0;
	return typeof code === 'string' && (isFilled || success !== undefined || ('data' in envelope && isTold));
}

/** Documented codes without a next step of their own. */
const OTHER_CODES = new Set(['400007', '400020']);

function isDocumented(code: string): boolean {
	return (
		[UNCLEAR_CODES, DUPLICATE_CODES, ABSENT_CODES, STALE_CODES, OTHER_CODES].some((codes) =>
			codes.has(code),
		) || isDocumentedRefusal(code)
	);
}

/**
 * The newest order query wraps its answer a second time. Cancel gives its result in `data.success`, close and delete
 * in `data.result`.
 */
function inner(envelope: JsonObject, operation: Operation): Verdict {
	const { data } = envelope;
	if (isObject(data) && (data.success === false || textOf(data.result)?.toUpperCase() === 'FAIL')) {
		// No page documents a refusal inside of a success for a call that moves money.
		if (operation.effect === 'money') return unclear(`it answered a success with a refusal in its data`);
		return {
			state: 'refused',
			code: textOf(envelope.code) ?? 'success: false',
			reason: said(envelope) || 'it was not carried out',
		};
	}
	// A lookup reads "no data" as "does not exist". That is proven only by the complete envelope.
	if (operation.effect === 'read' && !isComplete(envelope) && !isFilledOrList(data ?? null, operation))
		return unclear('it answered a success without data');
	if (!isObject(data) || !('bizData' in data)) return accepted(data, operation);
	const wrapped: JsonObject = {
		code: data.bizCode ?? '000000',
		errorMessage: data.bizMessage ?? '',
		data: data.bizData ?? null,
	};
	return succeeded(wrapped, operation) ? accepted(data.bizData, operation) : refusal(wrapped, operation);
}

/** Other stacks write `{"code":0,"data":null,"msg":"ok"}` or `{"status":"success","data":null}`. */
function isComplete(envelope: JsonObject): boolean {
	return (
		'code' in envelope &&
		'data' in envelope &&
		['status', 'message', 'errorMessage'].some((name) => name in envelope)
	);
}

/** A write may succeed without content. A missing value, an empty list and an empty object mean the same. */
function accepted(data: Json | undefined, { effect, custom, returns }: Operation): Verdict {
	const isEmpty = data === undefined || data === null || (Array.isArray(data) && data.length === 0);
	const isOneObject = effect !== 'read' && custom !== true && !('list' in returns);
	return { state: 'accepted', data: isEmpty && isOneObject ? {} : (data ?? null) };
}

function refusal(envelope: JsonObject, operation: Operation): Verdict {
	const code = textOf(envelope.code) ?? textOf(envelope.label) ?? textOf(envelope.status) ?? 'no code';
	const isUnclear = UNCLEAR_CODES.has(code) || SUCCESS_CODES.has(code) || isUnclearCode(code);
	if (isUnclear || !isRefusal(envelope))
		return unclear(`it answered ${said(envelope) || 'without a reason'} (${code})`);
	const reason = said(envelope) || 'it gave no reason';
	const nextStep = otherContract(code, operation) ?? nextStepFor(code, operation);
	const meaning = meaningOf(code, reason, operation);
	const refused = {
		state: 'refused' as const,
		code,
		reason,
		...(meaning ? { meaning } : {}),
		...(nextStep ? { nextStep } : {}),
	};
	return isDocumented(code) ? refused : undocumented(refused, operation);
}

/**
 * What a refusal says about the object. Only a read can say that an object does not exist: by a documented code, or
 * by a text that names the object.
 */
function meaningOf(code: string, reason: string, { effect }: Operation): Meaning | undefined {
	if (DUPLICATE_CODES.has(code)) return 'duplicate';
	if (STALE_CODES.has(code)) return 'stale';
	if (effect !== 'read') return undefined;
	const isAbsent = isDocumented(code) ? ABSENT_CODES.has(code) : saysAbsence(reason);
	return isAbsent ? 'absent' : undefined;
}

/** A refusal is `FAIL`, or no status and a code that is not a success. Any other status is not understood. */
function isRefusal({ status, code, success }: JsonObject): boolean {
	if (typeof status === 'string') return status.toUpperCase() === 'FAIL';
	return success === false || success === 'false' || textOf(code) !== undefined;
}

function otherContract(code: string, { value, standsOn }: Operation): string | undefined {
	const called = standsOn?.split('.')[1] ?? value;
	if (code !== '400001' || !/^(create|get)Deposits?(Older)?$/.test(called)) return undefined;
	return 'Gate Pay documents two contracts for deposits: if the fields are right, your account may be served by the other one, so try the operation of that contract';
}

/** The label and the text of an envelope: `INVALID_SIGNATURE: Incorrect signature result`. */
function said({ label, errorMessage, message }: JsonObject): string {
	const text = textOf(errorMessage) ?? textOf(message);
	return [textOf(label), text].filter((part) => part !== undefined).join(': ');
}
