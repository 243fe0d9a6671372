import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { openOkiPays, orderPerItem, orders, type OkiPaysSetting } from './setting.mts';

let setting: OkiPaysSetting;
beforeAll(async () => {
	setting = await openOkiPays();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

async function refusalOf(
	parameters: INodeParameters,
	items: IDataObject[],
	credential: ICredentialDataDecryptedObject = {},
) {
	const { error } = await setting.run(parameters, { items, credentials: setting.credentials(credential) });
	expect(setting.provider.requests).toHaveLength(0);
	return `${error?.message} ${error?.description ?? ''}`;
}

describe('nothing is sent and the text says why', () => {
	it.each<[string, unknown, RegExp]>([
		['an exponent', '1e3', /Price `1e3` has an exponent; write all digits\. Nothing was sent\. \[item 2\]/],
		['a sign', '-1', /`-1` has a sign/],
		['zero', '0.00', /`0\.00` is zero/],
		['more than 14 digits', '1234567890.12345678', /has 18 digits; at most 14 are taken exactly/],
		['below 0.0001', '0.00001', /below the least amount, 0\.0001/],
		['words', 'abc', /not a decimal amount/],
		['nothing', '', /Price is empty/],
		['true', true, /is a boolean/],
		['a rounded number', 0.1 + 0.2, /may already be rounded/],
		['a comma', '1,5', /has a comma/],
	])('for a price that is %s', async (_case, price, message) => {
		const items = [...orders(1), { order: 2, price: price as string }];
		expect(await refusalOf(orderPerItem(), items)).toMatch(message);
	});

	it.each<[string, unknown, RegExp]>([
		['empty', '', /Order ID is empty/],
		['text', 'inv-1', /Order ID `inv-1` is not a whole number/],
		['a fraction', 1.5, /not a whole number/],
		['an exponent', '1e3', /not a whole number/],
		['too long', '123456789012345', /above 99999999999999/],
		['true', true, /not a whole number/],
		['surrounded by space', ' 7', /not a whole number/],
	])('for an order ID that is %s', async (_case, order, message) => {
		expect(await refusalOf(orderPerItem(), [{ order: order as string, price: '1' }])).toMatch(message);
	});

	it.each<[string, object, RegExp]>([
		[
			'a network that is no number',
			{ iso: 'USDT', network: 'TRX' },
			/Network in line 1 `TRX` is not a whole number/,
		],
		['no network', { iso: 'USDT', network: '' }, /Network in line 1 is empty/],
		['no coin', { iso: '', network: '1' }, /Coin in line 1 is empty/],
	])('for a line with %s', async (_case, line, message) => {
		const options = { currencies: { currency: [line] } } as never;
		expect(await refusalOf(orderPerItem(options), orders(1))).toMatch(message);
	});

	it('for an expiry that is no date', async () => {
		expect(await refusalOf(orderPerItem({ time_expired: 'tomorrow' }), orders(1))).toMatch(
			/Expires At `tomorrow` is not a date and time/,
		);
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		[
			'a secret with white space',
			{ secret: 'secret ' },
			/Secret in the credential has white space around it/,
		],
		['no token', { token: '' }, /Token in the credential is empty/],
		['a base URL with a path', { baseUrl: 'https://api.okipays.com/v1' }, /must be the host alone/],
		['another unit', { requestIdUnit: 'days' }, /Request ID Unit in the credential/],
	])('for %s in the credential', async (_case, credential, message) => {
		expect(await refusalOf(orderPerItem(), orders(1), credential)).toMatch(message);
	});

	it('for two items with one order ID and different prices', async () => {
		const items = [...orders(1), { order: 1, price: '16' }];
		expect(await refusalOf(orderPerItem(), items)).toContain(
			'Two items use the reference `1` for different requests. Nothing was sent. [item 2]',
		);
	});
});

describe('a body that cannot be signed without doubt', () => {
	const custom = (body: string): INodeParameters => ({
		resource: 'customRequest',
		operation: 'send',
		paymentReference: '={{ `custom-${$itemIndex + 1}` }}',
		method: 'POST',
		path: '/v1/order/create',
		query: {},
		body,
		options: {},
	});

	it.each<[string, RegExp]>([
		['{"flag":true}', /flag is true or false/],
		['{"note":null}', /note is null/],
		['{"note":""}', /note is an empty text/],
		['{"price":1e3}', /The number 1e3 has an exponent/],
		['{"price":1234567890.12345678}', /more than 14 digits/],
		['{"price":0.00001}', /below 0\.0001/],
		['{"list":[]}', /list is an empty list/],
		['[1]', /not a JSON object/],
	])('%s never leaves', async (body, message) => {
		const told = await refusalOf(custom(body), [{}]);
		expect(told).toMatch(message);
		expect(told).toContain('the request never left');
	});

	it('keeps every digit of what can be', async () => {
		await setting.run(
			custom('{ "order_id": 5, "price": 15.50, "payment_currency_iso": "USD", "include_commission": 0 }'),
			{ items: [{}] },
		);
		expect(setting.provider.requests[0]?.body.replace(/"\d{13}"/, '"ID"')).toBe(
			'{"order_id":5,"price":15.50,"payment_currency_iso":"USD","include_commission":0,"request_id":"ID"}',
		);
		expect(setting.provider.books.appliedPerReference()).toEqual({ '5': 1 });
	});
});

it('with Continue On Fail the bad item carries its message and the others are created', async () => {
	const { items } = await setting.run(orderPerItem(), {
		items: [...orders(1), { order: 2, price: '1e3' }, ...orders(3)],
		settings: { onError: 'continueRegularOutput' },
	});
	expect(items.map(({ json }) => json.outcome)).toEqual(['applied', 'rejected', 'applied']);
	expect(items[1]?.json).toMatchObject({ message: expect.stringContaining('has an exponent') });
	expect(setting.provider.books.appliedPerReference()).toEqual({ '1': 1, '3': 1 });
});
