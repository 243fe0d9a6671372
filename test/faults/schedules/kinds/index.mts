import { Random } from '../random.mts';
import { scheduleOf, type Schedule } from '../schedule.mts';
import { agents } from './agents.mts';
import { anew } from './anew.mts';
import { approvals } from './approvals.mts';
import { changed } from './changed.mts';
import { clocks } from './clocks.mts';
import { errorLoop } from './errorLoop.mts';
import { gateway } from './gateway.mts';
import { calm, targetOf, type Kind } from './kind.mts';
import { lag } from './lag.mts';
import { otherAnswer } from './otherAnswer.mts';
import { stop } from './stop.mts';
import { twoRetries } from './twoRetries.mts';
import { words } from './words.mts';

export const FAULTS = 'faults';

export const kinds: readonly Kind[] = [
	stop,
	twoRetries,
	anew,
	lag,
	otherAnswer,
	gateway,
	words,
	changed,
	approvals,
	agents,
	errorLoop,
	clocks,
];

export const KIND_NAMES: readonly string[] = [FAULTS, ...kinds.map(({ name }) => name)];

/**
 * The schedule that a seed has among the wanted kinds. A kind makes the same of a seed whatever else is wanted; of all
 * kinds, half are of faults.
 */
export function planOf(seed: number, wanted: readonly string[] = KIND_NAMES): Schedule {
	const chance = new Random(seed ^ 0x0c1d);
	const others = kinds.filter(({ name }) => wanted.includes(name));
	const isFaults = others.length === 0 || (wanted.includes(FAULTS) && chance.chance(0.5));
	if (isFaults) return scheduleOf(seed);
	const kind = chance.pick(others);
	const random = new Random(seed ^ 0x3e11);
	return kind.plan(calm(seed, kind.name, targetOf(kind, random), random), random);
}

export function kindOf({ kind }: Pick<Schedule, 'kind'>): Kind | undefined {
	return kinds.find(({ name }) => name === kind);
}
