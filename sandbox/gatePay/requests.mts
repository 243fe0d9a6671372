import type { Contract, Violation } from '../contract.mts';
import { readForm, type Form } from '../form.mts';
import type { IncomingRequest } from '../provider.mts';
import { Fields } from '../values.mts';
import { isMultipart } from './account.mts';
import type { Call } from './call.mts';
import { Refusal, type RefusalCode } from './refusal.mts';

const SHOWN_VIOLATIONS = 3;

/** Reads a request and checks it against the contract. Throws a Refusal. */
export async function readCall(
	contract: Contract,
	operation: string,
	request: IncomingRequest,
): Promise<Call> {
	const { query, headers } = request;
	const mediaType = contract.mediaType(operation);
	const isInQuery = mediaType !== undefined && isFormOfGet(request);
	if (mediaType && !isInQuery) requireMediaType(mediaType, headers);
	const parameters = contract.checkParameters(operation, isInQuery ? {} : query, headers);
	refuse(parameters.violations);
	const empty = { fields: isInQuery ? query : undefined, files: {} };
	const read = mediaType && !isInQuery ? await readBody(request) : empty;
	const checked = mediaType ? contract.checkBody(operation, read.fields) : { values: {}, violations: [] };
	refuse(checked.violations);
	return {
		operation,
		query: new Fields(parameters.values.query),
		headers: new Fields(parameters.values.headers),
		body: new Fields(checked.values.body),
		bodyValue: checked.values.body,
		files: read.files,
	};
}

/**
 * One list is documented as a GET with a form in its body, which most HTTP clients drop. Nobody knows whether the server
 * takes the fields from the query too. The sandbox takes them only from there.
 */
function isFormOfGet({ method, headers }: IncomingRequest): boolean {
	return method === 'GET' && !isMultipart(headers);
}

function requireMediaType(mediaType: string, headers: Record<string, string>): void {
	const given = headers['content-type'] ?? '';
	if (given.split(';')[0]?.trim().toLowerCase() === mediaType) return;
	throw new Refusal('400007', `The content type is "${given}"; ${mediaType} is wanted`);
}

async function readBody({
	headers,
	rawBody,
}: IncomingRequest): Promise<{ fields: unknown; files: Form['files'] }> {
	try {
		if (isMultipart(headers)) return await readForm(rawBody, headers['content-type'] ?? '');
		return { fields: JSON.parse(rawBody.toString()), files: {} };
	} catch (error) {
		throw new Refusal(
			'400001',
			`The body cannot be read: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
}

function refuse(violations: Violation[]): void {
	const [first] = violations;
	if (!first) return;
	const special = violations.map(codeOf).find((code) => code !== '400001');
	const reasons = [...new Set(violations.map(({ text }) => text))].slice(0, SHOWN_VIOLATIONS);
	throw new Refusal(special ?? '400001', reasons.join('; '));
}

const MISSING_IN_PAYOUT: Record<string, RefusalCode> = {
	amount: '550239',
	currency: '550240',
	address: '550241',
	chain: '550242',
};

/** The code of a violation. A few have a documented code of their own, all others have 400001. */
function codeOf({ where, rule, field }: Violation): RefusalCode {
	if (where.startsWith('/withdraw_list/') && rule === 'required')
		return MISSING_IN_PAYOUT[field ?? ''] ?? '400001';
	if (where === '/batch_id' && (rule === 'pattern' || rule === 'maxLength')) return '550249';
	if (where === '/query/orderType') return '5504060';
	return '400001';
}
