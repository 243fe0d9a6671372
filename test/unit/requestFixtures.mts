import { findOperation } from '../../core/operation.ts';
import { checkParameters, type Parameters } from '../../core/parameters.ts';
import type { Account, Provider } from '../../core/provider.ts';
import { buildRequest, type RequestParts } from '../../core/request.ts';

/** What a user sets for one operation, and the request that must come of it, byte for byte. */
export interface Fixture {
	/** `resource.operation`, and what is special about it. */
	name: string;
	fields?: Parameters['fields'];
	options?: Parameters['options'];
	/** What core adds before sending: a page number, a value that is made. */
	added?: RequestParts['values'];
	/** Binary fields of the input item: name and content. */
	files?: Record<string, { name: string; content: Buffer }>;
	/** Method and URL, e.g. `GET https://api.example/v1/x?a=1`. */
	request: string;
	/** Headers beside `Accept: application/json`, without the signature. */
	headers?: Record<string, string>;
	/** Absent: no body. */
	body?: string;
}

const BOUNDARY = 'boundary';

/** Every operation of a provider has at least one fixture, every money operation three; each is compared as bytes. */
export function describeRequests(provider: Provider, account: Account, fixtures: readonly Fixture[]): void {
	it.each(fixtures.map((one): [string, Fixture] => [one.name, one]))('%s', async (_name, fixture) => {
		expect(await requestOf(provider, account, fixture)).toEqual({
			request: fixture.request,
			headers: { Accept: 'application/json', ...fixture.headers },
			body: fixture.body,
		});
	});

	it('covers every operation, and what moves money three times', () => {
		const rows = provider.resources.flatMap(({ value: resource, operations }) =>
			operations
				.filter(({ custom }) => !custom)
				.map(({ value, effect }) => ({ name: `${resource}.${value}`, least: effect === 'money' ? 3 : 1 })),
		);
		const lacking = rows.filter(
			({ name, least }) => fixtures.filter((one) => one.name.split(' ')[0] === name).length < least,
		);
		expect(lacking).toEqual([]);
	});
}

async function requestOf(provider: Provider, account: Account, fixture: Fixture) {
	const { name, fields = {}, options = {}, added = {}, files = {} } = fixture;
	const operation = findOperation(provider.resources, name.split(' ')[0] ?? '');
	if (!operation) throw new Error(`No operation ${name}`);
	const readFile = (field: string) => {
		const file = files[field];
		return file ? Promise.resolve(file) : Promise.reject(new Error(`No file ${field}`));
	};
	const checked = await checkParameters(operation, { fields, options }, readFile, 'UTC');
	const { method, url, headers, body } = buildRequest(operation, {
		account,
		headers: provider.headers(operation, account),
		values: { ...checked.values, ...added },
		files: checked.files,
		boundary: BOUNDARY,
	});
	return { request: `${method} ${url}`, headers, body: body?.toString('latin1') };
}
