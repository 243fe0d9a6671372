/**
 * Plays seeded fault schedules: `npm run test:faults -- --seeds 2000 --seed 1`. Schedule i of a run has the seed
 * `--seed` + i, so a failing one is played alone with `--seeds 1 --seed <its seed>`; `--show` prints all of it.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import '../../../scripts/typescript.mjs';
import type { Tally } from './tally.mts';

const { playAll } = await import('./play.mts');
const { add, emptyTally } = await import('./tally.mts');
const { report } = await import('./report.mts');
const { show } = await import('./show.mts');
const { SEEDS_PER_CALENDAR } = await import('./stage.mts');

/** A process for so many schedules: what a process has grown to goes with it. */
const SEEDS_PER_PROCESS = 2500;

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '2000' },
		seed: { type: 'string', default: '1' },
		workers: { type: 'string' },
		show: { type: 'boolean' },
		part: { type: 'boolean' },
	},
});
const seeds = wholeNumber('seeds', values.seeds);
const first = wholeNumber('seed', values.seed);

function wholeNumber(name: string, text: string): number {
	if (/^\d{1,9}$/.test(text)) return Number(text);
	throw new Error(`--${name} ${text} is not a whole number`);
}

interface Part {
	first: number;
	seeds: number;
}

/** Parts of about the same size that no part of the calendar begins anew in. */
function parts(processes: number): Part[] {
	const size = Math.min(SEEDS_PER_PROCESS, Math.ceil(seeds / processes));
	const all: Part[] = [];
	for (let from = first; from < first + seeds;) {
		const calendarEnd = (Math.floor(from / SEEDS_PER_CALENDAR) + 1) * SEEDS_PER_CALENDAR;
		const to = Math.min(from + size, first + seeds, calendarEnd);
		all.push({ first: from, seeds: to - from });
		from = to;
	}
	return all;
}

/** One part in a process of its own; prints one line for each schedule, and its tally as the last. */
function playElsewhere(part: Part, done: () => void): Promise<Tally> {
	const args = [import.meta.filename, '--part', '--seed', String(part.first), '--seeds', String(part.seeds)];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	let last = '';
	createInterface({ input: child.stdout }).on('line', (line) => {
		if (line === '.') done();
		else last = line;
	});
	process.once('exit', () => child.kill());
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve(JSON.parse(last));
			else reject(new Error(`The process of the seeds from ${part.first} ended with ${code}`));
		});
	});
}

async function playApart(): Promise<Tally> {
	const processes =
		values.workers === undefined ? availableParallelism() : wholeNumber('workers', values.workers);
	const queue = parts(processes);
	const sum = emptyTally();
	const started = Date.now();
	let played = 0;
	const heartbeat = setInterval(() => {
		const seconds = Math.round((Date.now() - started) / 1000);
		console.log(`${played} of ${seeds} schedules after ${seconds} s, ${sum.failures.length} failed so far`);
	}, 30_000);
	const work = async () => {
		for (let part = queue.shift(); part; part = queue.shift())
			add(sum, await playElsewhere(part, () => played++));
	};
	await Promise.all(Array.from({ length: processes }, work));
	clearInterval(heartbeat);
	return sum;
}

if (values.part) {
	const tally = await playAll(first, seeds, () => console.log('.'));
	console.log(JSON.stringify(tally));
} else if (values.show) {
	await show(first);
} else {
	const started = Date.now();
	const tally = await playApart();
	const isGood = report(tally, { first, seeds, seconds: (Date.now() - started) / 1000 });
	process.exitCode = isGood ? 0 : 1;
}
