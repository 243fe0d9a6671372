/**
 * Plays seeded event schedules: `npm run test:events -- --seeds 2000 --seed 1`. Schedule i of a run has the seed
 * `--seed` + i, so a failing one is played alone with `--seeds 1 --seed <its seed>`; `--show` prints its steps.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import '../../../scripts/typescript.mjs';
import type { Tally } from './oracle.mts';

const { emptyTally } = await import('./oracle.mts');
const { play } = await import('./play.mts');
const { scheduleOf } = await import('./schedule.mts');
const { withoutWaiting } = await import('./time.mts');

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '2000' },
		seed: { type: 'string', default: '1' },
		part: { type: 'boolean' },
		show: { type: 'boolean' },
	},
});
const seeds = wholeNumber('seeds', values.seeds);
const first = wholeNumber('seed', values.seed);

function wholeNumber(name: string, text: string): number {
	if (/^\d{1,9}$/.test(text)) return Number(text);
	throw new Error(`--${name} ${text} is not a whole number`);
}

async function playPart(): Promise<Tally> {
	withoutWaiting();
	const sum = emptyTally();
	for (let seed = first; seed < first + seeds; seed += 1) add(sum, await play(scheduleOf(seed)));
	return sum;
}

function add(sum: Tally, { violations, ...counts }: Tally): void {
	for (const [name, count] of Object.entries(counts)) sum[name as keyof typeof counts] += count;
	sum.violations.push(...violations);
}

function playElsewhere(from: number, many: number, sum: Tally): Promise<void> {
	const args = [import.meta.filename, '--part', '--seed', String(from), '--seeds', String(many)];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	createInterface({ input: child.stdout }).on('line', (line) => add(sum, JSON.parse(line)));
	const kill = () => child.kill();
	process.once('exit', kill);
	child.once('close', () => process.off('exit', kill));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) =>
			code === 0 ? resolve() : reject(new Error(`The process of the seeds from ${from} ended with ${code}`)),
		);
	});
}

/** A process for so many schedules: what a process has grown to goes with it. */
const SEEDS_PER_PROCESS = 2500;

async function playAll(): Promise<void> {
	const started = Date.now();
	const sum = emptyTally();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const processes = Math.min(availableParallelism(), seeds);
	const size = Math.min(SEEDS_PER_PROCESS, Math.ceil(seeds / processes));
	const heartbeat = setInterval(() => {
		const { schedules, violations } = sum;
		console.log(`${schedules} of ${seeds} after ${seconds()} s, ${violations.length} violations so far`);
	}, 60_000);
	let next = first;
	const work = async () => {
		for (let from = next; from < first + seeds; from = next) {
			next += size;
			await playElsewhere(from, Math.min(size, first + seeds - from), sum);
		}
	};
	await Promise.all(Array.from({ length: processes }, work));
	clearInterval(heartbeat);
	report(sum, seconds());
}

function report({ violations, ...counts }: Tally, seconds: number): void {
	for (const text of violations.slice(0, 20)) console.log(text);
	const of = (kind: string) => violations.filter((text) => text.includes(`: ${kind}`)).length;
	const counted = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
	console.log(counted.join(', '));
	console.log(
		`${counts.schedules} event schedules from seed ${first} in ${seconds} s: ${of('lost')} lost, ${of('invented')} invented, ${of('doubled')} doubled, ${violations.length} violations in all`,
	);
	process.exitCode = violations.length === 0 && counts.schedules === seeds ? 0 : 1;
}

if (values.part) console.log(JSON.stringify(await playPart()));
else if (values.show) {
	withoutWaiting();
	const { shop, ...schedule } = scheduleOf(first);
	console.log(JSON.stringify({ shop: shop.name, ...schedule }, undefined, 1));
	console.log((await play(scheduleOf(first))).violations.join('\n'));
} else await playAll();
