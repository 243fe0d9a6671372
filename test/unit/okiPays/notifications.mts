import SHA256 from 'crypto-js/sha256.js';
import type { JsonObject } from '../../../core/exact/json.ts';
import type { Delivery } from '../../../core/events/webhook.ts';
import { documentedWebhooks } from '../documentedWebhooks.mts';

export const token = 'merchant-token';
export const secret = 'okipays-demo-secret';
export const credentials = {
	token,
	secret,
	requestIdUnit: 'milliseconds',
	baseUrl: 'https://api.okipays.com',
};

/** The page's sample from the contract, which repairs its syntax. */
export const documented: JsonObject =
	documentedWebhooks('okipays').orderStatusChanged.post.requestBody.content['application/json'].example;

/** The signature of a flat body, by other code and another sha256. */
export function signatureOf(body: JsonObject, key = secret): string {
	const values = Object.keys(body)
		.sort()
		.map((name) => String(body[name]));
	return SHA256(values.join('') + key).toString();
}

export function delivery(body: JsonObject | string, headers: Delivery['headers'] = {}): Delivery {
	return { headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
}

export const signedDelivery = (body: JsonObject, name = 'sign'): Delivery =>
	delivery(body, { [name]: signatureOf(body) });
