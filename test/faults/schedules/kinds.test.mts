import { judge } from './oracle.mts';
import { kinds, planOf } from './kinds/index.mts';
import {
	credulous,
	deaf,
	denying,
	forgetful,
	hasty,
	lazy,
	merging,
	unapproving,
	unremembering,
	type Mutant,
} from './kinds/mutants.mts';
import type { Schedule } from './schedule.mts';
import { Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(() => stage.close());

async function violationsOf(schedule: Schedule): Promise<string[]> {
	const played = await stage.play(schedule);
	const { violations } = judge(played, stage.booked(schedule.target));
	await stage.reset(schedule);
	// The sandbox makes up IDs of its own.
	return violations.map((one) => one.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID'));
}

function withMutant(schedule: Schedule, mutant: Mutant): Schedule {
	const { target } = schedule;
	const parts = { ...target.parts, node: mutant(target.parts.node) };
	return { ...schedule, target: { ...target, parts } };
}

const MOST_SEEDS = 150;

/** The first seed of the kind in which the mutant is seen. */
async function seedOf(kind: string, mutant: Mutant, violation: RegExp): Promise<number | undefined> {
	for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
		const violations = await violationsOf(withMutant(planOf(seed, [kind]), mutant));
		if (violations.some((one) => violation.test(one))) return seed;
	}
	return undefined;
}

describe('a node with a mistake is found by the kind of schedule', () => {
	it.each<[kind: string, what: string, mutant: Mutant, violation: RegExp]>([
		['stop', 'that does not hear Stop', deaf, /requests were (sent|made) after Stop/],
		['two-retries', 'that remembers nothing', forgetful, /was sent again after/],
		[
			'anew',
			'that denies what is there',
			denying,
			/is said to be rejected, and was applied by an execution before/,
		],
		['anew', 'that never knows anything', lazy, /is said to be unknown, and every answer was clear/],
		['lag', 'that does not wait', lazy, /the documented delay was not waited for/],
		['other-answer', 'that believes every answer', credulous, /is said to be applied, and is not/],
		['gateway', 'that takes a gateway for the provider', hasty, /is said to be rejected, and was applied/],
		['words', 'that takes every no for a refusal', hasty, /is said to be rejected, and was applied/],
		['changed', 'that remembers nothing', forgetful, /was sent again after|applied twice by one/],
		['approvals', 'that takes every approval', unapproving, /an approval was used for another account/],
		['agents', 'that remembers nothing', forgetful, /were made for \d+ equal calls/],
		['clocks', 'that remembers no payment', unremembering, /was applied 2 times/],
		['error-loop', 'that repeats an earlier outcome', merging, /the outcome rejected at its top/],
	])('%s, %s', async (kind, _what, mutant, violation) => {
		expect(await seedOf(kind, mutant, violation)).toBeDefined();
	});
});

describe('a kind', () => {
	it('makes the same of a seed, whatever else is wanted', () => {
		for (let seed = 1; seed < 200; seed += 1) {
			const { kind, target, faults, items } = planOf(seed);
			expect(planOf(seed, [kind])).toMatchObject({
				kind,
				faults,
				items,
				target: { operation: target.operation },
			});
		}
	});

	it.each(kinds.map(({ name }) => name))('%s is played the same again', async (name) => {
		const schedules = [11, 12, 13, 14, 15].map((seed) => planOf(seed, [name]));
		const forth: string[][] = [];
		for (const schedule of schedules) forth.push(await violationsOf(schedule));
		const back: string[][] = [];
		for (const schedule of schedules.toReversed()) back.unshift(await violationsOf(schedule));
		expect(back).toEqual(forth);
	});
});
