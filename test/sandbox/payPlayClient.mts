import { Agent } from 'node:http';
import axios from 'axios';

import { payPlayContract } from '../../sandbox/payPlay/index.mts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.mts';
import { isRecord, type JsonRecord } from '../../sandbox/values.mts';

export const contract = payPlayContract();

export interface PayPlayCall {
	/** The parameters in the path. */
	path?: Record<string, string>;
	query?: Record<string, string>;
	body?: unknown;
	headers?: Record<string, string>;
	/** False: the request has no token. */
	token?: false;
}

const running: Sandbox[] = [];

export async function startPayPlay(options: SandboxOptions = { autopilot: false }) {
	const sandbox = await startSandbox(options);
	running.push(sandbox);
	const { account, url } = sandbox.payPlay;

	/** Calls an operation of the contract. A success must have the documented shape. */
	async function call(operation: string, given: PayPlayCall = {}) {
		const { method, path } = contract.route(operation);
		const slug = operation === 'createWithdrawal' ? account.companySlug : account.paymentPageSlug;
		const parameters: Record<string, string> = { slug, ...given.path };
		const { status, data } = await axios.request<string>({
			method,
			url: url + path.replace(/\{(\w+)\}/g, (_whole, name: string) => parameters[name] ?? ''),
			...(given.query && { params: given.query }),
			...(given.body !== undefined && { data: Buffer.from(JSON.stringify(given.body)) }),
			headers: {
				Accept: 'application/json',
				...(given.body !== undefined && { 'Content-Type': 'application/json' }),
				...(given.token !== false && { Authorization: `Bearer ${account.apiToken}` }),
				...given.headers,
			},
			responseType: 'text',
			transformResponse: (text: string) => text,
			validateStatus: () => true,
			proxy: false,
			httpAgent: new Agent({ keepAlive: false }),
		});
		const parsed: unknown = JSON.parse(data);
		if (status === 200) expect([operation, contract.checkAnswer(operation, parsed)]).toEqual([operation, []]);
		return { status, text: data, body: isRecord(parsed) ? parsed : {} };
	}

	return { sandbox, payPlay: sandbox.payPlay, call };
}

export async function closeAllPayPlay(): Promise<void> {
	await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
}

export function record(value: unknown): JsonRecord {
	if (!isRecord(value)) throw new Error('Not an object');
	return value;
}

export const order = (body: JsonRecord): JsonRecord => record(body.order);

export const withdrawal = (change: JsonRecord = {}): JsonRecord => ({
	amount: '100',
	currency: 'USDT',
	wallet: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
	network: 'TRC20',
	external_id: 'w-1',
	...change,
});
