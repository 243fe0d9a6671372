// npm run test:fuzz -- [--cases N] [--seed S] [money answers webhooks credentials recipients lists]: runs the property tests of
// `npm test` with many more cases. It prints the seed, and a failing case in its smallest form.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { node24, projectFolder } from '../host/folders.mts';

/** The test files, and how many cases each of their properties has unless the user says otherwise. */
const targets: Record<string, { file: string; cases: number }> = {
	money: { file: 'test/unit/money/amounts.test.mts', cases: 1_000_000 },
	answers: { file: 'test/unit/hostile/answers.test.mts', cases: 100_000 },
	webhooks: { file: 'test/unit/hostile/webhooks.test.mts', cases: 100_000 },
	credentials: { file: 'test/unit/hostile/credentials.test.mts', cases: 100_000 },
	recipients: { file: 'test/unit/core/recipients/recipients.test.mts', cases: 100_000 },
	lists: { file: 'test/unit/hostile/lists.test.mts', cases: 100_000 },
};

const { values, positionals } = parseArgs({
	options: { cases: { type: 'string' }, seed: { type: 'string' } },
	allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(targets);
const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
for (const name of names) {
	const target = targets[name];
	if (!target) throw new Error(`No such target: ${name}. There are: ${Object.keys(targets).join(', ')}.`);
	const { status } = spawnSync(node24, [jest, '--runInBand', '--verbose', '--runTestsByPath', target.file], {
		cwd: projectFolder,
		stdio: 'inherit',
		env: {
			...process.env,
			CASES: values.cases ?? String(target.cases),
			...(values.seed === undefined ? {} : { SEED: values.seed }),
		},
	});
	if (status !== 0) process.exitCode = 1;
}
