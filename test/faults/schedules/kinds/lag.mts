import { claimsOf } from '../claims.mts';
import { isApplied, sendsOf } from '../evidence.mts';
import type { Target } from '../cases/index.mts';
import type { Played } from '../stage.mts';
import { quietly, type Arrival, type Twist } from '../twist.mts';
import type { Kind } from './kind.mts';

const SECOND = 1000;

/** "A new refund may take ten seconds to be found": documented, so it is waited for. */
const isDocumented = ({ provider, operation }: Target): boolean =>
	provider === 'gatePay' && /refund/i.test(operation);

/** Reads that show what was written only after a while. */
export const lag: Kind = {
	name: 'lag',
	fits: ({ lookup }) => lookup !== undefined,
	plan(calm, random) {
		const seconds = random.pick(isDocumented(calm.target) ? [3, 8, 9.9] : [2, 5, 30, 120]);
		// A person who starts it anew is slower than a provider that keeps no reference itself.
		const pause = calm.target.isUnique ? random.pick([0, 1, 300]) : 300;
		const kind = random.pick(['reset-after-applying', 'half-a-body'] as const);
		const faults = random.chance(0.8)
			? [{ kind, on: 'send' as const, nth: random.between(1, calm.items) }]
			: [];
		return {
			...calm,
			faults,
			pause: pause * SECOND,
			anew: random.chance(0.5),
			twist: () => twistOf(seconds * SECOND, isDocumented(calm.target)),
		};
	},
	judge: notWaitedFor,
};

function twistOf(delay: number, isWaitedFor: boolean): Twist {
	const told = quietly();
	const views: Array<{ until: number; see: ReturnType<Arrival['remember']> }> = [];
	return {
		...told,
		async answer({ role, serve, remember, now }, alter) {
			if (role === 'send') {
				const see = remember();
				const answer = await serve();
				if (answer.verdict.kind === 'accepted') views.push({ until: now + delay, see });
				return answer;
			}
			const view = views.find(({ until }) => until > now);
			if (role === 'login' || !view) return await serve();
			told.events.push(isWaitedFor ? 'documented delay' : 'delay');
			if (!isWaitedFor) alter('spoiled');
			return await view.see(serve);
		},
	};
}

/** Unknown although the documentation says how long to wait. */
function notWaitedFor(played: Played): string[] {
	const { target } = played.schedule;
	if (!isDocumented(target)) return [];
	const [execution] = played.executions;
	const run = execution?.runs.at(-1);
	if (!execution || !run) return [];
	return claimsOf(run, execution.items.length)
		.claims.filter(({ outcome }) => outcome === 'unknown')
		.map(({ item }) => String(execution.items[item]?.tag))
		.filter((tag) => sendsOf(played, execution.requests, tag).some(isApplied))
		.map((tag) => `${tag} is unknown, and the documented delay was not waited for`);
}
