import type { CatalogueEntry, CatalogueOperation } from '../../index.ts';

const BEGIN = '<!-- money operations, made by npm run docs:operations -->';
const END = '<!-- end of money operations -->';

/** docs/safety.md with a new table: what the node can prove about each operation that moves money. */
export function withMoneyTable(page: string, providers: CatalogueEntry[]): string {
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined)
		throw new Error(`The page has no place for the table: ${BEGIN}`);
	return [before, BEGIN, '\n\n', table(providers), '\n\n', END, after].join('');
}

function table(providers: CatalogueEntry[]): string {
	const rows = providers.flatMap(({ displayName, operations }) =>
		operations
			.filter(({ effect }) => effect === 'money')
			.map((operation) => `| ${displayName} | ${operation.title} | ${proof(operation).join(' | ')} |`),
	);
	return ['| provider | operation | reference | kept by |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function proof({ title, reference, lookup, remembered }: CatalogueOperation): string[] {
	if (lookup !== undefined && reference !== undefined)
		return [`\`${reference}\``, remembered ? 'provider and n8n' : 'provider, which refuses a second one'];
	if (remembered) return ['Payment Reference', 'n8n'];
	throw new Error(`Nobody keeps a new execution of ${title} from paying again`);
}
