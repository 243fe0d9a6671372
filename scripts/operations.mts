/**
 * Writes the parts of the documentation that come from the catalogue: docs/operations.md, the table in docs/safety.md
 * and the names that the sandbox's console shows.
 * With --check it only says whether they are current. Needs `npm run build` before.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';

import { catalogue } from './documents/catalogue.mts';
import { withMoneyTable } from './documents/moneyTable.mts';
import { coverage, operationsPage } from './documents/operationsPage.mts';
import { sandboxNames } from './documents/sandboxNames.mts';
import { projectFolder } from '../host/folders.mts';

const providers = catalogue();
const pages: Array<[string, (current: string) => string]> = [
	['docs/operations.md', () => operationsPage(providers)],
	['docs/safety.md', (current) => withMoneyTable(current, providers)],
	['sandbox/nodeOperations.json', () => sandboxNames(providers)],
];

for (const [page, make] of pages) {
	const file = join(projectFolder, page);
	const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const options = (await prettier.resolveConfig(file)) ?? {};
	const text = await prettier.format(make(current), { ...options, filepath: file });
	if (!process.argv.includes('--check')) writeFileSync(file, text);
	else if (text !== current) {
		console.error(`${page} is not current: run npm run docs:operations`);
		process.exitCode = 1;
	}
}
if (!process.argv.includes('--check')) console.log(coverage(providers).join('\n'));
