import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CatalogueEntry } from '../../index.ts';
import { projectFolder } from '../../host/folders.mts';

interface Contract {
	paths: Record<string, Record<string, { operationId: string; tags?: string[]; 'x-doc-status': string }>>;
}

/** The documented endpoints of a provider's contract: method and path of all that are complete or partial. */
function documented(provider: CatalogueEntry): Set<string> {
	const file = readdirSync(join(projectFolder, 'contracts')).find((name) =>
		name.startsWith(`${provider.name.toLowerCase()}.`),
	);
	if (file === undefined) throw new Error(`${provider.displayName} has no contract`);
	const contract: Contract = parse(readFileSync(join(projectFolder, 'contracts', file), 'utf8'));
	const endpoints = Object.entries(contract.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({
			request: `${method.toUpperCase()} ${path}`,
			...operation,
		})),
	);
	const isRest = ({ tags }: { tags?: string[] }) => !tags?.includes('Merchant MCP');
	return new Set(
		endpoints
			.filter((one) => one['x-doc-status'] !== 'inferred' && isRest(one))
			.map(({ request }) => request),
	);
}

/** The endpoints that operations reach: their own, the same one on behalf of another account, and the login. */
function reached({ operations, loginRequest = '' }: CatalogueEntry): Set<string> {
	return new Set([
		loginRequest,
		...operations.flatMap(({ request, onBehalfOf }) => {
			const [method] = request.split(' ');
			return onBehalfOf === undefined ? [request] : [request, `${method} ${onBehalfOf}`];
		}),
	]);
}

/** The lines of the table that counts each provider's endpoints. */
export function coverage(providers: CatalogueEntry[]): string[] {
	const rows = providers.map((provider) => {
		const wanted = documented(provider);
		const found = reached(provider);
		const covered = [...wanted].filter((request) => found.has(request));
		return `| ${provider.displayName} | ${wanted.size} | ${covered.length} | ${provider.operations.length} |`;
	});
	return ['| provider | documented endpoints | reached | operations |', '| --- | --- | --- | --- |', ...rows];
}

function table({ displayName, operations }: CatalogueEntry): string[] {
	const rows = operations.map(({ title, request, standsOn, effect, reference, docs }) => {
		const unique = reference === undefined ? '' : `\`${reference}\``;
		const base = operations.find(({ resource, operation }) => `${resource}.${operation}` === standsOn);
		const asked = base === undefined ? `\`${request}\`` : `as ${base.title}`;
		return `| ${title} | ${asked} | ${effect} | ${unique} | [page](${docs}) |`;
	});
	return [
		`## ${displayName}`,
		'',
		'| operation | request | effect | reference | documentation |',
		'| --- | --- | --- | --- | --- |',
		...rows,
		'',
	];
}

/** The text of docs/operations.md. */
export function operationsPage(providers: CatalogueEntry[]): string {
	return [
		'# Operations',
		'',
		'For people who look for an operation. `npm run docs:operations` makes this page from the catalogue, and the tests check that',
		'it is current.',
		'',
		'You may repeat a *read*. A *write* creates or changes something without moving money, and *money* moves it. Both are sent at',
		'most once per attempt. The reference is the field that makes a request unique at the provider. What says *as* another',
		'operation makes the same request and does more with it. Every provider also has *Custom API Request* for any other call.',
		'',
		...coverage(providers),
		'',
		...providers.flatMap(table),
	].join('\n');
}
