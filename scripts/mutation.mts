// npm run test:mutation -- [--mutate FILE] [--tests FILE] [--concurrency N]: changes the code of money in one place at a
// time and runs its unit tests. A change that no test notices is a missing test: below 90 of 100 noticed, the run fails.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Stryker } from '@stryker-mutator/core';

import { projectFolder } from '../host/folders.mts';

interface Part {
	/** Begins the path of each of its files. */
	folder: string;
	mutate: string[];
	/** Only these run: every test that reaches the code would take days. */
	tests: string[];
}

const verdicts = ['verdict', 'signing', 'webhook'];
/** Not every provider has all of them. Mutations of forgeries are left out, because they take too long. */
const verdictTests = [...verdicts, 'handMadeForgeries', 'changes'];

const parts: Part[] = [
	...['core/exact/', 'core/money/', 'core/wire/'].map((folder) => ({
		folder,
		mutate: [`${folder}**/*.ts`],
		tests: ['test/unit/core/**/*.test.mts', 'test/unit/money/**/*.test.mts'],
	})),
	...readdirSync(join(projectFolder, 'nodes')).map((name) => ({
		folder: `nodes/${name}/`,
		mutate: [`nodes/${name}/{${verdicts.join(',')}}.ts`],
		tests: verdictTests.map(
			(one) => `test/unit/${name.charAt(0).toLowerCase()}${name.slice(1)}/${one}.test.mts`,
		),
	})),
];

const { values } = parseArgs({
	options: {
		mutate: { type: 'string' },
		tests: { type: 'string' },
		concurrency: { type: 'string', default: '2' },
	},
});
const { mutate, tests } = values;
const chosen = parts.filter(({ folder }) => mutate === undefined || mutate.startsWith(folder));
if (chosen.length === 0)
	throw new Error(`No such part: ${mutate}. There are: ${parts.map(({ folder }) => folder).join(', ')}.`);

for (const part of chosen) {
	const files = tests === undefined ? part.tests : [tests];
	const stryker = new Stryker({
		testRunner: 'jest',
		plugins: ['@stryker-mutator/jest-runner'],
		mutate: mutate === undefined ? part.mutate : [mutate],
		jest: {
			configFile: 'jest.config.js',
			config: { testMatch: files.map((file) => `<rootDir>/${file}`) },
		},
		coverageAnalysis: 'perTest',
		concurrency: Number(values.concurrency),
		// A change that lets a loop run for ever is noticed by this. A busy machine must not look like one.
		timeoutMS: 60_000,
		thresholds: { high: 95, low: 90, break: 90 },
		reporters: ['clear-text'],
		clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
		// Git, Prettier, ESLint, knip and Jest ignore this folder.
		tempDirName: '.cache/mutation',
		ignorePatterns: ['.cache', 'dist', 'packages', 'host/n8n', 'workflows'],
	});
	await stryker.runMutationTest(); // sets the exit code
}
