/**
 * Plays seeded fault schedules: `npm run test:faults -- --seeds 2000 --seed 1`. Schedule i of a run has the seed
 * `--seed` + i, so a failing one is played alone with `--seeds 1 --seed <its seed>`; `--show` prints all of it.
 * `--kinds stop,lag` plays only those kinds; what a seed is within a kind does not depend on it.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import '../../../scripts/typescript.mjs';

const { KIND_NAMES } = await import('./kinds/index.mts');
const { playAll } = await import('./play.mts');
const { add, emptyTally } = await import('./tally.mts');
const { report } = await import('./report.mts');
const { show } = await import('./show.mts');
const { SEEDS_PER_CALENDAR } = await import('./stage.mts');

/** How many schedules one process plays. Its memory grows, and goes with the process. */
const SEEDS_PER_PROCESS = 2500;

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '2000' },
		seed: { type: 'string', default: '1' },
		workers: { type: 'string' },
		kinds: { type: 'string' },
		show: { type: 'boolean' },
		part: { type: 'boolean' },
	},
});
const wanted = wantedKinds(values.kinds);
const seeds = wholeNumber('seeds', values.seeds);
const first = wholeNumber('seed', values.seed);

function wholeNumber(name: string, text: string): number {
	if (/^\d{1,9}$/.test(text)) return Number(text);
	throw new Error(`--${name} ${text} is not a whole number`);
}

function wantedKinds(text: string | undefined): readonly string[] {
	const names = text?.split(',') ?? KIND_NAMES;
	const foreign = names.find((name) => !KIND_NAMES.includes(name));
	if (foreign === undefined) return names;
	throw new Error(`There is no kind ${foreign}; there are ${KIND_NAMES.join(', ')}`);
}

interface Part {
	first: number;
	seeds: number;
}

/** Parts of about the same size. No part crosses the end of a calendar. */
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

const sum = emptyTally();
let played = 0;

/** Plays one part in a process of its own, which prints the tally of each schedule as a line. */
function playElsewhere({ first: from, seeds: many }: Part): Promise<void> {
	const span = ['--seed', String(from), '--seeds', String(many)];
	const args = [import.meta.filename, '--part', ...span, '--kinds', wanted.join(',')];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	createInterface({ input: child.stdout }).on('line', (line) => {
		played += 1;
		add(sum, JSON.parse(line));
	});
	const kill = () => child.kill();
	process.once('exit', kill);
	child.once('close', () => process.off('exit', kill));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve();
			else reject(new Error(`The process of the seeds from ${from} ended with ${code}`));
		});
	});
}

async function playApart(): Promise<void> {
	const processes =
		values.workers === undefined ? availableParallelism() : wholeNumber('workers', values.workers);
	const queue = parts(processes);
	const work = async () => {
		for (let part = queue.shift(); part; part = queue.shift()) await playElsewhere(part);
	};
	await Promise.all(Array.from({ length: processes }, work));
}

async function main(): Promise<void> {
	const started = Date.now();
	const seconds = () => (Date.now() - started) / 1000;
	process.setMaxListeners(0);
	const heartbeat = setInterval(() => {
		const { failures } = sum;
		console.log(`${played} of ${seeds} after ${Math.round(seconds())} s, ${failures.length} failed so far`);
		for (const { seed } of failures) console.log(`Seed ${seed} failed`);
	}, 60_000);
	// After Ctrl+C it still reports what it has seen.
	process.on('SIGINT', () => {
		report(sum, { first, seeds: played, wanted, seconds: seconds() });
		process.exit(130);
	});
	await playApart();
	clearInterval(heartbeat);
	process.exitCode =
		report(sum, { first, seeds: played, wanted, seconds: seconds() }) && played === seeds ? 0 : 1;
}

if (values.part) await playAll(first, seeds, wanted, (tally) => console.log(JSON.stringify(tally)));
else if (values.show) await show(first, wanted);
else await main();
