import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parsers } from 'prettier/plugins/markdown';

import { projectFolder } from '../../host/folders.mts';

/** A node of the tree that Prettier's Markdown parser (remark) makes. */
interface MarkdownNode {
	type: string;
	/** Of links and pictures. */
	url?: string;
	/** Of texts and code. */
	value?: string;
	children?: MarkdownNode[];
}

export interface Page {
	/** From the project folder, with slashes. */
	path: string;
	text: string;
	/** What links and pictures point to. */
	targets: string[];
	/** What is written as code, inline and in blocks. */
	code: string[];
	/** What can stand behind `#`. */
	anchors: Set<string>;
}

/** Every page of the project, except those of installed packages. */
export function allPages(): Page[] {
	return globSync('{*,docs/**/*,nodes/**/*,.github/**/*}.md', { cwd: projectFolder }).sort().map(readPage);
}

export function readPage(path: string): Page {
	const text = readFileSync(join(projectFolder, path), 'utf8');
	const nodes = [...withChildren(parsed(text))];
	return {
		path,
		text,
		targets: nodes.flatMap(({ type, url, value = '' }) => {
			if (type === 'html')
				return [...value.matchAll(/\bsrc(?:set)?="([^"]+)"/g)].map(([, target = '']) => target);
			return ['link', 'image', 'definition'].includes(type) && url ? [url] : [];
		}),
		code: nodes.flatMap(({ type, value }) => (['code', 'inlineCode'].includes(type) && value ? [value] : [])),
		anchors: anchorsOf(nodes.filter(({ type }) => type === 'heading').map(textOf)),
	};
}

function parsed(text: string): MarkdownNode {
	// The second argument are all options of Prettier, of which this parser reads none.
	const tree: unknown = Reflect.apply(parsers.markdown.parse, undefined, [text, {}]);
	if (!isNode(tree)) throw new TypeError('The parser gave no tree');
	return tree;
}

function isNode(value: unknown): value is MarkdownNode {
	return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function* withChildren(node: MarkdownNode): Generator<MarkdownNode> {
	yield node;
	for (const child of node.children ?? []) yield* withChildren(child);
}

/** The words of a heading without its markup. */
function textOf(node: MarkdownNode): string {
	return node.value ?? (node.children ?? []).map(textOf).join('');
}

/** As GitHub makes them: lower case, no punctuation, a hyphen for each space, a number behind repeated ones. */
function anchorsOf(headings: readonly string[]): Set<string> {
	const anchors = new Set<string>();
	for (const heading of headings) {
		const anchor = heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
			.trim()
			.replace(/\s/g, '-');
		let name = anchor;
		for (let count = 1; anchors.has(name); count += 1) name = `${anchor}-${count}`;
		anchors.add(name);
	}
	return anchors;
}
