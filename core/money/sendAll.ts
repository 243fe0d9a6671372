import type { INodeExecutionData } from 'n8n-workflow';
import { present } from '../exact/json';
import { apiError, failedItem } from '../items/failure';
import { type Message, rejected, type Subject, unknown } from '../items/messages';
import { codeOf, type Outcome } from '../items/outcome';
import { asItem, outcomeItem } from '../items/output';
import type { CheckedItem, Prepared } from '../items/prepare';
import { madeFor, sendOne } from './sendOne';
import { beginningOf, sleepUntilCalled } from './sleeping';
import type { SendingRun } from './attempts';

/** Sends the items one by one, each under the money protocol. */
export async function sendAll(
	run: SendingRun,
	prepared: readonly CheckedItem[],
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	const soFar: RunSoFar = { applied: [], rejected: new Map() };
	for (const one of prepared) {
		output.push('failed' in one ? one.failed : await sendItem(run, one, soFar));
	}
	return output;
}

/** What became of the items before, in this run of the node. */
interface RunSoFar {
	applied: string[];
	/** By reference. */
	rejected: Map<string, Outcome>;
}

/**
 * The same reference in two items of a run is one payment with one answer: a flow that pays a rejected item elsewhere
 * must not find the other item paid here.
 */
async function outcomeOf(
	run: SendingRun,
	prepared: Prepared,
	{ rejected: known }: RunSoFar,
): Promise<Outcome> {
	const { reference } = prepared;
	const earlier = reference === undefined ? undefined : known.get(reference);
	if (earlier) return earlier;
	const outcome = await sendOne(run, prepared);
	if (outcome.state === 'rejected' && reference !== undefined) known.set(reference, outcome);
	return outcome;
}

async function sendItem(run: SendingRun, prepared: Prepared, soFar: RunSoFar): Promise<INodeExecutionData> {
	const { node, provider, operation, account } = run;
	const { item, reference, request, form } = prepared;
	if (prepared.preview) return asItem(previewOf(prepared), item);

	if (operation.callback) beginningOf(node);
	const outcome = await outcomeOf(run, prepared, soFar);
	if (outcome.state === 'applied') {
		soFar.applied.push(reference ?? `item ${item + 1}`);
		if (operation.callback) return await sleepUntilCalled(run, prepared, operation.callback, outcome);
		return outcomeItem(provider, operation, outcome, { reference, values: request.values, form }, item);
	}
	const made = madeFor(run, prepared);
	const subject: Subject = { provider, operation, reference, account, item, made };
	const told = outcome.state === 'rejected' ? rejected(outcome, subject) : unknown(outcome, subject);
	const sent = Object.entries(made).map(([name, value]) => [name, String(value)]);
	const details = {
		outcome: outcome.state,
		reference: reference ?? null,
		code: codeOf(outcome),
		...Object.fromEntries(sent),
	};
	if (outcome.state === 'unknown' && prepared.whenUnknown === 'continue') {
		return asItem({ ...present(details), message: told.message, nextStep: told.nextStep }, item);
	}
	if (node.continueOnFail()) return failedItem(node, told, details, item);
	throw apiError(node, withApplied(told, soFar.applied), item);
}

function previewOf({ request, reference }: Prepared) {
	const isMultipart = request.headers['Content-Type']?.startsWith('multipart/') === true;
	return {
		outcome: 'not_sent',
		reference: reference ?? null,
		preview: true,
		method: request.method,
		url: request.url,
		body: request.body && !isMultipart ? request.body.toString('utf8') : '',
		approvalHash: request.fingerprint,
	};
}

/** The message that stops a run, with what was applied before it. */
export function withApplied(told: Message, applied: readonly string[]): Message {
	if (applied.length === 0) return told;
	const listed =
		applied.slice(0, 20).join(', ') + (applied.length > 20 ? ` and ${applied.length - 20} more` : '');
	return {
		message: told.message,
		nextStep: `${told.nextStep} Already applied in this run: ${listed}; a retry of this execution does not repeat them.`,
	};
}
