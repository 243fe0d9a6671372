import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import { readPage } from './page.mts';

const page = readPage('docs/troubleshooting.md');

/** The messages in the first cells of the page's tables. */
const messages = [...page.text.matchAll(/^\| `([^`]+)`(?: or `([^`]+)`)?[^|]*\|/gm)].flatMap(
	([, one, other]) => [one, other].filter((text) => text !== undefined),
);

/** A text as people see it: in one line, without the quotation marks of the source. */
const shown = (text: string) => text.replace(/[\\`]/g, '').replace(/\s+/g, ' ').toLowerCase();

const sources = globSync('{core,nodes,credentials}/**/*.ts', { cwd: projectFolder }).map((path) =>
	shown(readFileSync(join(projectFolder, path), 'utf8')),
);

/** The parts of a message that are always the same. */
function fixed(message: string): string[] {
	return message
		.split('...')
		.map((part) => shown(part).trim())
		.filter((part) => /[a-z]{2}/.test(part));
}

/** Whether one source has all parts of the message. */
function isWritten(message: string): boolean {
	const parts = fixed(message);
	return parts.length > 0 && sources.some((source) => parts.every((part) => source.includes(part)));
}

describe('docs/troubleshooting.md', () => {
	it('quotes messages', () => expect(messages.length).toBeGreaterThan(60));

	it('quotes only what the sources say', () => {
		expect(messages.filter((message) => !isWritten(message))).toEqual([]);
	});

	it('would notice a message that nobody writes', () => {
		expect(isWritten('Nothing was dispatched.')).toBe(false);
	});

	it('quotes nothing twice in one section', () => {
		const sections = page.text.split(/^## /m);
		for (const section of sections) {
			const rows = [...section.matchAll(/^\| (`[^|]+)\|/gm)].map(([, cell]) => cell?.trim());
			expect(new Set(rows).size).toBe(rows.length);
		}
	});
});
