import type { IDataObject } from 'n8n-workflow';
import type { Truth } from './announcers.mts';
import type { WaitEventKind } from './plan.mts';

/** One call of the URL that an execution sleeps on, and what came of it. */
export interface Call {
	kind: WaitEventKind | 'repeated';
	/** What the caller knows: the provider's secret, or not. */
	isGenuine: boolean;
	/** It ends the wait of the execution: about its order, and a state that it waits for. */
	isAwaited: boolean;
	wasAsleep: boolean;
	status: number;
	/** What the node answered, and n8n itself where the execution did not sleep. */
	answer: string;
	hasResumed: boolean;
	/** Another call at the same time has resumed it. */
	cameSecond: boolean;
	/** Whether anything else stood in its way: a fault, or a clock that is wrong. */
	wasHindered: boolean;
	headers: Record<string, string>;
}

/** One wait of an execution. */
export interface Sleep {
	tag: string;
	/** The provider's name of the order, as the node has it. */
	key: string;
	/** Its state then, in the books; undefined where announcements alone tell it. */
	version: string | undefined;
	/** Whether the order was over then, and whether it is announced to this execution. */
	isOver: boolean;
	isCalled: boolean;
	fellAsleep: number;
	/** What n8n has stored as the time limit. Unix milliseconds of the machine, as all times here. */
	until: number;
	wokenBy: Array<'callback' | 'limit'>;
	wokenAt: number | undefined;
}

/** One run of the node that has come to its end. */
export interface Round {
	tag: string;
	how: 'callback' | 'limit' | 'at once';
	out: IDataObject | undefined;
	/** What the provider's books said then. */
	truths: Truth[];
}

/** What happened in the waiting half of a schedule. */
export interface Waited {
	events: WaitEventKind[];
	calls: Call[];
	sleeps: Sleep[];
	rounds: Round[];
}
