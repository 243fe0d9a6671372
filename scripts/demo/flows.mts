import { openLink, submitForm } from '../../host/approval.mts';
import { failureOf, itemsOf, type Execution } from '../../host/executions.mts';
import type { Mail } from '../../host/smtpSink.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import type { Setting } from './setting.mts';
import { flowNames, webhookPath, withSubWorkflows, workflowFile } from './workflowFiles.mts';

/** The IDs of the imported flows in n8n. */
export interface ImportedFlows {
	otcBuy: string;
	payout: string;
	events: string;
}

/**
 * Imports the three files and publishes them, as their notes say. Gate Pay calls the events workflow, which calls the flow
 * that the event belongs to.
 * @param prepare changes a called flow before its import
 */
export async function importFlows(
	setting: Setting,
	prepare: (file: WorkflowFile) => WorkflowFile = (file) => file,
): Promise<ImportedFlows> {
	const { n8n, sandbox } = setting;
	const otcBuyFile = prepare(await workflowFile('otc-buy'));
	const payoutFile = prepare(await workflowFile('payout-with-approval'));
	const otcBuy = await importAndPublish(setting, otcBuyFile);
	const payout = await importAndPublish(setting, payoutFile);
	const eventsFile = await workflowFile('gate-pay-events');
	const idByName = { [otcBuyFile.name]: otcBuy, [payoutFile.name]: payout };
	const events = await importAndPublish(setting, withSubWorkflows(eventsFile, idByName));
	sandbox.gatePay.setCallbackUrl(n8n.webhookUrl(webhookPath(eventsFile)));
	return { otcBuy, payout, events };
}

const SHOWN = ['otc-buy', 'payout-with-approval', 'gate-pay-events'];

/** Imports the flows that the demo does not run itself, unpublished, for people to try. Resolves to how many there are. */
export async function importOthers({ n8n, credentials }: Setting): Promise<number> {
	const names = (await flowNames()).filter((name) => !SHOWN.includes(name));
	for (const name of names) await n8n.importWorkflow(await workflowFile(name), { credentials });
	return names.length;
}

/** Imports a flow and publishes it. Resolves to its ID. */
export async function importAndPublish({ n8n, credentials }: Setting, file: WorkflowFile): Promise<string> {
	const id = await n8n.importWorkflow(file, { credentials });
	await n8n.activate(id);
	return id;
}

export interface OtcBuyRun {
	execution: Execution;
	orderId: string;
	remittance: Mail;
}

/** Runs the OTC flow from the quote to the mail about the settled order. It hands in the receipt as the remitter does. */
export async function runOtcBuy({ n8n, mail }: Setting, id: string): Promise<OtcBuyRun> {
	const asked = await n8n.runWorkflow(id);
	if (asked.status !== 'waiting') throw new Error(`Nobody was told where to remit: ${failureOf(asked)}`);
	const [order] = itemsOf(asked, 'Accept the Quote');
	const orderId = String(order?.id);
	const remittance = await mail.waitForMail(({ subject }) => subject.endsWith(`for OTC order ${orderId}`));
	await submitForm(remittance.links['Hand in the receipt'] ?? '', [receipt()]);
	const execution = succeeded(await n8n.waitForExecution(asked.id));
	await mail.waitForMail(({ subject }) => subject === `OTC order ${orderId} is settled`);
	return { execution, orderId, remittance };
}

/** A small, real picture. */
function receipt(): File {
	const png =
		'iVBORw0KGgoAAAANSUhEUgAAACAAAAAUCAAAAADJ+mCTAAAAGklEQVR42mP4TwAwdBAADARNoFzBqBtGkhsASOMzPxgue0UAAAAASUVORK5CYII=';
	return new File([Buffer.from(png, 'base64')], 'receipt.png', { type: 'image/png' });
}

export interface AskedForApproval {
	execution: Execution;
	request: Mail;
}

/** Runs the payout flow up to the mail that asks a person. The execution waits then. */
export async function askForApproval({ n8n, mail }: Setting, id: string): Promise<AskedForApproval> {
	const known = mail.mails.length;
	const execution = await n8n.runWorkflow(id);
	if (execution.status !== 'waiting') throw new Error(`Nobody was asked: ${failureOf(execution)}`);
	const isRequest = ({ links }: Mail) => 'Approve' in links;
	const request = await mail.waitForMail((each) => mail.mails.indexOf(each) >= known && isRequest(each));
	return { execution, request };
}

/** Clicks the button in the mail. Resolves to the execution when it has ended. */
export async function answer(
	{ n8n }: Setting,
	{ execution, request }: AskedForApproval,
	button: 'Approve' | 'Decline',
): Promise<Execution> {
	await openLink(request.links[button] ?? '');
	return await n8n.waitForExecution(execution.id);
}

/** Runs the payout flow from the list to the mails about every payout. */
export async function runPayout(setting: Setting, id: string): Promise<AskedForApproval> {
	const asked = await askForApproval(setting, id);
	const execution = succeeded(await answer(setting, asked, 'Approve'));
	const paid = itemsOf(execution, 'Pay What Was Approved');
	await Promise.all(
		paid.map(({ reference }) =>
			setting.mail.waitForMail(({ subject }) => subject === `Payout ${reference} is done`),
		),
	);
	return { execution, request: asked.request };
}

function succeeded(execution: Execution): Execution {
	if (execution.status === 'success') return execution;
	throw new Error(`Execution ${execution.id} ended with ${execution.status}: ${failureOf(execution)}`);
}
