import { importAndPublish } from '../../scripts/demo/flows.mts';
import type { Setting } from '../../scripts/demo/setting.mts';
import { callingProvider, webhookPath, workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { failureOf, isFinished, type Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import type { Mail } from '../../host/smtpSink.mts';
import type { WorkflowFile } from '../../host/workflows.mts';

/**
 * Opens a flow of workflows/ as a person does: imports it, publishes it where it has a trigger, and gives the trigger's
 * address to the provider. Resolves to its ID in n8n.
 */
export async function openFlow(setting: Setting, name: string, file?: WorkflowFile): Promise<string> {
	const flow = file ?? (await workflowFile(name));
	const { n8n, sandbox } = setting;
	const startsByItself = flow.nodes.some(
		({ type }) => /Trigger$/.test(type) && type !== 'n8n-nodes-base.manualTrigger',
	);
	if (!startsByItself) return await n8n.importWorkflow(flow, setting);
	const id = await importAndPublish(setting, flow);
	const provider = callingProvider(flow);
	if (provider) sandbox.providers[provider]?.setCallbackUrl(n8n.webhookUrl(webhookPath(flow)));
	return id;
}

/** The nodes that ran, in the order of their first run. */
export function nodesOf(execution: Execution): string[] {
	const { runData } = execution.data.resultData;
	const startOf = (name: string) => runData[name]?.[0]?.executionIndex ?? 0;
	return Object.keys(runData).sort((one, other) => startOf(one) - startOf(other));
}

/** Expects success. A failure shows the message with which the execution stopped. */
export function expectSuccess(execution: Execution): void {
	expect([execution.status, failureOf(execution)]).toEqual(['success', undefined]);
}

/** Waits until a flow has at least so many executions, and all have ended well. */
export async function quiet(setting: Setting, workflowId: string, count: number): Promise<Execution[]> {
	const executions = await poll(async () => {
		const all = await setting.n8n.executions({ workflowId });
		return all.length >= count && all.every(isFinished) ? all : undefined;
	}, `${count} executions of workflow ${workflowId}`);
	for (const execution of executions) expectSuccess(execution);
	return executions;
}

/** Waits for the first mail whose subject fits. */
export async function mailAbout({ mail }: Setting, subject: RegExp): Promise<Mail> {
	const found = () => mail.mails.find((one) => subject.test(one.subject));
	return await poll(found, `a mail about ${subject}`).catch((cause: unknown) => {
		throw new Error(`There are only ${mail.mails.map((one) => one.subject).join('; ')}.`, { cause });
	});
}
