import type { INodeExecutionData } from 'n8n-workflow';
import type { Answer, ReceivedRequest } from '../../../sandbox/index.mts';
import type { Run } from '../../engine/harness/index.mts';
import type { Ended, Execution } from './execution.mts';
import type { SimulatedTime } from './time.mts';

/** What a request is to the operation of the schedule. */
export type Role = 'send' | 'lookup' | 'login' | 'confirm' | 'other';

/** A request that has arrived and that the provider would carry out. */
export interface Arrival {
	request: ReceivedRequest;
	role: Role;
	/** The item that it names. */
	tag: string | undefined;
	/** The how manieth of its role since the beginning. */
	nth: number;
	/** Carries it out. */
	serve(): Promise<Answer>;
	/** The answer that it would have, without carrying it out. */
	pretend(): Promise<Answer>;
	/** The provider as it is now; what is returned brings it back for the time of one answer. */
	remember(): (serve: () => Promise<Answer>) => Promise<Answer>;
	now: number;
}

/**
 * What was done to an answer. `refused`: the provider refused in words that say so, and did nothing. `spoiled`: the
 * answer does not say, or not truly, what became of the request.
 */
export type Alteration = 'refused' | 'spoiled';

/** What a script may do. */
export interface Actors {
	readonly items: INodeExecutionData[];
	readonly time: SimulatedTime;
	/** A new execution. With `known`, one that goes on from where another stood: its requests were sent before. */
	open(more?: { items?: INodeExecutionData[]; known?: readonly ReceivedRequest[] }): Execution;
	/** A run of n8n. */
	perform(
		execution: Execution,
		work: (run: Run) => Promise<Ended>,
		more?: { isApart?: boolean },
	): Promise<Ended>;
	/** The first run of an execution, and each Retry of a person while it has failed. */
	chain(execution: Execution, change?: (run: Run) => Run): Promise<void>;
	/** The pause of the schedule. */
	pause(): Promise<void>;
	/** How many requests have arrived. */
	made(): number;
}

/** What a kind of schedule does beside faults, made anew each time that the schedule is played. */
export interface Twist {
	/** Executions that do not simply follow each other. */
	script?(actors: Actors): Promise<void>;
	/** What is answered to a request. What it alters, it says. */
	answer?(arrival: Arrival, alter: (how: Alteration) => void): Promise<Answer>;
	/** A request is signed and about to leave. */
	leaves?(): void;
	/** Whether somebody has made the next try another payment, so that nobody can say what became of "it". */
	isAmbiguous?(): boolean;
	/** Whether a worker's clock is so wrong that a provider may refuse all its requests. */
	isClockWrong?(): boolean;
	/** What has happened, for the table. */
	readonly events: string[];
	/** What was seen to be wrong while it was played. */
	readonly violations: string[];
}

export const quietly = (): Pick<Twist, 'events' | 'violations'> => ({ events: [], violations: [] });
