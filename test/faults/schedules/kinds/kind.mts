import { type Target, targets } from '../cases/index.mts';
import type { Random } from '../random.mts';
import type { Schedule } from '../schedule.mts';
import type { Played } from '../stage.mts';

/** A sort of schedule beside those of faults. */
export interface Kind {
	name: string;
	/** Which operations it can be played with. */
	fits(target: Target): boolean;
	/** A schedule of this kind, made from a calm one. */
	plan(calm: Schedule, random: Random): Schedule;
	/** What is wrong beside what is wrong in every schedule. */
	judge?(played: Played): string[];
}

export const isMoney = ({ row }: Target): boolean => row.effect === 'money';

/** One of the operations that a kind can be played with. Executions that sleep have a course of their own. */
export function targetOf({ fits }: Kind, random: Random): Target {
	const fitting = targets.filter((target) => target.row.does?.callback === undefined && fits(target));
	// Each provider as often as the others, however many operations it has.
	const provider = random.pick([...new Set(fitting.map((target) => target.provider))]);
	return random.pick(fitting.filter((target) => target.provider === provider));
}

const SECOND = 1000;

/** A schedule in which nothing happens, with everything that users set drawn by chance. */
export function calm(seed: number, kind: string, target: Target, random: Random): Schedule {
	return {
		seed,
		kind,
		twist: undefined,
		target,
		items: Math.min(random.between(1, 3), target.most ?? 3),
		repeatsFirst: false,
		tries: random.pick([0, 0, 3] as const),
		retries: random.between(0, 2),
		onError: random.pick(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const),
		checkFirst: random.chance(0.7),
		whenUnknown: random.pick(['stop', 'continue'] as const),
		output: random.pick(['simplified', 'simplified', 'raw'] as const),
		faults: [],
		oddity: { kind: 'none' },
		anew: false,
		race: undefined,
		clock: undefined,
		pause: random.pick([0, SECOND, 300 * SECOND, 7200 * SECOND]),
		wait: undefined,
	};
}
