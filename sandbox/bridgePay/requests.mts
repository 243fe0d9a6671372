import type { Contract, Violation } from '../contract.mts';
import { readForm, type Form, type UploadedFile } from '../form.mts';
import type { IncomingRequest } from '../provider.mts';
import { Fields } from '../values.mts';
import { isMultipart } from './account.mts';
import { Refusal, refused, type Told } from './refusal.mts';
import type { World } from './world.mts';

/** A request that is authentic and fits the contract. */
export interface Call {
	operation: string;
	/** The parameters in the path, decoded. */
	path: Record<string, string>;
	body: Fields;
	/** Objects inside the body. */
	inner(name: string): Fields | undefined;
	files: Record<string, UploadedFile[]>;
}

export type Handler = (call: Call, world: World) => unknown;

/** Reads a request and checks it against the contract. Throws a Refusal. */
export async function readCall(
	contract: Contract,
	operation: string,
	request: IncomingRequest,
): Promise<Call> {
	const { query, headers, rawBody } = request;
	const mediaType = contract.mediaType(operation);
	if (!mediaType && rawBody.length > 0) throw refused('This call takes no body');
	if (mediaType) requireMediaType(mediaType, headers);
	refuse(contract.checkParameters(operation, query, headers).violations);
	const read: Form | { fields: unknown; files: Form['files'] } = mediaType
		? await readBody(request)
		: { fields: {}, files: {} };
	const checked = mediaType ? contract.checkBody(operation, read.fields) : undefined;
	refuse(checked?.violations ?? []);
	const values: unknown = checked?.values.body;
	const body = new Fields(values);
	return {
		operation,
		path: pathParameters(contract.route(operation).path, request.path),
		body,
		inner: (name) => (body.has(name) ? new Fields(Object(values)[name]) : undefined),
		files: read.files,
	};
}

function requireMediaType(mediaType: string, headers: Record<string, string>): void {
	const given = headers['content-type'] ?? '';
	if (given.split(';')[0]?.trim().toLowerCase() === mediaType) return;
	throw refused(`The content type is "${given}"; ${mediaType} is wanted`);
}

async function readBody({ headers, rawBody }: IncomingRequest) {
	try {
		if (isMultipart(headers)) return await readForm(rawBody, headers['content-type'] ?? '');
		return { fields: JSON.parse(rawBody.toString()), files: {} };
	} catch (error) {
		throw refused(`The body cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function refuse(violations: Violation[]): void {
	if (violations.length > 0) throw new Refusal(400, ...violations.map(toldOf));
}

/** Two messages about fields are documented. The others are the validator's own. */
function toldOf({ where, rule, field, text }: Violation): Told {
	const name = field ?? where.split('/').at(-1) ?? '';
	if (rule === 'required') return { message: 'this value should not be blank', field: name };
	if (rule === 'type' && text.includes('boolean')) {
		return { message: 'This value should be of type boolean', field: name };
	}
	return { message: text, field: name };
}

function pathParameters(template: string, path: string): Record<string, string> {
	const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
	const values = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path)?.slice(1) ?? [];
	return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));
}

const MOST_BYTES = 10_485_760;

/** The uploaded file. Throws a Refusal when there is none. */
export function requireFile({ files }: Call): UploadedFile {
	const [file, ...more] = files.attachment ?? [];
	if (!file || file.size === 0) throw refused('this value should not be blank', 'attachment');
	if (more.length > 0) throw refused('One file is taken', 'attachment');
	if (file.size > MOST_BYTES) throw refused('The file is too large; at most 10 MB are taken', 'attachment');
	return file;
}
