import type { IDataObject } from 'n8n-workflow';
import type { ReceivedRequest } from '../../../sandbox/index.mts';
import type { NodeRun, RunResult } from '../../engine/harness/index.mts';

/** What a run of n8n left behind. Where the node runs in a loop, `rounds` has all its runs. */
export type Ended = RunResult & {
	rounds?: NodeRun[];
	/** Whatever its items say is judged by the kind of the schedule. */
	isApart?: boolean;
};

/** One execution and the requests that it sent: its first run, and each Retry of a person. */
export interface Execution {
	items: IDataObject[];
	runs: Ended[];
	requests: ReceivedRequest[];
	/** How often n8n called the node. */
	attempts: number;
}
