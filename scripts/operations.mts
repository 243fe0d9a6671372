/**
 * Writes docs/operations.md from the built package's catalogue and the contracts; with --check only says whether it
 * is current. Needs `npm run build` before.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import prettier from 'prettier';
import { parse } from 'yaml';
import type { CatalogueEntry } from '../index.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'docs', 'operations.md');

interface Contract {
	paths: Record<string, Record<string, { operationId: string; tags?: string[]; 'x-doc-status': string }>>;
}

function isCatalogue(value: unknown): value is { providers: CatalogueEntry[] } {
	return (
		typeof value === 'object' && value !== null && 'providers' in value && Array.isArray(value.providers)
	);
}

function catalogue(): CatalogueEntry[] {
	const built: unknown = createRequire(import.meta.url)(join(root, 'dist', 'index.js'));
	if (!isCatalogue(built)) throw new Error('dist/index.js has no catalogue: run npm run build first');
	return built.providers;
}

/** Documented endpoints of a provider's contract: method and path of what is complete or partial. */
function documented(provider: CatalogueEntry): Set<string> {
	const file = readdirSync(join(root, 'contracts')).find((name) =>
		name.startsWith(`${provider.name.toLowerCase()}.`),
	);
	if (file === undefined) throw new Error(`${provider.displayName} has no contract`);
	const contract: Contract = parse(readFileSync(join(root, 'contracts', file), 'utf8'));
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

/** Endpoints that are reached: an operation's own, its twin on behalf of another account, the login's. */
function reached({ operations, loginRequest = '' }: CatalogueEntry): Set<string> {
	return new Set([
		loginRequest,
		...operations.flatMap(({ request, onBehalfOf }) => {
			const [method] = request.split(' ');
			return onBehalfOf === undefined ? [request] : [request, `${method} ${onBehalfOf}`];
		}),
	]);
}

function coverage(providers: CatalogueEntry[]): string[] {
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

async function write(): Promise<string> {
	const providers = catalogue();
	const text = [
		'# Operations',
		'',
		'Made from the catalogue by `npm run docs:operations`; the tests check that it is current.',
		'',
		'*read* may be repeated; *write* creates or changes something without moving money; *money* moves it. Write and money',
		'operations are sent at most once per attempt. The reference is the field that makes a request unique at the provider.',
		'What says *as* another operation makes the same request and does more with it.',
		'Beside these, every provider has *Custom API Request* for any other call.',
		'',
		...coverage(providers),
		'',
		...providers.flatMap(table),
	].join('\n');
	const options = (await prettier.resolveConfig(target)) ?? {};
	return await prettier.format(text, { ...options, filepath: target });
}

function current(): string {
	try {
		return readFileSync(target, 'utf8');
	} catch {
		return '';
	}
}

const text = await write();
if (process.argv.includes('--check')) {
	if (current() !== text) {
		console.error('docs/operations.md is not current: run npm run docs:operations');
		process.exitCode = 1;
	}
} else {
	writeFileSync(target, text);
	console.log(
		text
			.split('\n')
			.slice(9, 12 + 10)
			.filter((line) => line.startsWith('|'))
			.join('\n'),
	);
}
