import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import axios from 'axios';

import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.mts';
import { rapiraContract } from '../../sandbox/rapira/index.mts';

export const contract = rapiraContract();

export interface Answered {
	status: number;
	text: string;
	body: unknown;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A client that shares no code with the sandbox or the node. */
export class RapiraClient {
	readonly sandbox: Sandbox;
	#token = '';

	constructor(sandbox: Sandbox) {
		this.sandbox = sandbox;
	}

	/** An assertion that the account's key signs. The key is base64 of a PEM with a wrong label, and OpenSSL reads its content. */
	assertion(change: object = {}, header: object = { typ: 'JWT', alg: 'RS256' }): string {
		const pem = Buffer.from(this.sandbox.rapira.account.privateKey, 'base64').toString();
		const body = pem.replace(/-----[^-]+-----|\s/g, '');
		const key = createPrivateKey({ key: Buffer.from(body, 'base64'), format: 'der', type: 'pkcs8' });
		const exp = Math.floor(Date.now() / 1000) + 600;
		const signed = `${part(header)}.${part({ exp, jti: randomUUID(), ...change })}`;
		return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
	}

	login(jwt_token = this.assertion(), kid = this.sandbox.rapira.account.uid): Promise<Answered> {
		return this.send('generateJwt', { json: { kid, jwt_token }, token: '' });
	}

	/** Calls an operation, and signs in when needed. A success must have the documented shape. */
	async call(operation: string, request: Request = {}): Promise<Answered> {
		if (this.#token === '') {
			const { body } = await this.login();
			this.#token = String(Object(body).token);
		}
		const answered = await this.send(operation, { token: this.#token, ...request });
		const isJson = answered.status === 200 && answered.body !== undefined;
		if (isJson) expect([operation, contract.checkAnswer(operation, answered.body)]).toEqual([operation, []]);
		return answered;
	}

	async send(
		operation: string,
		{ json, form, query, token = '', path: filled, type }: Request,
	): Promise<Answered> {
		const { method, path } = contract.route(operation);
		const body = form
			? new URLSearchParams(form).toString()
			: json === undefined
				? undefined
				: JSON.stringify(json);
		const given = type ?? (form ? 'application/x-www-form-urlencoded' : 'application/json');
		const { status, data } = await axios.request<string>({
			method,
			url: `${this.sandbox.rapira.url}${filled ?? path}`,
			...(query && { params: query }),
			...(body !== undefined && { data: body }),
			headers: {
				...(body !== undefined && { 'Content-Type': given }),
				...(token !== '' && { Authorization: `Bearer ${token}` }),
			},
			responseType: 'text',
			transformResponse: (text: string) => text,
			validateStatus: () => true,
			maxRedirects: 0,
			proxy: false,
		});
		return { status, text: data, body: parsed(data) };
	}
}

export interface Request {
	json?: unknown;
	form?: Record<string, string>;
	query?: Record<string, string>;
	token?: string;
	path?: string;
	type?: string;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const running: Sandbox[] = [];

/** Starts a sandbox with a client. It is closed after each test of the file. */
export async function start(options: SandboxOptions = { autopilot: false }) {
	const sandbox = await startSandbox(options);
	running.push(sandbox);
	return { sandbox, rapira: sandbox.rapira, client: new RapiraClient(sandbox) };
}

export async function closeAll(): Promise<void> {
	await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
}

let nonces = Date.now();

export function payout(change: object = {}): Request {
	nonces += 1;
	return { json: { coin: 'USDT', chain: 'TRX', address: 'TA1', amount: '100.5', nonce: nonces, ...change } };
}
