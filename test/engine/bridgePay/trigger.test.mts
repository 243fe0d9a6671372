import { createServer, type Server } from 'node:http';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { BridgePayTrigger } from '../../../nodes/BridgePay/BridgePayTrigger.node.ts';
import { bridgePay } from '../../../nodes/BridgePay/provider.ts';
import { watches } from '../../../nodes/BridgePay/watches.ts';
import { listen } from '../../../sandbox/listener.mts';
import { stage } from '../../unit/pollingStage.mts';
import { deliver } from '../harness/index.mts';
import { openBridgePay, orders, payIn, payOut, withdrawal, type BridgePaySetting } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

interface Change {
	credential?: ICredentialDataDecryptedObject;
	headers?: Record<string, string>;
	parameters?: INodeParameters;
}

function send(body: unknown, { credential = {}, headers = {}, parameters = {} }: Change = {}) {
	return deliver({
		trigger: new BridgePayTrigger(),
		parameters: { events: [], statuses: [], confirm: true, ...parameters },
		credentials: setting.credentials(credential),
		credentialTypes: setting.credentialTypes,
		rawBody: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
		headers: {
			'content-type': 'application/json',
			'x-notification-token': setting.provider.account.notificationToken,
			...headers,
		},
	});
}

const asked = () => setting.provider.requests.map(({ method, url }) => `${method} ${url}`);

/** An invoice of the sandbox, and its latest notification. */
async function invoice(
	create = payIn(),
	acts: Array<Parameters<typeof setting.provider.act>[0]> = [],
	order = 'o-1',
) {
	const { items, error } = await setting.run(create, { items: orders(order) });
	if (error) throw error;
	const id = String(items[0]?.json.id);
	for (const act of acts) setting.provider.act(act, id);
	setting.provider.requests.length = 0;
	const body: { invoice: IDataObject } = JSON.parse(setting.provider.deliveries.at(-1)?.body ?? '{}');
	return { id, body };
}

describe('a genuine notification', () => {
	it('is confirmed, acknowledged with exactly 200 and starts one execution', async () => {
		const { id, body: sent } = await invoice(payIn(), ['completeInvoice']);
		const { status, body, executions, threw } = await send(sent);
		expect([status, body, threw]).toEqual([200, {}, undefined]);
		expect(asked()).toEqual([`GET /api/merchant/invoices/${id}`]);
		expect(executions.flat().map(({ json }) => json)).toEqual([
			expect.objectContaining({
				event: 'payIn',
				kind: 'payIn',
				id,
				reference: 'o-1',
				status: 'succeeded',
				final: true,
				amount: '1500.50',
				paidAmount: '1500.50',
				// Only the provider's answer has this member.
				payUrl: expect.stringContaining(id),
				raw: expect.objectContaining({ deals: [expect.objectContaining({ status: 'completed' })] }),
			}),
		]);
	});

	it('without the wrapper is the same', async () => {
		const { body } = await invoice(payIn(), ['completeInvoice']);
		const [wrapped, flat] = [await send(body), await send(body.invoice)];
		expect(flat.executions).toEqual(wrapped.executions);
	});

	it.each<[string, INodeParameters, number]>([
		['the event', { events: ['payOut'] }, 1],
		['another event', { events: ['payIn', 'other'] }, 0],
		['the status', { statuses: ['cancelled'] }, 1],
		['another status', { statuses: ['succeeded'] }, 0],
		['both', { events: ['payOut'], statuses: ['cancelled', 'expired'] }, 1],
	])('is acknowledged whether or not the filter has %s', async (_name, parameters, started) => {
		const { body } = await invoice(payOut(), ['cancelInvoice']);
		const { status, executions } = await send(body, { parameters });
		expect([status, executions.flat().length]).toEqual([200, started]);
	});

	it('of another kind is acknowledged without asking or starting anything', async () => {
		const { body } = await invoice(payIn(), ['completeInvoice']);
		const answer = await send({ ...body, notificationType: 'withdrawal' });
		expect([answer.status, answer.executions, answer.threw, asked()]).toEqual([200, [], undefined, []]);
	});
});

