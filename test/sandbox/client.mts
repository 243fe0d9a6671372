import { Agent } from 'node:http';
import axios, { type AxiosResponse } from 'axios';
import HmacSHA512 from 'crypto-js/hmac-sha512.js';

import { gatePayContract } from '../../sandbox/gatePay/index.mts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.mts';
import { isRecord, type JsonRecord } from '../../sandbox/values.mts';

export const contract = gatePayContract();

export interface CallOptions {
	headers?: Record<string, string>;
	query?: Record<string, string>;
	/** The body on the wire, even when another body was signed. */
	wireBody?: string;
	timeout?: number;
	url?: string;
}

export interface Answered {
	status: number;
	headers: AxiosResponse['headers'];
	text: string;
	/** The parsed answer. {} when it is not a JSON object. */
	body: JsonRecord;
	data: JsonRecord;
	code: unknown;
}

let nonces = 0;

/** A client that shares no code with the sandbox. crypto-js signs. */
export class Client {
	readonly sandbox: Sandbox;

	constructor(sandbox: Sandbox) {
		this.sandbox = sandbox;
	}

	sign(body: string): Record<string, string> {
		const { clientId, paymentSecret } = this.sandbox.gatePay.account;
		const timestamp = String(Date.now());
		nonces += 1;
		const nonce = `nonce${nonces}`;
		return {
			'X-GatePay-Certificate-ClientId': clientId,
			'X-GatePay-Timestamp': timestamp,
			'X-GatePay-Nonce': nonce,
			'X-GatePay-Signature': HmacSHA512(`${timestamp}\n${nonce}\n${body}\n`, paymentSecret).toString(),
		};
	}

	/** Calls an operation of the contract. A success must have the documented shape. */
	async call(operation: string, body?: unknown, options: CallOptions = {}): Promise<Answered> {
		const text = body === undefined ? '' : JSON.stringify(body);
		const type: Record<string, string> = text ? { 'Content-Type': 'application/json' } : {};
		const headers = { ...type, ...this.sign(text), ...options.headers };
		const answered = await this.send(operation, options.wireBody ?? text, { ...options, headers });
		const isSuccess =
			answered.status === 200 && !answered.text.includes('"FAIL"') && !answered.text.includes('<html');
		if (isSuccess) expect(contract.checkAnswer(operation, JSON.parse(answered.text))).toEqual([]);
		return answered;
	}

	async upload(operation: string, form: FormData, headers: Record<string, string> = {}): Promise<Answered> {
		const encoded = new Response(form);
		const type = { 'Content-Type': encoded.headers.get('content-type') ?? '' };
		const body = Buffer.from(await encoded.arrayBuffer());
		const answered = await this.send(operation, body, { headers: { ...type, ...this.sign(''), ...headers } });
		if (answered.code !== undefined && !answered.text.includes('"FAIL"')) {
			expect(contract.checkAnswer(operation, answered.body)).toEqual([]);
		}
		return answered;
	}

	async send(operation: string, body: string | Buffer, options: CallOptions): Promise<Answered> {
		const { method, path } = contract.route(operation);
		const response = await axios.request<string>({
			method,
			url: `${options.url ?? this.sandbox.gatePay.url}${path}`,
			...(options.query && { params: options.query }),
			...(body.length > 0 && { data: Buffer.from(body) }),
			headers: options.headers ?? {},
			timeout: options.timeout ?? 10_000,
			responseType: 'text',
			transformResponse: (text: string) => text,
			validateStatus: () => true,
			maxRedirects: 0,
			proxy: false,
			httpAgent: new Agent({ keepAlive: false }),
		});
		return answeredBy(response);
	}
}

function answeredBy({ status, headers, data: text }: AxiosResponse<string>): Answered {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		parsed = undefined;
	}
	const body = isRecord(parsed) ? parsed : {};
	return { status, headers, text, body, data: isRecord(body.data) ? body.data : {}, code: body.code };
}

/** The code or message with which a request fails when no answer comes. */
export async function failureOf(request: Promise<unknown>): Promise<string> {
	try {
		await request;
		return 'answered';
	} catch (error) {
		return axios.isAxiosError(error) ? (error.code ?? error.message) : String(error);
	}
}

const running: Sandbox[] = [];

/** Starts a sandbox with a client. It is closed after each test of the file. */
export async function start(options?: SandboxOptions): Promise<{ sandbox: Sandbox; client: Client }> {
	const sandbox = await startSandbox(options);
	running.push(sandbox);
	return { sandbox, client: new Client(sandbox) };
}

export async function closeAll(): Promise<void> {
	await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
}

/** Waits for something that happens by itself. */
export async function eventually(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 10_000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`Did not happen: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

export function payout(batch_id: string, change: JsonRecord = {}, more: JsonRecord[] = []): JsonRecord {
	const order = {
		merchant_withdraw_id: `${batch_id}_1`,
		currency: 'USDT',
		amount: '10',
		chain: 'TRX',
		address: 'TAbc',
	};
	return {
		batch_id,
		withdraw_list: [{ ...order, ...change }, ...more.map((each) => ({ ...order, ...each }))],
	};
}

export function imageForm(fields: Record<string, string>, name = 'receipt.png', size = 10): FormData {
	const form = new FormData();
	for (const [field, value] of Object.entries(fields)) form.append(field, value);
	form.append('file', new Blob([new Uint8Array(size)], { type: 'image/png' }), name);
	return form;
}
