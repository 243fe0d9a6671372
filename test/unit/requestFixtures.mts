import { planBatches } from '../../core/money/batches.ts';
import type { WritableObject } from '../../core/exact/json.ts';
import { checkParameters } from '../../core/fields/parameters.ts';
import { findOperation, isEndpoint, type Operation } from '../../core/provider/operation.ts';
import type { Account, Provider } from '../../core/provider/provider.ts';
import { readRecipients } from '../../core/money/recipients.ts';
import { buildRequest } from '../../core/wire/request.ts';
import type { Run } from '../../core/items/run.ts';

/** A user's input, and the exact request that it makes, before the credential signs. */
export interface RequestFixture {
	/** `resource.operation` */
	operation: string;
	/** The subject of the fixture, where an operation has several fixtures. */
	about?: string;
	fields?: Record<string, unknown>;
	options?: Record<string, unknown>;
	/** For a packed row: the fields of each item, in addition to `fields`. */
	items?: ReadonlyArray<Record<string, unknown>>;
	/** For a packed row: the batch of the fixture, from 0. */
	batch?: number;
	/** What core adds before it sends, such as a page number or a generated value. */
	added?: WritableObject;
	/** Absent: the account that all fixtures share. */
	account?: Account;
	/** Input files, by the name of their binary field. */
	files?: Record<string, { name: string; content: Buffer }>;
	/** The method, and the URL without its origin, e.g. `GET /v1/orders?page=1`. */
	request: string;
	/** The headers without Accept and without the signature. */
	headers?: Record<string, string>;
	/** The exact text, or the bytes where they are not text. Absent: the request has no body. */
	body?: string | Buffer;
}

/** Replaces the boundary of multipart bodies, which is new in every run. */
export const BOUNDARY = 'fixture-boundary';

/** Compares every fixture byte by byte. Each endpoint needs at least one fixture, and three where money moves. */
export function describeRequests(
	provider: Provider,
	account: Account,
	fixtures: readonly RequestFixture[],
	least: (operation: Operation) => number = ({ effect }) => (effect === 'money' ? 3 : 1),
): void {
	it.each(fixtures.map((one): [string, RequestFixture] => [nameOf(one), one]))(
		'%s',
		async (_name, fixture) => {
			const request = await requestOf(provider, account, fixture);
			expect(`${request.method} ${request.url.replace((fixture.account ?? account).origin, '')}`).toBe(
				fixture.request,
			);
			expect(request.headers).toEqual({ Accept: 'application/json', ...fixture.headers });
			// Latin-1 shows every byte as one character, also in the message of a failure.
			expect(request.body?.toString('latin1')).toBe(bytesOf(fixture.body));
		},
	);

	const operations = provider.resources.flatMap((resource) =>
		resource.operations
			.filter(isEndpoint)
			.map((operation): [string, Operation] => [`${resource.value}.${operation.value}`, operation]),
	);
	it.each(operations)('%s has its fixtures', (name, operation) => {
		const own = fixtures.filter((one) => one.operation === name);
		expect(own.length).toBeGreaterThanOrEqual(least(operation));
	});
}

export async function requestOf(provider: Provider, shared: Account, fixture: RequestFixture) {
	const { fields = {}, options = {}, added = {}, account = shared, files = {} } = fixture;
	const operation = findOperation(provider.resources, fixture.operation);
	if (!operation) throw new Error(`There is no operation ${fixture.operation}`);
	if (operation.does?.packs) return await batchOf(provider, account, operation, fixture);
	const readFile = async (field: string) => {
		const file = files[field];
		if (!file) throw new Error(`The fixture has no file ${field}`);
		return file;
	};
	const stored = { ...fields, options };
	const checked = await checkParameters(operation, { fields, options, stored }, readFile, 'UTC');
	const headers = provider.headers?.(operation, account) ?? {};
	const values = { ...checked.values, ...added };
	return buildRequest(operation, { account, headers, ...checked, values, boundary: BOUNDARY });
}

/** The batch of a packed row, from items as n8n gives them. */
async function batchOf(provider: Provider, account: Account, operation: Operation, fixture: RequestFixture) {
	const { fields = {}, options = {}, items = [], batch = 0 } = fixture;
	const credentials = {};
	const node = {
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, item: number, fallback: unknown) =>
			name === 'options' ? options : ({ ...fields, ...items[item] }[name] ?? fallback),
		getTimezone: () => 'UTC',
		getNode: () => ({ type: 'fixture', parameters: {} }),
		getCredentials: async () => credentials,
	};
	const own = { ...provider, account: () => account };
	const run = { node, provider: own, operation, account, credentials } as unknown as Run;
	if (!operation.does?.packs) throw new Error(`${operation.name} packs nothing`);
	const given = await readRecipients(run, operation.does?.packs);
	if ('bad' in given) throw [...given.bad.values()][0];
	const planned = planBatches(run, operation.does?.packs, given).batches[batch];
	if (!planned) throw new Error(`There is no batch ${batch}`);
	return planned.prepared.request;
}

function nameOf({ operation, about }: RequestFixture): string {
	return about === undefined ? operation : `${operation}: ${about}`;
}

function bytesOf(body: string | Buffer | undefined): string | undefined {
	return typeof body === 'string' ? Buffer.from(body, 'utf8').toString('latin1') : body?.toString('latin1');
}
