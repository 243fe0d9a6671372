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

/** The webhook of a node with operations that wait. n8n calls it only while an execution sleeps in the node. */
export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		// n8n answers after it has stored the execution, so an acknowledged callback is never lost.
		responseMode: 'onReceived',
		responseData: '',
		path: RESUME_PATH,
		restartWebhook: true,
	},
];

/**
 * Receives a notification about the order for which this execution sleeps. It is verified and confirmed as in the
 * trigger. A genuine notification that nobody waits for is acknowledged, and the execution sleeps on. Never throws,
 * because n8n would go on with an empty item.
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
			// In a loop, all orders have the same URL, and a notification about an earlier one may come late.
			if (!isAwaited(wait, notified.event)) continue;
			const event = await confirm(this, provider, credentials, notified, confirming);
			if (event === 'unclear') return answerAlone(this, 503, {});
			if (event === 'absent' || !isAwaited(wait, event) || !isNews(wait, event)) continue;
			const item: INodeExecutionData = { json: awoken(wait, event) };
			return { webhookResponse: trigger.acknowledge([event]), workflowData: [[item]] };
		}
		return { webhookResponse: trigger.acknowledge([]) };
	});
}

function isAwaited({ about }: Wait, event: ProviderEvent): boolean {
	const lower = (value: Json | undefined) => textOf(value)?.toLowerCase();
	return Object.entries(about).every(([name, value]) => {
		const expected = lower(value);
		return expected !== undefined && lower(event[name]) === expected;
	});
}

/** The item of the woken execution. It has the same shape as the item of the order when it was made. */
function awoken({ form, head }: Wait, event: ProviderEvent): JsonObject {
	const { eventId: id, raw, ...told } = event;
	const record = Object.fromEntries(Object.entries(told).filter(([name]) => name !== 'event'));
	const content = form === 'raw' ? { data: raw } : record;
	const own = { ...head, reference: head.reference ?? record.reference ?? null };
	// The head is spread twice, as for a made order. The first one sets the order of the columns.
	return { ...own, ...content, ...own, eventId: id, timedOut: false };
}

/** A webhook can read the node's context only through an expression. */
function waitOf(context: IWebhookFunctions): Wait | undefined {
	const name = quotedText(context.getNode().name);
	const held = parsed(context, `$node[${name}].context[${quotedText(WAIT)}]`);
	return isWait(held) ? held : undefined;
}
