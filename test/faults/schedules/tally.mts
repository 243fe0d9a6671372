import { FAULT_KINDS } from '../../../sandbox/index.mts';
import { targets } from './cases/index.mts';
import type { Verdict } from './oracle.mts';
import type { Played } from './stage.mts';
import { waitPairs } from './waiting/plan.mts';

/** The counts of many schedules. It is plain JSON, because processes add theirs up. */
export interface Tally {
	/** The counts by provider. */
	providers: Record<string, Counts>;
	/** How often a send met a fault, by `provider operation` and fault. */
	reached: Record<string, Record<string, number>>;
	/** How often an event happened to a waiting operation, by operation and event. */
	waited: Record<string, Record<string, number>>;
	/** Kind -> provider -> how many schedules, how many of them failed, and what happened in them. */
	kinds: Record<string, Record<string, KindCounts>>;
	failures: Failure[];
}

export interface KindCounts {
	schedules: number;
	failed: number;
	unknown: number;
	outcomes: number;
	events: Record<string, number>;
}

export interface Counts {
	schedules: number;
	executions: number;
	/** How often n8n called the node: for each execution, each try of Retry On Fail and each Retry. */
	runs: number;
	sends: number;
	reads: number;
	faults: number;
	applied: number;
	rejected: number;
	unknown: number;
	/** How often executions slept, and how often their URLs were called. */
	sleeps: number;
	callbacks: number;
}

export interface Failure {
	seed: number;
	kind: string;
	provider: string;
	operation: string;
	violations: string[];
}

export function emptyTally(): Tally {
	return { providers: {}, reached: {}, waited: {}, kinds: {}, failures: [] };
}

function emptyCounts(): Counts {
	return {
		schedules: 0,
		executions: 0,
		runs: 0,
		sends: 0,
		reads: 0,
		faults: 0,
		applied: 0,
		rejected: 0,
		unknown: 0,
		sleeps: 0,
		callbacks: 0,
	};
}

export function count(tally: Tally, played: Played, { violations, outcomes }: Verdict): void {
	const { schedule, executions, requests, lost, waited } = played;
	const { provider, operation, endpoint } = schedule.target;
	const name = `${provider} ${operation}`;
	const counts = (tally.providers[provider] ??= emptyCounts());
	const sends = requests.filter((request) => request.operation === endpoint);
	counts.schedules += 1;
	counts.executions += executions.length;
	counts.runs += executions.reduce((sum, { attempts }) => sum + attempts, 0);
	counts.sends += sends.length + lost.filter((one) => one.operation === endpoint).length;
	counts.reads += requests.length - sends.length;
	counts.faults += lost.length + requests.filter(({ fault }) => fault !== undefined).length;
	for (const outcome of outcomes) {
		if (outcome === 'applied' || outcome === 'rejected' || outcome === 'unknown') counts[outcome] += 1;
	}
	const met = (tally.reached[name] ??= {});
	const faults = [
		...lost.filter((one) => one.operation === endpoint).map(({ fault }) => fault),
		...sends.flatMap(({ fault }) => fault ?? []),
	];
	for (const fault of faults) met[fault] = (met[fault] ?? 0) + 1;
	if (waited) {
		counts.sleeps += waited.sleeps.length;
		counts.callbacks += waited.calls.length;
		const happened = (tally.waited[name] ??= {});
		for (const event of waited.events) happened[event] = (happened[event] ?? 0) + 1;
	}
	countKind(tally, played, { violations, outcomes });
	if (violations.length === 0) return;
	const { seed, kind } = schedule;
	tally.failures.push({ seed, kind, provider, operation: name, violations });
}

function emptyKind(): KindCounts {
	return { schedules: 0, failed: 0, unknown: 0, outcomes: 0, events: {} };
}

function countKind(tally: Tally, { schedule, twist }: Played, { violations, outcomes }: Verdict): void {
	const { kind, target } = schedule;
	const counts = ((tally.kinds[kind] ??= {})[target.provider] ??= emptyKind());
	counts.schedules += 1;
	counts.failed += violations.length > 0 ? 1 : 0;
	counts.outcomes += outcomes.length;
	counts.unknown += outcomes.filter((outcome) => outcome === 'unknown').length;
	for (const event of twist?.events ?? []) counts.events[event] = (counts.events[event] ?? 0) + 1;
}

export function add(sum: Tally, more: Tally): void {
	for (const [provider, counts] of Object.entries(more.providers)) {
		const own = (sum.providers[provider] ??= emptyCounts());
		for (const name of COLUMNS) own[name] += counts[name];
	}
	addTimes(sum.reached, more.reached);
	addTimes(sum.waited, more.waited);
	for (const [kind, providers] of Object.entries(more.kinds)) {
		for (const [provider, counts] of Object.entries(providers)) {
			const own = ((sum.kinds[kind] ??= {})[provider] ??= emptyKind());
			for (const name of ['schedules', 'failed', 'unknown', 'outcomes'] as const) own[name] += counts[name];
			addTimes({ '': own.events }, { '': counts.events });
		}
	}
	sum.failures.push(...more.failures);
}

function addTimes(sum: Tally['reached'], more: Tally['reached']): void {
	for (const [operation, times] of Object.entries(more)) {
		const own = (sum[operation] ??= {});
		for (const [what, count] of Object.entries(times)) own[what] = (own[what] ?? 0) + count;
	}
}

export const COLUMNS = [
	'schedules',
	'executions',
	'runs',
	'sends',
	'reads',
	'faults',
	'applied',
	'rejected',
	'unknown',
	'sleeps',
	'callbacks',
] as const;

/** How many pairs of operation and fault were met, how many there are, and which operations met no fault. */
export function coverage({ reached, waited }: Tally) {
	const names = targets.map(({ provider, operation }) => `${provider} ${operation}`);
	const missing = names.flatMap((name) =>
		FAULT_KINDS.filter((fault) => !reached[name]?.[fault]).map((fault) => `${name}: ${fault}`),
	);
	const idle = names.filter((name) => Object.keys(reached[name] ?? {}).length === 0);
	const waits = waitPairs(targets);
	const unmet = waits
		.filter(({ name, event }) => !waited[name]?.[event])
		.map(({ name, event }) => `${name}: ${event}`);
	const pairs = names.length * FAULT_KINDS.length;
	return { pairs, operations: names.length, missing, idle, waits: waits.length, unmet };
}
