import { reportFailures, reportKinds } from './kinds/report.mts';
import { FAULTS } from './kinds/index.mts';
import { SEEDS_FOR_ALL } from './schedule.mts';
import { COLUMNS, coverage, type Tally } from './tally.mts';

/** Prints what was played and what failed; false when something did, or when an operation was never reached. */
export function report(
	tally: Tally,
	run: { first: number; seeds: number; wanted: readonly string[]; seconds: number },
): boolean {
	const { failures, providers } = tally;
	console.log(row('', COLUMNS));
	const sums = COLUMNS.map((name) => Object.values(providers).reduce((sum, counts) => sum + counts[name], 0));
	for (const [name, counts] of Object.entries(providers).sort(([one], [other]) => one.localeCompare(other))) {
		console.log(
			row(
				name,
				COLUMNS.map((column) => counts[column]),
			),
		);
	}
	console.log(row('all', sums));

	const { pairs, operations, missing, idle, waits, unmet } = coverage(tally);
	console.log(
		`${operations - idle.length} of ${operations} operations and ${pairs - missing.length} of ${pairs} pairs of operation and fault were reached.`,
	);
	console.log(`${waits - unmet.length} of ${waits} pairs of waiting operation and event were reached.`);
	reportKinds(tally);
	reportFailures(tally);
	// A few seeds cannot reach every operation, and half of the seeds of all kinds are of faults.
	const share = run.wanted.includes(FAULTS) ? (run.wanted.length > 1 ? 0.5 : 1) : 0;
	const isLong = run.seeds * share >= SEEDS_FOR_ALL;
	if (missing.length > 0 && isLong) console.log(`Not reached: ${missing.join(', ')}`);
	if (unmet.length > 0 && isLong) console.log(`Not met: ${unmet.join(', ')}`);
	const isComplete = !isLong || idle.length === 0;
	if (!isComplete) console.log(`Operations that were never reached: ${idle.join(', ')}`);
	console.log(
		`${run.seeds} schedules from seed ${run.first}: ${failures.length} failed, in ${run.seconds.toFixed(1)} s.`,
	);
	return failures.length === 0 && isComplete;
}

function row(name: string, cells: ReadonlyArray<string | number>): string {
	return name.padEnd(10) + cells.map((cell) => String(cell).padStart(11)).join('');
}
