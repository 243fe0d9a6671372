import type { Target } from '../cases/index.mts';
import type { Random } from '../random.mts';

/** What happens while an execution sleeps on an order, or before it does. */
export const WAIT_EVENTS = [
	/** The callback comes before n8n has stored the execution as one that waits. */
	'early',
	/** The order comes to its end and is announced: once, twice, or by two calls at the same time. */
	'after',
	'twice',
	'simultaneous',
	/** By somebody who does not know the provider's secret. */
	'forged',
	/** Genuine, and about an order that this execution has nothing to do with. */
	'other',
	/** Genuine, and about a state that can still change. */
	'open',
	/** Any announcement from before, once more. */
	'again',
	/** The order comes to its end, and nobody is told. */
	'lost',
	/** Nothing happens until the time limit. */
	'never',
	/** The process ends; another one goes on with what was stored. */
	'killed',
] as const;

export type WaitEventKind = (typeof WAIT_EVENTS)[number];

export interface PlannedEvent {
	kind: WaitEventKind;
	/** Simulated milliseconds before it. */
	pause: number;
	/** Chooses among the ways in which it can happen. */
	way: number;
}

/** The waiting half of a schedule. */
export interface WaitPlan {
	waitFor: 'final' | 'change';
	maximumWait: number;
	maximumWaitUnit: keyof typeof UNITS_MS;
	/** How often the provider repeats what nobody has acknowledged. */
	repeats: number;
	/** Each so-manieth accepted send is announced at once. */
	early: number | undefined;
	/** The first sleep meets the events of the first list, the next those of the next, and so on from the beginning. */
	sleeps: PlannedEvent[][];
}

const SECOND = 1000;
const UNITS_MS = { minutes: 60 * SECOND, hours: 3600 * SECOND, days: 86_400 * SECOND };

/** How long the provider waits before it repeats an announcement. Milliseconds. */
export const REPEAT_MS = 60 * SECOND;

export function limitOf({ maximumWait, maximumWaitUnit }: WaitPlan): number {
	return maximumWait * UNITS_MS[maximumWaitUnit];
}

export function waitPlanOf(random: Random): WaitPlan {
	const [maximumWait, maximumWaitUnit] = random.pick(LIMITS);
	return {
		waitFor: random.pick(['final', 'final', 'change'] as const),
		maximumWait,
		maximumWaitUnit,
		repeats: random.between(0, 2),
		early: random.chance(0.2) ? random.between(1, 3) : undefined,
		sleeps: Array.from({ length: 3 }, () => sleepOf(random)),
	};
}

const LIMITS: ReadonlyArray<[number, WaitPlan['maximumWaitUnit']]> = [
	[30, 'minutes'],
	[0.5, 'hours'],
	[1, 'hours'],
	[3, 'hours'],
	[0.1, 'days'],
];

/** Noise, what the execution may wake by, and noise once more. */
function sleepOf(random: Random): PlannedEvent[] {
	const some = (most: number, kinds: readonly WaitEventKind[]) =>
		Array.from({ length: random.between(0, most) }, () => eventOf(random, random.pick(kinds)));
	return [
		...some(2, ['forged', 'other', 'open', 'again', 'killed']),
		eventOf(random, random.pick(['after', 'after', 'twice', 'simultaneous', 'lost', 'never'] as const)),
		...some(1, ['forged', 'other', 'again', 'killed']),
	];
}

function eventOf(random: Random, kind: WaitEventKind): PlannedEvent {
	const pause = random.pick([0, 0, SECOND, 61 * SECOND, 20 * 60 * SECOND, 2 * 3600 * SECOND]);
	return { kind, pause, way: random.between(0, 5) };
}

/** Every operation that waits with every event. */
export function waitPairs(targets: readonly Target[]): Array<{ name: string; event: WaitEventKind }> {
	const names = targets
		.filter(({ row }) => row.callback !== undefined)
		.map(({ provider, operation }) => `${provider} ${operation}`);
	return names.flatMap((name) => WAIT_EVENTS.map((event) => ({ name, event })));
}
