import { withNetwork } from './engineServices.mts';
import { parse, stringify } from 'flatted';
import { WorkflowExecute } from 'n8n-core';
import {
	UnexpectedError,
	type IRun,
	type IRunExecutionData,
	type ITaskData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { newExecution } from './additionalData.mts';
import { searchForSecrets } from './leaks.mts';
import { repeatNode, startNode } from './probeNodes.mts';
import type { Network, NodeRun, Saved, Step, WorkflowResult, WorkflowRun } from './types.mts';
import { START, accessOf, buildWorkflow, inputItems, type Wire } from './workflows.mts';

const REPEAT = 'Repeat';

/** Runs several nodes in a chain, in one execution. */
export async function runWorkflow(run: WorkflowRun): Promise<WorkflowResult> {
	const { steps, workflow } = chain(run);
	return toResult(await execute({ ...run, workflow, steps }));
}

/**
 * Does the editor's "Retry with currently saved workflow" for a failed execution. `run` has that workflow.
 * It follows packages/cli: ExecutionService.retry, then WorkflowRunner.runMainProcess.
 */
export async function retryWorkflow(previous: Saved, run: WorkflowRun): Promise<WorkflowResult> {
	const data: IRunExecutionData = parse(previous.saved);
	if (!data.executionData?.nodeExecutionStack.length) {
		throw new UnexpectedError('The execution succeeded, so it cannot be retried.');
	}
	const { lastNodeExecuted, runData } = data.resultData;
	if (lastNodeExecuted) {
		delete data.resultData.error;
		const runs = runData[lastNodeExecuted];
		if (runs?.at(-1)?.error !== undefined) runs.pop();
	}
	const { steps, workflow } = chain(run);
	for (const entry of data.executionData.nodeExecutionStack) {
		entry.node = workflow.getNode(entry.node.name) ?? entry.node;
	}
	return toResult(await execute({ ...run, workflow, steps, mode: 'retry', data }));
}

interface Execution {
	workflow: Workflow;
	steps: Record<string, Step>;
	mode?: WorkflowExecuteMode;
	network?: Network;
	stoppable?: WorkflowRun['stoppable'];
	variables?: WorkflowRun['variables'];
	/** Of an execution that goes on; without it the workflow begins at its start node. */
	data?: IRunExecutionData;
	/** The ID of an execution that has slept and keeps its ID. */
	executionId?: string;
}

export interface Executed {
	run: IRun;
	executionId: string;
}

export async function execute({
	workflow,
	steps,
	mode = 'trigger',
	network,
	stoppable,
	variables = {},
	data,
	executionId,
}: Execution): Promise<Executed> {
	const additionalData = newExecution(workflow, mode, accessOf(steps), executionId);
	additionalData.variables = variables;
	const engine = new WorkflowExecute(additionalData, mode, data);
	const startNode = workflow.getNode(START) ?? undefined;
	const run = await withNetwork(network, async () => {
		const running = data ? engine.processRunExecutionData(workflow) : engine.run({ workflow, startNode });
		stoppable?.(() => running.cancel());
		return await running;
	});
	const { error, runData } = run.data.resultData;
	const errors = Object.values(runData).flatMap((tasks) => tasks.map((task) => task.error));
	searchForSecrets(accessOf(steps), [stringify(run.data), error, ...errors]);
	return { run, executionId: additionalData.executionId ?? '' };
}

/** The workflow of a run: its steps in a row behind a start node, in a loop where it is to run often. */
export function chain({ steps: given, items, times = 1, onlyFailed = false, workflowId }: WorkflowRun) {
	const start: Step = { node: startNode(inputItems(items)), parameters: {} };
	const repeat: Step = { node: repeatNode(times), parameters: {} };
	const steps: Record<string, Step> = {
		[START]: start,
		...given,
		...(times > 1 ? { [REPEAT]: repeat } : {}),
	};
	const names = Object.keys(steps);
	const wires: Wire[] = names
		.slice(1)
		.map((to, index) => ({ from: names[index], to }))
		.filter(({ to }) => !(onlyFailed && to === REPEAT));
	if (times > 1) {
		wires.push({ from: REPEAT, to: names[1] });
		// Users connect it this way: failed items go round the loop too.
		const last = names[names.length - 2];
		if (steps[last].settings?.onError === 'continueErrorOutput')
			wires.push({ from: last, output: 1, to: REPEAT });
	}
	return { steps, workflow: buildWorkflow(steps, wires, workflowId) };
}

export function toResult({ run: { data }, executionId }: Executed): WorkflowResult {
	const saved = stringify(data);
	const executionData: IRunExecutionData = parse(saved);
	const { runData, error } = executionData.resultData;
	const runs = Object.entries(runData).map(([name, tasks]) => [name, tasks.map(toNodeRun)]);
	return { runs: Object.fromEntries(runs), error, executionData, saved, executionId };
}

function toNodeRun({ data, error }: ITaskData): NodeRun {
	const [items, errorItems] = data?.main ?? [];
	return { items: items ?? [], errorItems: errorItems ?? [], error };
}
