import type { Contract, MediaType, Violation } from '../contract.mts';
import { readFields, readForm } from '../form.mts';
import type { IncomingRequest } from '../provider.mts';
import { Fields } from '../values.mts';
import type { Call } from './call.mts';
import { Refusal } from './refusal.mts';

const SHOWN_VIOLATIONS = 3;

/** Reads a request and checks it against the contract. Throws a Refusal. */
export async function readCall(
	contract: Contract,
	operation: string,
	request: IncomingRequest,
): Promise<Call> {
	const parameters = contract.checkParameters(operation, request.query, request.headers);
	refuse(parameters.violations);
	const type = mediaTypeOf(contract, operation, request);
	const body = type && contract.checkBody(operation, await readBody(request, type), type);
	refuse(body?.violations ?? []);
	return {
		operation,
		path: request.path,
		query: new Fields(parameters.values.query),
		body: new Fields(body?.values.body),
	};
}

/** The content type of the body. Undefined: the call has no body. */
function mediaTypeOf(contract: Contract, operation: string, request: IncomingRequest): MediaType | undefined {
	const allowed = contract.mediaTypes(operation);
	const given = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
	const isOptional =
		allowed.every((type) => type !== 'application/json') && Object.keys(request.query).length > 0;
	if (allowed.length === 0 || (request.rawBody.length === 0 && isOptional)) return undefined;
	const type = allowed.find((one) => one === given);
	if (!type) throw new Refusal(415, `The content type is "${given}"; ${allowed.join(' or ')} is wanted`);
	return type;
}

async function readBody({ headers, rawBody }: IncomingRequest, type: MediaType): Promise<unknown> {
	try {
		if (type === 'multipart/form-data')
			return (await readForm(rawBody, headers['content-type'] ?? '')).fields;
		if (type === 'application/x-www-form-urlencoded') return readFields(rawBody);
		return JSON.parse(rawBody.toString());
	} catch (error) {
		throw new Refusal(
			400,
			`The body cannot be read: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
}

function refuse(violations: Violation[]): void {
	if (violations.length === 0) return;
	const reasons = [...new Set(violations.map(({ text }) => text))].slice(0, SHOWN_VIOLATIONS);
	throw new Refusal(400, reasons.join('; '));
}
