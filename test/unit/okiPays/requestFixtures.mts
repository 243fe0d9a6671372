import type { RequestFixture } from '../requestFixtures.mts';

const headers = { 'Content-Type': 'application/json' };
const create = { operation: 'order.create', request: 'POST /v1/order/create', headers };
const needed = { order_id: '1042', payment_currency_iso: 'USD', price: '15', include_commission: 1 };

/** The fixtures have no `request_id`, because the credential adds it when it signs. */
export const fixtures: RequestFixture[] = [
	{ operation: 'currency.getMany', request: 'GET /v1/public/currency-list' },
	{ operation: 'currency.getCoins', request: 'GET /v1/public/currency-network-list' },
	{
		operation: 'order.get',
		request: 'POST /v1/order/get',
		headers,
		fields: { order_id: '1042' },
		body: '{"order_id":1042}',
	},
	{
		...create,
		about: 'what is needed',
		fields: needed,
		body: '{"order_id":1042,"payment_currency_iso":"USD","price":15,"include_commission":1}',
	},
	{
		...create,
		about: 'everything',
		fields: { ...needed, payment_currency_iso: { __rl: true, mode: 'list', value: 'EUR' } },
		options: {
			currencies: {
				currency: [
					{
						iso: { __rl: true, mode: 'list', value: 'USDT' },
						network: { __rl: true, mode: 'list', value: '1' },
					},
					{ iso: 'BTC', network: 0 },
				],
			},
			description: 'Замовлення №125 – café € "x" \\ 😀',
			time_expired: '2023-02-16T05:37:00Z',
		},
		body: '{"order_id":1042,"payment_currency_iso":"EUR","price":15,"include_commission":1,"currencies":[{"iso":"USDT","network":1},{"iso":"BTC","network":0}],"description":"Замовлення №125 – café € \\"x\\" \\\\ 😀","time_expired":1676525820}',
	},
	{
		...create,
		about: 'a price with the digits that were typed',
		fields: { ...needed, price: '0015.50', include_commission: 0 },
		body: '{"order_id":1042,"payment_currency_iso":"USD","price":15.50,"include_commission":0}',
	},
	{
		...create,
		about: 'numbers from expressions',
		fields: { ...needed, order_id: 99_999_999_999_999, price: 0.0001 },
		body: '{"order_id":99999999999999,"payment_currency_iso":"USD","price":0.0001,"include_commission":1}',
	},
	{
		...create,
		about: 'the most digits',
		fields: { ...needed, price: '1234567890.1234' },
		body: '{"order_id":1042,"payment_currency_iso":"USD","price":1234567890.1234,"include_commission":1}',
	},
	{
		...create,
		about: 'options that were added and left empty',
		fields: needed,
		options: { description: '', time_expired: '' },
		body: '{"order_id":1042,"payment_currency_iso":"USD","price":15,"include_commission":1}',
	},
];
