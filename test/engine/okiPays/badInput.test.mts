import type { INodeParameters } from 'n8n-workflow';
import { credential, item, option } from '../approval.mts';
import { badAmounts, describeBadInput } from '../badInput.mts';
import { openOkiPays, orderPerItem, orders, type OkiPaysSetting } from './setting.mts';

let setting: OkiPaysSetting;
beforeAll(async () => {
	setting = await openOkiPays();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const line = (iso: string, network: string) => option({ currencies: { currency: [{ iso, network }] } });

describe('an order', () => {
	describeBadInput(
		() => setting,
		() => ({ parameters: orderPerItem(), items: orders(1, 2) }),
		[
			...badAmounts('Price', (price) => item({ price }, 1)),
			[
				'more than 14 digits',
				item({ price: '1234567890.12345678' }),
				/has 18 digits; at most 14 are taken exactly/,
			],
			['a price below 0.0001', item({ price: '0.00001' }), /below the least amount, 0\.0001/],
			['a price that is true', item({ price: true }), /is a boolean/],
			['no order ID', item({ order: '' }), /Order ID is empty/],
			['an order ID of letters', item({ order: 'inv-1' }), /Order ID `inv-1` is not a whole number/],
			['an order ID with a fraction', item({ order: 1.5 }), /not a whole number/],
			['an order ID with an exponent', item({ order: '1e3' }), /not a whole number/],
			['a long order ID', item({ order: '123456789012345' }), /above 99999999999999/],
			['an order ID that is true', item({ order: true }), /not a whole number/],
			['space around an order ID', item({ order: ' 7' }), /not a whole number/],
			[
				'two items with one order ID and different prices',
				item({ order: 1, price: '16' }, 1),
				/Two items use the reference `1` for different requests\. Nothing was sent\. \[item 2\]/,
			],
			['a network that is no number', line('USDT', 'TRX'), /Network in line 1 `TRX` is not a whole number/],
			['no network', line('USDT', ''), /Network in line 1 is empty/],
			['no coin', line('', '1'), /Coin in line 1 is empty/],
			['no date', option({ time_expired: 'tomorrow' }), /Expires At `tomorrow` is not a date and time/],
			[
				'a secret with white space',
				credential({ secret: 'secret ' }),
				/Secret in the credential has white space around it/,
			],
			['no token', credential({ token: '' }), /Token in the credential is empty/],
			[
				'a base URL with a path',
				credential({ baseUrl: 'https://api.okipays.com/v1' }),
				/must be the host alone/,
			],
			['another unit', credential({ requestIdUnit: 'days' }), /Request ID Unit in the credential/],
		],
	);
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
	const never = (reason: string) => new RegExp(`^(?=.*${reason}).*the request never left`, 's');
	const unsure: ReadonlyArray<readonly [body: string, reason: string]> = [
		['{"flag":true}', 'flag is true or false'],
		['{"note":null}', 'note is null'],
		['{"note":""}', 'note is an empty text'],
		['{"price":1e3}', 'The number 1e3 has an exponent'],
		['{"price":1234567890.12345678}', 'more than 14 digits'],
		['{"price":0.00001}', 'below 0\\.0001'],
		['{"list":[]}', 'list is an empty list'],
		['[1]', 'not a JSON object'],
	];

	describeBadInput(
		() => setting,
		() => ({ parameters: custom('{}'), items: [{}] }),
		unsure.map(([body, reason]) => [body, ({ parameters }) => void (parameters.body = body), never(reason)]),
	);

	it('keeps every digit of what can be', async () => {
		const { run, provider } = setting;
		const body = '{ "order_id": 5, "price": 15.50, "payment_currency_iso": "USD", "include_commission": 0 }';
		await run(custom(body), { items: [{}] });
		expect(provider.requests[0]?.body.replace(/"\d{13}"/, '"ID"')).toBe(
			'{"order_id":5,"price":15.50,"payment_currency_iso":"USD","include_commission":0,"request_id":"ID"}',
		);
		expect(provider.books.appliedPerReference()).toEqual({ '5': 1 });
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
