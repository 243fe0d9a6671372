import { targets } from './cases/index.mts';
import type { Schedule } from './schedule.mts';
import type { PlannedEvent, WaitPlan } from './waiting/plan.mts';

/** A schedule in which nothing happens, except what a test adds. */
export function quiet(name: string, change: Partial<Schedule> = {}): Schedule {
	const target = targets.find(({ provider, operation }) => `${provider} ${operation}` === name);
	if (!target) throw new Error(`There is no case ${name}`);
	return {
		seed: 1,
		kind: 'faults',
		twist: undefined,
		target,
		items: 2,
		repeatsFirst: false,
		tries: 0,
		retries: 0,
		onError: 'stopWorkflow',
		checkFirst: true,
		whenUnknown: 'stop',
		output: 'simplified',
		faults: [],
		oddity: { kind: 'none' },
		anew: false,
		race: undefined,
		clock: undefined,
		pause: 0,
		wait: target.row.does?.callback ? quietWait() : undefined,
		...change,
	};
}

/** A plan for an hour in which the same events happen to every sleep. */
export function quietWait(events: PlannedEvent[] = [], change: Partial<WaitPlan> = {}): WaitPlan {
	return {
		waitFor: 'final',
		maximumWait: 1,
		maximumWaitUnit: 'hours',
		repeats: 0,
		early: undefined,
		sleeps: [events],
		...change,
	};
}