describe("the provider's word counts, not that of the body", () => {
	it('when the body says paid and the invoice is not', async () => {
		const { body } = await invoice(payIn(), ['completeInvoice']);
		const { id } = await invoice(payOut(), [], 'o-2');
		const lie = { ...body, invoice: { ...body.invoice, id, secretNote: 'of the forger' } };
		const { status, executions } = await send(lie);
		expect(status).toBe(200);
		expect(executions.flat()).toMatchObject([
			{ json: { event: 'payOut', kind: 'payOut', id, status: 'created', final: false } },
		]);
		expect(JSON.stringify(executions)).not.toMatch(/of the forger|paid/);
	});

	it('for the filters too', async () => {
		const { id, body } = await invoice(payIn(), ['cancelInvoice']);
		const lie = { ...body, invoice: { ...body.invoice, id, type: 'out', status: 'paid' } };
		expect((await send(lie, { parameters: { statuses: ['succeeded'] } })).executions).toEqual([]);
		expect((await send(lie, { parameters: { events: ['payOut'] } })).executions).toEqual([]);
	});

	it('an invoice that it does not have is left to a retry: the key may be of another store', async () => {
		const { body } = await invoice(payIn(), ['completeInvoice']);
		const lie = { ...body, invoice: { ...body.invoice, id: 'e15e0486-c17a-4530-a259-997cbab26a0b' } };
		const { status, body: answer, executions, threw } = await send(lie);
		expect([status, answer, executions, threw]).toEqual([503, {}, [], undefined]);
	});

	it.each(['../accounts', '..', '.', 'x/cancel', '%2e%2e', '', 'a?b', '\ud800'])(
		'an invoice id %j leads nowhere else: nothing is asked and nothing starts',
		async (id) => {
			const { body } = await invoice(payIn(), ['completeInvoice']);
			const { status, executions, threw } = await send({ ...body, invoice: { ...body.invoice, id } });
			expect([status, executions, threw, asked()]).toEqual([401, [], undefined, []]);
		},
	);

	it('unless confirmation is switched off', async () => {
		const { body } = await invoice(payIn(), ['completeInvoice']);
		const told = { ...body, invoice: { ...body.invoice, status: 'expired' } };
		const { executions } = await send(told, { parameters: { confirm: false } });
		expect([executions.flat()[0]?.json.status, asked()]).toEqual(['expired', []]);
	});
});

it.each<[string, object, ICredentialDataDecryptedObject]>([
	['is down', { kind: 'bad-gateway', status: 502, times: 4 }, {}],
	['answers nothing', { kind: 'reset-before-reading', times: 4 }, {}],
	['refuses the signature', {}, { secret: 'another-secret' }],
	['cannot be asked for want of a key', {}, { apiKey: '' }],
])(
	'answers 503 and starts nothing when BridgePay %s, so that it comes again',
	async (_name, plan, credential) => {
		const { body } = await invoice(payIn(), ['completeInvoice']);
		if ('kind' in plan)
			setting.sandbox.fault({ provider: 'bridgePay', operation: 'getInvoice', ...plan } as never);
		const { status, executions, threw } = await send(body, { credential });
		expect([status, executions, threw]).toEqual([503, [], undefined]);
	},
);

it.each<[string, (body: object) => unknown, Change]>([
	['a wrong token', (body) => body, { headers: { 'x-notification-token': 'another-token-0001' } }],
	['no token', (body) => body, { headers: { 'x-notification-token': '' } }],
	['no token in the credential', (body) => body, { credential: { notificationToken: '' } }],
	[
		'no token in both',
		(body) => body,
		{ headers: { 'x-notification-token': '' }, credential: { notificationToken: '' } },
	],
	['another token in the credential', (body) => body, { credential: { notificationToken: 'x'.repeat(20) } }],
	['an empty body', () => Buffer.alloc(0), {}],
	['bytes that are no text', () => Buffer.from([0xff, 0]), { headers: { 'content-type': 'text/plain' } }],
	['a list', (body) => [body], {}],
	['no invoice', () => ({ notificationType: 'invoice' }), {}],
])('answers 401 to %s, asks and starts nothing and does not throw', async (_name, made, change) => {
	const { body: sent } = await invoice(payIn(), ['completeInvoice']);
	const { status, body, executions, threw } = await send(made(sent), change);
	expect([status, executions, threw, asked()]).toEqual([401, [], undefined, []]);
	expect(JSON.stringify(body)).not.toContain(setting.provider.account.notificationToken);
});

