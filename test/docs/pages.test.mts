import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import { suites } from '../../scripts/test/suites.mts';
import { allPages, readPage, type Page } from './page.mts';

const pages = allPages();
const byPath = new Map(pages.map((page) => [page.path, page]));
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
	readFileSync(join(projectFolder, 'package.json'), 'utf8'),
);

/** What pages say that is not true, as `page: saying`. */
function wrong(
	found: (page: Page) => readonly string[],
	isSo: (saying: string, page: Page) => boolean,
): string[] {
	return pages.flatMap((page) =>
		found(page)
			.filter((saying) => !isSo(saying, page))
			.map((saying) => `${page.path}: ${saying}`),
	);
}

const isLocal = (target: string) => !/^[a-z]+:/i.test(target);
const pathOf = (target: string, { path }: Page) => {
	const [file = ''] = target.split('#');
	return file === '' ? path : posix.normalize(posix.join(dirname(path), decodeURIComponent(file)));
};
const matches = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

it('reads the pages that people read', () => {
	for (const path of ['README.md', 'CONTRIBUTING.md', 'docs/README.md', 'docs/safety.md'])
		expect(byPath.has(path)).toBe(true);
});

describe('a page', () => {
	it('links to files that exist', () => {
		const targets = ({ targets }: Page) => targets.filter(isLocal);
		expect(wrong(targets, (target, page) => existsSync(join(projectFolder, pathOf(target, page))))).toEqual(
			[],
		);
	});

	it('links to files that are handed over with the project', () => {
		const listed = execFileSync(
			'git',
			['ls-files', '--others', '--ignored', '--exclude-standard', '--directory'],
			{
				cwd: projectFolder,
				encoding: 'utf8',
			},
		);
		// A folder ends in a slash, and git ignores everything in it too.
		const ignored = listed.split('\n').filter((path) => path !== '');
		const isIgnored = (path: string) =>
			ignored.some((one) => (one.endsWith('/') ? `${path}/`.startsWith(one) : path === one));
		const targets = ({ targets }: Page) => targets.filter(isLocal);
		expect(wrong(targets, (target, page) => !isIgnored(pathOf(target, page)))).toEqual([]);
	});

	it('links to headings that exist', () => {
		const targets = ({ targets }: Page) =>
			targets.filter((target) => isLocal(target) && target.includes('#'));
		const isThere = (target: string, page: Page) =>
			byPath.get(pathOf(target, page))?.anchors.has(target.slice(target.indexOf('#') + 1)) === true;
		expect(wrong(targets, isThere)).toEqual([]);
	});

	it('names commands that exist', () => {
		const commands = ({ code }: Page) => code.flatMap((text) => matches(/\bnpm run ([\w:-]+)/g, text));
		expect(wrong(commands, (name) => name in scripts)).toEqual([]);
	});

	it('names test suites that exist', () => {
		const known = new Set(suites('all').map(({ name }) => name));
		const named = ({ code }: Page) =>
			code
				.flatMap((text) => matches(/\bnpm test -- ([a-z ]+)/g, text))
				.flatMap((names) => names.trim().split(/\s+/));
		expect(wrong(named, (name) => known.has(name))).toEqual([]);
	});

	it('names files that exist, with workflows and pictures among them', () => {
		const known = globSync('{workflows,docs,scripts,sandbox,core,nodes,credentials,contracts,test}/**/*', {
			cwd: projectFolder,
			exclude: (name) => name === 'node_modules',
		});
		const names = new Set(known.map((path) => basename(path)));
		const paths = new Set(known);
		// A name with a placeholder means many files.
		const named = ({ code }: Page) =>
			code.filter((text) => /^[\w./-]+\.(md|json|png|svg|mts|yaml|ts)$/.test(text) && !text.startsWith('~'));
		const inProject = (text: string) => existsSync(join(projectFolder, text));
		const isThere = (text: string, page: Page) =>
			text.includes('/')
				? paths.has(text) || inProject(text) || inProject(join(dirname(page.path), text))
				: names.has(text) || inProject(text);
		expect(wrong(named, isThere)).toEqual([]);
	});
});

it('shows every picture of the editor and of a flow light and dark', () => {
	const shown = new Set(pages.flatMap((page) => page.targets.map((target) => basename(target))));
	const taken = globSync('docs/pictures/{editor,flow}-*.png', { cwd: projectFolder }).map((path) =>
		basename(path),
	);
	const flows = globSync('workflows/*.json', { cwd: projectFolder }).map((path) => basename(path, '.json'));
	expect(taken).toEqual(expect.arrayContaining(flows.map((name) => `flow-${name}-dark.png`)));
	expect(taken.filter((name) => !shown.has(name))).toEqual([]);
});

describe('the index of the pages', () => {
	const index = readPage('docs/README.md');
	const linked = index.targets.filter(isLocal).map((target) => pathOf(target, index));

	it('names every page of the folder', () => {
		const written = pages
			.map(({ path }) => path)
			.filter((path) => path.startsWith('docs/') && path !== index.path);
		expect(written.filter((path) => !linked.includes(path))).toEqual([]);
	});

	it('is linked from the README', () => {
		expect(byPath.get('README.md')?.targets).toContain('docs/README.md');
	});
});

it('has every workflow named on some page', () => {
	const text = pages.map((page) => page.text).join('\n');
	const files = globSync('workflows/*.json', { cwd: projectFolder }).map((path) => basename(path));
	expect(files.filter((file) => !text.includes(file))).toEqual([]);
});
