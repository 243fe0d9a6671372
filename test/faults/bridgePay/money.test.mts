import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	type BridgePaySetting,
	faults,
	openBridgePay,
	orders,
	payIn,
	payOut,
} from '../../engine/bridgePay/setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const applied = () => setting.provider.books.appliedPerReference();
const sends = (operation: string) =>
	setting.provider.requests.filter((one) => one.operation === operation).length;
const quick = { timeout: 1 };

type Create = (options?: IDataObject, fields?: INodeParameters) => INodeParameters;

describe.each<[string, Create, string]>([
	['a pay-in', payIn, 'payIn'],
	['a pay-out', payOut, 'payOut'],
])('%s', (_name, create, kind) => {
	it('is made, with a record that says so', async () => {
		const { items, error } = await setting.run(create(), { items: orders('o-1') });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: 'o-1',
			provider: 'bridgePay',
			kind,
			final: false,
			amount: '1500.50',
			currency: 'RUB',
			requisites: expect.objectContaining({ dealId: expect.any(String) }),
		});
		expect(applied()).toEqual({ 'o-1': 1 });
		expect(setting.provider.books.total('RUB')).toBe('1500.5');
	});

	it.each(faults)(
		'%s %j ends in one outcome and is sent once',
		async (fault, details, outcome, _other, isApplied) => {
			setting.sandbox.fault({ operation: 'createInvoice', kind: fault as never, ...details });
			const { items, error } = await setting.run(create({ whenUnknown: 'continue', ...quick }), {
				items: orders('o-1'),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(items[0]?.json).toMatchObject({ outcome, reference: 'o-1' });
			expect(items[0]?.json).not.toHaveProperty('error');
			expect(applied()['o-1']).toBe(isApplied ? 1 : undefined);
			expect(sends('createInvoice')).toBeLessThanOrEqual(1);
		},
	);

	it.each([true, false])(
		'is made once per reference by Retry On Fail (Check First %p)',
		async (checkFirst) => {
			setting.sandbox.fault({
				operation: 'createInvoice',
				kind: 'timeout-after-applying',
				nth: 2,
				seconds: 5,
			});
			const { items, error } = await setting.run(create({ checkFirst, ...quick }), {
				items: orders('o-1', 'o-2', 'o-3'),
				settings: { retryOnFail: true, maxTries: 3 },
			});
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => [json.reference, json.outcome])).toEqual(
				['o-1', 'o-2', 'o-3'].map((reference) => [reference, 'applied']),
			);
			expect(applied()).toEqual({ 'o-1': 1, 'o-2': 1, 'o-3': 1 });
			expect(sends('createInvoice')).toBe(3);
		},
	);

	it('is made once by Retry On Fail when no lookup is answered at first', async () => {
		setting.sandbox.fault({ operation: 'createInvoice', kind: 'timeout-after-applying', nth: 2, seconds: 5 });
		setting.sandbox.fault({
			operation: 'getInvoiceByInternalId',
			kind: 'bad-gateway',
			status: 503,
			nth: 3,
			times: 12,
		});
		const { error } = await setting.run(create(quick), {
			items: orders('o-1', 'o-2', 'o-3'),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(error).toBeUndefined();
		expect(applied()).toEqual({ 'o-1': 1, 'o-2': 1, 'o-3': 1 });
		expect(sends('createInvoice')).toBe(3);
	});

	it("is not sent again by the editor's Retry while it is not known what became of it", async () => {
		setting.sandbox.fault({ operation: 'createInvoice', kind: 'reset-before-reading', nth: 2 });
		const first = await setting.run(create(quick), { items: orders('o-1', 'o-2') });
		expect(first.error).toBeDefined();
		const again = await setting.retry(first, create(quick), { items: orders('o-1', 'o-2') });
		expect(again.error?.message).toContain('o-2');
		expect(applied()).toEqual({ 'o-1': 1 });
		expect(sends('createInvoice')).toBe(2);
	});

	it('is made once by two executions, because it is looked for first', async () => {
		await setting.run(create(), { items: orders('o-1') });
		const { items } = await setting.run(create(), { items: orders('o-1') });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true, reference: 'o-1', kind });
		expect(applied()).toEqual({ 'o-1': 1 });
		expect(sends('createInvoice')).toBe(1);
	});

	it.each([['amount', { order: 'o-1', amount: '1500.51' }, 'amount is 1500.51 here and 1500.50 there']])(
		'with another %s under the same reference is refused',
		async (_field, item, message) => {
			await setting.run(create(), { items: orders('o-1') });
			const { error } = await setting.run(create(), { items: [item] });
			expect(error?.message).toContain('already used at the provider');
			expect(error?.message).toContain(message);
			expect(applied()).toEqual({ 'o-1': 1 });
		},
	);

	it('is not sent when Check First gets no answer, or one that says nothing', async () => {
		for (const fault of [{ kind: 'bad-gateway' as const, times: 4 }, { kind: 'unauthorized' as const }]) {
			setting.sandbox.fault({ operation: 'getInvoiceByInternalId', ...fault });
			const { error } = await setting.run(create(), { items: orders('o-1') });
			expect(error?.message).toContain('Check First got no answer');
		}
		expect(sends('createInvoice')).toBe(0);
	});

	it('never shows a secret, a token or a signature', async () => {
		setting.sandbox.fault({ operation: 'createInvoice', kind: 'reset-before-reading', nth: 2 });
		const { saved } = await setting.run(create(quick), { items: orders('o-1', 'o-2') });
		const { secret, notificationToken, totpSecret, apiKey } = setting.provider.account;
		for (const hidden of [secret, notificationToken, totpSecret, apiKey]) expect(saved).not.toContain(hidden);
		expect(saved).not.toMatch(/[A-Za-z0-9+/]{27}=/);
	});
});

