import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { clock } from '../clock';
import { confirm, secretsOf, type Notified } from './confirmation';
import { choicesIn, isNamed, passes, switchIn, type Filter, type ProviderEvent } from './event';
import { inTime } from './inTime';
import type { JsonObject } from '../exact/json';
import type { Provider } from '../provider/provider';
import { redacted } from '../wire/secrets';

/** A delivery as received. Nothing has looked at its content yet. */
export interface Delivery {
	/** Header names in lower case. A header that was sent twice is a list. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body: Buffer;
}

/** The result of a provider's webhook.ts for a delivery. It depends on nothing else than the arguments. */
export type Received =
	/** The delivery is not from the provider, or that is not proven. It gets 401 and starts no execution. */
	| { state: 'forged'; reason: string }
	| { state: 'genuine'; notified: readonly Notified[] }
	/**
	 * Nothing proves the delivery, and nothing contradicts it, at a provider that does not promise to sign. It is
	 * only a hint, so the trigger emits only what the provider itself answers. With `requireSignature` the node
	 * refuses it.
	 */
	| { state: 'unproven'; reason: string; notified: ReadonlyArray<Required<Notified>> };

export interface WebhookTrigger {
	provider: Provider;
	/**
	 * Milliseconds. How long the provider waits for its answer, minus a little time in which n8n stores the
	 * execution. A delivery that takes longer gets 503, and the provider repeats it.
	 */
	answerWithin: number;
	/** @param credentials {} when they cannot be read; then no delivery is genuine */
	receive(delivery: Delivery, credentials: ICredentialDataDecryptedObject, now: number): Received;
	/**
	 * The exact answer that the provider wants. `emitted` are the events that n8n has stored when the answer leaves.
	 * Events that were filtered out or that the provider does not know are not among them.
	 */
	acknowledge(emitted: readonly ProviderEvent[]): JsonObject;
	/** The answer to a forgery. */
	refuse(reason: string): JsonObject;
}

/** The largest delivery that is read. Providers send a few kilobytes. */
export const MAX_DELIVERY_BYTES = 2_000_000;

/**
 * Receives one notification. It verifies the raw bytes, asks the provider where the signature proves too little, and
 * filters. The acknowledgement leaves after n8n has stored the execution. Never throws, because n8n would start an
 * execution with an empty item.
 */
export async function receiveWebhook(
	this: IWebhookFunctions,
	trigger: WebhookTrigger,
): Promise<IWebhookResponseData> {
	const until = clock.now() + trigger.answerWithin;
	const credentials = await credentialsOf(this, trigger.provider);
	return await orRepeated(this, trigger.provider, credentials, async () => {
		const delivery = await deliveryOf(this, until);
		if (!delivery) return repeated(this, trigger, 'Its body did not come in time');
		const received = receivedBy(trigger, delivery, credentials);
		if (received.state === 'forged') return refused(this, trigger, received.reason);
		const filter = filterOf(this);
		const mustBeSigned = switchIn(this.getNodeParameter('requireSignature', false), 'Require Signature');
		const isAsked = switchIn(this.getNodeParameter('confirm', true), 'Confirm With the Provider');
		if (received.state === 'unproven' && mustBeSigned) return refused(this, trigger, received.reason);

		const confirming = { isProven: received.state === 'genuine', isAsked, until };
		const events: ProviderEvent[] = [];
		for (const notified of received.notified) {
			const confirmed = await confirm(this, trigger.provider, credentials, notified, confirming);
			// The delivery is not acknowledged, so the provider repeats it. n8n has stored nothing.
			if (confirmed === 'unclear') return answerAlone(this, 503, {});
			if (confirmed === 'absent') continue;
			if (!isNamed(confirmed)) return repeated(this, trigger, 'It names no object');
			events.push(confirmed);
		}
		const emitted = events.filter((event) => passes(event, filter));
		const answer = trigger.acknowledge(emitted);
		if (emitted.length === 0) return { webhookResponse: answer };
		const items: INodeExecutionData[] = emitted.map((json) => ({ json }));
		return { webhookResponse: answer, workflowData: [items] };
	});
}

/**
 * The answer to a delivery. If `answer` throws, e.g. because an expression of the node fails, the answer is 503 and
 * the provider repeats the delivery. Without this, n8n would go on with an empty item.
 */
export async function orRepeated(
	context: IWebhookFunctions,
	provider: Provider,
	credentials: ICredentialDataDecryptedObject,
	answer: () => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	try {
		return await answer();
	} catch (cause) {
		const reason = redacted(cause instanceof Error ? cause.message : '', secretsOf(provider, credentials));
		context.logger.warn(`${provider.displayName}: A notification could not be handled. ${reason}`);
		return answerAlone(context, 503, {});
	}
}

/** The result of the provider's own function. A delivery that makes it throw is not genuine. */
export function receivedBy(
	trigger: WebhookTrigger,
	delivery: Delivery,
	credentials: ICredentialDataDecryptedObject,
): Received {
	try {
		return trigger.receive(delivery, credentials, clock.now());
	} catch {
		return { state: 'forged', reason: 'The notification could not be read' };
	}
}

export async function credentialsOf(
	context: IWebhookFunctions,
	{ credential }: Provider,
): Promise<ICredentialDataDecryptedObject> {
	try {
		return await context.getCredentials(credential);
	} catch {
		return {};
	}
}

/**
 * The raw bytes of the request. The signature covers them, and they are exact, while parsed JSON is rounded.
 * Undefined when they have not come in time.
 * @param until unix milliseconds
 */
export async function deliveryOf(context: IWebhookFunctions, until: number): Promise<Delivery | undefined> {
	const request = context.getRequestObject();
	try {
		if (!Buffer.isBuffer(request.rawBody)) {
			const reading = (request.readRawBody?.() ?? Promise.resolve()).then(() => true);
			if (!(await inTime(reading, until))) return undefined;
		}
	} catch {
		// The body is too large, cut off, or does not fit its Content-Encoding. It counts as empty, and an empty body
		// is never genuine.
	}
	const body: unknown = request.rawBody;
	const headers = Object.entries(context.getHeaderData()).filter(
		(entry): entry is [string, string | string[]] => typeof entry[1] === 'string' || Array.isArray(entry[1]),
	);
	return { headers: Object.fromEntries(headers), body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) };
}

