import { at, isObject, type Json, type JsonObject, parseJsonOrNothing, textOf } from '../../core/exact/json';
import type { HttpAnswer } from '../../core/provider/http';
import type { Operation } from '../../core/provider/operation';
import type { Verdict } from '../../core/provider/provider';
import { notJson, saysNo, unclear, undocumented } from '../../core/provider/verdict';

/**
 * What a success must contain, for a row that returns the whole answer. A withdrawal without a transaction cannot be
 * traced.
 */
const WHOLE_ANSWERS: Readonly<Record<string, (body: JsonObject) => boolean>> = {
	'POST /private-api/{slug}/withdrawal': ({ transactions }) =>
		Array.isArray(transactions) && transactions.some((one) => textOf(at(one, 'id')) !== undefined),
	// Nobody documents this answer. PayPlay wraps what it shows in an object, so a code and a word about success show
	// nothing of a conversion.
	'POST /private-api/balances/{balanceId}': (body) =>
		Object.values(body).some((shown) => isObject(shown) && Object.keys(shown).length > 0),
	'GET /private-api/exchange-rates/{currencyTicker}': ({ exchange_rate }) =>
		textOf(exchange_rate) !== undefined,
};

const NEXT_STEPS: Readonly<Record<string, string>> = {
	'401': 'Check the Private API Token in the credential; the CRM makes it under Settings, Tokens',
	'404': 'Check Base URL in the credential',
	'422': 'Change what PayPlay names; nothing of this request was carried out',
};

/**
 * The meaning of an answer. Only three statuses with the provider's own envelope are refusals. Any undocumented
 * answer leaves the outcome open. The texts may be in any language, so a text can only make a refusal doubtful.
 */
export function verdict(answer: HttpAnswer, operation: Operation): Verdict {
	const { status } = answer;
	const body = parseJsonOrNothing(answer.text);
	if (body === undefined) return unclear(notJson(answer));
	if (status === 200 || status === 201) return success(body, status, operation);
	const told = isObject(body) ? said(body) : '';
	const hint = NEXT_STEPS[String(status)];
	if (told === '' || hint === undefined) return unclear(`it answered ${status} ${told}`.trim());
	return refusal({ status, reason: told, hint }, body, operation);
}

function success(body: Json, status: number, operation: Operation): Verdict {
	if (!isEnvelope(body) && isWrapped(body, operation)) return { state: 'accepted', data: body };
	const told = isObject(body) ? said(body) : '';
	return unclear(`it answered ${status} in a form that is not documented ${told}`.trim());
}

/** Answers are always wrapped: `{"order":{}}`. A success without its member is not understood. */
function isWrapped(body: Json, { returns, request, effect }: Operation): boolean {
	if ('list' in returns) return [returns.list].flat().some((path) => Array.isArray(at(body, path)));
	if ('data' in returns && returns.data) return isObject(at(body, returns.data));
	if (!isObject(body)) return effect === 'read' && Array.isArray(body);
	return WHOLE_ANSWERS[request]?.(body) ?? true;
}

function isEnvelope(body: Json): boolean {
	if (!isObject(body)) return false;
	return saysNo(body) || 'errors' in body || Object.keys(body).every((name) => name === 'message');
}

interface Told {
	status: number;
	reason: string;
	/** What to do, if the call gives no better hint. */
	hint: string;
}

function refusal({ status, reason, hint }: Told, body: Json, operation: Operation): Verdict {
	// A gateway also answers 401, so this status does not prove that PayPlay refused a send.
	if (status === 401 && operation.effect !== 'read') return unclear(`it answered 401 ${reason}: ${hint}`);
	const better = status === 404 ? absentStep(operation) : repeated(body, operation);
	const refused = {
		state: 'refused' as const,
		code: String(status),
		reason,
		// A wrong slug or filter says nothing about the order that a lookup seeks in a list.
		...(status === 404 && !('list' in operation.returns) ? { meaning: 'absent' as const } : {}),
		nextStep: better ?? hint,
	};
	return undocumented(refused, operation, isObject(body) ? said(body, Infinity) : reason);
}

/** The parts of the path that may be wrong: an ID, the slug of a payment page, or the slug of the company. */
function absentStep({ request, wire: { fromAccount } = {} }: Operation): string | undefined {
	const hasId = /\{(?!slug\b|currencyTicker\b)\w+\}/.test(request);
	if (request.includes('{currencyTicker}')) return 'Check the currency';
	if (!request.includes('{slug}')) return hasId ? 'Check the ID' : undefined;
	const slug =
		fromAccount?.slug?.parameter === 'companySlug'
			? 'the Company Slug: it is not that of a payment page'
			: 'the slug of the payment page: it is not that of the company';
	return hasId ? `Check the ID and ${slug}` : `Check ${slug}`;
}

/**
 * The next step if the External Order ID exists already. The page does not say whether PayPlay refuses a second order
 * with the same one. If it does, the answer probably names the field.
 */
function repeated(body: Json, { referenceField }: Operation): string | undefined {
	if (referenceField !== 'external_order_id' || at(body, 'errors.external_order_id') === undefined)
		return undefined;
	return 'If the External Order ID exists already, read that order with Order: Get Many';
}

const MAX_TEXTS = 5;

/**
 * The texts of a refusal without their final points, because our own sentence follows:
 * `The given data was invalid; amount: too small`.
 */
function said({ message, errors }: JsonObject, most = MAX_TEXTS): string {
	const fields = isObject(errors)
		? Object.entries(errors).flatMap(([field, texts]) =>
				[texts].flat().map((text) => `${field}: ${withoutPoint(textOf(text) ?? 'refused')}`),
			)
		: [];
	return [withoutPoint(textOf(message) ?? ''), ...fields.slice(0, most)]
		.filter((text) => text !== '')
		.join('; ');
}

function withoutPoint(text: string): string {
	return text.replace(/\.$/, '');
}
