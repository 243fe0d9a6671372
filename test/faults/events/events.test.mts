import { emptyTally } from './oracle.mts';
import { mutants } from './mutants.mts';
import { play, type Mutation } from './play.mts';
import { scheduleOf } from './schedule.mts';
import { shops } from './shops/index.mts';
import { clock } from '../../../core/clock.ts';
import { withoutWaiting } from './time.mts';

const own = { ...clock };
beforeAll(withoutWaiting);
afterAll(() => Object.assign(clock, own));

/** So many schedules from a seed on, until one of them says something. */
async function violationsOf(first: number, most: number, mutation: Mutation = {}, until = /$./) {
	const violations: string[] = [];
	for (let seed = first; seed < first + most; seed += 1) {
		violations.push(...(await play(scheduleOf(seed), mutation)).violations);
		if (violations.some((text) => until.test(text))) break;
	}
	return violations;
}

describe('a seed', () => {
	it('is one schedule, and plays the same again', async () => {
		for (let seed = 700; seed < 706; seed += 1) {
			const strip = ({ shop, ...rest }: ReturnType<typeof scheduleOf>) => ({ shop: shop.name, ...rest });
			expect(strip(scheduleOf(seed))).toEqual(strip(scheduleOf(seed)));
			expect(await play(scheduleOf(seed))).toEqual(await play(scheduleOf(seed)));
		}
	});

	it('is of every provider, and 60 meet every kind of step', async () => {
		const sum = emptyTally();
		const names = new Set<string>();
		for (let seed = 1; seed <= 60; seed += 1) {
			const schedule = scheduleOf(seed);
			names.add(schedule.shop.name);
			const tally = await play(schedule);
			for (const name of ['changes', 'told', 'repeats', 'lostInCrash', 'restarts', 'forgeries'] as const)
				sum[name] += tally[name];
			expect(tally.violations).toEqual([]);
		}
		expect(names.size).toBe(shops.length);
		for (const count of [sum.changes, sum.told, sum.repeats, sum.lostInCrash, sum.restarts, sum.forgeries])
			expect(count).toBeGreaterThan(0);
	});
});

it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
	'the oracle sees it when %s',
	async (_name, { caught, ...mutation }) => {
		const violations = await violationsOf(1, 1000, mutation, caught);
		expect(violations.join('\n')).toMatch(caught);
	},
);
