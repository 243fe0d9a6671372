import { planOf } from './kinds/index.mts';
import { judge } from './oracle.mts';
import type { Schedule } from './schedule.mts';
import { Stage } from './stage.mts';
import { count, emptyTally, type Tally } from './tally.mts';

/** A schedule that takes longer than this in real time waits for something that never comes. */
const HANG_MS = 120_000;

/** Plays the schedules `first`, `first` + 1 ... one after the other, and tells the counts of each. */
export async function playAll(
	first: number,
	seeds: number,
	wanted: readonly string[],
	tell: (tally: Tally) => void,
): Promise<void> {
	const stage = await Stage.open();
	try {
		for (let seed = first; seed < first + seeds; seed += 1) {
			const tally = emptyTally();
			try {
				await playOne(stage, planOf(seed, wanted), tally);
			} finally {
				tell(tally);
			}
		}
	} finally {
		await stage.close();
	}
}

async function playOne(stage: Stage, schedule: Schedule, tally: Tally): Promise<void> {
	const { seed, kind, target } = schedule;
	const { provider, operation } = target;
	try {
		const played = await soon(stage.play(schedule));
		count(tally, played, judge(played, stage.booked(schedule.target)));
	} catch (cause) {
		const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
		tally.failures.push({ seed, kind, provider, operation: `${provider} ${operation}`, violations: [text] });
		if (cause instanceof Hang) throw cause;
	}
	await stage.reset(schedule);
}

class Hang extends Error {}

async function soon<Result>(work: Promise<Result>): Promise<Result> {
	let timer: NodeJS.Timeout | undefined;
	const hang = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Hang(`Not done after ${HANG_MS / 1000} s`)), HANG_MS);
	});
	try {
		return await Promise.race([work, hang]);
	} finally {
		clearTimeout(timer);
	}
}
