import { readingOf } from '../../scripts/documents/readingEase.mts';
import { allPages } from './page.mts';

const PLAIN = 60;
const pages = allPages().filter(({ path }) => !path.startsWith('nodes/') && !path.startsWith('.github/'));
const languageOf = (path: string) => (path.startsWith('docs/ru/') ? 'ru' : 'en');

describe('the reading ease', () => {
	it('is high for short words in short sentences', () => {
		expect(readingOf('The cat sat on the mat. The dog ran to the door.', 'en').ease).toBeGreaterThan(100);
	});

	it('is low for long words in a long sentence', () => {
		const text =
			'Notwithstanding organizational considerations, the administration necessitates authentication.';
		expect(readingOf(text, 'en').ease).toBeLessThan(0);
	});

	it('does not count headings, code and numbers', () => {
		const sentence = 'The node asks the provider before it sends.';
		const decorated = `# An administrative consideration\n\nThe node asks the provider \`administratively\` before it sends 1000.\n`;
		expect(readingOf(decorated, 'en').ease).toBeCloseTo(readingOf(sentence, 'en').ease);
	});

	it('counts the syllables of Russian by their vowels', () => {
		const plain = readingOf('Мама мыла раму. Кот спал на полу.', 'ru').ease;
		expect(readingOf('Международная административная регламентация препятствовала.', 'ru').ease).toBeLessThan(
			plain,
		);
	});

	it('is that of plain words on every page', () => {
		const hard = pages
			.map(({ path, text }) => ({ path, ease: readingOf(text, languageOf(path)).ease }))
			.filter(({ ease }) => !(ease > PLAIN));
		expect(hard).toEqual([]);
	});
});

it('says in the first sentence of each page of docs/ whom it is for', () => {
	const silent = pages
		.filter(({ path }) => path.startsWith('docs/') && path !== 'docs/ru/README.md')
		.filter(({ text }) => !/^# .+\n\n(For|Для) /.test(text))
		.map(({ path }) => path);
	expect(silent).toEqual([]);
});
