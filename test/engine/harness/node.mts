import { retryWorkflow, runWorkflow } from './execution.mts';
import { runTool } from './tools.mts';
import type { Run, RunResult, WorkflowResult, WorkflowRun } from './types.mts';

const NODE = 'Node';

/** Runs one node after a start node that emits the items. */
export async function runNode(run: Run): Promise<RunResult> {
	if (run.asTool) return await runTool(run, run.asTool);
	return onlyNode(await runWorkflow(asWorkflow(run)));
}

/** Does the editor's Retry for a failed execution of runNode or retryExecution, with the workflow that `run` has now. */
export async function retryExecution(previous: RunResult, run: Run): Promise<RunResult> {
	return onlyNode(await retryWorkflow(previous, asWorkflow(run)));
}

function asWorkflow(run: Run): WorkflowRun {
	return { ...run, steps: { [NODE]: run } };
}

function onlyNode({ runs, error, ...saved }: WorkflowResult): RunResult {
	const { items = [], errorItems = [], error: nodeError } = runs[NODE]?.at(-1) ?? {};
	return { items, errorItems, error: error ?? nodeError, ...saved };
}
