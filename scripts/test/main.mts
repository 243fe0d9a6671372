// Started by scripts/test.mjs. The last line of all output is "N passed, N failed".
import { normalize } from 'node:path';
import { parseArgs } from 'node:util';

import { runSuite, type Result } from './runSuite.mts';
import { suites, type Suite } from './suites.mts';

const HEARTBEAT_MS = 30_000;
/** How many suites run at once. Most suites have one busy process. */
const SIDE_BY_SIDE = 2;

const results: Result[] = [];
const running = new Map<string, number>();

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { quick: { type: 'boolean' }, ci: { type: 'boolean' }, all: { type: 'boolean' } },
		allowPositionals: true,
	});
	const extent = values.quick ? 'quick' : values.ci ? 'ci' : values.all ? 'all' : 'usual';
	const chosen = positionals.length === 0 ? suites(extent) : choose(suites('all'), positionals);
	const heartbeat = setInterval(sayWhatRuns, HEARTBEAT_MS);
	const shared = chosen.filter((suite) => !suite.alone);
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => runAll(shared)));
	await runAll(chosen.filter((suite) => suite.alone));
	clearInterval(heartbeat);

	const passed = results.reduce((sum, result) => sum + result.passed, 0);
	const failed = results.reduce((sum, result) => sum + result.failed, 0);
	process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
	console.log(`${passed} passed, ${failed} failed`);
}

/** The suites with these names, and the test files with these paths. The end of a path is enough. */
function choose(all: Suite[], wanted: string[]): Suite[] {
	const names = new Set(all.map(({ name }) => name));
	const paths = wanted.filter((each) => !names.has(each)).map((path) => normalize(path));
	const chosen = all.map((suite) =>
		wanted.includes(suite.name)
			? suite
			: { ...suite, checks: undefined, files: suite.files?.filter((file) => isOneOf(paths, file)) },
	);
	const files = chosen.flatMap((suite) => suite.files ?? []);
	const unknown = paths.filter((path) => !files.some((file) => isOneOf([path], file)));
	if (unknown.length > 0) {
		const suites = [...names].join(', ');
		console.log(`No such suite or test file: ${unknown.join(', ')}. The suites are ${suites}.`);
	}
	return chosen.filter(({ checks = [], files = [] }) => checks.length + files.length > 0);
}

const isOneOf = (paths: string[], file: string) =>
	paths.some((path) => file === path || file.endsWith(`/${path}`));

/** Takes suites from the queue until it is empty. */
async function runAll(queue: Suite[]): Promise<void> {
	for (let suite = queue.shift(); suite; suite = queue.shift()) {
		running.set(suite.name, Date.now());
		const result = await runSuite(suite);
		running.delete(suite.name);
		results.push(result);
		report(suite, result);
	}
}

function report({ name }: Suite, result: Result): void {
	const { passed, failed, skipped, failures, figures = [], seconds } = result;
	const counts = [
		`${passed} passed`,
		failed > 0 ? `${failed} failed` : '',
		skipped > 0 ? `${skipped} skipped` : '',
	];
	const verdict = failed === 0 ? 'ok    ' : 'FAILED';
	console.log(
		`${verdict}  ${name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s   ${counts.filter(Boolean).join(', ')}`,
	);
	for (const figure of figures) console.log(`          ${figure}`);
	for (const failure of failures) console.log(`\n${failure.replace(/^/gm, '    ')}\n`);
}

/** Says which suites run. People and CI machines take a silent minute for a hang. */
function sayWhatRuns(): void {
	for (const [name, since] of running) {
		console.log(`...     ${name.padEnd(9)} ${String(Math.round((Date.now() - since) / 1000)).padStart(6)} s`);
	}
}

// Without this, Ctrl+C would leave the running commands behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
await main();
