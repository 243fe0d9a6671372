import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parsers } from 'prettier/plugins/markdown';

import { projectFolder } from '../../host/folders.mts';

/** A node in the tree of Prettier's Markdown parser (remark). */
interface MarkdownNode {
	type: string;
	/** Links and pictures have it. */
	url?: string;
	/** Texts and code have it. */
	value?: string;
	children?: MarkdownNode[];
}

export interface Page {
	/** The path in the project, with slashes. */
	path: string;
	text: string;
	/** The targets of links and pictures. */
	targets: string[];
	/** All code, inline and in blocks. */
	code: string[];
	/** Everything that can follow `#` in a link. */
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
	// The second argument takes all options of Prettier. This parser reads none of them.
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

/** The words of a heading without markup. */
function textOf(node: MarkdownNode): string {
	return node.value ?? (node.children ?? []).map(textOf).join('');
}

/** Anchors as GitHub makes them: lower case, no punctuation, a hyphen for each space, a number after repeated ones. */
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
