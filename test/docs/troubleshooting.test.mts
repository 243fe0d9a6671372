import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import { readPage } from './page.mts';

const page = readPage('docs/troubleshooting.md');

/** The first cell of each row of a table, where it is a message. */
const messages = [...page.text.matchAll(/^\| `([^`]+)`(?: or `([^`]+)`)?[^|]*\|/gm)].flatMap(
	([, one, other]) => [one, other].filter((text) => text !== undefined),
);

/** Texts as they are shown: without what quotes them in the source, in one line. */
const shown = (text: string) => text.replace(/[\\`]/g, '').replace(/\s+/g, ' ').toLowerCase();

const sources = globSync('{core,nodes,credentials}/**/*.ts', { cwd: projectFolder }).map((path) =>
	shown(readFileSync(join(projectFolder, path), 'utf8')),
);

/** What of a message is the same in every case. */
function fixed(message: string): string[] {
	return message
		.split('...')
		.map((part) => shown(part).trim())
		.filter((part) => /[a-z]{2}/.test(part));
}

/** Whether one file writes all of it. */
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
