import { Agent } from 'node:http';
import axios from 'axios';
import CryptoJS from 'crypto-js';

import { bridgePayContract } from '../../sandbox/bridgePay/index.mts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.mts';
import { isRecord, type JsonRecord } from '../../sandbox/values.mts';

export const contract = bridgePayContract();

export interface CallOptions {
	path?: Record<string, string>;
	query?: string;
	headers?: Record<string, string>;
	timeout?: number;
}

export interface Answered {
	status: number;
	type: string;
	text: string;
	/** The parsed body. Undefined when it is not JSON. */
	body: unknown;
	/** The parsed body. {} when it is not an object. */
	object: JsonRecord;
}

/** A client that shares no code with the sandbox. crypto-js signs, FormData encodes. */
export class Client {
	readonly sandbox: Sandbox;

	constructor(sandbox: Sandbox) {
		this.sandbox = sandbox;
	}

	async call(operation: string, body?: JsonRecord | FormData, options: CallOptions = {}): Promise<Answered> {
		const { method, path } = contract.route(operation);
		const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
			encodeURIComponent(options.path?.[name] ?? ''),
		);
		const url = `${this.sandbox.bridgePay.url}${filled}${options.query ?? ''}`;
		const form = body instanceof FormData ? new Response(body) : undefined;
		const json = form || body === undefined ? '' : JSON.stringify(body);
		const type = form?.headers.get('content-type') ?? (json ? 'application/json' : undefined);
		const bytes = form ? Buffer.from(await form.arrayBuffer()) : Buffer.from(json);
		const response = await axios.request<string>({
			method,
			url,
			...(bytes.length > 0 && { data: bytes }),
			headers: {
				...(type !== undefined && { 'Content-Type': type }),
				...(filled.startsWith('/api/public/') ? {} : this.sign(method, url, json)),
				...options.headers,
			},
			timeout: options.timeout ?? 10_000,
			responseType: 'text',
			transformResponse: (text: string) => text,
			validateStatus: () => true,
			maxRedirects: 0,
			proxy: false,
			httpAgent: new Agent({ keepAlive: false }),
		});
		const { status, data: text, headers } = response;
		const parsed = parsedOrNothing(text);
		return {
			status,
			type: String(headers['content-type'] ?? ''),
			text,
			body: parsed,
			object: isRecord(parsed) ? parsed : {},
		};
	}

	sign(method: string, url: string, body: string): Record<string, string> {
		const { apiKey, secret } = this.sandbox.bridgePay.account;
		const hash = CryptoJS.HmacSHA1(`${method}${url}${body}`, secret);
		return { 'X-Identity': apiKey, 'X-Signature': CryptoJS.enc.Base64.stringify(hash) };
	}

	/** Creates an invoice that has the documented shape. */
	async invoice(change: JsonRecord = {}): Promise<JsonRecord> {
		const answer = await this.call('createInvoice', payIn(change));
		if (answer.status !== 200) throw new Error(answer.text);
		expect(contract.checkSchema('InvoiceDTO', answer.body)).toEqual([]);
		return answer.object;
	}
}

function parsedOrNothing(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function payIn(change: JsonRecord = {}): JsonRecord {
	return {
		type: 'in',
		amount: '1000.00',
		currency: 'RUB',
		notificationUrl: 'https://example.com/hook',
		notificationToken: 'a-long-random-token-0001',
		internalId: 'order-1',
		startDeal: true,
		...change,
	};
}

export function payOut(change: JsonRecord = {}): JsonRecord {
	return {
		...payIn(),
		startDeal: undefined,
		type: 'out',
		paymentOption: 'TO_CARD',
		paymentMethod: 'sberbank',
		paymentRequisites: { requisites: '4444 4444 4444 4444', holder: 'holder name' },
		...change,
	};
}

export function proof(fields: Record<string, string> = {}, size = 10, name = 'receipt.png'): FormData {
	const form = new FormData();
	for (const [field, value] of Object.entries(fields)) form.append(field, value);
	form.append('attachment', new Blob([new Uint8Array(size).fill(1)], { type: 'image/png' }), name);
	return form;
}

const running: Sandbox[] = [];

/** Starts a sandbox with a client. It is closed after each test of the file. */
export async function start(options: SandboxOptions = { autopilot: false }) {
	const sandbox = await startSandbox(options);
	running.push(sandbox);
	return { sandbox, client: new Client(sandbox) };
}

export async function closeAll(): Promise<void> {
	await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
}

/** The only deal of an invoice. */
export function dealOf({ deals }: JsonRecord): JsonRecord {
	const deal: unknown = Array.isArray(deals) ? deals[0] : undefined;
	if (!isRecord(deal)) throw new Error('The invoice has no deal');
	return deal;
}
