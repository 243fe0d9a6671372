import type { INodeParameters } from 'n8n-workflow';
import { BridgePay } from '../../../nodes/BridgePay/BridgePay.node.ts';
import { callListSearch } from '../harness/index.mts';
import {
	type BridgePaySetting,
	byId,
	invoice,
	openBridgePay,
	orders,
	payIn,
	withdrawal,
} from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const store = (operation: string, fields: INodeParameters = {}, options: INodeParameters = {}) => ({
	resource: 'store',
	operation,
	...fields,
	options,
});
const requests = () => setting.provider.requests;

describe('what the store has', () => {
	it('accounts, with every digit', async () => {
		const [account] = setting.provider.state.accounts;
		if (account) account.sum = '123456789012345.12345678';
		const { items } = await setting.run(store('getAccounts', { returnAll: true }), { items: [{}] });
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				currency: 'USDT',
				sum: { amount: '123456789012345.12345678', currency: 'USDT', subunit: 8 },
			}),
		]);
	});

	it('payment methods, with the filter in the signed URL', async () => {
		const parameters = store('getPaymentMethods', { returnAll: false, limit: 2 }, { currency: 'RUB' });
		const { items, error } = await setting.run(parameters, { items: [{}] });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(requests()[0]?.url).toBe('/api/merchant/payment-methods?currency=RUB');
	});

	it('payment options and rates', async () => {
		const options = await setting.run(store('getPaymentOptions', { returnAll: true }), { items: [{}] });
		expect(options.items.map(({ json }) => json.code)).toContain('SBP_QR');
		const rates = await setting.run(store('getRates'), { items: [{}] });
		expect(rates.items[0]?.json).toEqual({
			in: { pair: 'USDT/RUB', rate: '102.05' },
			out: { pair: 'USDT/RUB', rate: '102.05' },
		});
	});

	it('public methods are asked for without a key', async () => {
		const parameters = store('getPublicPaymentMethods', { currency: 'RUB', returnAll: true });
		const { items } = await setting.run(parameters, { items: [{}] });
		expect(items.length).toBeGreaterThan(3);
		expect(requests()[0]?.headers).not.toHaveProperty('x-identity');
		expect(requests()[0]?.headers).not.toHaveProperty('x-signature');
	});
});

describe('a read', () => {
	it.each<[string, object]>([
		['429', { kind: 'too-many-requests', retryAfter: 2 }],
		['502', { kind: 'bad-gateway', status: 502 }],
		['a reset', { kind: 'reset-before-reading' }],
		['a web page', { kind: 'ok-but-wrong', body: 'html' }],
		['half an answer', { kind: 'half-a-body' }],
		['a refusal with 200', { kind: 'ok-but-wrong', body: 'refusal' }],
	])('is repeated after %s', async (_case, fault) => {
		setting.sandbox.fault({ operation: 'listAccounts', ...fault } as never);
		const { items, error } = await setting.run(store('getAccounts', { returnAll: true }), { items: [{}] });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(setting.waits).toHaveLength(1);
	});

	it('is not repeated after a refusal, and says what to do', async () => {
		const { error } = await setting.run(invoice('get', { id: 'unknown' }), { items: [{}] });
		expect(error?.message).toBe(
			'BridgePay refused Invoice: Get: it knows nothing there (HTTP 404). [item 1]',
		);
		expect(error?.description).toContain('an invoice of another store is not seen with this API key');
		expect(requests()).toHaveLength(1);
	});

	it('says which parts of a credential to check after a 401', async () => {
		const { error } = await setting.run(store('getRates'), {
			items: [{}],
			credentials: setting.credentials({ secret: 'another-secret' }),
		});
		expect(error?.message).toContain('Unauthorized (HTTP 401)');
		expect(error?.description).toContain('API Key, Secret and Base URL');
		expect(requests()).toHaveLength(1);
	});

	it('an ID cannot leave its path, and is signed as it is sent', async () => {
		const { error } = await setting.run(invoice('getByInternalId', { internalId: 'ä/../x?y#z %' }), {
			items: [{}],
		});
		expect(error?.message).toContain('HTTP 404');
		expect(requests()[0]?.url).toBe('/api/merchant/invoices/internal-id/%C3%A4%2F..%2Fx%3Fy%23z%20%25');
	});
});

