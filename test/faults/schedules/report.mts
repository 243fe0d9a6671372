import { SEEDS_FOR_ALL } from './schedule.mts';
import { COLUMNS, coverage, type Tally } from './tally.mts';

/** Prints what was played and what failed; false when something did, or when an operation was never reached. */
export function report(tally: Tally, run: { first: number; seeds: number; seconds: number }): boolean {
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
	for (const { seed, operation, violations } of failures) {
		console.log(`\nSeed ${seed}, ${operation}:`);
		for (const violation of violations) console.log(`  ${violation}`);
		console.log(`  Again: npm run test:faults -- --seed ${seed} --show`);
	}
	if (missing.length > 0 && run.seeds >= SEEDS_FOR_ALL) console.log(`Not reached: ${missing.join(', ')}`);
	if (unmet.length > 0 && run.seeds >= SEEDS_FOR_ALL) console.log(`Not met: ${unmet.join(', ')}`);
	// A few seeds cannot reach every operation.
	const isComplete = run.seeds < SEEDS_FOR_ALL || idle.length === 0;
	if (!isComplete) console.log(`Operations that were never reached: ${idle.join(', ')}`);
	console.log(
		`${run.seeds} schedules from seed ${run.first}: ${failures.length} failed, in ${run.seconds.toFixed(1)} s.`,
	);
	return failures.length === 0 && isComplete;
}

function row(name: string, cells: ReadonlyArray<string | number>): string {
	return name.padEnd(10) + cells.map((cell) => String(cell).padStart(11)).join('');
}
