import { globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { node24, projectFolder } from '../../host/folders.mts';

export type Command = [program: string, ...args: string[]];

export interface Suite {
	name: string;
	/** A suite has either commands, each of which counts as one test, ... */
	checks?: Command[];
	/** ... or test files for jest. */
	files?: string[];
	/** Whether it runs alone, because it measures or starts whole servers. */
	alone: boolean;
	/** How many of its test files run at once. */
	workers?: number;
	/** Flags for scripts/setup.mjs. */
	setup: string[];
	/** Whether the last line of its output belongs in the report. */
	tells?: boolean;
}

// The order of the folders of test/. A folder that is not named here runs after these, so no suite is forgotten.
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
/** Most of `e2e` is waiting: n8n polls once a minute at most. */
const workersOf = (name: string) => (name === 'e2e' ? 2 : alone.has(name) ? 1 : 3);
const withRealN8n = new Set(['host', 'e2e', 'queue', 'browser', 'packages']);
const withBrowser = new Set(['browser']);
/** These do not run in a minute's wait. */
const slow = new Set(['faults', 'schedules', 'events']);
/** Each takes minutes, which is too long for a person who waits. */
const long = new Set(['browser', 'packages', 'newProvider']);
/** Takes ten minutes and needs database servers. */
const longest = new Set(['queue']);

/** `quick` takes a minute, `ci` is for a machine that nobody waits for, `all` is everything. */
export type Extent = 'quick' | 'usual' | 'ci' | 'all';

/**
 * The suites in the order in which they run. `quick` leaves out the suites with a real n8n, the fault tables, and all
 * providers but the first in engine and sandbox, because each of those files loads n8n's engine again.
 */
export function suites(extent: Extent): Suite[] {
	const all = [...checks(extent === 'quick'), ...folders(), ...schedules];
	if (extent === 'all') return all;
	const bounded = all.filter(({ name }) => !longest.has(name));
	if (extent === 'ci') return bounded;
	if (extent === 'usual') return bounded.filter(({ name }) => !long.has(name));
	return all
		.filter(({ name }) => !withRealN8n.has(name) && !slow.has(name))
		.map((suite) => (suite.files ? { ...suite, files: suite.files.filter(isQuick) } : suite));
}

const FIRST_PROVIDER = 'gatePay';
const otherProviders = readdirSync(join(projectFolder, 'nodes'))
	.map((folder) => folder.charAt(0).toLowerCase() + folder.slice(1))
	.filter((name) => name !== FIRST_PROVIDER);

/** Whether the file belongs to a quick run. The files of the other providers are slow together. */
function isQuick(file: string): boolean {
	return !['engine', 'sandbox'].some((suite) =>
		otherProviders.some((name) => file.startsWith(`test/${suite}/${name}`)),
	);
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
			// The suite `packages` lints the generated packages one by one.
			[bin('eslint'), '--max-warnings', '0', '--ignore-pattern', 'packages', '.'],
			// The same rules again, as n8n calls them: in strict mode and with the configuration unchanged.
			...(quick ? [] : [[bin('n8n-node'), 'lint'] satisfies Command]),
			[bin('eslint'), '--config', 'eslint.development.config.mjs', '--max-warnings', '0', '.'],
			[bin('knip')],
			[node24, 'scripts/lintWorkflows.mts'],
			[bin('redocly'), 'lint', ...globSync('contracts/*.yaml')],
		),
		check('format', [bin('prettier'), '--check', '.']),
		check('types', [bin('tsc'), '--noEmit'], [bin('tsc'), '--project', 'tsconfig.development.json']),
		check(
			'build',
			[bin('gulp'), 'build', '-L'],
			[node24, 'scripts/operations.mts', '--check'],
			// This only proves that the benchmarks run. Their figures are not tested.
			[node24, 'bench/main.mts', '--tiny', 'cost', 'signing', 'loading', 'growth'],
		),
	];
}

/**
 * Seeded schedules in as many processes as the machine can run: faults when money is sent, and events.
 * `npm run test:faults` and `npm run test:events` run more of them.
 */
const schedules: Suite[] = [
	{ name: 'schedules', folder: 'schedules' },
	{ name: 'events', folder: 'events' },
].map(({ name, folder }) => ({
	name,
	checks: [[node24, join('test', 'faults', folder, 'main.mts'), '--seeds', '2000', '--seed', '1']],
	alone: true,
	setup: [],
	tells: true,
}));

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
			workers: workersOf(name),
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

/** The command that runs a suite's files in jest. */
export function jestCommand({ files = [], workers = 1 }: Suite): Command {
	const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
	const reporters = [
		'--reporters',
		'default',
		'--reporters',
		join(projectFolder, 'scripts', 'test', 'reporter.mts'),
	];
	const sequencer = ['--testSequencer', join(projectFolder, 'scripts', 'test', 'longestFirst.mts')];
	const side = workers === 1 ? '--runInBand' : `--maxWorkers=${workers}`;
	return [node24, jest, side, ...sequencer, ...reporters, '--runTestsByPath', ...files];
}
