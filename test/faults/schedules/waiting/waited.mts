import type { IDataObject } from 'n8n-workflow';
import type { Truth } from './announcers.mts';
import type { WaitEventKind } from './plan.mts';

/** One call of the URL that an execution sleeps on, and its result. */
export interface Call {
	kind: WaitEventKind | 'repeated';
	/** Whether the caller knows the provider's secret. */
	isGenuine: boolean;
	/** Whether it is about the execution's order and about a state that the execution waits for. */
	isAwaited: boolean;
	wasAsleep: boolean;
	status: number;
	/** The node's answer, or n8n's own where the execution did not sleep. */
	answer: string;
	hasResumed: boolean;
	/** Whether another call at the same time has woken the execution. */
	cameSecond: boolean;
	/** Whether a fault or a wrong clock affected it. */
	wasHindered: boolean;
	headers: Record<string, string>;
}

/** One wait of an execution. */
export interface Sleep {
	tag: string;
	/** The provider's name for the order, as the node has it. */
	key: string;
	/** Its state at that time, by the books. Undefined where only announcements tell it. */
	version: string | undefined;
	/** Whether the order had ended by then, and whether its announcements go to this execution. */
	isOver: boolean;
	isCalled: boolean;
	fellAsleep: number;
	/** The time limit that n8n has stored. In Unix milliseconds of the machine, like all times here. */
	until: number;
	wokenBy: Array<'callback' | 'limit'>;
	wokenAt: number | undefined;
}

/** One run of the node that has ended. */
export interface Round {
	tag: string;
	how: 'callback' | 'limit' | 'at once';
	out: IDataObject | undefined;
	/** What the provider's books said at that time. */
	truths: Truth[];
}

/** What happened in the part of a schedule that is about waiting. */
export interface Waited {
	events: WaitEventKind[];
	calls: Call[];
	sleeps: Sleep[];
	rounds: Round[];
}
