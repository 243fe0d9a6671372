import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import { markdownNodes, textOf, type MarkdownNode } from '../../scripts/documents/markdown.mts';
import { readPage } from './page.mts';

const START = 'docs/ru/README.md';

/** The English page that a Russian one says again. The README stands beside its pages, because npm packs every README of the root. */
const originalOf = (path: string) => (path === START ? 'README.md' : path.replace('docs/ru/', 'docs/'));

const translated = globSync('docs/ru/**/*.md', { cwd: projectFolder }).sort();

const ofType = (nodes: MarkdownNode[], type: string) => nodes.filter((node) => node.type === type);
const cellsOf = (row: MarkdownNode) => row.children ?? [];

/** A comment behind a command is for people, so it is in their language. */
const withoutComments = (commands: string) => commands.replace(/ +# .*$/gm, '');

/** What both versions of a page must have alike. */
function skeleton(path: string) {
	const page = readPage(path);
	const nodes = markdownNodes(page.text);
	return {
		headings: [...page.text.matchAll(/^(#+) /gm)].map(([, level]) => level),
		commands: ofType(nodes, 'code').map(textOf).map(withoutComments),
		tables: ofType(nodes, 'table').map((table) =>
			cellsOf(table).map((row) => cellsOf(row).map((cell) => codeIn(cell).map(textOf))),
		),
		lists: ofType(nodes, 'list').map((list) => list.children?.length),
		code: ofType(nodes, 'inlineCode').map(textOf).sort(),
		pictures: page.targets.map((target) => basename(target)).filter((name) => name.endsWith('.png')),
	};
}

function codeIn(node: MarkdownNode): MarkdownNode[] {
	return node.type === 'inlineCode' ? [node] : (node.children ?? []).flatMap(codeIn);
}

describe('the Russian pages', () => {
	it('are those that the Russian README leads to', () => {
		expect(translated).toEqual([
			START,
			'docs/ru/first-flow.md',
			'docs/ru/glossary.md',
			'docs/ru/providers/bridgepay.md',
			'docs/ru/providers/rapira.md',
			'docs/ru/when-it-goes-wrong.md',
		]);
		const led = readPage(START).targets.map((target) => join('docs/ru', target));
		expect(translated.filter((path) => path !== START && !led.includes(path))).toEqual([]);
	});

	it.each(translated)(
		'%s has the headings, commands, tables, lists, pictures and code of the English page',
		(path) => {
			expect(skeleton(path)).toEqual(skeleton(originalOf(path)));
		},
	);

	it.each(translated)('%s leads to the Russian version of a page where there is one', (path) => {
		const english = readPage(path)
			.targets.filter((target) => target.endsWith('.md') && !/^[a-z]+:/.test(target))
			.map((target) => join(dirname(path), target))
			.filter(
				(target) => target.startsWith('docs/') && target !== 'docs/README.md' && !translated.includes(target),
			);
		const missed = english.filter((target) =>
			existsSync(join(projectFolder, target.replace(/^docs\//, 'docs/ru/'))),
		);
		expect(missed).toEqual([]);
	});
});
