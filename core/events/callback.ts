import type {
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { clock } from '../clock';
import { eventId, type ProviderEvent } from './event';
import { at, isRecord, parseJsonOrNothing, textOf, textsIn, type Json, type JsonObject } from '../exact/json';
import { findOperation, type Callback } from '../provider/operation';
import type { Applied } from '../items/outcome';
import { asItem, outcomeItem, recordOf, type OutputForm } from '../items/output';
import { isPayment } from '../provider/payment';
import type { Prepared } from '../items/prepare';
import type { Provider } from '../provider/provider';
import { objectIn } from '../wire/reading';
import { requestFor } from '../wire/request';
import { RESUME_PATH } from '../fields/resumeUrl';
import { readFrom, type Run } from '../wire/asking';
import { keyOf, LOOKUP_TIMEOUT_MS } from '../money/sending';
import { confirm } from './confirmation';
import {
	answerAlone,
	credentialsOf,
	deliveryOf,
	orRepeated,
	receivedBy,
	refused,
	type WebhookTrigger,
} from './webhook';

/** What a sleeping execution waits for: in the node's context, which n8n saves with the execution. */
interface Wait extends JsonObject {
	/** Fields of an event, and what they must be. */
	about: JsonObject;
	until: 'final' | 'change';
	/** Events that are no news: the state in which the order was made, and what woke this execution before. */
	known: string[];
	form: OutputForm;
	/** The members of the output that tell of the sending. */
	head: JsonObject;
}

/** The webhook of a node that has such operations: n8n calls it only while an execution sleeps in the node. */
export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		// Answered after the execution is stored: an acknowledged callback is never lost.
		responseMode: 'onReceived',
		responseData: '',
		path: RESUME_PATH,
		restartWebhook: true,
	},
];

const PLACE = 'otcPayoutsWait';

/**
 * Puts the execution to sleep on an order that was just made.
 * @returns the order as it is now: what comes out at the time limit, or at once where there is nothing to wait for
 */
export async function sleepUntilCalled(
	run: Run,
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
		until: prepared.waitFor,
		known: [...knownBefore(node, run.runIndex), ...idOf(provider, made)],
		form,
		head: headOf(json),
	};
	const [id] = idOf(provider, record);
	if (record.final === true || (id !== undefined && isNews(wait, { ...record, eventId: id })))
		return asItem({ ...json, timedOut: false }, item);
	const asMade = asItem({ ...json, timedOut: true }, item);
	if (longestWait === 0) return asMade;
	// Made by another execution, or perhaps so: it is announced at another URL than that of this one.
	if (run.memo.recall(keyOf(run, prepared))?.madeBy !== node.getExecutionId()) return asMade;

	node.getContext('node')[PLACE] = wait;
	// What n8n gives out when the time is up: the input of the node, which does not run again.
	node.getExecuteData().data.main = [[asMade]];
	await node.putExecutionToWait(new Date(clock.now() + longestWait));
	return asMade;
}

/** The order as the provider tells it now: it may be final before anybody sleeps. Not known is no obstacle. */
async function readAgain(
	run: Run,
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
	return data === undefined ? undefined : { ...outcome, data, kind: asking.returns.kind };
}

/** What woke this execution in earlier runs of the node: it is no news, however often it is announced. */
function knownBefore(node: IExecuteFunctions, runIndex: number): string[] {
	if (runIndex === 0) return [];
	const before = node.getContext('node')[PLACE];
	const name = quoted(node.getNode().name);
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

/**
 * Receives what a provider announces about the order that this execution sleeps on: verified and confirmed as in the
 * trigger. What is genuine and not awaited is acknowledged, and the execution sleeps on. Never throws: n8n would go on
 * with an empty item.
 */
export async function receiveCallback(
	this: IWebhookFunctions,
	trigger: WebhookTrigger,
): Promise<IWebhookResponseData> {
	const { provider } = trigger;
	const credentials = await credentialsOf(this, provider);
	return await orRepeated(this, provider, credentials, async () => {
		const received = receivedBy(trigger, await deliveryOf(this), credentials);
		if (received.state === 'forged') return refused(this, trigger, received.reason);
		const wait = waitOf(this);
		if (!wait) return answerAlone(this, 404, trigger.refuse('No order is waited for here'));

		for (const notified of received.notified) {
			// In a loop the URL is the same for all orders, and an earlier one may be announced late.
			if (!isAbout(wait, notified.event)) continue;
			const event = await confirm(this, provider, credentials, notified, received.state === 'genuine');
			if (event === 'unreachable') return answerAlone(this, 503, {});
			if (event === 'absent' || !isAbout(wait, event) || !isNews(wait, event)) continue;
			const item: INodeExecutionData = { json: awoken(wait, event) };
			return { webhookResponse: trigger.acknowledge([event]), workflowData: [[item]] };
		}
		return { webhookResponse: trigger.acknowledge([]) };
	});
}

function isAbout({ about }: Wait, event: ProviderEvent): boolean {
	const lower = (value: Json | undefined) => textOf(value)?.toLowerCase();
	return Object.entries(about).every(([name, value]) => {
		const expected = lower(value);
		return expected !== undefined && lower(event[name]) === expected;
	});
}

function isNews({ until, known }: Wait, event: JsonObject): boolean {
	return (until === 'change' || event.final === true) && !known.some((id) => id === event.eventId);
}

/** The same shape as that of the order when it was made. */
function awoken({ form, head }: Wait, event: ProviderEvent): JsonObject {
	const { eventId: id, raw, ...told } = event;
	const record = Object.fromEntries(Object.entries(told).filter(([name]) => name !== 'event'));
	const content = form === 'raw' ? { data: raw } : record;
	const own = { ...head, reference: head.reference ?? record.reference ?? null };
	// Spread twice, as where an order is made: first for the order of the columns.
	return { ...own, ...content, ...own, eventId: id, timedOut: false };
}

/** A webhook sees the node's context by expression only. */
function waitOf(context: IWebhookFunctions): Wait | undefined {
	const name = quoted(context.getNode().name);
	const held = parsed(context, `$node[${name}].context[${quoted(PLACE)}]`);
	return isWait(held) ? held : undefined;
}

type Evaluating = Pick<IExecuteFunctions, 'evaluateExpression'>;

function parsed(context: Evaluating, expression: string): Json | undefined {
	try {
		const text = context.evaluateExpression(`{{ JSON.stringify(${expression}) }}`, 0);
		return typeof text === 'string' ? parseJsonOrNothing(text) : undefined;
	} catch {
		return undefined;
	}
}

/** A text inside an expression: braces in a node's name would end it. */
function quoted(text: string): string {
	return JSON.stringify(text).replace(/[{}]/g, (brace) => `\\u00${brace.charCodeAt(0).toString(16)}`);
}

// Only this file writes there.
function isWait(value: unknown): value is Wait {
	return isRecord(value) && isRecord(value.about) && Array.isArray(value.known) && isRecord(value.head);
}
