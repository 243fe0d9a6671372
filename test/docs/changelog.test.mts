import { readFileSync } from 'node:fs';

import { markdownNodes, textOf } from '../../scripts/documents/markdown.mts';

/** Two entries that begin with this many equal words say the same. */
const SAME_WORDS = 8;

const changelog = readFileSync('CHANGELOG.md', 'utf8');

/** What an entry or a sentence says, without its marks and its case. */
function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}_.]*[\p{L}\p{N}_]/gu) ?? [];
}

function entriesOf(markdown: string): string[] {
	return markdownNodes(markdown)
		.filter(({ type }) => type === 'listItem')
		.map(textOf);
}

/** The beginnings that stand in the text more than once. A sentence shorter than that counts as a whole. */
function repeated(markdown: string): string[] {
	const sentences = entriesOf(markdown).flatMap((entry) => entry.split(/(?<=[.:;])\s+/));
	const beginnings = sentences
		.map((sentence) => wordsOf(sentence).slice(0, SAME_WORDS).join(' '))
		.filter((words) => words !== '');
	return [...new Set(beginnings.filter((words, index) => beginnings.indexOf(words) !== index))];
}

/** Entries about the sources: nobody who uses the nodes sees them. */
function internal(markdown: string): string[] {
	return entriesOf(markdown).filter((entry) =>
		/\b(?:core|nodes|test|bench|sandbox|scripts|host)\/\w+/.test(entry),
	);
}

it('the changelog says nothing twice', () => {
	expect(entriesOf(changelog).length).toBeGreaterThan(20);
	expect(repeated(changelog)).toEqual([]);
});

it('the changelog names no file of the sources', () => {
	expect(internal(changelog)).toEqual([]);
});

it.each([
	['the same entry with other marks', '- _Preview_ shows the sums.\n- Preview shows the sums'],
	['the same sentence within another entry', '- New. It needs no field.\n- Other: it needs no field.'],
	[
		'the same beginning with another end',
		'- The mails that ask for an approval show a table.\n- The mails that ask for an approval show a list.',
	],
])('a repetition is found: %s', (_what, markdown) => {
	expect(repeated(markdown)).toHaveLength(1);
});

it('an entry about the sources is found', () => {
	expect(internal('- Faster.\n- `core/money/sendOne.ts` is shorter.')).toHaveLength(1);
});
