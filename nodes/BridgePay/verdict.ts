import { isObject, type Json, type JsonObject, parseJsonOrNothing, textOf } from '../../core/exact/json';
import type { HttpAnswer } from '../../core/provider/http';
import type { Operation } from '../../core/provider/operation';
import type { Verdict } from '../../core/provider/provider';
import { saysAbsence } from '../../core/provider/refusalTexts';
import { notJson, saysNo, unclear, undocumented } from '../../core/provider/verdict';

/** 200 is documented. An operator of this engine has also seen 201 with the whole object. */
const SUCCESSES = new Set([200, 201]);

/** The documented statuses of a refusal. Nothing is documented for 403, 409, 422, 429 and 5xx. */
const REFUSALS = new Set([400, 401, 404]);

/** Documented messages and what to do. A message is recognized by the beginning of its text in lower case. */
const NEXT_STEPS: ReadonlyArray<readonly [beginning: string, nextStep: string]> = [
	['invoice amount should be not less', 'Raise the amount'],
	['invoice amount should be not greater', 'Lower the amount, or split it'],
	['payment option not allowed', 'Choose a payment option from the list: it shows what your store has'],
	['payment method not allowed', 'Choose a payment method from the list: it shows what your store has'],
	['maxamount can not be less', 'Raise Max Amount, or leave it out'],
	['2fa should be enabled', 'Switch on two-factor authentication in your personal account at BridgePay'],
	['insufficient funds', 'Lower the amount, or top up the account; the withdrawal fee counts too'],
	[
		'unauthorized',
		'Check API Key, Secret and Base URL in the credential: the key belongs to a store, the secret to the merchant, and the URL is signed too',
	],
	['pay in disabled', 'The store does not take pay-ins now: try later, or ask BridgePay to switch them on'],
	['pay out disabled', 'The store does not make pay-outs now: try later, or ask BridgePay to switch them on'],
	['invoice data not available', 'Look at the invoice: it was not created or is cancelled'],
];

const NO_REQUISITES = 'PAYMENT_METHOD_NOT_AVAILABLE';

/**
 * The meaning of an answer. There is no envelope. A success is HTTP 200 or 201 with the object itself, or with a list
 * of one object, as the pages say. A refusal is 400, 401 or 404 with a message. Any other answer proves nothing.
 */
export function verdict(answer: HttpAnswer, operation: Operation): Verdict {
	const { status, text } = answer;
	if (status === 200 && 'file' in operation.returns) return image(text);
	const body = text === '' ? null : parseJsonOrNothing(text);
	// The page says: "A 404 body may be null". An empty body counts as the API's own answer only if it is marked as
	// JSON. Otherwise it may come from a gateway.
	if (body === undefined || (text === '' && !(status === 404 && isJson(answer))))
		return unclear(notJson(answer));
	if (SUCCESSES.has(status)) return success(body, status, operation);
	const told = messages(body);
	if (!REFUSALS.has(status)) return unclear(`it answered ${status} ${told.join('; ')}`.trim());
	return refusal(status, body, told, operation);
}

function isJson({ headers }: HttpAnswer): boolean {
	return /\bjson\b/i.test(headers['content-type'] ?? '');
}

/**
 * Checks the first and the last element. A web page that contains a picture must not pass, nor half a picture. It
 * works in steps, because a single expression would take very long on a page full of comments.
 */
function isSvg(text: string): boolean {
	let rest = text.trim().replace(/^<\?xml[^>]*\?>\s*/i, '');
	while (rest.startsWith('<!--')) {
		const end = rest.indexOf('-->', 4);
		if (end < 0) return false;
		rest = rest.slice(end + 3).trimStart();
	}
	rest = rest.replace(/^<!DOCTYPE\s+svg[^>]*>\s*/i, '');
	return /^<svg[\s>]/i.test(rest) && rest.toLowerCase().endsWith('</svg>');
}

function image(text: string): Verdict {
	return isSvg(text) ? { state: 'accepted', data: text } : unclear('it answered 200 without an SVG image');
}

