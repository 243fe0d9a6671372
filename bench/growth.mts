import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Part, Series } from './part.mts';

const run = promisify(execFile);

/** Runs a script of this folder in a process of its own, so that nothing else is measured. */
async function alone<Told>(script: string, ...args: string[]): Promise<Told> {
	const file = join(import.meta.dirname, script);
	const { stdout } = await run(process.execPath, ['--expose-gc', '--max-old-space-size=4096', file, ...args]);
	return JSON.parse(stdout);
}

interface Reconciled {
	found: number;
	milliseconds: number;
	bytes: number;
	index: number;
}

/** How time and memory grow with the number of items. */
export const growth: Part = async ({ extent: { sizes }, seed }) => {
	const series: Series[] = [];
	const where = "in n8n's engine, the provider answers at once";
	for (const [what, name] of [
		['payouts', 'Payouts with Check First'],
		['reads', 'Reads'],
	] as const) {
		const points: Series['points'] = [];
		for (const items of sizes) {
			const told = await alone<{ milliseconds: number; bytes: number }>('growing.mts', what, String(items));
			points.push({ items, milliseconds: told.milliseconds, megabytes: told.bytes / 1e6 });
		}
		series.push({ name, where, points });
	}
	for (const [which, name] of [
		['all', 'Reconcile'],
		['differences', 'Reconcile, Only Differences'],
	] as const) {
		const points: Series['points'] = [];
		for (const items of sizes) {
			const args = [String(items), which, String(seed)];
			const { milliseconds, bytes, index } = await alone<Reconciled>('reconciling.mts', ...args);
			points.push({ items, milliseconds, megabytes: (bytes - index) / 1e6 });
		}
		series.push({ name, where: 'from the text of each page of 500 rows', points });
	}
	return {
		title: 'Growth',
		rows: [],
		series,
		notes: [
			"Reconcile's memory is the most that it holds beside the ledger; that of payouts and reads is held after the run, with the items that came out.",
			'Time is processor time.',
		],
	};
};
