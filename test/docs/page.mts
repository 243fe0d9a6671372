import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import { markdownNodes, textOf } from '../../scripts/documents/markdown.mts';

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
	const nodes = markdownNodes(text);
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
