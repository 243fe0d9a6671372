import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import type { Provider } from '../../../../core/provider/provider.ts';
import type { JsonObject } from '../../../../core/exact/json.ts';
import { providerEvent, type EventName } from '../../../../core/events/event.ts';
import { receiveWebhook, type WebhookTrigger } from '../../../../core/events/webhook.ts';

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get order',
	description: 'Get an order',
	request: 'GET /orders/{id}',
	effect: 'read',
	returns: { kind: 'order' },
	docs: 'https://example.com',
	fields: [],
};

const provider: Provider = {
	name: 'p',
	displayName: 'P',
	credential: 'pApi',
	resources: [{ name: 'Order', value: 'order', operations: [get] }],
	parallelReads: 1,
	dashboard: 'the dashboard',
	account: ({ secret = '' }) => ({ origin: 'https://p.example', id: 'a', secrets: [String(secret)] }),
	headers: () => ({}),
	verdict: ({ status, text }) => {
		if (status === 200) return { state: 'accepted', data: JSON.parse(text) };
		if (status === 404) return { state: 'refused', code: '404', reason: 'not there', meaning: 'absent' };
		return { state: 'unclear', reason: String(status) };
	},
	payment: (kind, { id, status }) => ({
		provider: 'p',
		kind,
		id: String(id),
		status: status === 'paid' ? 'succeeded' : 'pending',
		final: false,
		providerStatus: String(status),
	}),
};

interface Delivered {
	confirm?: boolean;
	event?: EventName;
	secret?: string;
	state?: 'genuine' | 'unproven';
	/** What the delivery says in addition to the ID and `paid`. */
	told?: JsonObject;
}

/** Delivers that an order is paid. Resolves to what was asked, answered and emitted. */
async function receive(
	id: string,
	answer: { status: number; body: string; headers?: Record<string, string> },
	{ confirm = true, event, secret = '', state = 'genuine', told = {} }: Delivered = {},
) {
	const body = { id, status: 'paid', ...told };
	const trigger: WebhookTrigger = {
		provider,
		answerWithin: 10_000,
		receive: () => ({
			state,
			reason: 'not signed',
			notified: [
				{
					event: providerEvent('told', provider.payment('order', body), body),
					confirm: { operation: 'order.get', values: { id }, about: { id }, ...(event && { event }) },
				},
			],
		}),
		acknowledge: () => ({ ok: true }),
		refuse: (reason) => ({ reason }),
	};
	const asked: string[] = [];
	const warnings: string[] = [];
	const response = { code: 200, status: (code: number) => ((response.code = code), response), json, end };
	function json() {
		return response;
	}
	function end() {
		return response;
	}
	const context: unknown = {
		getCredentials: () => Promise.resolve({ secret }),
		getRequestObject: () => ({ rawBody: Buffer.from(JSON.stringify(body)) }),
		getHeaderData: () => ({}),
		getResponseObject: () => response,
		getNodeParameter: (name: string, fallback: unknown) => (name === 'confirm' ? confirm : fallback),
		logger: { warn: (text: string) => warnings.push(text) },
		helpers: {
			httpRequestWithAuthentication: (_credential: string, { url }: { url: string }) => {
				asked.push(url);
				const { status: statusCode, headers = {}, body: text } = answer;
				return Promise.resolve({ statusCode, headers, body: text });
			},
		},
	};
	const result = await receiveWebhook.call(context as IWebhookFunctions, trigger);
	const emitted: IDataObject[] = (result.workflowData ?? []).flat().map((item) => item.json);
	return { asked, status: response.code, emitted, result, warnings };
}

afterEach(() => jest.restoreAllMocks());

const truth = { status: 200, body: '{"id":"1","status":"new"}' };

