import type { INodeExecutionData } from 'n8n-workflow';
import type { JsonObject, WritableObject } from '../exact/json';
import { askedFor } from '../items/asked';
import { failedItem } from '../items/failure';
import { type Message, notReached, rejected, type Subject, unknown, withRunbook } from '../items/messages';
import { itemNames } from '../items/names';
import { codeOf, NOT_SENT, type Unapplied, type Unsent } from '../items/outcome';
import { asItem } from '../items/output';
import type { Packing } from '../provider/does';
import { asRefusal, Refusal } from '../refusal';
import { askedSum } from './askedSum';
import { type Batch, type Plan, planBatches } from './batches';
import { endOfRun } from './endOfRun';
import { refusedByLimits } from './limited';
import { lineItems } from './lineItems';
import { previewBatches } from './preview';
import { readRecipients } from './recipients';
import { refuseAll } from './refusedRun';
import { sendOne } from './sendOne';
import type { SendingRun } from './attempts';

/**
 * Sends a mass payment, in which all items are lines of a few batches. If one item cannot be sent, none is. The
 * batches are sent one by one, and the first one that is not applied ends the run, even with Continue On Fail. So the
 * applied batches are always the first ones of the list. If a later run packs or orders its items in another way, it
 * meets a batch that already exists and pays nobody twice.
 */
export async function sendBatches(run: SendingRun, packs: Packing): Promise<INodeExecutionData[]> {
	const given = await readRecipients(run, packs);
	if ('bad' in given) return refuseAll(run, given.bad);
	if (given.recipients.length === 0) return [];
	const plan = planOf(() => planBatches(run, packs, given));
	if (plan instanceof Refusal)
		return refuseAll(run, new Map(given.recipients.map(({ item }) => [item, plan])));
	if (plan.preview) return await previewBatches(run, plan);
	const [refusal] = refusedByLimits(
		run,
		plan.batches.map(({ prepared }) => prepared),
	).values();
	if (refusal) return refuseAll(run, new Map(given.recipients.map(({ item }) => [item, refusal])));
	return await sendEachBatch(run, plan);
}

function planOf(make: () => Plan): Plan | Refusal {
	try {
		return make();
	} catch (cause) {
		return asRefusal(cause);
	}
}

async function sendEachBatch(run: SendingRun, { batches }: Plan): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	const applied: string[] = [];
	for (const [index, batch] of batches.entries()) {
		const outcome = await sendOne(run, batch.prepared);
		if (outcome.state === 'applied') {
			applied.push(named(batch));
			output.push(...lineItems(run.provider, run.operation, outcome, batch));
			continue;
		}
		const rest = batches.slice(index + 1);
		output.push(...unappliedItems(run, batch, outcome, { applied, rest }));
		output.push(...rest.flatMap((one) => unreachedItems(run, one, batch.reference, outcome)));
		break;
	}
	return output;
}

/**
 * The items of a batch that was rejected or whose outcome is unknown.
 * @throws NodeApiError where the node has to stop instead
 */
function unappliedItems(
	run: SendingRun,
	batch: Batch,
	outcome: Unapplied,
	{ applied, rest }: { applied: readonly string[]; rest: readonly Batch[] },
): INodeExecutionData[] {
	const { node } = run;
	const goesOn = batch.prepared.whenUnknown === 'continue' && !run.stop?.aborted;
	const isBranch = outcome.state === 'unknown' && goesOn;
	if (!isBranch && !node.continueOnFail()) {
		const asked = askedFor(run.operation, batch.prepared.request.values);
		const place = { item: batch.prepared.item, lastItem: batch.lastItem, asked };
		const standing = { applied, rest: rest.map(named) };
		throw endOfRun(run, toldOf(run, batch, outcome, place), standing);
	}
	return batch.recipients.map(({ item, reference, line }) => {
		const asked = askedOf(run, batch, line);
		const told = toldOf(run, batch, outcome, { item, asked });
		const details = { ...detailsOf(run, outcome.state, { batch, reference, line }, codeOf(outcome)), asked };
		return isBranch ? asItem({ ...details, ...told }, item) : failedItem(node, told, details, item);
	});
}

/** The items of a batch that follows the one that ended the run. */
function unreachedItems(
	run: SendingRun,
	batch: Batch,
	earlier: string,
	stop: Unapplied,
): INodeExecutionData[] {
	// Nobody has asked the provider about these lines. If the earlier batch is unknown, an earlier execution may have
	// paid them.
	const code = stop.state === 'unknown' ? ('not_checked' satisfies Unsent) : NOT_SENT;
	return batch.recipients.map(({ item, reference, line }) => {
		const asked = askedOf(run, batch, line);
		const told = notReached(earlier, stop, batchSubject(run, batch, { item, asked }));
		const details = { ...detailsOf(run, stop.state, { batch, reference, line }, code), asked };
		return failedItem(run.node, told, details, item);
	});
}

/** What one line asks for: its own fields and those of its batch. */
function askedOf({ operation }: SendingRun, { prepared }: Batch, line: WritableObject): JsonObject {
	const isOfBatch = ([name]: [string, unknown]) => name !== operation.does?.packs?.into;
	const shared = Object.fromEntries(Object.entries(prepared.request.values).filter(isOfBatch));
	return askedFor(operation, { ...shared, ...line });
}

interface BatchLine {
	batch: Batch;
	reference: string;
	line: WritableObject;
}

function detailsOf(
	{ operation }: SendingRun,
	outcome: Unapplied['state'],
	{ batch, reference, line }: BatchLine,
	code?: string,
): Record<string, string> {
	const values = { ...batch.prepared.request.values, [operation.does?.packs?.into ?? '']: [line] };
	return {
		outcome,
		...askedSum(operation, values),
		reference,
		batchReference: batch.reference,
		...(code === undefined ? {} : { code }),
	};
}

type ItemPlace = Pick<Subject, 'item' | 'lastItem' | 'asked'>;

function batchSubject(
	{ provider, operation, account }: SendingRun,
	{ reference }: Batch,
	place: ItemPlace,
): Subject {
	return { provider, operation, reference, account, ...place };
}

function toldOf(run: SendingRun, batch: Batch, outcome: Unapplied, place: ItemPlace): Message {
	const subject = batchSubject(run, batch, place);
	if (outcome.state === 'rejected') return rejected(outcome, subject);
	const told = unknown(outcome, subject);
	// A new ID would pay the recipients of the old batch again.
	return outcome.isConflict ? withRunbook({ ...told, nextStep: PACKED_OTHERWISE }) : told;
}

const PACKED_OTHERWISE =
	'Run it with the items, their order and the batch size of the first run; pay new recipients under an ID of their own.';

/** e.g. `payroll_2026_11_1 (items 1 to 50)` */
function named({ reference, prepared, lastItem }: Batch): string {
	return `${reference} (${itemNames(prepared.item, lastItem)})`;
}
