import type { Clock } from '../core/clock.ts';

export interface SimulatedTime extends Pick<Clock, 'now' | 'sleep' | 'random'> {
	/** Acts after so many milliseconds. */
	after(milliseconds: number, act: () => void): void;
	/** Milliseconds since the beginning. */
	passed(): number;
}

/**
 * A time that passes only while everybody sleeps. The sleepers wake one by one, in the order of their times.
 * @param settle resolves when everybody who was awake sleeps again
 */
export function simulatedTime(
	settle: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve)),
	beginning = Date.parse('2026-11-20T09:00:00Z'),
): SimulatedTime {
	const pending: Array<{ time: number; wake: () => void }> = [];
	let passed = 0;
	let isRunning = false;

	async function run(): Promise<void> {
		if (isRunning) return;
		isRunning = true;
		await settle();
		for (let next = pending.shift(); next; next = pending.shift()) {
			passed = Math.max(passed, next.time);
			next.wake();
			await settle();
		}
		isRunning = false;
	}

	function plan(milliseconds: number, wake: () => void): void {
		const time = passed + Math.ceil(milliseconds);
		const place = pending.findIndex((one) => one.time > time);
		pending.splice(place < 0 ? pending.length : place, 0, { time, wake });
	}

	return {
		now: () => beginning + passed,
		passed: () => passed,
		random: () => 0,
		after: plan,
		sleep: (milliseconds, stop) =>
			new Promise((resolve) => {
				stop?.addEventListener('abort', () => resolve());
				plan(milliseconds, resolve);
				void run();
			}),
	};
}
