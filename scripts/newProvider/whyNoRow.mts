import type { Parameter } from './document.mts';
import type { Endpoint } from './endpoint.mts';

/** Why no row can send this call as the contract has it. Undefined: a row can. A person decides about each of them. */
export function whyNoRow({ method, path, parameters, body, encoding }: Endpoint): string | undefined {
	const named = (wanted: (one: Parameter) => boolean) =>
		parameters
			.filter(wanted)
			.map(({ name }) => name)
			.join(', ');
	const inQuery = named((one) => one.in === 'query');
	const headers = named((one) => one.in === 'header' && one.required === true);
	const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
	const members = Object.keys(body?.properties ?? {});
	const wanted = members.length === 0 ? undefined : [...inPath, ...members];
	if (!['GET', 'POST', 'PUT', 'DELETE'].includes(method)) return `a row cannot send ${method}`;
	if (named((one) => one.in === 'cookie') !== '') return 'it needs a cookie';
	if (headers !== '') return `it needs the header ${headers}, which no row fills from a field`;
	if (inPath.some((name) => !isFieldName(name))) return 'a name in its path cannot be that of a field';
	if (inPath.some((name) => !parameters.some((one) => one.in === 'path' && one.name === name)))
		return 'the contract does not describe a name in its path';
	if (body === undefined) return undefined;
	if (method === 'GET') return 'a GET has no body';
	if (encoding === undefined) return 'its body is neither JSON nor a form';
	if (inQuery !== '') return `it has both a body and a query (${inQuery})`;
	if (body.oneOf || body.anyOf) return 'its body has several forms';
	if (wanted === undefined) return 'the contract does not say what is in its body';
	if (new Set(wanted).size < wanted.length) return 'its path and its body have a name in common';
	return undefined;
}

/** The names that every operation of a node has for itself. */
const TAKEN =
	/^(?:resource|operation|options|returnAll|limit|output|timeout|preview|approvalHash|whenUnknown|checkFirst|allowAgents|paymentReference|repeatsNotice|allowRepeats|checkedNotPaid|checkedPaid|maximumWait|waitUnit|authentication|constructor)$/;

/** Whether a field in n8n may have this name of a parameter. */
export function isFieldName(name: string): boolean {
	return /^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !TAKEN.test(name);
}