/** Answers a delivery that is not genuine. The log helps a person with a wrong secret. It quotes nothing. */
export function refused(
	context: IWebhookFunctions,
	{ provider, refuse }: WebhookTrigger,
	reason: string,
): IWebhookResponseData {
	context.logger.warn(`${provider.displayName}: A notification was refused with 401. ${reason}`);
	return answerAlone(context, 401, refuse(reason));
}

/** Answers a genuine delivery that cannot be handled now or is not understood. An acknowledgement would lose it. */
export function repeated(
	context: IWebhookFunctions,
	{ provider }: WebhookTrigger,
	reason: string,
): IWebhookResponseData {
	context.logger.warn(`${provider.displayName}: A notification was answered with 503. ${reason}`);
	return answerAlone(context, 503, {});
}

// n8n ignores a status code in `webhookResponse` and would answer 200, so this sends the answer itself.
export function answerAlone(
	context: IWebhookFunctions,
	status: number,
	answer: JsonObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(answer).end();
	return { noWebhookResponse: true };
}

function filterOf(context: IWebhookFunctions): Filter {
	const choices = (name: string) => choicesIn(context.getNodeParameter(name, []));
	return { events: choices('events'), statuses: choices('statuses') };
}

/** The body as text, without a byte order mark, which is not part of the JSON. */
export function bodyText({ body }: Delivery): string {
	return body.toString('utf8').replace(/^\uFEFF/, '');
}

/** The only value of a header. Undefined when the header is missing, empty or sent twice. */
export function header({ headers }: Delivery, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
