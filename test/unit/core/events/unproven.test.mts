import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { providerEvent } from '../../../../core/events/event.ts';
import { isObject, parseJson, textOf, type JsonObject } from '../../../../core/exact/json.ts';
import { payment } from '../../../../core/provider/payment.ts';
import type { Provider } from '../../../../core/provider/provider.ts';
import { receiveWebhook, type Received, type WebhookTrigger } from '../../../../core/events/webhook.ts';

const provider: Provider = {
	name: 'bank',
	displayName: 'Bank',
	credential: 'bankApi',
	resources: [
		{
			name: 'Order',
			value: 'order',
			operations: [
				{
					name: 'Get',
					value: 'get',
					action: 'Get order',
					description: 'Get an order',
					request: 'GET /orders/{id}',
					effect: 'read',
					returns: { kind: 'order' },
					docs: 'https://bank.example',
				},
			],
		},
	],
	parallelReads: 1,
	dashboard: 'the bank',
	account: () => ({ origin: 'https://bank.example', id: 'a', secrets: ['s3cret-of-the-bank'] }),
	headers: () => ({}),
	verdict: ({ text }) => ({ state: 'accepted', data: parseJson(text) }),
	payment: (kind, data) =>
		payment(
			'bank',
			kind,
			{ table: { DONE: { status: 'succeeded' } }, text: textOf(data.state) },
			{ id: textOf(data.id) },
		),
};

const body = { id: '1', state: 'DONE' };

/** A parameter whose expression fails. */
const BROKEN = 'broken';

/** A trigger that finds every delivery in this state. */
function trigger(state: 'genuine' | 'unproven'): WebhookTrigger {
	const event = providerEvent('order', provider.payment('order', body), body);
	const question = { operation: 'order.get', values: { id: '1' }, about: { id: '1' } };
	const confirm = state === 'genuine' ? { ...question, signed: true as const } : question;
	const notified = [{ event, confirm }];
	const received: Received = { state, reason: 'Unsigned', notified };
	return {
		provider,
		answerWithin: 10_000,
		receive: () => received,
		acknowledge: (emitted) => ({ emitted: emitted.length }),
		refuse: (reason) => ({ reason }),
	};
}

async function deliver(webhook: WebhookTrigger, parameters: IDataObject = {}) {
	const sent: { status?: number; answer?: unknown } = {};
	const response = {
		status: (status: number) => Object.assign(response, { sent: (sent.status = status) }),
		json: (answer: unknown) => Object.assign(response, { sent: (sent.answer = answer) }),
		end: () => response,
	};
	let questions = 0;
	const warnings: string[] = [];
	// The context has only what receiveWebhook() uses.
	const context: unknown = {
		getCredentials: () => Promise.resolve({}),
		getRequestObject: () => ({ rawBody: Buffer.from(JSON.stringify(body)) }),
		getHeaderData: () => ({}),
		getResponseObject: () => response,
		getNodeParameter: (name: string, fallback: unknown) => {
			if (parameters[name] === BROKEN) throw new Error("Referenced node doesn't exist, s3cret-of-the-bank");
			return name in parameters ? parameters[name] : fallback;
		},
		logger: { warn: (text: string) => warnings.push(text) },
		helpers: {
			httpRequestWithAuthentication: () => {
				questions += 1;
				return Promise.resolve({ statusCode: 200, headers: {}, body: '{"id":"1","state":"OPEN"}' });
			},
		},
	};
	const { webhookResponse, workflowData } = await receiveWebhook.call(context as IWebhookFunctions, webhook);
	const events: JsonObject[] = (workflowData?.[0] ?? []).map(({ json }) => json).filter(isObject);
	return { ...sent, acknowledged: webhookResponse, events, questions, warnings };
}

describe('a notification that nothing proves', () => {
	it('is always confirmed, and nothing of it goes on', async () => {
		const { events, questions } = await deliver(trigger('unproven'), { confirm: false });
		expect(questions).toBe(1);
		expect(events).toMatchObject([{ providerStatus: 'OPEN', raw: { state: 'OPEN' } }]);
	});

	it('is refused where a signature is required, nobody is asked, and the log says why', async () => {
		const { status, answer, events, questions, warnings } = await deliver(trigger('unproven'), {
			requireSignature: true,
		});
		expect([status, answer, events, questions]).toEqual([401, { reason: 'Unsigned' }, [], 0]);
		expect(warnings).toEqual(['Bank: A notification was refused with 401. Unsigned']);
	});
});

it.each(['false', 'true', '', 0, null, undefined])(
	'while an expression makes %j of a switch, it is answered 503: nothing is asked and nothing starts',
	async (value) => {
		for (const name of ['confirm', 'requireSignature'])
			for (const state of ['genuine', 'unproven'] as const) {
				const { status, questions, events } = await deliver(trigger(state), { [name]: value });
				expect([name, state, status, questions, events]).toEqual([name, state, 503, 0, []]);
			}
	},
);

it('a proven one is confirmed unless that is switched off, and keeps its own content', async () => {
	const confirmed = await deliver(trigger('genuine'), { requireSignature: true });
	expect(confirmed.events).toMatchObject([{ providerStatus: 'OPEN', raw: body }]);
	const trusted = await deliver(trigger('genuine'), { confirm: false });
	expect(trusted.questions).toBe(0);
	expect(trusted.events).toMatchObject([{ providerStatus: 'DONE', raw: body }]);
});

it('the answer knows what was emitted, and what a filter left out', async () => {
	expect((await deliver(trigger('unproven'))).acknowledged).toEqual({ emitted: 1 });
	const left = await deliver(trigger('unproven'), { statuses: ['succeeded'] });
	expect([left.acknowledged, left.events]).toEqual([{ emitted: 0 }, []]);
});

it.each<[unknown, number]>([
	['pending', 0],
	['pending, expired', 0],
	['expired,succeeded', 1],
	[['succeeded'], 1],
	[[], 1],
])('the filter %j, which an expression may give as a text, lets %i through', async (statuses, count) => {
	const { events } = await deliver(trigger('genuine'), { confirm: false, statuses: statuses as string[] });
	expect(events).toHaveLength(count);
});

it.each([undefined, null, '', 'succeeded,', [''], [undefined], {}, true, 0])(
	'the filter %j, which an expression that fails may give, lets nothing through and loses nothing: 503',
	async (value) => {
		for (const name of ['statuses', 'events']) {
			const { status, events, warnings } = await deliver(trigger('genuine'), { [name]: value });
			expect([name, status, events]).toEqual([name, 503, []]);
			expect(warnings.join()).toContain('An expression in a filter of the trigger gives no list of choices');
		}
	},
);

it.each(['confirm', 'requireSignature', 'statuses', 'events'])(
	'is asked for again while the expression in %s fails',
	async (name) => {
		const { status, acknowledged, events, warnings } = await deliver(trigger('genuine'), { [name]: BROKEN });
		expect([status, acknowledged, events]).toEqual([503, undefined, []]);
		expect(warnings).toEqual([
			"Bank: A notification could not be handled. Referenced node doesn't exist, [hidden]",
		]);
	},
);
