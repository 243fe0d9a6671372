import { parse } from 'flatted';
import { UnexpectedError, type IRunExecutionData, type WorkflowExecuteMode } from 'n8n-workflow';
import { newExecution } from './additionalData.mts';
import { chain, execute, toResult } from './execution.mts';
import { received, type Delivered } from './webhook.mts';
import type { Sent } from './webhookExchange.mts';
import type { Saved, WorkflowResult, WorkflowRun } from './types.mts';
import { accessOf } from './workflows.mts';

/** Whether the execution sleeps, by the data in n8n's database. */
export function isAsleep({ executionData }: Saved): boolean {
	return executionData.waitTill !== undefined;
}

/** Wakes an execution at its time limit, as WaitTracker.startExecution does, also after a restart of n8n. */
export async function wakeUp(asleep: Saved, run: WorkflowRun): Promise<WorkflowResult> {
	return await goOn(asleep, run, sleeping(asleep));
}

/** Calls the URL that an execution sleeps on. Resolves to the answer, and to the result where the execution goes on. */
export async function callBack(
	asleep: Saved,
	run: WorkflowRun,
	sent: Sent,
): Promise<Delivered & { resumed?: WorkflowResult }> {
	const { goOn: resume, ...delivered } = await takeCall(asleep, run, sent);
	return resume ? { ...delivered, resumed: await resume() } : delivered;
}

/**
 * Takes a call as WaitingWebhooks does, without going on yet. n8n takes each of several calls at the same time, and lets
 * the execution go on with one of them.
 */
export async function takeCall(
	asleep: Saved,
	run: WorkflowRun,
	sent: Sent,
): Promise<Delivered & { goOn?: () => Promise<WorkflowResult> }> {
	const data = sleeping(asleep);
	const entry = data.executionData?.nodeExecutionStack[0];
	if (!entry) throw new UnexpectedError('The execution has nothing more to do');
	entry.node.disabled = true;
	data.waitTill = undefined;
	const { lastNodeExecuted = '', runData } = data.resultData;
	runData[lastNodeExecuted]?.pop();

	const { steps, workflow } = chain(run);
	const node = workflow.getNode(lastNodeExecuted);
	const { webhooks = [] } = node
		? workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description
		: {};
	const description = webhooks.find(({ restartWebhook }) => restartWebhook === true);
	if (!node || !description) throw new UnexpectedError('Nothing there can be called');
	const additionalData = newExecution(workflow, modeOf(run), accessOf(steps), asleep.executionId);
	const network = run.network === undefined ? {} : { network: run.network };
	const receiver = { workflow, node, description, mode: modeOf(run), data };
	const delivered = await received(receiver, additionalData, { ...sent, ...network });
	if (delivered.executions.length === 0) return delivered;
	entry.data.main = delivered.executions;
	entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
	return { ...delivered, goOn: () => goOn(asleep, run, data) };
}

function sleeping(asleep: Saved): IRunExecutionData {
	if (!isAsleep(asleep)) throw new UnexpectedError('The execution does not sleep');
	return parse(asleep.saved);
}

async function goOn(
	{ executionId }: Saved,
	run: WorkflowRun,
	data: IRunExecutionData,
): Promise<WorkflowResult> {
	const { steps, workflow } = chain(run);
	return toResult(await execute({ ...run, workflow, steps, mode: modeOf(run), data, executionId }));
}

function modeOf({ mode = 'trigger' }: WorkflowRun): WorkflowExecuteMode {
	return mode;
}
