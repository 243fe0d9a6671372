import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { clock } from '../clock';
import { type Json, type JsonObject, textOf } from '../exact/json';
import { RESUME_PATH } from '../fields/resumeUrl';
import { confirm } from './confirmation';
import type { ProviderEvent } from './event';
import { isNews, isWait, parsed, WAIT, quotedText, type Wait } from './wait';
import {
	answerAlone,
	credentialsOf,
	deliveryOf,
	orRepeated,
	receivedBy,
	refused,
	repeated,
	type WebhookTrigger,
} from './webhook';

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
	const until = clock.now() + trigger.answerWithin;
	const credentials = await credentialsOf(this, provider);
	return await orRepeated(this, provider, credentials, async () => {
		const delivery = await deliveryOf(this, until);
		if (!delivery) return repeated(this, trigger, 'Its body did not come in time');
		const received = receivedBy(trigger, delivery, credentials);
		if (received.state === 'forged') return refused(this, trigger, received.reason);
		const wait = waitOf(this);
		if (!wait) return answerAlone(this, 404, trigger.refuse('No order is waited for here'));

		const confirming = { isProven: received.state === 'genuine', isAsked: true, until };
		for (const notified of received.notified) {
			// In a loop the URL is the same for all orders, and an earlier one may be announced late.
			if (!isAbout(wait, notified.event)) continue;
			const event = await confirm(this, provider, credentials, notified, confirming);
			if (event === 'unclear') return answerAlone(this, 503, {});
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
	const name = quotedText(context.getNode().name);
	const held = parsed(context, `$node[${name}].context[${quotedText(WAIT)}]`);
	return isWait(held) ? held : undefined;
}
