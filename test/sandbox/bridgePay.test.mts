import { servedOperation } from '../../sandbox/bridgePay/operations.mts';
import { closeAll, contract, payIn, payOut, start } from './bridgePayClient.mts';

afterEach(closeAll);

describe('who may call BridgePay', () => {
	it('accepts a request signed by another implementation, with and without a query', async () => {
		const { client } = await start();
		expect((await client.call('listAccounts')).status).toBe(200);
		expect(
			(await client.call('listMerchantPaymentMethods', undefined, { query: '?currency=RUB' })).status,
		).toBe(200);
	});

	it.each<[string, Record<string, string>]>([
		['another key', { 'X-Identity': 'someone' }],
		['no signature', { 'X-Signature': '' }],
		['a signature of something else', { 'X-Signature': 'qWUYfRU20a4b/J4kz37+HiTppk0=' }],
	])('refuses %s with 401', async (_case, headers) => {
		const { client, sandbox } = await start();
		const { status, body } = await client.call('createInvoice', payIn(), { headers });
		expect([status, body]).toEqual([401, { message: 'Unauthorized' }]);
		expect(sandbox.bridgePay.state.invoices).toEqual([]);
	});

	it('refuses a signature without the query, or over the body of a form', async () => {
		const { client, sandbox } = await start();
		const plain = client.sign('GET', `${sandbox.bridgePay.url}/api/merchant/payment-methods`, '');
		const query = { query: '?currency=RUB', headers: plain };
		expect((await client.call('listMerchantPaymentMethods', undefined, query)).status).toBe(401);
	});

	it('asks nobody on public paths', async () => {
		const { client } = await start();
		const { status, body } = await client.call('listPublicPaymentMethods', undefined, {
			path: { currency: 'KZT' },
		});
		expect(status).toBe(200);
		expect(body).toEqual([
			{ code: 'unknown', name: 'unknown' },
			{ code: 'kaspi', name: 'Kaspi' },
		]);
	});
});

describe('the contract', () => {
	it('is served whole, but for the two undocumented mirrors', () => {
		const missing = contract.operations.filter((name) => !servedOperation(name));
		expect(missing.sort()).toEqual(['listPublicInvoicePaymentVariants', 'startPublicDeal']);
	});

	it.each([
		[{ amount: undefined }, 'amount', 'this value should not be blank'],
		[{ startDeal: 'true' }, 'startDeal', 'This value should be of type boolean'],
		[{ amount: 1000 }, 'amount', expect.any(String)],
		[{ amount: '1e3' }, 'amount', expect.any(String)],
		[{ nonsense: 1 }, 'nonsense', expect.any(String)],
		[{ notificationUrl: 'not a url' }, 'notificationUrl', expect.any(String)],
		[{ paymentOption: 'CROSS_BORDER' }, 'crossBorderCurrency', 'this value should not be blank'],
	])('refuses %j as the documentation says', async (change, field, message) => {
		const { client, sandbox } = await start();
		const { status, body } = await client.call('createInvoice', payIn(change));
		expect(status).toBe(400);
		expect(body).toContainEqual({ message, field });
		expect(sandbox.bridgePay.books.entries).toEqual([]);
	});

	it.each([{ startDeal: true }, { paymentRequisites: undefined }, { paymentMethod: undefined }])(
		'refuses a pay-out with %j',
		async (change) => {
			const { client } = await start();
			expect((await client.call('createInvoice', payOut(change))).status).toBe(400);
		},
	);

	it.each([
		[{ amount: '999.99' }, 400, 'Invoice amount should be not less than 1000.00'],
		[{ amount: '100000.01' }, 400, 'Invoice amount should be not greater than 100000.00'],
		[{ maxAmount: '999' }, 400, 'maxAmount can not be less than amount'],
		[{ paymentOption: 'UPI' }, 400, 'Payment option not allowed'],
		[{ paymentMethod: 'nobank' }, 400, 'Payment method not allowed'],
		[{ paymentMethod: 'vtb' }, 400, 'PAYMENT_METHOD_NOT_AVAILABLE'],
	])('refuses %j with %d %s', async (change, status, message) => {
		const { client, sandbox } = await start();
		const answer = await client.call('createInvoice', payIn(change));
		expect([answer.status, answer.body]).toEqual([status, [{ message }]]);
		expect(sandbox.bridgePay.state.invoices).toEqual([]);
	});

	it('says null where nothing is, and which flow is switched off', async () => {
		const { client, sandbox } = await start();
		const nothing = await client.call('getInvoice', undefined, { path: { id: 'x' } });
		expect([nothing.status, nothing.text]).toEqual([404, 'null']);
		sandbox.bridgePay.act('switchPayIns', '');
		expect((await client.call('createInvoice', payIn())).body).toEqual([{ message: 'Pay in disabled' }]);
	});
});

describe('lists', () => {
	it.each([
		['listAccounts', 'AccountDTO'],
		['listMerchantPaymentMethods', 'PaymentMethodItem'],
		['listMerchantPaymentOptions', 'PaymentOptionItem'],
	])('%s have the documented shape', async (operation, schema) => {
		const { client } = await start();
		const { body } = await client.call(operation);
		if (!Array.isArray(body)) throw new Error('no list');
		for (const row of body) expect(contract.checkSchema(schema, row)).toEqual([]);
		expect(body.length).toBeGreaterThan(0);
	});

	it('rates too', async () => {
		const { client } = await start();
		expect(contract.checkSchema('CurrentRates', (await client.call('getCurrentRates')).body)).toEqual([]);
	});
});
