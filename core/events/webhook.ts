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

/** A delivery as it was received, before anything has looked at its content. */
export interface Delivery {
	/** Names in lower case; a doubled header is a list. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body: Buffer;
}

/** What a provider's webhook.ts makes of a delivery. Pure: the same delivery gives the same result. */
export type Received =
	/** Not from the provider, or not provably: 401, no execution. */
	| { state: 'forged'; reason: string }
	| { state: 'genuine'; notified: readonly Notified[] }
	/**
	 * Nothing proves it and nothing speaks against it, where the provider does not promise to sign: a hint, so only
	 * what the provider itself says is emitted. The node's `requireSignature` refuses it instead.
	 */
	| { state: 'unproven'; reason: string; notified: ReadonlyArray<Required<Notified>> };

export interface WebhookTrigger {
	provider: Provider;
	/**
	 * How long the provider waits for its answer, less a little for n8n to store the execution, in milliseconds. Who
	 * waits longer is answered 503, and the provider repeats what was not acknowledged.
	 */
	answerWithin: number;
	/** @param credentials {} when they cannot be read: then nothing is genuine */
	receive(delivery: Delivery, credentials: ICredentialDataDecryptedObject, now: number): Received;
	/**
	 * The answer that the provider wants, to the letter. `emitted` are the events that n8n has stored when the answer
	 * leaves: without those that were filtered out or that the provider does not know.
	 */
	acknowledge(emitted: readonly ProviderEvent[]): JsonObject;
	/** The answer to a forgery. */
	refuse(reason: string): JsonObject;
}

/** The largest delivery that is looked at. Providers send kilobytes. */
export const MAX_DELIVERY_BYTES = 2_000_000;

/**
 * Receives one notification: verified on its raw bytes, confirmed with the provider where its signature proves too
 * little, filtered, and acknowledged after n8n has stored the execution. Never throws: n8n would start an execution
 * with an empty item.
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
			// The provider repeats what was not acknowledged; n8n has stored nothing.
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
 * The answer to a delivery, or 503 when that throws, e.g. because an expression of the node fails: n8n would go on with
 * an empty item, and the provider repeats what was not acknowledged.
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

/** What the provider's file makes of it; a delivery that it stumbles over is not genuine. */
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
 * The raw bytes of the request: what the signature covers, and exact where parsed JSON is rounded. Undefined when they
 * have not come in time.
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
		// Too large, cut off, or not what its Content-Encoding says: an empty body is never genuine.
	}
	const body: unknown = request.rawBody;
	const headers = Object.entries(context.getHeaderData()).filter(
		(entry): entry is [string, string | string[]] => typeof entry[1] === 'string' || Array.isArray(entry[1]),
	);
	return { headers: Object.fromEntries(headers), body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) };
}

/** The answer to what is not genuine. The log tells whoever has set up a wrong secret; it quotes nothing of it. */
export function refused(
	context: IWebhookFunctions,
	{ provider, refuse }: WebhookTrigger,
	reason: string,
): IWebhookResponseData {
	context.logger.warn(`${provider.displayName}: A notification was refused with 401. ${reason}`);
	return answerAlone(context, 401, refuse(reason));
}

/** What is genuine and cannot be taken now, or not understood: acknowledging would lose it. */
export function repeated(
	context: IWebhookFunctions,
	{ provider }: WebhookTrigger,
	reason: string,
): IWebhookResponseData {
	context.logger.warn(`${provider.displayName}: A notification was answered with 503. ${reason}`);
	return answerAlone(context, 503, {});
}

// n8n ignores a status code in `webhookResponse` and would answer 200.
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

/** The body as text: a byte order mark is no part of the JSON. */
export function bodyText({ body }: Delivery): string {
	return body.toString('utf8').replace(/^\uFEFF/, '');
}

/** One header's only value; undefined when it is missing, empty or sent twice. */
export function header({ headers }: Delivery, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