describe('a pay-out', () => {
	it.each([
		['pay-in', payIn, 'type is out here and in there'],
		[
			'recipient',
			(options?: IDataObject) =>
				payOut(options, { paymentRequisites: { recipient: { requisites: '5555 4444 3333 2226' } } }),
			'paymentRequisites.requisites is another one there',
		],
	])('under the reference of another %s is refused, without quoting it', async (_what, other, message) => {
		await setting.run(other(), { items: orders('o-1') });
		const { error } = await setting.run(payOut(), { items: orders('o-1') });
		expect(error?.message).toContain(message);
		// What this item asked for stands at the end; what the provider holds for somebody else does not.
		expect(error?.message).not.toContain('5555');
		expect(applied()).toEqual({ 'o-1': 1 });
	});

	it('to the same recipient, grouped otherwise, is the same', async () => {
		await setting.run(payOut(), { items: orders('o-1') });
		const other = payOut(
			{},
			{ paymentRequisites: { recipient: { requisites: '4444444444444448', holder: 'Иван Петров' } } },
		);
		const { items } = await setting.run(other, { items: orders('o-1') });
		expect(items[0]?.json).toMatchObject({ replayed: true });
	});

	it('says what was refused and what to do', async () => {
		const [account] = setting.provider.state.accounts;
		if (account) account.sum = '1';
		const { error } = await setting.run(payOut(), { items: orders('o-1') });
		expect(error?.message).toContain(
			'BridgePay refused Invoice: Create Pay-Out `o-1`: Insufficient funds (HTTP 400). No money was moved by it. [item 1]',
		);
		expect(error?.description).toContain('top up the account');
	});

	it('as a tool of an AI agent makes nothing unless it is allowed, and no pay-in either', async () => {
		const denied = await setting.run(payOut(), { items: orders('o-1'), asTool: true });
		expect(`${denied.error?.message} ${JSON.stringify(denied.items)}`).toContain(
			'An AI agent asked to move money',
		);
		await setting.run(payIn(), { items: orders('o-2'), asTool: true });
		expect(applied()).toEqual({});
		await setting.run(payIn({ allowAgents: true }), { items: orders('o-3'), asTool: true });
		expect(applied()).toEqual({ 'o-3': 1 });
	});
});

describe('Preview of an invoice', () => {
	it('shows what would be sent, but for the token, and pays what was approved', async () => {
		const preview = await setting.run(payOut({ preview: true }), { items: orders('o-1') });
		expect(preview.items[0]?.json).toEqual({
			outcome: 'not_sent',
			reference: 'o-1',
			preview: true,
			method: 'POST',
			url: `${setting.provider.url}/api/merchant/invoices`,
			body: '{"type":"out","notificationToken":"[from the credential]","internalId":"o-1","amount":"1500.50","currency":"RUB","paymentOption":"TO_CARD","paymentMethod":"sberbank","paymentRequisites":{"holder":"Иван Петров","requisites":"4444 4444 4444 4448"},"notificationUrl":"https://example.com/hook"}',
			verdict: 'would_send',
			recipients: 1,
			totals: { RUB: '1500.5' },
			sentBefore: 'no',
			alreadySent: 0,
			toSend: 1,
			toLookAt: 0,
			totalsToSend: { RUB: '1500.5' },
			summary: '1 recipient, 1500.5 RUB',
			asked: expect.objectContaining({ amount: '1500.50', currency: 'RUB' }),
			approvalHash: expect.stringMatching(/^1-recipient-1500\.5-RUB-[0-9a-f]{64}$/),
		});
		const approvalHash = String(preview.items[0]?.json.approvalHash);
		for (const [fields, item] of [
			[{ notificationUrl: 'https://elsewhere.example' }, {}],
			[
				{ paymentRequisites: { recipient: { requisites: '4444 4444 4444 4455', holder: 'Иван Петров' } } },
				{},
			],
			[{ paymentMethod: { __rl: true, mode: 'id', value: 'tinkoff' } }, {}],
			[{ matching: true }, {}],
			[{}, { amount: '1500.5' }],
			[{}, { order: 'o-2' }],
		] as const) {
			const { error } = await setting.run(payOut({ approvalHash }, fields), {
				items: [{ ...orders('o-1')[0], ...item }],
			});
			expect(error?.message).toMatch(/differs from the one that was approved.*\. Nothing was sent\./);
		}
		const { error } = await setting.run(payOut({ approvalHash }), {
			items: orders('o-1'),
			credentials: setting.credentials({ apiKey: 'another-store' }),
		});
		expect(error?.message).toMatch(/differs from the one that was approved.*\. Nothing was sent\./);
		expect(
			(await setting.run(payOut({ approvalHash }), { items: orders('o-1') })).items[0]?.json.outcome,
		).toBe('applied');
	});
});
