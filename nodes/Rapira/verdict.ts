import { isObject, type Json, type JsonObject, parseJsonOrNothing, textOf } from '../../core/exact/json';
import type { HttpAnswer } from '../../core/provider/http';
import type { Operation } from '../../core/provider/operation';
import type { Verdict } from '../../core/provider/provider';
import { saysAbsence } from '../../core/provider/refusalTexts';
import {
	isUnclearCode,
	isUnclearStatus,
	notJson,
	saysNo,
	unclear,
	undocumented,
} from '../../core/provider/verdict';

/** The older endpoints answer `0` with SUCCESS, OTC answers `200` with OK. Many answers have no code. */
const SUCCESS_CODES = new Set(['0', '200']);

/** The field that proves that a call was carried out. The key is the request line. */
const PROOFS: Readonly<Record<string, string>> = {
	'POST /open/withdraw/create': 'withdrawRecordId',
	'POST /open/deposit_address': 'address',
	'POST /open/aml/check-address': 'uuid',
	'POST /open/aml/check-transaction': 'uuid',
	'POST /open/otc/order/pay': 'code',
};

const ACCESS = 'Check in the Rapira account that the API key has the access level that this operation needs';

const BLOCKED: Verdict = {
	state: 'refused',
	code: 'HTTP 451',
	reason: 'the region or the IP address of this machine is blocked',
	nextStep:
		'Sending it again does not help: run n8n from an address and a region that Rapira serves, or ask its support',
};

/**
 * The meaning of an answer. There is no table of codes, so the checks follow the order of the reference: HTTP status,
 * `code` (even with HTTP 200), `error`. A call that changes something must also have the field that proves it.
 */
export function verdict(answer: HttpAnswer, operation: Operation): Verdict {
	const { status } = answer;
	// A bearer token in an answer is never shown.
	const text = answer.text.replace(/[\w.-]+/g, withoutTokens);
	if (status === 451) return BLOCKED;
	if (status >= 300 && status < 400) return unclear(`it answered with a redirect (${status})`);
	const body = parseJsonOrNothing(text);
	if (isUnclearStatus(status)) return unclear(`it answered ${status} ${said(body)}`.trim());
	if (status < 300 && 'file' in operation.returns) return file(text, status);
	if (status < 300 && text === '' && operation.effect === 'write' && !proofOf(operation)) {
		return { state: 'accepted', data: {} };
	}
	if (typeof body !== 'object' || body === null) return unclear(notJson(answer));
	const refused = refusalIn(body, status, operation);
	if (!refused) return success(body, operation, status);
	const proof = proofOf(operation);
	const isProven = proof !== undefined && proof !== 'code' && provenIn(body, proof) !== undefined;
	return isProven ? unclear(`it answered ${status} with both a refusal and ${proof}`) : refused;
}

/** Whether Rapira itself says that there was no valid token. Then nothing was carried out. */
export function isUnauthorized({ status, text }: HttpAnswer, { effect }: Operation): boolean {
	// A read may try again with a new token, no matter who answered 401.
	if (effect === 'read' && status === 401) return true;
	if (status !== 401 && status !== 200) return false;
	const body = parseJsonOrNothing(text);
	return isObject(body) && isEnvelope(body) && textOf(body.code) === '401' && body.data === null;
}

const ENVELOPE = new Set(['data', 'code', 'message', 'totalPage', 'totalElement', 'isWorking', 'error']);

/** Whether a body is exactly the recorded envelope. A gateway also writes `code` and `message`, but no `data`. */
function isEnvelope(body: JsonObject): boolean {
	const isWhole = 'data' in body && textOf(body.code) !== undefined && textOf(body.message) !== undefined;
	return isWhole && Object.keys(body).every((name) => ENVELOPE.has(name));
}

/** The verdict on the answer of Generate JWT. Its data is the token. */
export function loginVerdict(answer: HttpAnswer, operation: Operation): Verdict {
	const body = answer.status < 300 ? parseJsonOrNothing(answer.text) : undefined;
	const token =
		isObject(body) && refusalIn(body, answer.status, operation) === undefined
			? textOf(body.token)
			: undefined;
	if (token !== undefined) return { state: 'accepted', data: token };
	const other = verdict(answer, operation);
	return other.state === 'accepted' ? unclear(`it answered ${answer.status} without a token`) : other;
}

/**
 * Hides a JWT: three parts in base64url, of which the first begins with `{"`. The word consists of letters, digits,
 * points, - and _.
 */
