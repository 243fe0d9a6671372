import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';

import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';

import type { CatalogueEntry } from '../../index.ts';
import { projectFolder } from '../../host/folders.mts';
import { webAddress, type Manifest, type Part } from './part.mts';

/** A part's README: what it is, the provider's page of the documentation, and all operations. */
export async function partReadme(
	whole: Manifest,
	{ packageName, entry }: Part,
	nodes: INodeTypeDescription[],
	credential: ICredentialType,
): Promise<string> {
	const page = `docs/providers/${packageName.replace('n8n-nodes-', '')}.md`;
	const text = await optional(join(projectFolder, page));
	const about = text === undefined ? credentials(credential) : pageBody(text, page, whole);
	return [
		`# ${packageName}`,
		'',
		`${nodes[0]?.description}. A community node package for [n8n](https://n8n.io) that stays safe when n8n retries, crashes or repeats.`,
		'',
		`It holds one provider of [${whole.name}](${webAddress(whole)}) and is made from the same source, with the same version. Install either, not both: they have the same credential type.`,
		'',
		'## Install',
		'',
		`In n8n: _Settings > Community nodes > Install_, \`${packageName}\`. Then create a credential of the type _${credential.displayName}_.`,
		'',
		'## Nodes',
		'',
		...nodes.map(
			({ displayName, description = '' }) => `- **${displayName}**: ${description.replace(/\.$/, '')}.`,
		),
		'',
		...about,
		'',
		...safety,
		'',
		...operations(entry),
		'',
		'## Licence',
		'',
		'MIT',
		'',
	].join('\n');
}

const safety = [
	'## What it does about money',
	'',
	'All items are checked before the first is sent; amounts are decimal text and never rounded. What can move money is sent at most once per attempt, remembered through _Retry On Fail_, and has one of three outcomes: `applied` (the provider said so), `rejected` (it said no, or the request provably never left) and `unknown` (everything else). An unknown payment is never sent again by itself: look it up by its reference, and never pay it again under another one. _Preview_ binds an approval to exactly one payment. AI agents may read, and move money only where _Allow Use by AI Agents_ is on.',
];

function credentials({ documentationUrl, properties }: ICredentialType): string[] {
	const rows = properties
		.filter(({ type }) => type !== 'hidden')
		.map(({ displayName, description = '' }) => `| ${displayName} | ${description} |`);
	return [
		'## Credential',
		'',
		'| field | what it is |',
		'| --- | --- |',
		...rows,
		'',
		`The provider's documentation: ${documentationUrl}`,
	];
}

function operations({ displayName, operations: all }: CatalogueEntry): string[] {
	const rows = all.map(
		({ title, request, effect, docs }) => `| ${title} | \`${request}\` | ${effect} | [page](${docs}) |`,
	);
	return [
		'## Operations',
		'',
		`_read_ may be repeated; _write_ creates or changes something without moving money; _money_ moves it. _Custom API Request_ makes any other call of ${displayName}, signed by the credential.`,
		'',
		'| operation | request | effect | documentation |',
		'| --- | --- | --- | --- |',
		...rows,
	];
}

/** The page without its title. Its links lead to the repository, because the package has no other pages. */
function pageBody(text: string, page: string, whole: Manifest): string[] {
	const raw = webAddress(whole).replace('https://github.com/', 'https://raw.githubusercontent.com/');
	const linked = text
		.replace(/^# .*\n+/, '')
		.replace(
			/(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)]+)\)/g,
			(_, image: string, label: string, target: string) => {
				const path = posix.join(posix.dirname(page), target);
				const url = image ? `${raw}/main/${path}` : `${webAddress(whole)}/blob/main/${path}`;
				return `${image}[${label}](${url})`;
			},
		);
	return [linked.trimEnd()];
}

async function optional(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch {
		return undefined;
	}
}
