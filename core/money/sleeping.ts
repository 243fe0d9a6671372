import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { clock } from '../clock';
import { eventId } from '../events/event';
import { isNews, isWait, parsed, WAIT, quotedText, type Wait } from '../events/wait';
import { at, type JsonObject, textOf, textsIn } from '../exact/json';
import type { Applied } from '../items/outcome';
import { asItem, outcomeItem, recordOf } from '../items/output';
import type { Prepared } from '../items/prepare';
import type { Callback } from '../provider/does';
import { findOperation } from '../provider/operation';
import { isPayment } from '../provider/payment';
import type { Provider } from '../provider/provider';
import { readAbout } from '../wire/asking';
import { objectIn } from '../wire/pages';
import { LOOKUP_TIMEOUT_MS } from './protocol';
import { keyOf } from './sendOne';
import type { SendingRun } from './attempts';

/**
 * Puts the execution to sleep until the provider calls about the order that it has just made.
 * @returns the order as it is now. It comes out at the time limit, or at once where there is nothing to wait for.
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
	// Another execution made the order, or may have made it. The provider then calls another URL than this
	// execution's.
	if (run.attempts.recall(keyOf(run, prepared))?.madeBy !== node.getExecutionId()) return asMade;

	node.getContext('node')[WAIT] = wait;
	// At the time limit n8n puts out the input of the node and does not run the node again. So the input is replaced
	// by the order.
	node.getExecuteData().data.main = [[asMade]];
	await node.putExecutionToWait(new Date(clock.now() + longestWait));
	return asMade;
}

const BEGINNING = 'otcPayoutsBeginning';

/**
 * When this execution began with this node, in unix milliseconds. Retries keep the value. Call this before anything
 * is sent, because an event that arrives during the send is new.
 */
export function beginningOf(node: IExecuteFunctions): number {
	const context = node.getContext('node');
	const kept: unknown = context[BEGINNING];
	if (typeof kept === 'number') return kept;
	const now = clock.now();
	context[BEGINNING] = now;
	return now;
}

/** Reads the order once more, because it may be final already. If this read fails, the execution sleeps anyway. */
async function readAgain(
	run: SendingRun,
	{ read }: Callback,
	outcome: Applied,
	made: JsonObject,
): Promise<Applied | undefined> {
	if (!read) return undefined;
	const { provider } = run;
	const asking = findOperation(provider.resources, read.operation);
	if (!asking) throw new TypeError(`No operation ${read.operation}`);
	const values = Object.entries(read.by).map(([name, from]) => [name, textOf(at(made, from))]);
	if (values.some(([, value]) => value === undefined)) return undefined;
	const reading = await readAbout(run, asking, Object.fromEntries(values), LOOKUP_TIMEOUT_MS);
	const data = reading.state === 'read' ? objectIn(reading.data, asking) : undefined;
	if (data === undefined) return undefined;
	const latest = { ...outcome, data, kind: asking.returns.kind };
	// An answer about another object says nothing about this order.
	const isSame = textOf(recordOf(provider, run.operation, latest, {}).id) === textOf(made.id);
	return isSame ? latest : undefined;
}

/** The events that woke this execution in earlier runs of the node. They stay old, even if announced again. */
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
