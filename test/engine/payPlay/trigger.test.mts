import { createHmac } from 'node:crypto';
import { PayPlayTrigger } from '../../../nodes/PayPlay/PayPlayTrigger.node.ts';
import { payPlay } from '../../../nodes/PayPlay/provider.ts';
import { watches } from '../../../nodes/PayPlay/watches.ts';
import { notification, php, W1, W2 } from '../../unit/payPlay/vectors.mts';
import { stage } from '../../unit/pollingStage.mts';
import { Receiver } from '../../sandbox/receiver.mts';
import { deliver } from '../harness/index.mts';
import {
	cryptoOrderPerItem,
	openPayPlay,
	withdrawalPerItem,
	withdrawals,
	type PayPlaySetting,
} from './setting.mts';

const acknowledged = { received: true };

let setting: PayPlaySetting;
let receiver: Receiver;
beforeAll(async () => {
	setting = await openPayPlay();
	receiver = new Receiver();
	setting.provider.setCallbackUrl(await receiver.open());
});
afterEach(async () => {
	await setting.sandbox.reset();
	receiver.received.length = 0;
});
afterAll(async () => {
	receiver.close();
	await setting.close();
});

interface Change {
	credentials?: Record<string, string>;
	headers?: Record<string, string>;
	parameters?: Record<string, string[] | boolean>;
}

/** Delivers to the trigger, signed with the page's token unless other headers are given. */
async function send(body: string | Buffer, { credentials = {}, headers = {}, parameters = {} }: Change = {}) {
	const rawBody = Buffer.from(body);
	const {
		status,
		body: answer,
		executions,
		threw,
	} = await deliver({
		trigger: new PayPlayTrigger(),
		parameters: { events: [], statuses: [], confirm: true, ...parameters },
		credentials: setting.credentials(credentials),
		credentialTypes: setting.credentialTypes,
		rawBody,
		headers: { 'content-type': 'application/json', signature: signed(rawBody), ...headers },
	});
	return { status, answer, threw, events: executions.flat().map(({ json }) => json) };
}

const signed = (body: string | Buffer) =>
	createHmac('sha256', setting.provider.account.pageSignatureToken).update(body).digest('hex');

async function newOrder(reference = 'INV-1'): Promise<string> {
	const { items } = await setting.run(cryptoOrderPerItem(), { items: [{ reference, amount: '100' }] });
	return String(items[0]?.json.id);
}

async function newWithdrawal(reference = 'w-1'): Promise<string> {
	const { items } = await setting.run(withdrawalPerItem(), { items: withdrawals(reference) });
	return String(items[0]?.json.id);
}

describe('without confirmation', () => {
	it.each([
		['W1', W1, { event: 'order', kind: 'order', amount: '100', reference: 'INV-123' }],
		['W2', W2, { event: 'withdrawal', kind: 'transaction', amount: '11.2', reference: '12345rtg234' }],
	])('%s is acknowledged and starts one execution, and nothing is asked', async (_name, body, expected) => {
		const { status, answer, events, threw } = await send(body, { parameters: { confirm: false } });
		expect([status, answer, threw]).toEqual([200, acknowledged, undefined]);
		expect(events).toEqual([expect.objectContaining({ ...expected, status: 'succeeded', final: true })]);
		expect(setting.provider.requests).toEqual([]);
	});
});

