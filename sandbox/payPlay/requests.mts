import type { Contract, Violation } from '../contract.mts';
import type { IncomingRequest } from '../provider.mts';
import { Fields } from '../values.mts';
import type { Call } from './call.mts';
import { Refusal } from './refusal.mts';

/** Reads a request and checks it against the contract. Throws a Refusal. */
export function readCall(contract: Contract, operation: string, request: IncomingRequest): Call {
	const parameters = contract.checkParameters(operation, request.query, request.headers);
	refuse(parameters.violations);
	const hasBody = contract.mediaType(operation) !== undefined;
	const body = hasBody ? readBody(request) : withoutBody(request);
	if (hasBody) refuse(contract.checkBody(operation, body).violations);
	return {
		operation,
		path: pathParameters(contract.route(operation).path, request.path),
		query: new Fields(parameters.values.query),
		body: new Fields(body),
	};
}

function readBody({ headers, rawBody }: IncomingRequest): unknown {
	const type = headers['content-type'] ?? '';
	if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
		throw new Refusal(415, `The content type is "${type}"; application/json is wanted`);
	}
	try {
		return JSON.parse(rawBody.toString());
	} catch {
		throw new Refusal(422, 'The body is not JSON', { body: ['The body is not JSON.'] });
	}
}

function withoutBody({ rawBody }: IncomingRequest): undefined {
	if (rawBody.length === 0) return undefined;
	throw new Refusal(422, 'This call is documented without a body', { body: ['No body is documented.'] });
}

function refuse(violations: Violation[]): void {
	if (violations.length === 0) return;
	const errors: Record<string, string[]> = {};
	for (const { where, field, text } of violations) {
		const name = field ?? where.split('/').at(-1) ?? 'request';
		errors[name] = [...(errors[name] ?? []), text];
	}
	throw new Refusal(422, 'The given data was invalid.', errors);
}

function pathParameters(template: string, path: string): Record<string, string> {
	const parts = path.split('/');
	const found: Record<string, string> = {};
	for (const [index, part] of template.split('/').entries()) {
		const name = /^\{(\w+)\}$/.exec(part)?.[1];
		if (name) found[name] = decodeURIComponent(parts[index] ?? '');
	}
	return found;
}