describe('what the webhook and the polling trigger emit is the same', () => {
	/** What a poll finds while nothing changes in the sandbox. */
	async function polled(object: IDataObject, parameters: IDataObject) {
		const play = stage({
			provider: bridgePay,
			watches,
			credentials: { ...setting.provider.account, baseUrl: 'https://api.bridgepay.club' },
			parameters: { emitExisting: true, ...parameters },
			answer: () => ({ body: JSON.stringify(object) }),
		});
		await play.start();
		return play.emitted.map(({ json }) => json);
	}

	it.each([
		['paid', payIn(), ['completeInvoice']],
		['cancelled', payOut(), ['cancelInvoice']],
		['expired', payIn({}, { flow: 'redirect' }), ['expireInvoice']],
	] as const)(
		'for an invoice that is %s, the eventId also without confirmation',
		async (_name, create, acts) => {
			const { body } = await invoice(create, [...acts]);
			const [confirmed] = (await send(body)).executions.flat();
			const [unconfirmed] = (await send(body, { parameters: { confirm: false } })).executions.flat();
			const get = { resource: 'invoice', operation: 'getByInternalId', internalId: 'o-1' };
			const { items } = await setting.run({ ...get, options: { output: 'raw' } }, { items: [{}] });
			const [found] = await polled(items[0]?.json ?? {}, { watch: 'invoices', references: 'o-1' });
			expect(found).toEqual(confirmed?.json);
			expect(unconfirmed?.json.eventId).toBe(found?.eventId);
		},
	);
});

describe("the sandbox's own deliveries", () => {
	let server: Server;
	let answers: number[];
	let executions: IDataObject[];
	beforeEach(async () => {
		answers = [];
		executions = [];
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const headers = Object.fromEntries(
					Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
				);
				if (!request.headers['x-notification-token']) headers['x-notification-token'] = '';
				void send(Buffer.concat(chunks), { headers }).then(({ status, body, executions: started }) => {
					answers.push(status);
					executions.push(...started.flat().map(({ json }) => json));
					response.writeHead(status).end(JSON.stringify(body));
				});
			});
		});
		setting.provider.setCallbackUrl(`http://127.0.0.1:${await listen(server, 0)}/webhook`);
	});
	afterEach(() => {
		setting.provider.setCallbackUrl('');
		server.close();
		server.closeAllConnections();
	});

	const delivered = async (of: { state: string } | undefined) => {
		while (of?.state === 'waiting') await new Promise((resolve) => setTimeout(resolve, 10));
	};

	it('are accepted, and forged ones change nothing', async () => {
		const { id } = await invoice(payIn(), ['completeInvoice']);
		const first = setting.provider.deliveries.at(-1);
		await delivered(first);
		expect([answers, first?.state]).toEqual([[200], 'delivered']);
		for (const forgery of ['signature', 'unsigned', 'body'] as const)
			await setting.provider.forge(first?.id ?? '', forgery);
		expect(answers).toEqual([200, 401, 401, 200]);
		// The token is right and the body is changed: the event has the provider's truth again, under the same eventId.
		expect(executions).toHaveLength(2);
		expect(executions[1]).toEqual(executions[0]);
		expect(executions[0]).toMatchObject({ id, status: 'succeeded' });
	});
});

it('withdrawals are not notified of: the polling trigger is asked by their id', async () => {
	const { items } = await setting.run(withdrawal(), { items: [{ amount: '12.5' }] });
	expect([items[0]?.json.kind, setting.provider.deliveries]).toEqual(['withdrawal', []]);
});
