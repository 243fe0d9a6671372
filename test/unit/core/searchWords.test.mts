import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../../host/folders.mts';

/** The words under which n8n's panel finds a node, by the node's file. */
function wordsOf(file: string): string[] {
	const codex: { alias: string[] } = JSON.parse(readFileSync(join(projectFolder, file), 'utf8'));
	return codex.alias.map((word) => word.toLowerCase());
}

const words = globSync('nodes/*/*.node.json', { cwd: projectFolder }).flatMap(wordsOf);

it.each([
	'balance',
	'payroll',
	'salary',
	'bitcoin',
	'tron',
	'TRX',
	'IBAN',
	'buy crypto',
	'send money',
	'выплата',
	'вывод',
	'рапира',
])('a person who types %s finds a node', (word) => {
	expect(words).toContain(word.toLowerCase());
});
