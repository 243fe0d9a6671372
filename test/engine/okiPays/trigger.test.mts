import SHA256 from 'crypto-js/sha256.js';
import { createServer } from 'node:http';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { OkiPaysTrigger } from '../../../nodes/OkiPays/OkiPaysTrigger.node.ts';
import { providerEvent } from '../../../core/events/event.ts';
import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { listen } from '../../../sandbox/listener.mts';
import { eventually } from '../../sandbox/client.mts';
import { deliver, type Delivered } from '../harness/index.mts';
import { openOkiPays, orderPerItem, orders, type OkiPaysSetting } from './setting.mts';

let setting: OkiPaysSetting;
beforeAll(async () => {
	setting = await openOkiPays();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.provider.setCallbackUrl(undefined);
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const done = { status: 'done' };

/** Makes an order and does these actions to it. */
async function orderAfter(...actions: string[]): Promise<void> {
	await setting.run(orderPerItem(), { items: orders(7) });
	for (const action of actions) setting.provider.act(action, '7');
	setting.provider.requests.length = 0;
}

interface Change {
	headers?: Record<string, string>;
	parameters?: INodeParameters;
	credentials?: IDataObject;
}

function send(body: IDataObject | string | Buffer, change: Change = {}): Promise<Delivered> {
	const rawBody = Buffer.isBuffer(body)
		? body
		: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	return deliver({
		trigger: new OkiPaysTrigger(),
		parameters: { statuses: [], confirm: true, requireSignature: false, ...change.parameters },
		credentials: setting.credentials(change.credentials as never),
		credentialTypes: setting.credentialTypes,
		rawBody,
		headers: { 'content-type': 'application/json', ...change.headers },
	});
}

/** The headers that OkiPays' receivers read, by the rule for flat bodies and another sha256. */
function signed(body: IDataObject): Record<string, string> {
	const { token, secret } = setting.provider.account;
	const values = Object.keys(body)
		.sort()
		.map((name) => String(body[name]));
	return { token, sign: SHA256(values.join('') + secret).toString() };
}

const claim = (more: IDataObject = {}): IDataObject => ({
	id: '4JWOUAGY',
	order_id: 7,
	status: 'Paid',
	status_id: 8,
	price: '15.5',
	payment_currency: 'USD',
	total_sum_price: '15.5',
	...more,
});

const events = ({ executions }: Delivered) => executions.flat().map(({ json }) => json);
const asked = () => setting.provider.requests.map(({ operation }) => operation);

describe('what OkiPays itself says decides, not the notification', () => {
	it.each<[string, string[], IDataObject, string]>([
		['Created', [], {}, 'created'],
		['In Process', ['chooseCoin'], {}, 'processing'],
		['Partially', ['payHalf'], {}, 'action_required'],
		['Paid', ['payInFull'], done, 'succeeded'],
		['Overpayment', ['payDouble'], done, 'succeeded'],
		['Completed', ['payInFull', 'complete'], done, 'succeeded'],
		['Cancelled', ['cancel'], {}, 'cancelled'],
		['Pay Failed', ['failPayment'], {}, 'failed'],
		['Error', ['breakOrder'], {}, 'failed'],
		['Expired', ['expire'], {}, 'expired'],
		['Deleted', ['deleteOrder'], {}, 'cancelled'],
	])('an order that is %s and is said to be Paid', async (state, actions, answer, status) => {
		await orderAfter(...actions);
		for (const headers of [{}, signed(claim())]) {
			const delivered = await send(claim(), { headers });
			expect([delivered.status, delivered.body, delivered.threw]).toEqual([200, answer, undefined]);
			expect(events(delivered)).toEqual([
				expect.objectContaining({ event: 'order', providerStatus: state, status, reference: '7' }),
			]);
			expect(events(delivered)[0]).not.toHaveProperty('paidAmount');
		}
		expect(asked()).toEqual(['getOrder', 'getOrder']);
	});

	it('closes a paid order that is said to be something else', async () => {
		await orderAfter('payInFull');
		const { body } = await send(claim({ status: 'Expired', status_id: 7 }));
		expect(body).toEqual(done);
	});

	it('is the event that a poll finds, with nothing of an unsigned notification', async () => {
		await orderAfter('payInFull');
		const delivered = await send(claim({ price: '1', total_sum_price: '999', address: 'of a thief' }));
		const { items } = await setting.run(
			{ resource: 'order', operation: 'get', order_id: '7', options: { output: 'raw' } },
			{ items: [{}] },
		);
		const object = items[0]?.json as never;
		expect(events(delivered)).toEqual([providerEvent('order', okiPays.payment('order', object), object)]);
	});

	it('is never kept from an unsigned one, whatever the options are', async () => {
		await orderAfter('payHalf');
		const { token } = setting.provider.account;
		const sets: Array<Record<string, string>> = [{}, { token }, { 'x-auth-token': token }];
		for (const headers of sets) {
			const delivered = await send(claim(), { headers, parameters: { confirm: false } });
			expect(delivered.body).toEqual({});
			expect(events(delivered)).toMatchObject([{ providerStatus: 'Partially' }]);
		}
		expect(asked()).toHaveLength(3);
	});
});

describe('a signed notification', () => {
	it('keeps its own content beside the confirmed record', async () => {
		await orderAfter('payInFull');
		const delivered = await send(claim(), { headers: signed(claim()) });
		expect(events(delivered)).toMatchObject([{ amount: '15.5', raw: claim() }]);
	});

	it('is taken at its word, with the amount received, only where confirming is off', async () => {
		const body = claim({ total_sum_price: '20' });
		const change = { headers: signed(body), parameters: { confirm: false } };
		const delivered = await send(body, change);
		expect(delivered.body).toEqual(done);
		expect(events(delivered)).toMatchObject([{ status: 'succeeded', paidAmount: '20', raw: body }]);
		const partial = claim({ status: 'Partially', status_id: 1 });
		expect((await send(partial, { ...change, headers: signed(partial) })).body).toEqual({});
		expect(asked()).toEqual([]);
	});
});

it('an order that is filtered out is not closed: nothing has recorded it', async () => {
	await orderAfter('payInFull');
	const { status, body, executions } = await send(claim(), { parameters: { statuses: ['expired'] } });
	expect([status, body, executions]).toEqual([200, {}, []]);
});

it('an order that OkiPays does not know starts nothing: a hint is acknowledged, what is signed is left to a retry', async () => {
	const hint = await send(claim(), { headers: {} });
	expect([hint.status, hint.body, hint.executions, hint.threw]).toEqual([200, {}, [], undefined]);
	const proven = await send(claim(), { headers: signed(claim()) });
	expect([proven.status, proven.executions, proven.threw]).toEqual([503, [], undefined]);
	expect(asked()).toEqual(['getOrder', 'getOrder']);
});

describe('OkiPays does not confirm: 503, and no execution', () => {
	it.each<[string, object]>([
		['502', { kind: 'bad-gateway', status: 502 }],
		['429', { kind: 'too-many-requests', retryAfter: null }],
		['a reset', { kind: 'reset-before-reading' }],
		['half an answer', { kind: 'half-a-body' }],
		['a web page', { kind: 'ok-but-wrong', body: 'html' }],
		['another refusal', { kind: 'ok-but-wrong', body: 'refusal' }],
	])('%s', async (_case, fault) => {
		await orderAfter('payInFull');
		setting.sandbox.fault({ operation: 'getOrder', times: 4, ...fault } as never);
		const { status, body, executions, threw } = await send(claim());
		expect([status, body, executions, threw]).toEqual([503, {}, [], undefined]);
	});

	it.each<[string, IDataObject]>([
		['nobody listens', { baseUrl: 'http://127.0.0.1:1' }],
		['the base URL is none', { baseUrl: 'okipays' }],
		['the unit is none', { requestIdUnit: 'days' }],
		['the token is not known', { token: 'another-token' }],
		['the secret is another', { secret: 'another-secret' }],
	])('%s', async (_case, credentials) => {
		await orderAfter('payInFull');
		const { status, body, executions, threw } = await send(claim(), { credentials });
		expect([status, body, executions, threw]).toEqual([503, {}, [], undefined]);
	});

	it('but once it answers, the notification is accepted', async () => {
		await orderAfter('payInFull');
		setting.sandbox.fault({ operation: 'getOrder', kind: 'bad-gateway', times: 2 } as never);
		expect((await send(claim())).body).toEqual(done);
	});
});

describe('a forgery is answered 401, starts nothing, asks nothing and does not throw', () => {
	const deep = `{"order_id":7,"a":${'['.repeat(5000)}${']'.repeat(5000)}}`;

	it.each<[string, IDataObject | string | Buffer, Change]>([
		['a wrong signature', claim(), { headers: { sign: 'ab'.repeat(32) } }],
		['an empty signature', claim(), { headers: { sign: '' } }],
		['a wrong x-auth-sign', claim(), { headers: { 'x-auth-sign': 'ab'.repeat(32) } }],
		['a wrong token', claim(), { headers: { token: 'x' } }],
		['a wrong x-auth-token', claim(), { headers: { 'x-auth-token': 'x' } }],
		['no signature where one is required', claim(), { parameters: { requireSignature: true } }],
		['no token in the credential', claim(), { credentials: { token: '' } }],
		['no secret in the credential', claim(), { credentials: { secret: '' } }],
		['an empty body', '', {}],
		['no order ID', claim({ order_id: null }), {}],
		['a path as order ID', claim({ order_id: '../7' }), {}],
		['a list', '[]', {}],
		['a text', 'hello', { headers: { 'content-type': 'text/plain' } }],
		['a form', 'order_id=7', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
		['no text', Buffer.from([0xff, 0xfe, 0]), { headers: { 'content-type': 'application/octet-stream' } }],
		['a body nested 5,000 deep', deep, { headers: { sign: 'ab'.repeat(32) } }],
	])('%s', async (_case, body, change) => {
		await orderAfter('payInFull');
		const { status, body: answer, executions, threw } = await send(body, change);
		expect([status, executions, threw]).toEqual([401, [], undefined]);
		expect(answer).toEqual({ message: expect.any(String) });
		expect(JSON.stringify(answer)).not.toContain(setting.provider.account.secret);
		expect(asked()).toEqual([]);
	});

	it('the signature of another notification', async () => {
		await orderAfter('payHalf');
		const { status, executions } = await send(claim(), { headers: signed(claim({ status: 'Partially' })) });
		expect([status, executions]).toEqual([401, []]);
	});
});

it("accepts a right signature where one is required, and closes OkiPays' own paid order", async () => {
	const delivered: Delivered[] = [];
	const receiver = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', async () => {
			const { 'content-type': type, token, sign } = request.headers;
			const headers = { 'content-type': String(type), token: String(token), sign: String(sign) };
			const result = await send(Buffer.concat(chunks), { headers, parameters: { requireSignature: true } });
			delivered.push(result);
			response.writeHead(result.status).end(JSON.stringify(result.body));
		});
	});
	const port = await listen(receiver, 0);
	try {
		setting.provider.setCallbackUrl(`http://127.0.0.1:${port}/webhook`);
		await orderAfter('payHalf');
		await eventually(() => delivered.length === 1);
		expect(setting.provider.state.orders[0]?.status).toBe('Partially');
		setting.provider.act('payHalf', '7');
		await eventually(() => delivered.length === 3);
	} finally {
		receiver.close();
		receiver.closeAllConnections();
	}
	expect(delivered.map(({ status, body }) => [status, body])).toEqual([
		[200, {}],
		[200, done],
		[200, done],
	]);
	const seen = delivered.flatMap(events);
	expect(seen.map(({ providerStatus }) => providerStatus)).toEqual(['Partially', 'Paid', 'Completed']);
	// One payment is one event, even when OkiPays notifies of it several times.
	expect(new Set(seen.map(({ eventId }) => eventId)).size).toBe(2);
	expect(setting.provider.state.orders[0]?.status).toBe('Completed');
});