describe('with confirmation', () => {
	it("emits PayPlay's truth, not the body: a replayed COMPLETE of an open order pays nothing", async () => {
		const id = await newOrder();
		setting.provider.act('chooseCoin', id);
		const { status, answer, events } = await send(
			notification('order::completed', 'COMPLETE', { id, value: '9000' }),
		);
		expect([status, answer]).toEqual([200, acknowledged]);
		expect(events).toEqual([
			expect.objectContaining({ event: 'order', id, status: 'pending', final: false, amount: '100' }),
		]);
	});

	it('keeps the External ID of a withdrawal, which the read leaves out', async () => {
		const id = await newWithdrawal('w-7');
		setting.provider.act('completeTransaction', id);
		const body = notification('withdrawal::completed', 'COMPLETE', { id, external_id: 'w-7', value: '9000' });
		const { events } = await send(body);
		expect(events).toEqual([
			expect.objectContaining({ event: 'withdrawal', reference: 'w-7', status: 'succeeded', amount: '10.5' }),
		]);
	});

	it.each([
		['an order', notification('order::completed', 'COMPLETE')],
		['a withdrawal', notification('withdrawal::completed', 'COMPLETE')],
	])('%s that is signed but not found is left to a retry: the slug may be wrong', async (_case, body) => {
		const { status, events, threw } = await send(body);
		expect([status, events, threw]).toEqual([503, [], undefined]);
	});

	it.each<[string, object]>([
		['answers 502', { kind: 'bad-gateway', status: 502 }],
		['answers with a web page', { kind: 'ok-but-wrong', body: 'html' }],
		['cuts the connection', { kind: 'reset-before-reading' }],
		['wants no more requests', { kind: 'too-many-requests', retryAfter: 1 }],
	])('a PayPlay that %s is left to a retry', async (_case, fault) => {
		const id = await newOrder();
		const body = notification('order::completed', 'COMPLETE', { id });
		setting.sandbox.fault({ provider: 'payPlay', operation: 'getOrder', times: 4, ...fault } as never);
		const refused = await send(body);
		expect([refused.status, refused.events, refused.threw]).toEqual([503, [], undefined]);
		expect((await send(body)).events).toHaveLength(1);
	});

	it.each<[string, Record<string, string>]>([
		['nobody listens', { baseUrl: 'http://127.0.0.1:1' }],
		['the base URL is none', { baseUrl: 'payplay' }],
		['the API token is wrong', { apiToken: 'wrong' }],
		['the API token is missing', { apiToken: '' }],
		['the slug is missing', { paymentPageSlug: '' }],
	])('when %s, it is left to a retry', async (_case, credentials) => {
		const id = await newOrder();
		const { status, events, threw } = await send(notification('order::completed', 'COMPLETE', { id }), {
			credentials,
		});
		expect([status, events, threw]).toEqual([503, [], undefined]);
	});

	it.each([
		['two points', '..'],
		['a point', '.'],
		['a path', 'a/../../b'],
		['a zero byte', '\u0000'],
		['escaped points', '%2e%2e'],
		['a long text', 'x'.repeat(5000)],
	])('%s as ID does not throw and asks nothing else', async (_case, id) => {
		const { status, events, threw } = await send(notification('order::completed', 'COMPLETE', { id }));
		expect([200, 503]).toContain(status);
		expect([events, threw]).toEqual([[], undefined]);
		for (const { url } of setting.provider.requests)
			expect(url).toMatch(/^\/private-api\/orders\/sandbox-shop\/[^/]+$/);
	});

	it('passes on what is not documented', async () => {
		const { status, answer, events } = await send(php({ event_type: 'page::visited', page: { id: 1 } }));
		expect([status, answer]).toEqual([200, acknowledged]);
		expect(events).toEqual([expect.objectContaining({ event: 'other', status: 'unknown', final: false })]);
	});
});

it.each<[string, Record<string, string[]>, number]>([
	['the event', { events: ['order'] }, 1],
	['another event', { events: ['withdrawal', 'other'] }, 0],
	['the status', { statuses: ['created'] }, 1],
	['another status than at PayPlay', { statuses: ['succeeded'] }, 0],
])('the filter for %s decides after the confirmation', async (_case, parameters, count) => {
	const id = await newOrder();
	const { status, answer, events } = await send(notification('order::completed', 'COMPLETE', { id }), {
		parameters,
	});
	expect([status, answer, events.length]).toEqual([200, acknowledged, count]);
});

describe('a forgery gets 401, starts nothing, asks nothing and does not throw', () => {
	it.each<[string, string | Buffer, Change]>([
		['a wrong signature', W1, { headers: { signature: 'ab'.repeat(32) } }],
		['no signature', W1, { headers: { signature: '' } }],
		['two signatures', W1, { headers: { signature: `${'ab'.repeat(32)}, ${'cd'.repeat(32)}` } }],
		['X-Secret-Key', W1, { headers: { signature: '', 'x-secret-key': 'sandbox-page-signature-token-0001' } }],
		[
			'no token in the credential',
			W1,
			{ credentials: { pageSignatureToken: '', generalSignatureToken: '' } },
		],
		['another token in the credential', W1, { credentials: { pageSignatureToken: 'other' } }],
		['an empty body', '', {}],
		[
			'bytes that are no text',
			Buffer.from([0xff, 0xfe, 0x00]),
			{ headers: { 'content-type': 'application/octet-stream' } },
		],
		['a list', '[]', {}],
		['a text', 'hello', { headers: { 'content-type': 'text/plain' } }],
	])('%s', async (_case, body, change) => {
		const { status, answer, events, threw } = await send(body, change);
		expect([status, events, threw]).toEqual([401, [], undefined]);
		expect(answer).toEqual({ message: expect.any(String) });
		expect(JSON.stringify(answer)).not.toContain('signature-token');
		expect(setting.provider.requests).toEqual([]);
	});
});

