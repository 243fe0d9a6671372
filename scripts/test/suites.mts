import { globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { node24, projectFolder } from '../../host/folders.mts';

export type Command = [program: string, ...args: string[]];

export interface Suite {
	name: string;
	/** Either commands, each of which counts as one test ... */
	checks?: Command[];
	/** ... or test files for jest. */
	files?: string[];
	/** Takes the machine for itself: it measures, or starts whole servers. */
	alone: boolean;
	/** Flags for scripts/setup.mjs. */
	setup: string[];
	/** The last line of its output is a result that belongs into the report. */
	tells?: boolean;
}

// Folders of test/. One that is not named here runs after the others, so that none is forgotten.
const order = [
	'unit',
	'contract',
	'sandbox',
	'engine',
	'faults',
	'host',
	'e2e',
	'queue',
	'browser',
	'packages',
];
const alone = new Set(['host', 'e2e', 'queue', 'browser', 'packages']);
const withRealN8n = new Set(['host', 'e2e', 'queue', 'browser', 'packages']);
const withBrowser = new Set(['browser']);
/** Minutes each, beyond what a person waits for. */
const long = new Set(['browser', 'packages']);
/** Ten minutes, and database servers of its own. */
const longest = new Set(['queue']);

/** `quick` is for a minute's wait, `ci` for a machine that nobody waits for, `all` for the whole. */
export type Extent = 'quick' | 'usual' | 'ci' | 'all';

/**
 * The suites, in the order in which they run. `quick` leaves out those that start a real n8n, the fault tables, and of
 * engine and sandbox all providers but the first: each of their files loads n8n's engine anew.
 */
export function suites(extent: Extent): Suite[] {
	const all = [...checks(extent === 'quick'), ...folders(), schedules];
	if (extent === 'all') return all;
	const bounded = all.filter(({ name }) => !longest.has(name));
	if (extent === 'ci') return bounded;
	if (extent === 'usual') return bounded.filter(({ name }) => !long.has(name));
	return all
		.filter(({ name }) => !withRealN8n.has(name) && name !== 'faults' && name !== 'schedules')
		.map((suite) => (suite.files ? { ...suite, files: suite.files.filter(isQuick) } : suite));
}

/** Slow where there are many: files of the other providers in the engine and in the sandbox. */
function isQuick(file: string): boolean {
	return !/^test\/(engine|sandbox)\/(bridgePay|okiPays|payPlay|rapira)/.test(file);
}

function checks(quick: boolean): Suite[] {
	const check = (name: string, ...commands: Command[]): Suite => ({
		name,
		checks: commands,
		alone: false,
		setup: [],
	});
	return [
		check(
			'lint',
			// The made packages are linted each for itself, by the suite of that name.
			[bin('eslint'), '--max-warnings', '0', '--ignore-pattern', 'packages', '.'],
			// The same rules once more as n8n calls them: in strict mode, with the configuration unchanged.
			...(quick ? [] : [[bin('n8n-node'), 'lint'] satisfies Command]),
			[bin('eslint'), '--config', 'eslint.development.config.mjs', '--max-warnings', '0', '.'],
			[bin('knip')],
			[node24, 'scripts/lintWorkflows.mts'],
		),
		check('format', [bin('prettier'), '--check', '.']),
		check('types', [bin('tsc'), '--noEmit'], [bin('tsc'), '--project', 'tsconfig.development.json']),
		check(
			'build',
			[bin('gulp'), 'build', '-L'],
			[node24, 'scripts/operations.mts', '--check'],
			// Only whether the benchmarks run: no figure of theirs is a test.
			[node24, 'bench/main.mts', '--tiny', 'cost', 'signing', 'loading', 'growth'],
		),
	];
}

/** Seeded fault schedules, in as many processes as the machine has room for. More of them: `npm run test:faults`. */
const schedules: Suite = {
	name: 'schedules',
	checks: [[node24, join('test', 'faults', 'schedules', 'main.mts'), '--seeds', '2000', '--seed', '1']],
	alone: true,
	setup: [],
	tells: true,
};

function folders(): Suite[] {
	const names = readdirSync(join(projectFolder, 'test'), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name);
	return names
		.sort((one, other) => rank(one) - rank(other) || one.localeCompare(other))
		.map((name) => ({
			name,
			files: globSync(`test/${name}/**/*.test.mts`, { cwd: projectFolder }).sort(),
			alone: alone.has(name),
			setup: [...(withRealN8n.has(name) ? ['--host'] : []), ...(withBrowser.has(name) ? ['--browser'] : [])],
		}))
		.filter(({ files }) => files.length > 0);
}

function rank(name: string): number {
	const index = order.indexOf(name);
	return index === -1 ? order.length : index;
}

function bin(name: string): string {
	return join(projectFolder, 'node_modules', '.bin', name);
}

export function jestCommand({ files = [], alone }: Suite): Command {
	const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
	const reporters = [
		'--reporters',
		'default',
		'--reporters',
		join(projectFolder, 'scripts', 'test', 'reporter.mts'),
	];
	const workers = alone ? '--runInBand' : '--maxWorkers=3';
	return [node24, jest, workers, ...reporters, '--runTestsByPath', ...files];
}
