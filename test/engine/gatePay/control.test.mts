import type { IDataObject } from 'n8n-workflow';
import { sentIn } from '../approval.mts';
import { addressOf } from '../../../sandbox/addresses.mts';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const applied = () => setting.provider.books.appliedPerReference();
const sends = () =>
	setting.provider.requests.filter(({ operation }) => operation === 'createPayoutBatch').length;

describe('Preview and approval', () => {
	async function preview(items: IDataObject[] = payouts('p_1')): Promise<IDataObject> {
		const { items: output } = await setting.run(payoutPerItem({ preview: true }), { items });
		return output[0]?.json ?? {};
	}

	it('shows what would be sent and sends nothing', async () => {
		const shown = await preview();
		expect(shown).toEqual({
			outcome: 'not_sent',
			reference: 'p_1',
			preview: true,
			method: 'POST',
			url: `${setting.provider.url}/v1/pay/withdraw`,
			body: '{"batch_id":"p_1","withdraw_list":[{"address":"TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G","amount":"10.5","chain":"TRX","currency":"USDT","merchant_withdraw_id":"p_1_1"}]}',
			verdict: 'would_send',
			recipients: 1,
			totals: { USDT: '10.5' },
			sentBefore: 'no',
			alreadySent: 0,
			toSend: 1,
			toLookAt: 0,
			totalsToSend: { USDT: '10.5' },
			balances: { USDT: '1000000' },
			balancesAfter: { USDT: '999989.5' },
			fees: { fromAmount: { USDT: '0.3' } },
			summary: '1 recipient, 10.5 USDT',
			asked: {
				withdraw_list: [
					{
						address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
						amount: '10.5',
						chain: 'TRX',
						currency: 'USDT',
					},
				],
			},
			approvalHash: expect.stringMatching(/^1-recipient-10\.5-USDT-[0-9a-f]{64}$/),
		});
		expect(sentIn(setting)).toEqual([]);
	});

	it('pays what was approved', async () => {
		const { approvalHash } = await preview();
		const { items } = await setting.run(payoutPerItem({ approvalHash: String(approvalHash) }), {
			items: payouts('p_1'),
		});
		expect(items[0]?.json.outcome).toBe('applied');
	});

	it.each<[string, (parameters: ReturnType<typeof payoutPerItem>) => unknown, IDataObject]>([
		['amount', () => undefined, { amount: '10.50001' }],
		['amount by a zero', () => undefined, { amount: '10.50' }],
		['reference', () => undefined, { batch: 'p_2' }],
		[
			'address',
			(p) =>
				((((p.withdraw_list as never)['payout'] as IDataObject[])[0] as IDataObject).address = addressOf(
					'TRX',
					'another',
				)),
			{},
		],
		[
			'chain',
			(p) => ((((p.withdraw_list as never)['payout'] as IDataObject[])[0] as IDataObject).chain = 'NEAR'),
			{},
		],
		[
			'memo',
			(p) => ((((p.withdraw_list as never)['payout'] as IDataObject[])[0] as IDataObject).memo = 'x'),
			{},
		],
	])('refuses another %s', async (_field, tamper, change) => {
		const { approvalHash } = await preview();
		const parameters = payoutPerItem({ approvalHash: String(approvalHash) });
		tamper(parameters);
		const { error } = await setting.run(parameters, { items: [{ ...payouts('p_1')[0], ...change }] });
		expect(error?.message).toMatch(/differs from the one that was approved .*\. Nothing was sent\./);
		expect(applied()).toEqual({});
	});

	it('refuses another account', async () => {
		const { approvalHash } = await preview();
		const { error } = await setting.run(payoutPerItem({ approvalHash: String(approvalHash) }), {
			items: payouts('p_1'),
			credentials: setting.credentials({ clientId: 'another' }),
		});
		expect(error?.message).toContain('differs from the one that was approved');
	});
});

