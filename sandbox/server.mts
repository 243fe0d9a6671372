import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

import type { Faults } from './faults.mts';
import { Listener } from './listener.mts';
import { magicPlan } from './magicAmounts.mts';
import type { NodeOperations } from './nodeOperations.mts';
import type { Answer, IncomingRequest, Provider, ReceivedRequest } from './provider.mts';
import type { Timers } from './scheduler.mts';
import { appliesFirst, sendAnswer, spoil } from './wire.mts';

const BODY_LIMIT = 64 * 1024 * 1024;
const REMEMBERED_REQUESTS = 5000;

/** Stands between a request that was read and the provider. It may wait, look at the answer, or change it. */
export type Intercept = (request: ReceivedRequest, serve: () => Promise<Answer>) => Promise<Answer>;

export interface ServerSetting {
	faults: Faults;
	clock: () => number;
	timers: Timers;
	intercept?: Intercept | undefined;
	magicAmounts: boolean;
	nodeOperations: NodeOperations;
}

/** The HTTP front of one provider: keeps the exact bytes, plays the planned faults, remembers every request. */
export class ProviderServer {
	readonly requests: ReceivedRequest[] = [];
	readonly listener: Listener;
	readonly #name: string;
	readonly #provider: Provider;
	readonly #setting: ServerSetting;
	/** How many requests have come since the start. */
	count = 0;

	constructor(name: string, provider: Provider, setting: ServerSetting) {
		this.#name = name;
		this.#provider = provider;
		this.#setting = setting;
		this.listener = new Listener((request, response) => {
			this.#serve(request, response).catch((error) => sendFailure(response, error));
		});
	}

	/** The plan is made before the body is read. This is the only moment for the fault reset-before-reading. */
	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const received = this.#record(request);
		const { operation } = received;
		const changes = this.#setting.nodeOperations.changes(operation);
		const planned = this.#setting.faults.takeServerFault({ provider: this.#name, operation, changes });
		if (planned) received.fault = planned.kind;
		if (planned?.kind === 'reset-before-reading')
			return spoil(response, planned, undefined, () => '', this.#setting.timers);

		const body = await bodyOf(request);
		if (!body) return void response.destroy();
		received.rawBody = body;
		received.body = body.toString();
		const plan = planned ?? (this.#setting.magicAmounts ? magicPlan(received) : undefined);
		if (plan) received.fault = plan.kind;

		const answer = !plan || appliesFirst(plan) ? await this.#through(received) : undefined;
		if (plan) spoil(response, plan, answer, () => this.#provider.refusal(), this.#setting.timers);
		else if (answer) sendAnswer(response, answer);
	}

	async #through(received: ReceivedRequest): Promise<Answer> {
		const serve = () => this.#answer(received);
		return await (this.#setting.intercept?.(received, serve) ?? serve());
	}

	async #answer(received: ReceivedRequest): Promise<Answer> {
		const { method, url, path, headers, rawBody, operation } = received;
		const query = queryOf(url);
		const request: IncomingRequest = { method, url, path, query, headers, rawBody, operation };
		try {
			const answer = await this.#provider.answer(request);
			received.verdict = answer.verdict;
			return answer;
		} catch (error) {
			const answer = failure(error);
			received.verdict = answer.verdict;
			return answer;
		}
	}

	#record({ method = '', url = '', headers }: IncomingMessage): ReceivedRequest {
		const [path = ''] = url.split('?');
		const operation = this.#provider.contract.operationOf(method, path);
		this.count += 1;
		const received: ReceivedRequest = {
			id: this.count,
			at: this.#setting.clock(),
			method,
			url,
			path,
			headers: flat(headers),
			rawBody: Buffer.alloc(0),
			body: '',
			...(operation && { operation }),
			verdict: { kind: 'unread' },
		};
		this.requests.push(received);
		if (this.requests.length > REMEMBERED_REQUESTS) this.requests.shift();
		return received;
	}
}

/** A mistake in the sandbox itself must be seen, not taken for the provider's behaviour. */
function failure(error: unknown): Answer {
	const reason = `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`;
	const body = JSON.stringify({ sandboxError: reason });
	return { status: 599, body, verdict: { kind: 'refused', code: '599', reason } };
}

function sendFailure(response: ServerResponse, error: unknown): void {
	if (response.headersSent) response.destroy();
	else sendAnswer(response, failure(error));
}

/**
 * The exact bytes, which signatures cover. A body that is too large counts as none, and the provider refuses it in its
 * own words. Undefined where the client has gone.
 */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
	const parts: Buffer[] = [];
	let size = 0;
	try {
		for await (const part of request) {
			if (!Buffer.isBuffer(part)) continue;
			size += part.length;
			if (size <= BODY_LIMIT) parts.push(part);
		}
	} catch {
		return undefined;
	}
	return size > BODY_LIMIT ? Buffer.alloc(0) : Buffer.concat(parts);
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
	const entries = Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
	return Object.fromEntries(entries);
}

function queryOf(url: string): Record<string, string | string[]> {
	const parameters = new URL(url, 'http://sandbox').searchParams;
	const query: Record<string, string | string[]> = {};
	for (const name of new Set(parameters.keys())) {
		const values = parameters.getAll(name);
		query[name] = values.length === 1 ? (values[0] ?? '') : values;
	}
	return query;
}