function success(body: Json, status: number, { returns, custom }: Operation): Verdict {
	if (isTold(body)) return unclear(`it answered ${status} with ${messages(body).join('; ')}`);
	if (custom)
		return hasContent(body)
			? { state: 'accepted', data: body }
			: unclear(`it answered ${status} with no object`);
	if ('list' in returns) {
		return Array.isArray(body)
			? { state: 'accepted', data: body }
			: unclear(`it answered ${status} without a list`);
	}
	if (Array.isArray(body) && body.length > 1) {
		return unclear(`it answered with ${body.length} objects where one is documented`);
	}
	const object = Array.isArray(body) ? body[0] : body;
	if (!isObject(object)) return unclear(`it answered ${status} with no object`);
	return isWhole(object, returns.kind)
		? { state: 'accepted', data: object }
		: unclear(`it answered ${status} in a form that is not documented`);
}

function hasContent(body: Json): boolean {
	return Array.isArray(body) || (isObject(body) && !saysNo(body));
}

/**
 * Whether an object is complete. An invoice has an id and a status, a withdrawal has an id, and the rates have two
 * sides.
 */
function isWhole({ id, status, in: payIn, out }: JsonObject, kind: string | undefined): boolean {
	if (kind === undefined) return isObject(payIn) || isObject(out);
	return textOf(id) !== undefined && (kind !== 'invoice' || textOf(status) !== undefined);
}

/**
 * Whether a body holds a refusal and not only objects of the provider. No invoice, account or method has a message
 * without an id or a code.
 */
function isTold(body: Json): boolean {
	return [body]
		.flat()
		.some((item) => isObject(item) && 'message' in item && !('id' in item) && !('code' in item));
}

/** The texts in every documented form of a refusal: a list, one object, a text, null. */
function messages(body: Json): string[] {
	return (Array.isArray(body) ? body : [body]).flatMap((item) => {
		if (typeof item === 'string') return item === '' ? [] : [item];
		const message = isObject(item) ? textOf(item.message) : undefined;
		const field = isObject(item) ? textOf(item.field) : undefined;
		if (message === undefined) return [];
		return [field === undefined ? message : `${message} (${field})`];
	});
}

function refusal(status: number, body: Json, told: string[], operation: Operation): Verdict {
	const isDocumentedSilence = status === 404 && body === null;
	if (told.length === 0 && !isDocumentedSilence) return unclear(`it answered ${status} without a message`);
	const reason = told.join('; ');
	const small = reason.toLowerCase();
	// "The invoice was not created or is cancelled". The text does not say which of the two, so the reference is
	// looked up.
	if (operation.effect === 'money' && small.startsWith('invoice data not available')) return unclear(reason);
	if (reason.includes(NO_REQUISITES)) {
		return {
			state: 'refused',
			code: NO_REQUISITES,
			reason: 'no requisites are free for this amount now',
			nextStep:
				'This is normal for some amounts, and no outage: try another payment option or method, or later',
		};
	}
	const documented = NEXT_STEPS.find(([beginning]) => small.startsWith(beginning))?.[1];
	const nextStep = documented ?? stepFor(status, operation);
	// A gateway also answers 401, and 404 for an unknown path. So these statuses do not prove that BridgePay refused
	// a send.
	const isGateways = status === 401 || (status === 404 && documented === undefined && !isDocumentedSilence);
	if (isGateways && operation.effect !== 'read')
		return unclear(`it answered ${status} ${reason}${nextStep === undefined ? '' : `: ${nextStep}`}`);
	const refused = {
		state: 'refused' as const,
		code: `HTTP ${status}`,
		reason: reason || 'it knows nothing there',
		...(status === 404 && (isDocumentedSilence || saysAbsence(reason)) ? { meaning: 'absent' as const } : {}),
		...(nextStep === undefined ? {} : { nextStep }),
	};
	return undocumented(refused, operation);
}

/** What to do when no documented message fits. The text is always about the object of this call. */
function stepFor(status: number, { request, value }: Operation): string | undefined {
	if (status === 400 && request.endsWith('/cancel'))
		return 'It may be over already: get the invoice, and read its status. This is no reason to pay again';
	if (status !== 404) return undefined;
	if (value === 'openDispute')
		return 'Check both IDs: an invoice that was not created or is cancelled takes no dispute';
	if (!request.includes('{')) return 'Check Base URL in the credential';
	if (request.includes('/invoices/'))
		return 'Check the ID; an invoice of another store is not seen with this API key';
	return request.includes('/withdrawals/')
		? 'Check the ID of the withdrawal'
		: 'Check what the request names';
}
