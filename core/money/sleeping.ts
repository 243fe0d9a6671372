import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { clock } from '../clock';
import { eventId } from '../events/event';
import { isNews, isWait, parsed, WAIT, quotedText, type Wait } from '../events/wait';
import { at, type JsonObject, textOf, textsIn } from '../exact/json';
import type { Applied } from '../items/outcome';
import { asItem, outcomeItem, recordOf } from '../items/output';
import type { Prepared } from '../items/prepare';
import { type Callback, findOperation } from '../provider/operation';
import { isPayment } from '../provider/payment';
import type { Provider } from '../provider/provider';
import { readFrom } from '../wire/asking';
import { objectIn } from '../wire/pages';
import { requestFor } from '../wire/request';
import { LOOKUP_TIMEOUT_MS } from './protocol';
import { keyOf } from './sendOne';
import type { SendingRun } from './attempts';

/**
 * Puts the execution to sleep on an order that was just made.
 * @returns the order as it is now: what comes out at the time limit, or at once where there is nothing to wait for
 */
export async function sleepUntilCalled(
	run: SendingRun,
	prepared: Prepared,
	callback: Callback,
	outcome: Applied,
): Promise<INodeExecutionData> {
	const { node, provider, operation } = run;
	const { request, reference, form, item, longestWait } = prepared;
	const made = recordOf(provider, operation, outcome, request.values);
	const latest = (await readAgain(run, callback, outcome, made)) ?? outcome;
	const record = recordOf(provider, operation, latest, request.values);
	const { json } = outcomeItem(
		provider,
		operation,
		latest,
		{ reference, values: request.values, form },
		item,
	);
	const wait: Wait = {
		about: Object.fromEntries(
			Object.entries(callback.about).map(([there, here]) => [there, at(made, here) ?? null]),
		),
		kinds: callback.kinds ? [...callback.kinds] : null,
		since: callback.kinds ? beginningOf(node) : null,
		until: prepared.waitFor,
		known: [...knownBefore(node, run.runIndex), ...idOf(provider, made)],
		form,
		head: headOf(json),
	};
	const [id] = idOf(provider, record);
	if (record.final === true || (id !== undefined && isNews(wait, { ...record, eventId: id })))
		return asItem({ ...json, timedOut: false }, item);
	const asMade = asItem({ ...json, timedOut: true }, item);
	if (longestWait === 0 || run.stop?.aborted) return asMade;
	// Made by another execution, or perhaps so: it is announced at another URL than that of this one.
	if (run.attempts.recall(keyOf(run, prepared))?.madeBy !== node.getExecutionId()) return asMade;

	node.getContext('node')[WAIT] = wait;
	// What n8n gives out when the time is up: the input of the node, which does not run again.
	node.getExecuteData().data.main = [[asMade]];
	await node.putExecutionToWait(new Date(clock.now() + longestWait));
	return asMade;
}

const BEGINNING = 'otcPayoutsBeginning';

/**
 * When this execution began with the node, unix milliseconds: kept through its retries. To be called before anything is
 * sent: what arrives while the answer is on its way is new.
 */
export function beginningOf(node: IExecuteFunctions): number {
	const context = node.getContext('node');
	const kept: unknown = context[BEGINNING];
	if (typeof kept === 'number') return kept;
	const now = clock.now();
	context[BEGINNING] = now;
	return now;
}

/** The order as the provider tells it now: it may be final before anybody sleeps. Not known is no obstacle. */
async function readAgain(
	run: SendingRun,
	{ read }: Callback,
	outcome: Applied,
	made: JsonObject,
): Promise<Applied | undefined> {
	if (!read) return undefined;
	const { provider, account } = run;
	const asking = findOperation(provider.resources, read.operation);
	if (!asking) throw new TypeError(`No operation ${read.operation}`);
	const values = Object.entries(read.by).map(([name, from]) => [name, textOf(at(made, from))]);
	if (values.some(([, value]) => value === undefined)) return undefined;
	const request = requestFor(provider, account, asking, Object.fromEntries(values));
	const reading = await readFrom(run, asking, request, LOOKUP_TIMEOUT_MS);
	const data = reading.state === 'read' ? objectIn(reading.data, asking) : undefined;
	if (data === undefined) return undefined;
	const latest = { ...outcome, data, kind: asking.returns.kind };
	// An answer about something else says nothing of this order.
	const isSame = textOf(recordOf(provider, run.operation, latest, {}).id) === textOf(made.id);
	return isSame ? latest : undefined;
}

/** What woke this execution in earlier runs of the node: it is no news, however often it is announced. */
function knownBefore(node: IExecuteFunctions, runIndex: number): string[] {
	if (runIndex === 0) return [];
	const before = node.getContext('node')[WAIT];
	const name = quotedText(node.getNode().name);
	const last = parsed(node, `$(${name}).all(0, ${runIndex - 1}).map((item) => item.json.eventId ?? null)`);
	return [...(isWait(before) ? before.known : []), ...textsIn(last)];
}

function headOf({ outcome, reference, replayed }: INodeExecutionData['json']): JsonObject {
	const head = { outcome: String(outcome), reference: typeof reference === 'string' ? reference : null };
	return replayed === true ? { ...head, replayed } : head;
}

function idOf({ eventVersion }: Provider, record: JsonObject): string[] {
	return isPayment(record) ? [eventId(record, eventVersion?.(record))] : [];
}
