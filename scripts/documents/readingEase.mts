import { flesch } from 'flesch';
import { syllable } from 'syllable';

import { markdownNodes, textOf, type MarkdownNode } from './markdown.mts';

type Language = 'en' | 'ru';

/** How much there is to read, and how hard it is. */
export interface Reading {
	words: number;
	/** Flesch reading ease. 60 and more is plain English. */
	ease: number;
}

/** A heading or a short cell is a label and no sentence. It would make every page look easy. */
const LEAST_SENTENCE = 4;
const RUSSIAN_VOWEL = /[аеёиоуыэюя]/giu;

/** Counts the words of a page in Markdown. Code in a text is one word; for the ease, code and numbers are none. Blocks of code are none. */
export function readingOf(markdown: string, language: Language): Reading {
	const blocks = markdownNodes(markdown).filter(({ type }) =>
		['heading', 'paragraph', 'tableCell'].includes(type),
	);
	const words = blocks.flatMap((block) => wordsOf(spoken(block), language)).length;
	const sentences = blocks
		.filter(({ type }) => type !== 'heading')
		.flatMap((block) => sentencesOf(spoken(block), language))
		.map((sentence) => wordsOf(sentence, language).filter((word) => /\p{L}/u.test(word)))
		.filter(({ length }) => length >= LEAST_SENTENCE);
	return { words, ease: easeOf(sentences, language) };
}

function spoken(node: MarkdownNode): string {
	if (node.type === 'inlineCode') return '0';
	if (node.type === 'html') return '';
	return node.children === undefined ? textOf(node) : node.children.map(spoken).join('');
}

function sentencesOf(text: string, language: Language): string[] {
	return [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text.replace(/\s+/g, ' '))]
		.flatMap(({ segment }) => segment.split(/: (?=[A-ZА-Я])/))
		.filter((sentence) => sentence.trim() !== '');
}

function wordsOf(text: string, language: Language): string[] {
	return [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)]
		.filter(({ isWordLike }) => isWordLike)
		.map(({ segment }) => segment);
}

function easeOf(sentences: string[][], language: Language): number {
	const words = sentences.flat();
	if (words.length === 0) return Number.NaN;
	if (language === 'ru') {
		// Oborneva's weights for Russian, whose words are longer.
		const vowels = words.join(' ').match(RUSSIAN_VOWEL)?.length ?? 0;
		return 206.835 - 1.3 * (words.length / sentences.length) - 60.1 * (vowels / words.length);
	}
	const syllables = words.reduce((sum, word) => sum + syllable(word), 0);
	return flesch({ sentence: sentences.length, word: words.length, syllable: syllables });
}
