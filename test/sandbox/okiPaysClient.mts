import axios from 'axios';
import SHA256 from 'crypto-js/sha256.js';

import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.mts';
import { okiPaysContract } from '../../sandbox/okiPays/index.mts';
import { isRecord, type JsonRecord } from '../../sandbox/values.mts';

export const contract = okiPaysContract();

const running: Sandbox[] = [];

/** Starts a sandbox. It is closed after each test of the file. */
export async function startOkiPays(options: SandboxOptions = { autopilot: false }) {
	const sandbox = await startSandbox(options);
	running.push(sandbox);
	return sandbox;
}

export async function closeOkiPays(): Promise<void> {
	await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
}

let ids = Date.now();

/** All values in the order of their keys, by JavaScript's own means. */
export function joined(value: unknown): string {
	if (Array.isArray(value)) return value.map(joined).join('');
	if (!isRecord(value)) return String(value);
	return Object.keys(value)
		.sort()
		.map((key) => joined(value[key]))
		.join('');
}

/** A client that shares no code with the sandbox. */
export async function callOkiPays(
	{ okiPays }: Sandbox,
	operation: string,
	given?: JsonRecord,
	change: Record<string, string> = {},
) {
	const { method, path } = contract.route(operation);
	const body = given && { request_id: String((ids += 1)), ...given };
	const signature = SHA256(joined(body ?? '') + okiPays.account.secret).toString();
	const signed = { 'X-Auth-Token': okiPays.account.token, 'X-Auth-Sign': signature };
	const response = await axios.request<string>({
		method,
		url: okiPays.url + path,
		...(body && { data: Buffer.from(JSON.stringify(body)) }),
		headers: { 'Content-Type': 'application/json', ...(body && signed), ...change },
		timeout: 3000,
		responseType: 'text',
		transformResponse: (text: string) => text,
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
	});
	let answer: unknown;
	try {
		answer = JSON.parse(response.data);
	} catch {
		answer = {};
	}
	const envelope: JsonRecord = isRecord(answer) ? answer : {};
	const data = isRecord(envelope.data) ? envelope.data : {};
	return { status: response.status, text: response.data, envelope, data };
}