function withoutTokens(word: string): string {
	if (!word.includes('eyJ')) return word;
	const parts = word.split('.');
	const safe: string[] = [];
	for (let place = 0; place < parts.length; place += 1) {
		const part = parts[place] ?? '';
		const start = parts[place + 1] && parts[place + 2] ? part.search(/eyJ[\w-]{5}/) : -1;
		safe.push(start < 0 ? part : `${part.slice(0, start)}[hidden]`);
		if (start >= 0) place += 2;
	}
	return safe.join('.');
}

function file(text: string, status: number): Verdict {
	const isXml = /^\s*</.test(text) && !/^\s*<(!doctype html|html)/i.test(text);
	return isXml
		? { state: 'accepted', data: text }
		: unclear(`it answered ${status} with something else than XML`);
}

/** A refusal by Rapira itself, or an answer that contradicts itself. Undefined when nothing contradicts a success. */
function refusalIn(body: Json, status: number, operation: Operation): Verdict | undefined {
	const { code, error } = isObject(body) ? body : {};
	const text = textOf(code);
	const hasError = error !== undefined && error !== null && error !== false && error !== '';
	const isSuccess = text !== undefined && SUCCESS_CODES.has(text);
	if (status < 300 && !hasError && (text === undefined || isSuccess)) {
		return operation.effect !== 'read' && saysNo(body)
			? unclear(`it answered ${status} with a no`)
			: undefined;
	}
	if (isSuccess || !isObject(body)) return unclear(`it answered ${status} with both a success and a refusal`);
	// In the known cases the code is an HTTP status.
	if (text !== undefined && isUnclearCode(text))
		return unclear(`it answered code ${text} ${said(body)}`.trim());
	const shown = text ?? (status >= 400 ? `HTTP ${status}` : 'no code');
	const isAccess = /^(HTTP )?40[13]$/.test(shown);
	if (operation.effect !== 'read' && !isOwnRefusal(body, status))
		return unclear(`it answered ${status} ${said(body)}${isAccess ? `: ${ACCESS}` : ''}`.trim());
	const reason = said(body) || 'it gave no reason';
	const refused = {
		state: 'refused' as const,
		code: shown,
		reason,
		...(operation.effect === 'read' && saysAbsence(reason) ? { meaning: 'absent' as const } : {}),
		...(isAccess ? { nextStep: ACCESS } : {}),
	};
	return undocumented(refused, operation);
}

/**
 * Whether Rapira itself has refused: its envelope, HTTP 400 with a text (documented for Pay Order), or `error` in a
 * success. Other refusals may come from a gateway.
 */
function isOwnRefusal(body: JsonObject, status: number): boolean {
	if (isEnvelope(body)) return !GATEWAYS.has(status);
	return said(body) !== '' && (status === 400 || status < 300);
}

/** Statuses about the connection or about two requests at once. They do not prove that Rapira itself has refused. */
const GATEWAYS = new Set([409, 423, 425, 444, 499]);

function proofOf({ request, custom }: Operation): string | undefined {
	return custom ? undefined : PROOFS[request];
}

/**
 * The content without its envelope. `data` belongs to an envelope only if there is a `code` or `message` next to it.
 */
function success(body: Json, operation: Operation, status: number): Verdict {
	const isEnvelope = isObject(body) && ('code' in body || 'message' in body);
	const inner = isEnvelope && body.data !== undefined && body.data !== null ? body.data : body;
	const proof = proofOf(operation);
	if (proof === undefined) return { state: 'accepted', data: inner };
	const place = provenIn(body, proof);
	return place === undefined
		? unclear(`it answered ${status} without ${proof}`)
		: { state: 'accepted', data: place };
}

/** The object with the proof: the content, or the answer itself. */
function provenIn(body: Json, proof: string): Json | undefined {
	return [isObject(body) ? body.data : undefined, body].find((one) => proves(one, proof));
}

function proves(value: Json | undefined, proof: string): boolean {
	if (!isObject(value)) return false;
	const text = textOf(value[proof]);
	if (text === undefined) return false;
	return proof === 'withdrawRecordId' ? /^[1-9]\d*$/.test(text) : true;
}

/** The text of an envelope. */
function said(body: Json | undefined): string {
	if (!isObject(body)) return '';
	const { message, error }: JsonObject = body;
	return textOf(message) ?? textOf(error) ?? '';
}
