import type { AxiosInstance } from 'axios';
import type { ExecutionStatus, IDataObject, IRunExecutionData, IWorkflowBase } from 'n8n-workflow';

import { poll } from './poll.mts';

const LATEST = 100;
const finishedStatuses: ExecutionStatus[] = ['success', 'error', 'canceled', 'crashed'];

export interface Execution {
	id: string;
	workflowId: string;
	mode: string;
	status: ExecutionStatus;
	startedAt: string | null;
	stoppedAt: string | null;
	waitTill: string | null;
	retryOf: string | null;
	data: IRunExecutionData;
	workflowData: IWorkflowBase;
}

export interface ExecutionFilter {
	workflowId?: string;
	status?: ExecutionStatus;
}

export type ExecutionTest = (execution: Execution) => boolean;

export interface Executions {
	/**
	 * At most 100 executions with all their data, the newest first. n8n 1.x leaves an execution out for a moment while it
	 * starts or ends, so wait for a count and do not read it once.
	 */
	executions(filter?: ExecutionFilter): Promise<Execution[]>;
	execution(id: string): Promise<Execution>;
	/** With an ID: waits until that execution has finished. With a test: waits for the newest execution that passes it. */
	waitForExecution(which: string | ExecutionTest, timeoutMs?: number): Promise<Execution>;
	/** Waits until the execution has finished, or itself waits for a person, a webhook or a time. */
	waitUntilSettled(id: string, timeoutMs?: number): Promise<Execution>;
	/** Does what the editor's Retry does. */
	retry(id: string, timeoutMs?: number): Promise<Execution>;
}

/** What a person sees and does in n8n's list of executions. */
export function executionsOf(api: AxiosInstance): Executions {
	const execution = async (id: string): Promise<Execution> => {
		const { data } = await api.get(`/executions/${id}`, { params: { includeData: true } });
		return withTextIds(data);
	};
	const list = async (filter: ExecutionFilter): Promise<Execution[]> => {
		const params = { ...filter, includeData: true, limit: LATEST };
		const { data } = await api.get('/executions', { params });
		return data.data.map(withTextIds);
	};
	const executions = async (filter: ExecutionFilter = {}): Promise<Execution[]> => {
		if (filter.status) return await list(filter);
		// n8n lists running executions only when it is asked for nothing else.
		const running = await list({ ...filter, status: 'running' });
		const others = await list(filter);
		const byId = new Map([...running, ...others].map((each) => [each.id, each]));
		return [...byId.values()].sort((one, other) => Number(other.id) - Number(one.id));
	};
	const newest = async (matches: ExecutionTest) => (await executions()).find(matches);
	const one = async (id: string, matches: ExecutionTest) => {
		const found = await execution(id);
		return matches(found) ? found : undefined;
	};
	const waitUntilSettled = (id: string, timeoutMs?: number) =>
		poll(() => one(id, isSettled), `execution ${id} to finish or wait`, timeoutMs);

	return {
		execution,
		executions,
		waitUntilSettled,
		waitForExecution: (which, timeoutMs) =>
			typeof which === 'string'
				? poll(() => one(which, isFinished), `execution ${which} to finish`, timeoutMs)
				: poll(() => newest(which), 'an execution that passes the test', timeoutMs),
		retry: async (id, timeoutMs) => {
			const { data } = await api.post(`/executions/${id}/retry`, {});
			return await waitUntilSettled(String(data.id), timeoutMs);
		},
	};
}

/** Whether the execution has come to its end, well or not. */
export function isFinished({ status }: Execution): boolean {
	return finishedStatuses.includes(status);
}

/** Whether the execution has finished or waits. */
export function isSettled(execution: Execution): boolean {
	return isFinished(execution) || execution.status === 'waiting';
}

/** The items of a node's last run. */
export function itemsOf(execution: Execution, nodeName: string, output = 0): IDataObject[] {
	const lastRun = execution.data.resultData.runData[nodeName]?.at(-1);
	return (lastRun?.data?.['main']?.[output] ?? []).map((item) => item.json);
}

/** The message of the node that made the execution stop. */
export function failureOf(execution: Execution): string | undefined {
	return execution.data.resultData.error?.message;
}

/** Makes IDs texts: n8n's list has numbers, the rest of n8n has texts. */
function withTextIds(execution: Execution): Execution {
	return { ...execution, id: String(execution.id), workflowId: String(execution.workflowId) };
}
