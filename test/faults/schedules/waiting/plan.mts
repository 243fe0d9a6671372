import type { Target } from '../cases/index.mts';
import type { Random } from '../random.mts';

/** What can happen while an execution sleeps on an order, or before that. */
export const WAIT_EVENTS = [
	/** The callback comes before n8n has stored the execution as one that waits. */
	'early',
	/** The order ends and is announced once, twice, or by two calls at the same time. */
	'after',
	'twice',
	'simultaneous',
	/** A call of somebody who does not know the provider's secret. */
	'forged',
	/** A genuine call about another order. */
	'other',
	/** A genuine call about a state that can still change. */
	'open',
	/** An earlier announcement comes again. */
	'again',
	/** The order ends, and the announcement is lost. */
	'lost',
	/** Nothing happens until the time limit. */
	'never',
	/** The process ends. Another one goes on with the stored execution. */
	'killed',
] as const;

export type WaitEventKind = (typeof WAIT_EVENTS)[number];

export interface PlannedEvent {
	kind: WaitEventKind;
	/** The pause before it, in simulated milliseconds. */
	pause: number;
	/** Chooses one of the ways in which it can happen. */
	way: number;
}

/** The part of a schedule that is about waiting. */
export interface WaitPlan {
	waitFor: 'final' | 'change';
	maximumWait: number;
	maximumWaitUnit: keyof typeof UNITS_MS;
	/** How often the provider repeats an announcement that nobody has acknowledged. */
	repeats: number;
	/** 3 means that every third accepted send is announced at once. */
	early: number | undefined;
	/** The events of each sleep, in order. After the last list comes the first one again. */
	sleeps: PlannedEvent[][];
}

const SECOND = 1000;
const UNITS_MS = { minutes: 60 * SECOND, hours: 3600 * SECOND, days: 86_400 * SECOND };

/** The provider's pause before it repeats an announcement, in milliseconds. */
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

/** Noise, then an event that may wake the execution, then noise again. */
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

/** Every waiting operation with every event. */
export function waitPairs(targets: readonly Target[]): Array<{ name: string; event: WaitEventKind }> {
	const names = targets
		.filter(({ row }) => row.does?.callback !== undefined)
		.map(({ provider, operation }) => `${provider} ${operation}`);
	return names.flatMap((name) => WAIT_EVENTS.map((event) => ({ name, event })));
}
