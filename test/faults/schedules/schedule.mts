import { FAULT_KINDS, type FaultKind, type FaultPlan } from '../../../sandbox/index.mts';
import { targets, type Target } from './cases/index.mts';
import { Random } from './random.mts';
import type { Twist } from './twist.mts';
import { waitPlanOf, type WaitPlan } from './waiting/plan.mts';

/** A fault of one request, or of several in a row. */
export interface PlannedFault extends FaultPlan {
	/** Which requests meet it. */
	on: 'send' | 'lookup' | 'login' | 'confirm';
}

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** Something that the provider itself does, and no gateway. */
export type Oddity =
	| { kind: 'none' }
	/** Lookups answer with an object of another reference. */
	| { kind: 'other-object' }
	/** Every object in an answer has an `error` without meaning, after which n8n would run the node again. */
	| { kind: 'error-key' }
	/** A refusal repeats the secret of its request. */
	| { kind: 'echo' }
	/** The nth send reaches the provider only after so much time. */
	| { kind: 'late'; nth: number; milliseconds: number };

export interface Schedule {
	seed: number;
	/** What sort of things happen in it; `faults` for those of gateways and networks. */
	kind: string;
	/** What happens beside faults. */
	twist: (() => Twist) | undefined;
	target: Target;
	/** How many input items there are, and whether the last one repeats the first. */
	items: number;
	repeatsFirst: boolean;
	/** The tries of Retry On Fail. 0: it is off. */
	tries: 0 | 3 | 5;
	/** How often a person presses Retry on the failed execution. */
	retries: number;
	onError: OnError;
	checkFirst: boolean;
	whenUnknown: 'stop' | 'continue';
	output: 'simplified' | 'raw';
	faults: PlannedFault[];
	oddity: Oddity;
	/** Whether the same items run again in an execution that remembers nothing, as after a crash or a new start. */
	anew: boolean;
	/** Another worker runs the same items while the nth request of this one is on its way. */
	race: { nth: number; when: 'before' | 'after' } | undefined;
	/** The machine's clock is changed at the nth request. */
	clock: { nth: number; milliseconds: number } | undefined;
	/** Simulated time between two executions. */
	pause: number;
	/** Only operations that let the execution sleep have it. */
	wait: WaitPlan | undefined;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Every operation with every fault. The seed chooses the pair, and chance everything else. */
const pairsOf = (some: readonly Target[]) =>
	some.flatMap((target) => FAULT_KINDS.map((fault) => ({ target, fault })));

const isWaiting = ({ row }: Target) => row.does?.callback !== undefined;

const pairs = pairsOf(targets.filter((target) => !isWaiting(target)));
const waitingPairs = pairsOf(targets.filter(isWaiting));

/** Every 17th seed is one of an operation that waits. The number shares no factor with the number of the other pairs. */
export const WAITS_EVERY = 17;

/** So many seeds in a row meet every pair. For the other pairs each turn leaves out every 17th seed. */
export const SEEDS_FOR_ALL = Math.max(2 * pairs.length, WAITS_EVERY * waitingPairs.length);

/** The same seed is always the same schedule. */
export function scheduleOf(seed: number): Schedule {
	const random = new Random(seed);
	const pair = seed % WAITS_EVERY === 0 ? turn(waitingPairs, seed / WAITS_EVERY) : turn(pairs, seed);
	if (!pair) throw new Error(`There is no schedule ${seed}`);
	const { target } = pair;
	const items = Math.min(random.between(1, 5), target.most ?? 5);
	const oddity = oddityOf(random, items);
	const race = random.chance(0.1)
		? { nth: random.between(1, items * 2), when: random.pick(['before', 'after'] as const) }
		: undefined;
	const made: Schedule = {
		seed,
		kind: 'faults',
		twist: undefined,
		target,
		items,
		repeatsFirst: target.hasReference && !target.isPacked && items > 1 && random.chance(0.1),
		tries: random.pick([0, 3, 5] as const),
		retries: random.between(0, 2),
		onError: random.pick(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const),
		checkFirst: oddity.kind !== 'echo' && random.chance(0.5),
		whenUnknown: random.pick(['stop', 'continue'] as const),
		output: random.pick(['simplified', 'simplified', 'raw'] as const),
		faults: faultsOf(random, target, pair.fault, items),
		oddity,
		// A repeated payment is refused. Where a refusal is wanted, the items run again.
		anew: oddity.kind === 'echo' || random.chance(0.2),
		race,
		clock: random.chance(0.05)
			? { nth: random.between(1, items * 3), milliseconds: random.pick(CLOCK_JUMPS_MS) }
			: undefined,
		pause: random.pick([0, SECOND, 5 * 60 * SECOND, 2 * HOUR]),
		wait: undefined,
	};
	return isWaiting(target) ? withWait(made, random) : made;
}

/** Adds a wait. Its random numbers are drawn last, so that the other schedules do not change. */
function withWait(schedule: Schedule, random: Random): Schedule {
	const wait = waitPlanOf(random);
	const { target, faults, items } = schedule;
	const confirm =
		target.confirm !== undefined && random.chance(0.3)
			? [
					{
						...detailed(random, random.pick(FAULT_KINDS)),
						on: 'confirm' as const,
						nth: random.between(1, items * 2),
						times: random.pick([1, 4, 16]),
					},
				]
			: [];
	return { ...schedule, wait, faults: [...faults, ...confirm] };
}

const CLOCK_JUMPS_MS = [-24 * HOUR, -HOUR, -20 * SECOND, 20 * SECOND, HOUR, 24 * HOUR];

/** Neighbours differ in operation and fault, so a short run sees something of everything. */
function turn<Pair>(all: readonly Pair[], seed: number): Pair | undefined {
	// It shares no factor with the number of pairs, so that so many seeds in a row meet each pair once.
	let step = 389;
	while (divisor(step, all.length) !== 1) step += 2;
	return all[((seed % all.length) * step) % all.length];
}

function divisor(one: number, other: number): number {
	return other === 0 ? one : divisor(other, one % other);
}

function faultsOf(random: Random, target: Target, first: FaultKind, items: number): PlannedFault[] {
	const faults = [{ ...detailed(random, first), on: 'send' as const, nth: random.between(1, items) }];
	const more: PlannedFault[] = [];
	for (let left = random.pick([0, 0, 1, 1, 2, 3]); left > 0; left -= 1) {
		const on = placeOf(random, target);
		more.push({
			...detailed(random, random.pick(FAULT_KINDS)),
			on,
			nth: random.between(1, items * (on === 'lookup' ? 3 : 2)),
			// 16 is enough that no lookup of an item gets an answer, with all its tries.
			times: on === 'send' ? random.pick([1, 1, 2]) : random.pick([1, 1, 4, 16]),
		});
	}
	return [...faults, ...more];
}

function placeOf(random: Random, target: Target): PlannedFault['on'] {
	if (target.lookup !== undefined && random.chance(0.6)) return 'lookup';
	return target.login !== undefined && random.chance(0.4) ? 'login' : 'send';
}

/** A fault as gateways and networks show it. */
function detailed(random: Random, kind: FaultKind): FaultPlan {
	switch (kind) {
		case 'timeout-before-applying':
		case 'timeout-after-applying':
			// The connection is cut before the node's deadline, or the answer never comes.
			return { kind, seconds: random.pick([20, 3600]) };
		case 'slow-drip':
			return { kind, seconds: random.pick([0.01, 5]) };
		case 'unauthorized':
			return { kind, status: random.pick([401, 401, 403]), applied: random.chance(0.3) };
		case 'redirect':
			return { kind, status: random.pick([301, 302, 303, 307, 308]), applied: random.chance(0.3) };
		case 'too-many-requests':
			return { kind, status: 429, retryAfter: random.pick([null, 1, 3600]), applied: random.chance(0.2) };
		case 'bad-gateway':
			return { kind, status: random.pick([500, 502, 503, 504]), applied: random.chance(0.4) };
		case 'ok-but-wrong':
			// No client can handle a provider that refuses and still applies.
			return random.chance(0.5)
				? { kind, body: 'html', applied: random.chance(0.4) }
				: { kind, body: 'refusal' };
		default:
			return { kind };
	}
}

function oddityOf(random: Random, items: number): Oddity {
	if (random.chance(0.8)) return { kind: 'none' };
	const kind = random.pick(['other-object', 'error-key', 'echo', 'late'] as const);
	if (kind !== 'late') return { kind };
	return { kind, nth: random.between(1, items), milliseconds: random.pick([61, 64, 300]) * SECOND };
}
