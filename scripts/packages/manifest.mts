import type { INodeTypeDescription } from 'n8n-workflow';

import { classOf } from './built.mts';
import { pinned, webAddress, type Manifest, type Part } from './part.mts';

/** The tools that build and lint a tree, in the versions that build and lint the whole. */
const TOOLS = ['@n8n/node-cli', '@types/node', 'eslint', 'n8n-workflow', 'typescript'];

/** A part's package.json: that of the whole, narrowed to one provider. */
export function partManifest(
	whole: Manifest,
	{ packageName, folder, entry }: Part,
	[action]: INodeTypeDescription[],
	alias: string[],
) {
	const { version, license, author, repository, bugs, engines, files, peerDependencies } = whole;
	const { n8nNodesApiVersion, strict, credentials, nodes } = whole.n8n;
	const credential = `dist/credentials/${classOf(entry.credential)}.credentials.js`;
	return {
		name: packageName,
		version,
		description: `n8n nodes for ${entry.displayName}: ${lowerFirst(action?.description ?? '')}. Safe when n8n retries, crashes or repeats.`,
		license,
		homepage: `${webAddress(whole)}/tree/main/nodes/${folder}#readme`,
		keywords: [...new Set(['n8n-community-node-package', 'n8n', ...alias.map(keyword)])],
		author,
		// n8n's scanner looks for this directory in the commit that is published.
		repository: { ...repository, directory: `packages/${packageName}` },
		bugs,
		engines,
		files,
		type: 'commonjs',
		scripts: { build: 'n8n-node build', lint: 'n8n-node lint' },
		n8n: {
			n8nNodesApiVersion,
			strict,
			credentials: credentials.filter((path) => path === credential),
			nodes: nodes.filter((path) => path.startsWith(`dist/nodes/${folder}/`)),
		},
		peerDependencies,
		devDependencies: Object.fromEntries(TOOLS.map((name) => [name, pinned(whole, name)])),
	};
}

function lowerFirst(text: string): string {
	return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** A search word as npm wants it: lower case, without blanks. */
function keyword(word: string): string {
	return word.toLowerCase().replaceAll(' ', '-');
}