describe("the sandbox's own deliveries", () => {
	/** Gives the trigger the first notifications that the sandbox has sent, unchanged. */
	async function forwarded(count: number, parameters: Change['parameters'] = {}) {
		for (let tries = 0; receiver.received.length < count && tries < 200; tries += 1)
			await new Promise((resolve) => setTimeout(resolve, 10));
		expect(receiver.received).toHaveLength(count);
		const answers = [];
		for (const { headers, body } of receiver.received) {
			const signature = String(headers.signature ?? '');
			answers.push(await send(body, { headers: { signature }, parameters }));
		}
		return answers;
	}

	it('are accepted with the token of their level, and polling finds the same events', async () => {
		const order = await newOrder();
		const withdrawal = await newWithdrawal();
		setting.provider.act('payOrder', order);
		const payment = String(setting.provider.state.orders[0]?.payments[0]?.id);
		setting.provider.act('completeTransaction', withdrawal);
		const answers = await forwarded(4);
		expect(answers.map(({ status, answer }) => [status, answer])).toEqual(
			answers.map(() => [200, acknowledged]),
		);
		const events = answers.flatMap((each) => each.events);
		expect(events.map(({ event, id, status }) => [event, id, status]).sort()).toEqual(
			[
				['order', order, 'succeeded'],
				['order', order, 'succeeded'],
				['transaction', payment, 'succeeded'],
				['withdrawal', withdrawal, 'succeeded'],
			].sort(),
		);
		expect(events.find(({ event }) => event === 'transaction')).toMatchObject({ reference: 'INV-1' });
		// Two events, "final amount received" and "completed": at the time of the reads the state is the same, so is the eventId.
		const idOf = (event: string) => [
			...new Set(events.filter((one) => one.event === event).map(({ eventId }) => eventId)),
		];
		expect(idOf('order')).toHaveLength(1);

		expect(await polledIds('orders')).toEqual(idOf('order'));
		expect(await polledIds('cryptoOrders')).toEqual(idOf('order'));
		expect(await polledIds('transactions', payment)).toEqual(idOf('transaction'));
		expect(await polledIds('withdrawals', withdrawal)).toEqual(idOf('withdrawal'));
	});

	it('that tell each state one by one are one event each', async () => {
		const id = await newOrder();
		setting.provider.act('chooseCoin', id);
		const states = ['payPart', 'declineOrder', 'payOrder'].map((action) => async () => {
			receiver.received.length = 0;
			setting.provider.act(action, id);
			const count = action === 'payPart' ? 2 : action === 'declineOrder' ? 1 : 3;
			return (await forwarded(count))
				.flatMap(({ events }) => events)
				.filter(({ event }) => event === 'order');
		});
		const seen = [];
		for (const state of states) seen.push(...(await state()));
		expect(seen.map(({ status }) => status)).toEqual(['action_required', 'failed', 'succeeded', 'succeeded']);
		expect(new Set(seen.map(({ eventId }) => eventId)).size).toBe(3);
	});

	it('that are forged are refused', async () => {
		const id = await newWithdrawal();
		setting.provider.act('completeTransaction', id);
		await forwarded(1);
		for (const forgery of ['signature', 'body', 'unsigned'] as const)
			await setting.provider.forge(String(setting.provider.deliveries[0]?.id), forgery);
		const answers = await forwarded(4);
		expect(answers.map(({ status }) => status)).toEqual([200, 401, 401, 401]);
	});

	/** The eventIds of the polling trigger, from the sandbox's own answer. */
	async function polledIds(watch: string, references = ''): Promise<unknown[]> {
		const { account, url } = setting.provider;
		const play = (body: string) =>
			stage({
				provider: payPlay,
				watches,
				credentials: { ...account, baseUrl: url },
				parameters: { watch, references, emitExisting: true },
				answer: () => ({ body }),
			});
		const asking = play('{}');
		await asking.start();
		const headers = { Authorization: `Bearer ${account.apiToken}` };
		const answer = await fetch(String(asking.requests[0]?.url), { headers });
		const polling = play(await answer.text());
		await polling.start();
		expect(polling.failures).toEqual([]);
		return polling.emitted.map(({ json }) => json.eventId);
	}
});
