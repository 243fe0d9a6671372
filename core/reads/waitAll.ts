import type { INodeExecutionData } from 'n8n-workflow';
import { clock } from '../clock';
import { isObject, type Json, type JsonObject } from '../exact/json';
import { unread } from '../items/messages';
import { asItem, readItems } from '../items/output';
import type { CheckedItem, Prepared } from '../items/prepare';
import { type Run, runOf } from '../items/run';
import { payment, type Payment } from '../provider/payment';
import { readFrom } from '../wire/asking';
import { objectIn } from '../wire/pages';
import type { Reading } from '../wire/reading';
import { slots } from '../wire/slots';
import { CANCELED } from '../wire/transport';
import { stopOf, unreadItem } from './readAll';
import { type WaitLimits, type Silence, type Waited, waitUntilFinal } from './waiting';

/**
 * Milliseconds. An ask may take this long, even if the deadline is nearer. An ask may also begin this long after the
 * deadline, if its turn came late.
 */
const LAST_ASK_MS = 10_000;

type InSlot = ReturnType<typeof slots>;

/**
 * Waits for the payments of all items at the same time. The limit on parallel reads holds only for the asks
 * themselves. The results keep the order of the items.
 */
export async function waitAll(run: Run, prepared: readonly CheckedItem[]): Promise<INodeExecutionData[]> {
	const begun = clock.now();
	const stop = stopOf(run);
	const inSlot = slots(run.provider.parallelReads);
	const waits = prepared.map((one) =>
		'failed' in one
			? [one.failed]
			: waitForOne(runOf(run, one), one, inSlot, { deadline: begun + one.longestWait, stop: stop.signal }),
	);
	try {
		return (await Promise.all(waits)).flat();
	} finally {
		// If one item fails the node, the other items must stop asking.
		stop.abort();
	}
}

async function waitForOne(
	run: Run,
	prepared: Prepared,
	inSlot: InSlot,
	limits: WaitLimits,
): Promise<INodeExecutionData[]> {
	let hasAsked = false;
	const ask = () =>
		inSlot(async () => {
			if (limits.stop.aborted) return silence('the wait was ended');
			if (hasAsked && clock.now() > limits.deadline + LAST_ASK_MS)
				return silence('many payments are waited for, and the turn of this one came too late');
			hasAsked = true;
			return await askOnce(run, prepared, limits);
		});
	const isFinal = (data: Json) => recordIn(run, data)?.final === true;
	return itemsOf(run, prepared, await waitUntilFinal(ask, isFinal, limits, clock));
}

/** One read. It is repeated where a repetition helps at once, but not after the deadline. */
async function askOnce(run: Run, prepared: Prepared, { deadline, stop }: WaitLimits): Promise<Reading> {
	const left = Math.max(LAST_ASK_MS, deadline - clock.now());
	const timeout = Math.min(prepared.timeout, left);
	const caller = { ...run, stop, isOneOfMany: true };
	const reading = await readFrom(caller, run.operation, prepared.request, timeout, deadline);
	if (reading.state !== 'read' || recordIn(run, reading.data)) return reading;
	return silence('the answer holds no payment');
}

function silence(reason: string): Silence {
	return { state: 'unclear', reason };
}

function recordIn({ provider, operation }: Run, data: Json): Payment | undefined {
	const object = objectIn(data, operation);
	return isObject(object) ? provider.payment(operation.returns.kind ?? '', object) : undefined;
}

function itemsOf(run: Run, prepared: Prepared, waited: Waited): INodeExecutionData[] {
	const { provider, operation } = run;
	switch (waited.state) {
		case 'stopped':
			// If the execution was not canceled, another item has failed the node.
			return run.stop?.aborted ? [unreadItem(run, prepared, silence(CANCELED))] : [];
		case 'refused':
			return [unreadItem(run, prepared, waited.reading)];
		case 'final':
		case 'timed-out': {
			if (waited.data === undefined) return [unseen(run, prepared, waited.silence)];
			const told = waited.silence ? { message: waitMessage(run, prepared, waited.silence).message } : {};
			const added = { ...told, timedOut: waited.state === 'timed-out' };
			const items = readItems(provider, operation, waited.data, prepared.form, prepared.item);
			return items.map((item) => ({ ...item, json: { ...item.json, ...added } }));
		}
	}
}

/** Stands for a payment that no ask has shown. It says what was asked for, and why nothing is known. */
function unseen(run: Run, prepared: Prepared, silent: Silence | undefined): INodeExecutionData {
	const { provider, operation } = run;
	const { reference, item } = prepared;
	const state = { table: {}, text: undefined };
	const record = payment(provider.name, operation.returns.kind ?? '', state, { reference });
	const told = silent ? waitMessage(run, prepared, silent) : {};
	return asItem({ ...record, asked: namingFields(run, prepared), timedOut: true, ...told }, item);
}

/** The fields that name the payment. A hidden field stays hidden: a gift card's code is its money. */
function namingFields({ operation: { fields = [] } }: Run, { request: { values } }: Prepared): JsonObject {
	const names = fields
		.filter(({ typeOptions }) => typeOptions?.password !== true)
		.map(({ name }) => name)
		.filter((name) => values[name] !== undefined);
	return Object.fromEntries(names.map((name) => [name, String(values[name])]));
}

function waitMessage(run: Run, { reference, item }: Prepared, silent: Silence) {
	const { provider, operation, account } = run;
	return unread(silent, { provider, operation, reference, account, item });
}
