import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { JsonObject } from './json';

/** A delivery as it was received, before anything has looked at its content. */
export interface Delivery {
	/** Names in lower case; a doubled header is a list. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body: Buffer;
}

/** What a provider's webhook.ts makes of a delivery. Pure: the same delivery gives the same answer. */
export type Received =
	/** Not from the provider, or not provably: 401, no execution. */
	| { state: 'forged'; reason: string; answer: JsonObject }
	/** Genuine: acknowledged, and an execution when `events` is not empty. */
	| { state: 'genuine'; answer: JsonObject; events: JsonObject[] };

/** The largest delivery that is looked at. Providers send kilobytes. */
export const LARGEST_DELIVERY_BYTES = 2_000_000;

/** The raw bytes of the request: what the signature covers, and exact where parsed JSON is rounded. */
export async function deliveryOf(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody?.();
	const body: unknown = request.rawBody;
	return {
		headers: context.getHeaderData() as Delivery['headers'],
		body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
	};
}

/**
 * Gives n8n what it needs to acknowledge a genuine delivery after the execution is stored, and answers a forged one
 * by itself: n8n ignores a status code in `webhookResponse`, and would answer 200.
 */
export function respond(context: IWebhookFunctions, received: Received): IWebhookResponseData {
	if (received.state === 'forged') {
		const response = context.getResponseObject();
		response.status(401).json(received.answer).end();
		return { noWebhookResponse: true };
	}
	if (received.events.length === 0) return { webhookResponse: received.answer };
	const items: INodeExecutionData[] = received.events.map((json) => ({ json }));
	return { webhookResponse: received.answer, workflowData: [items] };
}

/** One header's only value; undefined when it is missing or sent twice. */
export function header({ headers }: Delivery, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * A name for what happened, the same for every retry of one delivery and another for every real change. Parts that
 * the provider leaves out still hold their place.
 */
export function eventId(provider: string, parts: ReadonlyArray<string | undefined>): string {
	const text = JSON.stringify(parts.map((part) => part ?? null));
	return `${provider}-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
