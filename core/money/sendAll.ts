import type { INodeExecutionData } from 'n8n-workflow';
import { breathing } from '../clock';
import type { Json } from '../exact/json';
import { askedFor } from '../items/asked';
import { failedItem, inReadingOrder } from '../items/failure';
import { rejected, remembered, type Subject, unknown } from '../items/messages';
import { itemNames } from '../items/names';
import { type Applied, codeOf, type Outcome } from '../items/outcome';
import { asItem, outcomeItem } from '../items/output';
import type { CheckedItem, Prepared } from '../items/prepare';
import { runOf } from '../items/run';
import { askedSum } from './askedSum';
import { appliedName, endOfRun } from './endOfRun';
import { previewsOf } from './preview';
import { keyOf, madeFor, sendOne } from './sendOne';
import { beginningOf, sleepUntilCalled } from './sleeping';
import type { SendingRun } from './attempts';

/** Sends the items one by one. Each follows the money protocol. A preview is never sent. */
export async function sendAll(
	run: SendingRun,
	prepared: readonly CheckedItem[],
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	const breathe = breathing();
	const soFar: RunSoFar = { applied: [], rejected: new Map(), last: prepared.length - 1 };
	const previews = await previewsOf(run, prepared);
	for (const one of prepared) {
		await breathe();
		if ('failed' in one) output.push(one.failed);
		else output.push(previews.get(one) ?? (await sendItem(runOf(run, one), one, soFar)));
	}
	return output;
}

/** The outcomes of the earlier items in this run of the node. */
interface RunSoFar {
	applied: string[];
	/** The key is the reference. */
	rejected: Map<string, Outcome>;
	/** The last item, counted from 0. */
	last: number;
}

/**
 * Two items of a run with the same reference are one payment with one outcome. A flow may pay a rejected item in
 * another way, so the second item must not be paid here.
 */
async function outcomeOf(
	run: SendingRun,
	prepared: Prepared,
	{ rejected: known }: RunSoFar,
): Promise<Outcome> {
	const { reference } = prepared;
	const earlier = reference === undefined ? undefined : known.get(reference);
	if (earlier) return earlier;
	if (!isApprovalFree(run, prepared)) return APPROVAL_USED;
	const outcome = await sendOne(run, prepared);
	if (outcome.state === 'rejected' && reference !== undefined) known.set(reference, outcome);
	return outcome;
}

const APPROVAL_USED: Outcome = {
	state: 'rejected',
	reason: 'its approval was used for another payment of this execution, and one approval is one payment',
	nextStep: 'Have it approved in an execution of its own if it is to be paid once more',
	unsent: 'not_sent',
};

/**
 * Whether the approval is still free. With a reference, the provider or the memory can tell two payments apart.
 * Without one, only the approval can.
 */
function isApprovalFree(run: SendingRun, prepared: Prepared): boolean {
	const { isApproved, reference, request } = prepared;
	if (!isApproved || reference !== undefined) return true;
	return run.attempts.takesApproval(request.fingerprint, keyOf(run, prepared));
}

async function sendItem(run: SendingRun, prepared: Prepared, soFar: RunSoFar): Promise<INodeExecutionData> {
	const { node, provider, operation } = run;
	const { item, reference, request, form } = prepared;
	if (prepared.preview) throw new TypeError('A preview is never sent');
	if (operation.does?.callback) beginningOf(node);
	const outcome = await outcomeOf(run, prepared, soFar);
	if (outcome.state === 'applied') {
		soFar.applied.push(appliedName(run, prepared, outcome));
		if (outcome.code) return asItem(rememberedItem(outcome.code, run, prepared), item);
		if (operation.does?.callback)
			return await sleepUntilCalled(run, prepared, operation.does.callback, outcome);
		return outcomeItem(provider, operation, outcome, { reference, values: request.values, form }, item);
	}
	const made = madeFor(run, prepared);
	const asked = askedFor(operation, request.values);
	const subject: Subject = { ...subjectOf(run, prepared), made, asked };
	const told = outcome.state === 'rejected' ? rejected(outcome, subject) : unknown(outcome, subject);
	const sent = Object.entries(made).map(([name, value]) => [name, String(value)]);
	const details = {
		outcome: outcome.state,
		...askedSum(operation, request.values),
		reference: reference ?? null,
		code: codeOf(outcome),
		candidates: candidatesOf(outcome),
		asked,
		...Object.fromEntries(sent),
	};
	if (outcome.state === 'unknown' && prepared.whenUnknown === 'continue' && !run.stop?.aborted) {
		return asItem(inReadingOrder(details, told), item);
	}
	if (node.continueOnFail()) return failedItem(node, told, details, item);
	const rest = item < soFar.last ? [itemNames(item + 1, soFar.last)] : [];
	throw endOfRun(run, told, { applied: soFar.applied, rest });
}

/** No empty list comes out: a flow could take it for a proof that nothing was paid. */
function candidatesOf(outcome: Outcome): Json[] | undefined {
	const found = outcome.state === 'unknown' ? (outcome.candidates ?? []) : [];
	return found.length === 0 ? undefined : [...found];
}

function subjectOf(
	{ provider, operation, account }: SendingRun,
	{ reference, providerReference, item }: Prepared,
): Subject {
	return { provider, operation, reference, providerReference, account, item };
}

/** The item that comes out instead of an answer that n8n does not keep. */
function rememberedItem(code: NonNullable<Applied['code']>, run: SendingRun, prepared: Prepared) {
	const { message, nextStep } = remembered(code, subjectOf(run, prepared));
	return {
		outcome: 'applied',
		reference: prepared.reference ?? null,
		replayed: true,
		code,
		message,
		nextStep,
	};
}
