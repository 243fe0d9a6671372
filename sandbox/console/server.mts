import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';

import type { Forgery } from '../deliveries.mts';
import { FAULT_KINDS, type FaultPlan } from '../faults.mts';
import { Listener } from '../listener.mts';
import type { RunningProvider } from '../runningProvider.mts';
import { describe } from './view.mts';

/** A mail as the page shows it. */
export interface ShownMail {
	to: string[];
	subject: string;
	html: string;
	/** The links by the text on their button. */
	links: Record<string, string>;
}

export interface Control {
	providers: Record<string, RunningProvider>;
	plans(): FaultPlan[];
	/** The mails that a person would get. Undefined: nobody here receives mails. */
	mails(): ShownMail[] | undefined;
	fault(plan: FaultPlan): void;
	clearFaults(): void;
	reset(): Promise<void>;
}

export interface ConsoleServer {
	url: string;
	close(): Promise<void>;
}

/** How long the port stays closed for a person who tries this fault. */
const REFUSED_SECONDS = 15;

const text = { type: 'string', minLength: 1 };
const faultSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['kind'],
	properties: {
		provider: text,
		operation: text,
		onlyChanges: { type: 'boolean' },
		kind: { type: 'string', enum: FAULT_KINDS },
		nth: { type: 'integer', minimum: 1 },
		times: { type: 'integer', minimum: 1 },
		status: { type: 'integer', minimum: 200, maximum: 599 },
		retryAfter: { type: ['integer', 'null'] },
		location: text,
		body: { type: 'string', enum: ['html', 'refusal'] },
		seconds: { type: 'number', minimum: 0 },
		applied: { type: 'boolean' },
	},
};

function bodyOf(required: string[], optional: Record<string, unknown> = {}) {
	const properties = Object.fromEntries(required.map((name) => [name, text]));
	const body = { type: 'object', required, properties: { ...properties, ...optional } };
	return { schema: { body } };
}

/** Opens the console page and its JSON control interface. */
export async function openConsole(control: Control, port: number): Promise<ConsoleServer> {
	const app = fastify({ ajv: { customOptions: { removeAdditional: false, allowUnionTypes: true } } });
	const listener = new Listener((request, response) => app.routing(request, response));
	// A command without a body, such as reset, may come with any content type.
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null, undefined));
	refuseOtherSites(app);
	addPage(app);
	addReads(app, control);
	addCommands(app, control);
	await app.ready();
	await listener.open(port);
	return {
		url: listener.url,
		async close() {
			await listener.close();
			await app.close();
		},
	};
}

/** Refuses commands of other web pages: any page can send requests to the ports of this machine. */
function refuseOtherSites(app: FastifyInstance): void {
	app.addHook('onRequest', async ({ headers: { origin, host } }, reply) => {
		if (!origin || origin === `http://${host}`) return;
		await reply.code(403).send({ error: `Requests from ${origin} are refused` });
	});
}

/** Serves the page with its style and code inside it, so that it also works without a network. */
function addPage(app: FastifyInstance): void {
	const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
	const style = () => `<style>${read('page.css')}</style>`;
	const script = () => `<script type="module">${inOne(read('elements.js'), read('page.js'))}</script>`;
	app.get('/', async (_request, reply) => {
		const page = read('page.html').replace('<!-- style -->', style).replace('<!-- script -->', script);
		return reply.type('text/html; charset=utf-8').send(page);
	});
}

/** Joins two modules to one. The second imports from the first only. */
function inOne(first: string, second: string): string {
	return first.replace(/^export /gm, '') + second.replace(/^import [^;]*;/gm, '');
}

function addReads(app: FastifyInstance, control: Control): void {
	app.get('/api/state', async () => ({
		faults: control.plans(),
		faultKinds: FAULT_KINDS,
		mails: control.mails(),
		providers: Object.values(control.providers).map(describe),
	}));
	app.get('/api/books', async () =>
		Object.fromEntries(
			Object.entries(control.providers).map(([name, { books }]) => [
				name,
				{
					entries: books.entries,
					appliedEvents: books.appliedEvents,
					appliedPerReference: books.appliedPerReference(),
				},
			]),
		),
	);
}

function addCommands(app: FastifyInstance, control: Control): void {
	app.post<{ Body: FaultPlan }>('/api/faults', { schema: { body: faultSchema } }, async ({ body }) => {
		// A page cannot choose a broken address as a client can, so here the listener really closes.
		if (body.kind === 'connection-refused') control.fault({ seconds: REFUSED_SECONDS, ...body });
		else control.fault(body);
		return { faults: control.plans() };
	});
	app.delete('/api/faults', async () => {
		control.clearFaults();
		return { faults: [] };
	});
	app.post('/api/reset', async () => {
		await control.reset();
		return { reset: true };
	});
	app.post<{ Body: { provider: string; url?: string } }>(
		'/api/callback',
		bodyOf(['provider'], { url: { type: 'string' } }),
		async ({ body }) => {
			const provider = find(control, body.provider);
			provider.setCallbackUrl(body.url || undefined);
			return { callbackUrl: provider.callbackUrl ?? null };
		},
	);
	app.post<{ Body: { provider: string; action: string; id: string } }>(
		'/api/act',
		bodyOf(['provider', 'action', 'id']),
		async ({ body }) => {
			find(control, body.provider).act(body.action, body.id);
			return { done: true };
		},
	);
	app.post<{ Body: { provider: string; id: string; forge?: Forgery } }>(
		'/api/deliver',
		bodyOf(['provider', 'id'], { forge: { type: 'string', enum: ['signature', 'body', 'unsigned'] } }),
		async ({ body: { provider, id, forge } }) => {
			const sender = find(control, provider);
			return forge ? sender.forge(id, forge) : sender.resend(id);
		},
	);
	app.setErrorHandler<Error & { statusCode?: number }>(async (error, _request, reply) =>
		reply.code(error.statusCode ?? 400).send({ error: error.message }),
	);
}

function find(control: Control, name: string): RunningProvider {
	const provider = control.providers[name];
	if (!provider) throw new Error(`There is no provider ${name}`);
	return provider;
}
