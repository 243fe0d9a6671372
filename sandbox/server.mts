import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import type { Faults } from './faults.mts';
import { Listener } from './listener.mts';
import { magicPlan } from './magicAmounts.mts';
import type { Answer, IncomingRequest, Provider, ReceivedRequest } from './provider.mts';
import type { Timers } from './scheduler.mts';
import { appliesFirst, sendAnswer, spoil } from './wire.mts';

const BODY_LIMIT = 64 * 1024 * 1024;
const BYTES = 'application/octet-stream';
const REMEMBERED_REQUESTS = 5000;

/** Stands between a request that was read and the provider. It may wait, look at the answer, or change it. */
export type Intercept = (request: ReceivedRequest, serve: () => Promise<Answer>) => Promise<Answer>;

export interface ServerSetting {
	faults: Faults;
	clock: () => number;
	timers: Timers;
	intercept?: Intercept | undefined;
	magicAmounts: boolean;
}

/** The HTTP front of one provider: keeps the exact bytes, plays the planned faults, remembers every request. */
export class ProviderServer {
	readonly requests: ReceivedRequest[] = [];
	readonly listener: Listener;
	readonly #name: string;
	readonly #provider: Provider;
	readonly #setting: ServerSetting;
	readonly #app: FastifyInstance;
	/** How many requests have come since the start. */
	count = 0;

	constructor(name: string, provider: Provider, setting: ServerSetting) {
		this.#name = name;
		this.#provider = provider;
		this.#setting = setting;
		this.#app = fastify({ bodyLimit: BODY_LIMIT, exposeHeadRoutes: false });
		this.#route();
		this.listener = new Listener((request, response) => this.#app.routing(request, response));
	}

	async open(port: number): Promise<void> {
		await this.#app.ready();
		await this.listener.open(port);
	}

	async close(): Promise<void> {
		await this.listener.close();
		await this.#app.close();
	}

	#route(): void {
		const app = this.#app;
		// Signatures cover the received bytes, so no parser may change them first.
		app.removeAllContentTypeParsers();
		app.addContentTypeParser(BYTES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
		app.addHook('onRequest', async (request, reply) => this.#arrive(request, reply));
		app.all('*', async (request, reply) => this.#serve(request, reply));
		// The provider refuses an unreadable body in its own words too.
		app.setErrorHandler(async (_error, request, reply) => this.#serve(request, reply));
	}

	/** Runs before the body is read. This is the only moment for the fault reset-before-reading. */
	#arrive(request: FastifyRequest, reply: FastifyReply): void {
		const received = this.#record(request);
		const plan = this.#setting.faults.takeServerFault(this.#name, received.operation);
		if (plan) received.fault = plan.kind;
		arrivals.set(request, { received, plan });
		// The provider judges the client's content type. Here the bytes are read as they are, whatever their type.
		request.headers['content-type'] = BYTES;
		if (plan?.kind !== 'reset-before-reading') return;
		reply.hijack();
		spoil(reply.raw, plan, undefined, () => '', this.#setting.timers);
	}

	async #serve(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		reply.hijack();
		const arrival = arrivals.get(request);
		if (!arrival) return void reply.raw.destroy();
		const { received } = arrival;
		received.rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
		received.body = received.rawBody.toString();
		const plan = arrival.plan ?? (this.#setting.magicAmounts ? magicPlan(received) : undefined);
		if (plan) received.fault = plan.kind;

		const answer = !plan || appliesFirst(plan) ? await this.#through(received) : undefined;
		if (plan) spoil(reply.raw, plan, answer, () => this.#provider.refusal(), this.#setting.timers);
		else if (answer) sendAnswer(reply.raw, answer);
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
			// A mistake in the sandbox itself must be seen, not taken for the provider's behaviour.
			const reason = `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`;
			received.verdict = { kind: 'refused', code: '599', reason };
			return { status: 599, body: JSON.stringify({ sandboxError: reason }), verdict: received.verdict };
		}
	}

	#record({ method, url, headers }: FastifyRequest): ReceivedRequest {
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

interface Arrival {
	received: ReceivedRequest;
	plan: ReturnType<Faults['takeServerFault']>;
}

const arrivals = new WeakMap<FastifyRequest, Arrival>();

function flat(headers: FastifyRequest['headers']): Record<string, string> {
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
