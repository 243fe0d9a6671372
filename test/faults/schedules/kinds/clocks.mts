import { quietly, type Actors, type Twist } from '../twist.mts';
import type { Kind } from './kind.mts';

const SECOND = 1000;

/** How far two workers' clocks are apart, in seconds. */
const APART = [-120, -30, -2, 2, 30, 120];

/** A provider that checks timestamps refuses what is more seconds away. */
const MOST_APART = 5;

/**
 * The same payment in a new execution of another worker, whose clock is ahead or behind. The first request may still
 * be on its way.
 */
export const clocks: Kind = {
	name: 'clocks',
	fits: () => true,
	plan(calm, random) {
		const milliseconds = random.pick([61, 64, 300]) * SECOND;
		const late = { kind: 'late' as const, nth: random.between(1, calm.items), milliseconds };
		const apart = random.pick(APART) * SECOND;
		return {
			...calm,
			tries: 0,
			retries: 0,
			oddity: random.chance(0.7) ? late : calm.oddity,
			pause: random.pick([0, 1, 60, 200]) * SECOND,
			twist: () => twistOf(apart),
		};
	},
};

function twistOf(apart: number): Twist {
	const told = quietly();
	return {
		...told,
		isClockWrong: () => Math.abs(apart) > MOST_APART * SECOND,
		async script({ open, chain, pause, time }: Actors) {
			await chain(open());
			await pause();
			time.skew = apart;
			await chain(open());
			told.events.push(apart > 0 ? 'a clock that is ahead' : 'a clock that is behind');
		},
	};
}