describe('a withdrawal as it goes on', () => {
	it('is done when it has a transaction hash', async () => {
		const made = await setting.run(withdrawal(), { items: [{ amount: '10' }] });
		const id = String(made.items[0]?.json.id);
		const get = { resource: 'withdrawal', operation: 'get', id, options: {} };
		expect((await setting.run(get, { items: [{}] })).items[0]?.json).toMatchObject({
			status: 'pending',
			final: false,
			providerStatus: '2',
		});
		setting.provider.act('sendWithdrawal', id);
		expect((await setting.run(get, { items: [{}] })).items[0]?.json).toMatchObject({
			status: 'succeeded',
			final: true,
			txHash: expect.any(String),
		});
	});
});

describe('Custom API Request', () => {
	it('reads any path, and sends exactly the bytes that were typed, once', async () => {
		const read = {
			resource: 'customRequest',
			operation: 'read',
			path: '/api/merchant/payment-methods',
			query: { parameter: [{ name: 'currency', value: 'RUB' }] },
			options: {},
		};
		expect((await setting.run(read, { items: [{}] })).items.length).toBeGreaterThan(2);
		const body =
			'{ "type": "in", "amount": "1000.10",\n "currency":"RUB", "notificationUrl":"https://example.com", "notificationToken":"own-token-of-mine-1" }';
		const send = {
			resource: 'customRequest',
			operation: 'send',
			paymentReference: '={{ `custom-${$itemIndex + 1}` }}',
			method: 'POST',
			path: '/api/merchant/invoices',
			query: {},
			body,
			options: {},
		};
		const { items } = await setting.run(send, { items: [{}] });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', reference: 'custom-1', status: 'new' });
		expect(requests().at(-1)?.body).toBe(body);
	});
});

describe('drop-downs', () => {
	const call = async (method: string, parameters: INodeParameters = {}, filter?: string) => {
		const { results } = await callListSearch({
			node: new BridgePay(),
			method,
			parameters,
			filter,
			credentials: setting.credentials(),
			credentialTypes: setting.credentialTypes,
		});
		return results.map(({ value }) => value);
	};
	const inRub = payIn({}, { currency: byId('RUB') });

	it('list accounts with their balance', async () => {
		const { results } = await callListSearch({
			node: new BridgePay(),
			method: 'searchAccounts',
			parameters: withdrawal(),
			credentials: setting.credentials(),
			credentialTypes: setting.credentialTypes,
		});
		expect(results).toEqual([
			{
				name: 'USDT (withdrawal fee 5.00000000 USDT)',
				value: 'df2b175e-0aef-45e3-8d03-80881389901c',
				description: '100000.00000000 USDT available',
			},
		]);
	});

	it('list currencies once, and the rails and banks of the chosen one', async () => {
		expect(await call('searchCurrencies', inRub)).toEqual(['KZT', 'RUB']);
		const options = await call('searchPaymentOptions', inRub);
		expect(options.sort()).toEqual(['SBP', 'SBP_QR', 'TO_CARD']);
		const methods = await call('searchPaymentMethods', inRub);
		expect(methods).toContain('unknown');
		expect(methods).not.toContain('kaspi');
		expect(await call('searchPaymentMethods', payIn({}, { currency: byId('KZT') }))).toEqual([
			'kaspi',
			'unknown',
		]);
		expect(await call('searchPaymentMethods', inRub, 'сбер')).toEqual(['sberbank']);
	});

	it('list the variants and deals of the invoice', async () => {
		const step = await setting.run(payIn({}, { flow: 'stepByStep' }), { items: orders('o-1') });
		const id = String(step.items[0]?.json.id);
		expect(await call('searchVariantOptions', invoice('startDeal', { id }))).toEqual(['SBP', 'TO_CARD']);
		expect(await call('searchVariantMethods', invoice('startDeal', { id }))).toEqual([
			'alfabank',
			'sberbank',
			'tinkoff',
		]);
		const onCard = invoice('startDeal', { id, paymentOption: byId('TO_CARD') });
		expect(await call('searchVariantMethods', onCard)).toEqual(['sberbank', 'tinkoff']);

		const { items } = await setting.run(payIn(), { items: orders('o-2') });
		const { id: other, requisites } = items[0]?.json ?? {};
		expect(await call('searchDeals', invoice('openDispute', { id: String(other) }))).toEqual([
			(requisites as { dealId: string }).dealId,
		]);
		await expect(call('searchDeals', invoice('openDispute', { id }))).rejects.toThrow('nothing to contest');
	});

	it('say what to do first', async () => {
		for (const method of ['searchDeals', 'searchVariantOptions', 'searchVariantMethods']) {
			await expect(call(method, invoice('startDeal', { id: '' }))).rejects.toThrow(
				'Set the Invoice ID first',
			);
		}
	});
});
