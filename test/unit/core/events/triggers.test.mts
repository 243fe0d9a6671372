import type { IWebhookFunctions } from 'n8n-workflow';
import { providerEvent } from '../../../../core/events/event.ts';
import { textOf } from '../../../../core/exact/json.ts';
import { payment } from '../../../../core/provider/payment.ts';
import type { Watch } from '../../../../core/events/watching.ts';
import type { Provider } from '../../../../core/provider/provider.ts';
import { receiveWebhook, type WebhookTrigger } from '../../../../core/events/webhook.ts';
import { stage } from '../../pollingStage.mts';

/** A provider with one read of each sort. Its path needs a slug of the account. */
const provider: Provider = {
	name: 'shop',
	displayName: 'Shop',
	credential: 'shopApi',
	resources: [
		{
			name: 'Order',
			value: 'order',
			operations: [
				{
					name: 'Get',
					value: 'get',
					action: 'Get',
					description: '',
					request: 'GET /{slug}/orders/{id}',
					wire: { fromAccount: { slug: { parameter: 'slug', label: 'Slug' } } },
					effect: 'read',
					returns: { kind: 'order', data: '' },
					docs: '',
				},
				{
					name: 'Get Many',
					value: 'getMany',
					action: 'Get many',
					description: '',
					request: 'GET /orders',
					effect: 'read',
					returns: { kind: 'order', list: 'orders' },
					docs: '',
				},
			],
		},
	],
	parallelReads: 1,
	dashboard: 'the dashboard',
	account: ({ slug }) => ({
		origin: 'https://shop.example',
		id: '1',
		parameters: { slug: String(slug ?? '') },
		secrets: [],
	}),
	headers: () => ({}),
	verdict: ({ status, text }) =>
		status === 200
			? { state: 'accepted', data: JSON.parse(text) }
			: { state: 'refused', code: String(status), reason: 'no', meaning: 'absent' },
	payment: (kind, { id, reference, createdAt, updatedAtLocal, createdAtLocal }, sent) =>
		payment(
			'shop',
			kind,
			{ table: {}, text: '' },
			{
				id: textOf(id),
				reference: textOf(reference) ?? textOf(sent?.reference),
				createdAt: textOf(createdAt),
				updatedAtLocal: textOf(updatedAtLocal),
				createdAtLocal: textOf(createdAtLocal),
			},
		),
};

describe('a confirmation', () => {
	const told = providerEvent('order', provider.payment('order', { id: '7' }), {});
	const trigger = (id: string): WebhookTrigger => ({
		provider,
		answerWithin: 10_000,
		receive: () => ({
			state: 'genuine',
			notified: [
				{
					event: told,
					confirm: {
						operation: 'order.get',
						values: { id },
						about: { id },
						known: { reference: 'told' },
					},
				},
			],
		}),
		acknowledge: () => ({ ok: true }),
		refuse: () => ({}),
	});

	async function received(id: string, slug: string, answer: { statusCode: number; body: string }) {
		const warnings: string[] = [];
		let status: number | undefined;
		const response = {
			status(code: number) {
				status = code;
				return response;
			},
			json: () => response,
			end: () => undefined,
		};
		// The context has only what receiveWebhook() uses.
		const context: unknown = {
			getCredentials: () => Promise.resolve({ slug }),
			getRequestObject: () => ({ rawBody: Buffer.from('{}') }),
			getHeaderData: () => ({}),
			getResponseObject: () => response,
			getNodeParameter: (_name: string, fallback: unknown) => fallback,
			logger: { warn: (text: string) => warnings.push(text) },
			helpers: { httpRequestWithAuthentication: () => Promise.resolve({ headers: {}, ...answer }) },
		};
		const result = await receiveWebhook.call(context as IWebhookFunctions, trigger(id));
		return { status, warnings, result };
	}

	it('for which the credential lacks something is left to a retry, and says what is missing', async () => {
		const { status, warnings, result } = await received('7', '', { statusCode: 200, body: '{}' });
		expect([status, result]).toEqual([503, { noWebhookResponse: true }]);
		expect(warnings).toEqual([
			'Shop: A notification cannot be confirmed. Slug is set neither in the credential nor in the operation',
		]);
	});

	it('never throws for an ID that would leave its path', async () => {
		const { status, warnings } = await received('..', 'a', { statusCode: 200, body: '{}' });
		expect(status).toBe(503);
		expect(warnings).toEqual([expect.stringContaining('cannot stand in a path')]);
	});

	it.each([
		['fills in what the read leaves out', '{"id":"7"}', 'told'],
		['never replaces what the provider says', '{"id":"7","reference":"read"}', 'read'],
	])('%s', async (_case, body, reference) => {
		const { result } = await received('7', 'a', { statusCode: 200, body });
		expect(result.workflowData?.[0]?.[0]?.json).toMatchObject({ id: '7', reference });
	});

	it('of what the provider does not know is left to a retry, and leaves a trace in the log', async () => {
		const { status, warnings, result } = await received('7', 'a', { statusCode: 404, body: '{}' });
		expect([status, result]).toEqual([503, { noWebhookResponse: true }]);
		expect(warnings).toEqual([
			'Shop: It does not know {"id":"7"} of its notification; no execution was started',
		]);
	});
});

it('a poll emits the oldest first, also where the provider tells its times without a zone', async () => {
	const watches: Readonly<Record<string, Watch>> = {
		orders: { event: 'order', operation: 'order.getMany', reads: () => [{}] },
	};
	const orders = [
		{ id: '3', createdAtLocal: '2026-01-03 00:00:00' },
		{ id: '4', createdAtLocal: '2026-01-01 00:00:00', updatedAtLocal: '2026-01-04 00:00:00' },
		{ id: '1', createdAtLocal: '2026-01-01 00:00:00' },
	];
	const { start, emitted } = stage({
		provider,
		watches,
		credentials: {},
		parameters: { watch: 'orders', emitExisting: true },
		answer: () => ({ body: JSON.stringify({ orders }) }),
	});
	await start();
	expect(emitted.map(({ json }) => json.id)).toEqual(['1', '3', '4']);
});