describe('a delivery that proves too little is confirmed with the provider', () => {
	it('and nothing of the delivery goes on', async () => {
		const { asked, emitted } = await receive('1', truth);
		expect(asked).toEqual(['https://p.example/orders/1']);
		expect(emitted).toMatchObject([{ event: 'told', status: 'pending', raw: { id: '1', status: 'new' } }]);
		expect(JSON.stringify(emitted)).not.toContain('paid');
	});

	it('the name of the event may depend on what was read', async () => {
		const { emitted } = await receive('1', truth, { event: ({ status }) => `order ${status}` });
		expect(emitted).toMatchObject([{ event: 'order pending' }]);
	});

	it('unless the user switches it off', async () => {
		const { asked, emitted } = await receive('1', truth, { confirm: false });
		expect([asked, emitted]).toMatchObject([[], [{ status: 'succeeded', raw: { status: 'paid' } }]]);
	});

	it('what is not there is acknowledged without an execution where nothing proves the delivery', async () => {
		const { result } = await receive('1', { status: 404, body: '' }, { state: 'unproven' });
		expect(result).toEqual({ webhookResponse: { ok: true } });
	});

	it.each([
		['is not there, although the provider has announced it', { status: 404, body: '' }],
		['is no object', { status: 200, body: '[]' }],
	])('what %s is left to a retry', async (_case, answer) => {
		const { status, result } = await receive('1', answer);
		expect([status, result]).toEqual([503, { noWebhookResponse: true }]);
	});

	it.each([true, false])('what goes on repeats no secret, confirmed: %s', async (confirm) => {
		const answer = { status: 200, body: '{"id":"1","status":"new","token":"the-s&cret-of-it"}' };
		const secret = 'the-s&cret-of-it';
		const { emitted } = await receive('1', answer, {
			confirm,
			secret,
			told: { token: secret, sum: '10.50' },
		});
		expect(emitted).toHaveLength(1);
		expect(JSON.stringify(emitted)).not.toContain('cret-of-it');
		if (!confirm) expect(emitted).toMatchObject([{ id: '1', raw: { sum: '10.50', token: '[hidden]' } }]);
	});

	it('a read is shared by deliveries at the same moment, but not with a credential that has another secret', async () => {
		const [own, same, later, other] = await Promise.all([
			receive('1', truth, { secret: 'own' }),
			receive('1', truth, { secret: 'own' }),
			receive('1', truth, { secret: 'own' }),
			receive('1', { status: 404, body: '' }, { secret: 'other' }),
		]);
		expect([own, same, later, other].map(({ asked }) => asked.length)).toEqual([1, 1, 0, 1]);
		expect([own, same, later].map(({ emitted }) => emitted.length)).toEqual([1, 1, 1]);
		expect(other.emitted).toEqual([]);
	});

	it('without an answer of the provider it is not acknowledged', async () => {
		jest.spyOn(clock, 'sleep').mockResolvedValue();
		const { status, result, warnings } = await receive('1', { status: 502, body: '' });
		expect([status, result]).toEqual([503, { noWebhookResponse: true }]);
		expect(warnings).toEqual(['P: A notification cannot be confirmed. 502']);
	});

	it('a provider that wants to be asked much later is left to a retry at once', async () => {
		const sleep = jest.spyOn(clock, 'sleep').mockResolvedValue();
		const { asked, status } = await receive('1', { status: 429, body: '', headers: { 'retry-after': '15' } });
		expect([asked.length, status, sleep.mock.calls]).toEqual([1, 503, []]);
	});

	it.each(['', '.', '..', '\ud800'])(
		'the id %j cannot stand in a path: nothing is asked, nothing starts',
		async (id) => {
			const { asked, status, result } = await receive(id, truth);
			expect([asked, status, result]).toEqual([[], 503, { noWebhookResponse: true }]);
		},
	);

	it.each(['../payouts', 'a/b', '%2e%2e', 'a?b=c', 'a#b', '1;x', ' '])(
		'the id %j stays one part of the path',
		async (id) => {
			const { asked } = await receive(id, truth);
			expect(asked).toEqual([`https://p.example/orders/${encodeURIComponent(id)}`]);
			expect(new URL(asked[0] ?? '').pathname.split('/')).toHaveLength(3);
		},
	);
});