describe('as a tool of an AI agent', () => {
	it.each([true, 'byEngine' as const])('money does not move unless it is allowed (%p)', async (asTool) => {
		const denied = await setting.run(payoutPerItem(), { items: payouts('p_1'), asTool });
		expect(`${denied.error?.message} ${JSON.stringify(denied.items)}`).toContain(
			'An AI agent asked to move money',
		);
		expect(applied()).toEqual({});
		await setting.run(payoutPerItem({ allowAgents: true }), { items: payouts('p_1'), asTool });
		expect(applied()).toEqual({ p_1: 1 });
	});

	it.each([true, 'byEngine' as const])('the model reads what to do next (%p)', async (asTool) => {
		const denied = await setting.run(payoutPerItem(), { items: payouts('p_1'), asTool });
		expect(denied.error?.message).toContain('A person has to turn on Allow Use by AI Agents');
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'reset-before-reading' });
		const parameters = payoutPerItem({ allowAgents: true, checkFirst: false });
		const { error } = await setting.run(parameters, { items: payouts('p_1'), asTool });
		expect(error?.message).toContain('Money may or may not have moved.');
		expect(error?.message).toContain('Do not send it again under another reference.');
	});

	it.each([true, 'byEngine' as const])('pays once when the model repeats its call (%p)', async (asTool) => {
		const parameters = payoutPerItem({ allowAgents: true });
		const { error } = await setting.run(parameters, { items: payouts('p_1'), asTool, calls: 3 });
		expect(error).toBeUndefined();
		expect(applied()).toEqual({ p_1: 1 });
		expect(sends()).toBe(1);
	});

	it('reading is allowed', async () => {
		const { items, error } = await setting.run(
			{ resource: 'balance', operation: 'getMap', options: {} },
			{ items: [{}], asTool: true },
		);
		expect(error).toBeUndefined();
		expect(JSON.stringify(items)).toContain('USDT');
	});
});

describe('Custom API Request', () => {
	it('signs a read of any path', async () => {
		const parameters = {
			resource: 'customRequest',
			operation: 'read',
			path: '/v1/pay/wallet/currency_chains',
			query: { parameter: [{ name: 'currency', value: 'USDT' }] },
			options: {},
		};
		const { items, error } = await setting.run(parameters, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.chain)).toContain('TRX');
	});

	it('sends exactly the bytes that were typed, once', async () => {
		const body =
			'{ "batch_id": "custom_1",\n "withdraw_list": [{"merchant_withdraw_id":"c1","currency":"USDT","amount":"1.10","chain":"TRX","address":"TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G"}] }';
		const parameters = {
			resource: 'customRequest',
			operation: 'send',
			paymentReference: '={{ `custom-${$itemIndex + 1}` }}',
			method: 'POST',
			path: '/v1/pay/withdraw',
			query: {},
			body,
			options: {},
		};
		setting.sandbox.fault({ operation: 'createPayoutBatch', kind: 'unauthorized' });
		const first = await setting.run(parameters, {
			items: [{}],
			settings: { retryOnFail: true, maxTries: 3 },
		});
		expect(first.error?.message).toContain('Custom API Request: Send `custom-1`: it answered 401');
		expect(setting.provider.requests).toHaveLength(1);
		const found = { ...parameters, options: { checkedNotPaid: 'custom-1' } };
		const { items } = await setting.run(found, { items: [{}] });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', reference: 'custom-1', batch_id: 'custom_1' });
		expect(setting.provider.requests[1]?.body).toBe(body);
	});
});

describe('without a reference', () => {
	const parameters = {
		resource: 'customRequest',
		operation: 'send',
		method: 'POST',
		path: '/v1/pay/withdraw/query',
		query: {},
		body: '{"batch_id":"none_1","detail_status":"ALL"}',
		options: { allowRepeats: true, whenUnknown: 'continue' },
	};

	it('two equal items are two requests, as they say', async () => {
		await setting.run(parameters, { items: [{}, {}], settings: { onError: 'continueRegularOutput' } });
		expect(setting.provider.requests).toHaveLength(2);
	});
});

describe('on behalf of another account', () => {
	it('uses the documented institution path and header, and no merchant header', async () => {
		const credentials = setting.credentials({ onBehalfOf: '2124538349' });
		const { items, error } = await setting.run(payoutPerItem(), { items: payouts('p_1'), credentials });
		expect(error).toBeUndefined();
		expect(items[0]?.json.outcome).toBe('applied');
		const sent = setting.provider.requests.find(
			({ path }) => path === '/withdraw/open/institution/v1/pay/create/payouts',
		);
		expect(sent?.headers['x-gatepay-on-behalf-of']).toBe('2124538349');
		expect(sent?.headers).not.toHaveProperty('x-gatepay-merchantid');
	});
});
