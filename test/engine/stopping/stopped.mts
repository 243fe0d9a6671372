import { WorkflowExecute } from 'n8n-core';
import type { ProviderName, Sandbox } from '../../../sandbox/index.mts';
import type { RunResult } from '../harness/index.mts';

/** Looks often enough that a request which the provider holds is seen. */
const LOOK_MS = 2;

/** What the Stop button does, as soon as `isMoment`. */
export async function stoppedWhen(
	isMoment: () => boolean,
	run: () => Promise<RunResult>,
): Promise<RunResult> {
	const engines = jest.spyOn(WorkflowExecute.prototype, 'run');
	const again = jest.spyOn(WorkflowExecute.prototype, 'processRunExecutionData');
	const look = setInterval(() => {
		if (!isMoment()) return;
		clearInterval(look);
		for (const { value } of [...engines.mock.results, ...again.mock.results].slice(0, 1)) value.cancel();
	}, LOOK_MS);
	try {
		return await run();
	} finally {
		clearInterval(look);
		engines.mockRestore();
		again.mockRestore();
	}
}

export const receivedBy = (provider: Sandbox[ProviderName], operation: string): number =>
	provider.requests.filter((request) => request.operation === operation).length;
