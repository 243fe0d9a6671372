import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { clock } from '../clock';
import { collapsing } from '../wire/collapsing';
import {
	choicesIn,
	passes,
	providerEvent,
	withoutSecretsIn,
	type EventName,
	type Filter,
	type ProviderEvent,
} from './event';
import { isObject, type JsonObject, type WritableObject } from '../exact/json';
import { findOperation, type Operation } from '../row/operation';
import type { Account, Provider } from '../provider';
import { objectIn, saysAbsent, type Reading } from '../reads/reading';
import { Refusal } from '../refusal';
import { requestFor, sha256, type WireRequest } from '../wire/request';
import { readFrom } from '../wire/run';
import { redacted } from '../wire/secrets';

/** A delivery as it was received, before anything has looked at its content. */
export interface Delivery {
	/** Names in lower case; a doubled header is a list. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body: Buffer;
}

/** An event as the notification tells it, and how to ask the provider itself where the signature does not cover it. */
export interface Notified {
	event: ProviderEvent;
	/**
	 * `resource.operation` of a read, and its parameters. `event` where the name depends on what was read; `known` is
	 * what a signature proves and the read leaves out, in the words of the request that made the object; `signed` where
	 * the delivery's own words are proven, so that they stay in `raw`.
	 */
	confirm?: {
		operation: string;
		values: WritableObject;
		event?: EventName;
		known?: JsonObject;
		signed?: true;
	};
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
export const LARGEST_DELIVERY_BYTES = 2_000_000;

/** How long one ask may take, and after how long no other is begun: the provider waits for its answer. Milliseconds. */
const CONFIRMATION_TIMEOUT_MS = 10_000;

/** A burst of notifications about one object asks for it twice at most: rate limits are low, and answers are due soon. */
const confirmation = collapsing<Reading>();

/**
 * Receives one notification: verified on its raw bytes, confirmed with the provider where its signature proves too
 * little, filtered, and acknowledged after n8n has stored the execution. Never throws: n8n would start an execution
 * with an empty item.
 */
export async function receiveWebhook(
	this: IWebhookFunctions,
	trigger: WebhookTrigger,
): Promise<IWebhookResponseData> {
	const credentials = await credentialsOf(this, trigger.provider);
	const received = receivedBy(trigger, await deliveryOf(this), credentials);
	const isProven = received.state !== 'unproven';
	// What an expression makes of it may be a text: only a real `false` switches a guard off, here and below.
	const isWanted = isProven || this.getNodeParameter('requireSignature', false) === false;
	if (received.state === 'forged' || !isWanted) {
		return refused(this, trigger, received.reason);
	}

	const events: ProviderEvent[] = [];
	for (const notified of received.notified) {
		const confirmed = await confirm(this, trigger.provider, credentials, notified, isProven);
		// The provider repeats what was not acknowledged; n8n has stored nothing.
		if (confirmed === 'unreachable') return answerAlone(this, 503, {});
		if (confirmed !== 'absent') events.push(confirmed);
	}
	const emitted = events.filter((event) => passes(event, filterOf(this)));
	const answer = trigger.acknowledge(emitted);
	if (emitted.length === 0) return { webhookResponse: answer };
	const items: INodeExecutionData[] = emitted.map((json) => ({ json }));
	return { webhookResponse: answer, workflowData: [items] };
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

/** The raw bytes of the request: what the signature covers, and exact where parsed JSON is rounded. */
export async function deliveryOf(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject();
	try {
		if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody?.();
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

// n8n ignores a status code in `webhookResponse` and would answer 200.
export function answerAlone(
	context: IWebhookFunctions,
	status: number,
	answer: JsonObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(answer).end();
	return { noWebhookResponse: true };
}

/**
 * The event as the provider itself tells it now; `absent` when it does not know the object of a notification that
 * nothing proves.
 */
export async function confirm(
	context: IWebhookFunctions,
	provider: Provider,
	credentials: ICredentialDataDecryptedObject,
	{ event, confirm: how }: Notified,
	isProven: boolean,
): Promise<ProviderEvent | 'absent' | 'unreachable'> {
	const clean = (one: ProviderEvent) => withoutSecretsIn(one, secretsOf(provider, credentials));
	if (!how || (isProven && context.getNodeParameter('confirm', true) === false)) return clean(event);
	const operation = findOperation(provider.resources, how.operation);
	if (!operation) throw new TypeError(`No operation ${how.operation}`);
	const warn = (text: string) => context.logger.warn(`${provider.displayName}: ${text}`);
	const question = questionOf(provider, operation, credentials, how.values);
	const unreachable = (reason: string) => {
		warn(`A notification cannot be confirmed. ${reason}`);
		return 'unreachable' as const;
	};
	if (typeof question === 'string') return unreachable(question);
	const { account, request } = question;
	const caller = { node: context, provider, account };
	// Who has an account's id and not its secrets must not be shown what its owner reads.
	const key = sha256([provider.name, request.fingerprint, ...account.secrets].join('\n'));
	const reading = await confirmation(key, () =>
		readFrom(caller, operation, request, CONFIRMATION_TIMEOUT_MS, clock.now() + CONFIRMATION_TIMEOUT_MS),
	);
	if (reading.state !== 'read') {
		if (reading.state === 'unanswered' || !saysAbsent(reading))
			return unreachable(redacted(reading.reason, account.secrets));
		warn(`It does not know ${JSON.stringify(how.values)} of its notification; no execution was started`);
		// What it announced itself must exist: it is asked for in the wrong place, and acknowledging would lose it.
		return isProven ? 'unreachable' : 'absent';
	}
	const object = objectIn(reading.data, operation);
	if (!isObject(object)) return unreachable('The answer holds no object');
	const record = provider.payment(operation.returns.kind ?? '', object, how.known);
	// Of an unsigned delivery nothing goes on: it may say anything.
	const raw = how.signed ? event.raw : object;
	return clean(providerEvent(how.event ?? event.event, record, raw, provider.eventVersion?.(record)));
}

/** Of a credential that cannot be used none are known. */
function secretsOf(provider: Provider, credentials: ICredentialDataDecryptedObject): readonly string[] {
	try {
		return provider.account(credentials).secrets;
	} catch {
		return [];
	}
}

/** The read that confirms, or why the credential does not allow it, e.g. for want of a slug. */
function questionOf(
	provider: Provider,
	operation: Operation,
	credentials: ICredentialDataDecryptedObject,
	values: WritableObject,
): { account: Account; request: WireRequest } | string {
	try {
		const account = provider.account(credentials);
		return { account, request: requestFor(provider, account, operation, values) };
	} catch (cause) {
		return cause instanceof Refusal ? cause.message : 'The credential cannot be used';
	}
}

function filterOf(context: IWebhookFunctions): Filter {
	const choices = (name: string) => choicesIn(context.getNodeParameter(name, []));
	return { events: choices('events'), statuses: choices('statuses') };
}

/** One header's only value; undefined when it is missing, empty or sent twice. */
export function header({ headers }: Delivery, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
