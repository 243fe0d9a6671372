// npm run docs:readability: prints the words of each page and its Flesch reading ease. Above 60 is plain English.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readingOf } from './documents/readingEase.mts';
import { projectFolder } from '../host/folders.mts';

const isRussian = (path: string) => path.startsWith('docs/ru/');

const rows = globSync('{*,docs/**/*}.md', { cwd: projectFolder })
	.sort()
	.map((path) => {
		const text = readFileSync(join(projectFolder, path), 'utf8');
		return { path, ...readingOf(text, isRussian(path) ? 'ru' : 'en') };
	});
for (const { path, words, ease } of rows) {
	console.log(
		`${path.padEnd(34)}${String(words).padStart(6)} words   reading ease ${ease.toFixed(0).padStart(3)}`,
	);
}
const total = rows.reduce((sum, { words }) => sum + words, 0);
console.log(`${'together'.padEnd(34)}${String(total).padStart(6)} words`);
