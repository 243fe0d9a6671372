import {
	isObject,
	type Json,
	type JsonObject,
	ownMember,
	parseJsonOrNothing,
	textOf,
} from '../../core/exact/json';
import type { HttpAnswer } from '../../core/provider/http';
import type { Operation } from '../../core/provider/operation';
import type { Meaning, Verdict } from '../../core/provider/provider';
import { saysThereIsOne } from '../../core/provider/refusalTexts';
import { isUnclearStatus, notJson, unclear, undocumented } from '../../core/provider/verdict';
import { redacted } from '../../core/wire/secrets';

/** "Order not found". No other code says anything about the order. */
const NOT_FOUND = '14';

/** The documented codes. The meaning of the others is read from their text, as narrowly as possible. */
const CODES = new Set(['-1', NOT_FOUND, '19']);

/** The documented codes, and the calls that they belong to. */
const NEXT_STEPS: Readonly<Record<string, readonly [calls: RegExp, nextStep: string]>> = {
	'-1': [
		/\/order\/create$/,
		'Choose the payment currency from its list, and only coins and networks that your account takes',
	],
	[NOT_FOUND]: [/\/order\//, 'Check the order ID: it is your own order number, not the invoice ID'],
	'19': [/\/order\//, 'Set the order ID'],
};

/**
 * The meaning of an answer. `status` is true on success. On a refusal it is false in the application's envelope, and
 * the HTTP status as a number in the framework's envelope.
 */
export function verdict(answer: HttpAnswer, operation: Operation): Verdict {
	const body = parseJsonOrNothing(answer.text);
	if (!isObject(body)) return unclear(notJson(answer, 'a JSON object'));
	if (answer.status >= 200 && answer.status < 300 && body.status === true && body.error === undefined) {
		return accepted(body, operation);
	}
	if (isRefusal(body, answer)) return refusal(body, answer, operation);
	const said = saidBy(body);
	return unclear(
		`it answered ${answer.status}${said === '' ? ' in a form that is not documented' : ` ${said}`}`,
	);
}

/** Every answer repeats the token. Only `data` is passed on, without it. */
function accepted(body: JsonObject, { returns, custom }: Operation): Verdict {
	const { token, ...rest } = body;
	const data = withoutToken(rest.data ?? (custom ? rest : null), token);
	if (custom) return { state: 'accepted', data };
	if (!('list' in returns)) {
		return isObject(data) ? { state: 'accepted', data } : unclear('it answered a success without the order');
	}
	if (Array.isArray(data)) return { state: 'accepted', data };
	// The page's sample has one object, but its table has a list.
	return isObject(data)
		? { state: 'accepted', data: [data] }
		: unclear('it answered a success without the list');
}

/** Removes the answer's token from the data, at any depth. */
function withoutToken(data: Json, token: Json | undefined): Json {
	if (textOf(token) === undefined) return data;
	if (data === token) return null;
	if (Array.isArray(data))
		return data.filter((item) => item !== token).map((item) => withoutToken(item, token));
	if (!isObject(data)) return data;
	const members = Object.entries(data).filter(([, member]) => member !== token);
	return Object.fromEntries(members.map(([name, member]) => [name, withoutToken(member, token)]));
}

/** Whether OkiPays itself has refused: one of its two envelopes, and no 5xx. Only that proves that nothing was done. */
function isRefusal(body: JsonObject, { status }: HttpAnswer): boolean {
	if (isUnclearStatus(status)) return false;
	const isClientError = status >= 400;
	if (body.status === false) return (isClientError || status === 200) && saidBy({ ...body, name: '' }) !== '';
	return isClientError && body.status === status && isText(body.name) && isText(body.message);
}

function isText(value: Json | undefined): boolean {
	return typeof value === 'string';
}

function saidBy({ error, message, name, token }: JsonObject): string {
	const text = textOf(error) ?? textOf(message) ?? textOf(name) ?? '';
	return redacted(text, [textOf(token) ?? '']);
}

function refusal(body: JsonObject, { status }: HttpAnswer, operation: Operation): Verdict {
	const code = textOf(body.code) ?? `HTTP ${status}`;
	const reason = saidBy(body) || 'it gave no reason';
	const meaning = meaningOf(body, reason, operation);
	const nextStep = nextStepFor(code, reason, status, operation);
	// Both envelopes were seen with HTTP 400. Other statuses may come from a gateway. A read still passes the text on
	// to a person.
	if (operation.effect !== 'read' && status !== 400 && status !== 200)
		return unclear(`it answered ${status} ${reason}${nextStep === undefined ? '' : `: ${nextStep}`}`);
	const refused = {
		state: 'refused' as const,
		code,
		reason,
		...(meaning ? { meaning } : {}),
		...(nextStep ? { nextStep } : {}),
	};
	return CODES.has(code) || meaning === 'stale' ? refused : undocumented(refused, operation);
}

function meaningOf(body: JsonObject, reason: string, operation: Operation): Meaning | undefined {
	// A request without its own reference is never sent again, even if the text is clear.
	if (saysStale(reason) && (operation.effect === 'read' || operation.referenceField !== undefined))
		return 'stale';
	if (saysDuplicate(reason) && operation.lookup !== undefined) return 'duplicate';
	const isAbsent = body.status === false && textOf(body.code) === NOT_FOUND;
	return isAbsent ? 'absent' : undefined;
}

const REQUEST_ID = /\brequest[ _-]?id\b/i;

/**
 * Whether a text names the request id and compares it with another one. "Invalid request_id" or "Required request_id"
 * does not prove that the request was too old.
 */
export function saysStale(reason: string): boolean {
	const compares =
		/\b(?:great|larg|bigg|high|new|less|small|low|old|increas|previous|last|already|used|unique|duplicate|repeat)/i;
	return REQUEST_ID.test(reason) && compares.test(reason) && !/\b(?:required|missing|empty)\b/i.test(reason);
}

/**
 * Whether a text says that the order already exists and does not mention the request id. The lookup decides which
 * order it is.
 */
export function saysDuplicate(reason: string): boolean {
	return !REQUEST_ID.test(reason) && saysThereIsOne(reason, ['order_id']);
}

function nextStepFor(
	code: string,
	reason: string,
	status: number,
	{ request, custom }: Operation,
): string | undefined {
	if (REQUEST_ID.test(reason)) {
		return 'Another program may use this token with larger request IDs: set the same Request ID Unit in the credential, or make a token for n8n alone';
	}
	if (status === 401) return 'Check Token in the credential';
	if (/\bsign/i.test(reason)) {
		const belongs = 'Check Secret in the credential: it must belong to the token';
		return request.endsWith('/order/create')
			? `${belongs}. If orders without Coins and Networks pass, tell the developers`
			: belongs;
	}
	// The codes are documented for these calls only.
	const [calls, nextStep] = ownMember(NEXT_STEPS, code) ?? [];
	return custom || calls?.test(request) ? nextStep : undefined;
}
