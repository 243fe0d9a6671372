import { createHash } from 'node:crypto';
import { okiPays as provider } from '../../../../nodes/OkiPays/provider.ts';
import { watches } from '../../../../nodes/OkiPays/watches.ts';
import { okiPaysWebhook } from '../../../../nodes/OkiPays/webhook.ts';
import { HTML, json, seconds, type Shop, type State } from './shop.mts';

const secret = 'okipays-secret';
const IDS = [
	'Created',
	'Partially',
	'Completed',
	'Cancelled',
	'Pay Failed',
	'Error',
	'In Process',
	'Expired',
];
IDS.push('Paid', 'Deleted', 'Overpayment');
const PAID = ['Paid', 'Overpayment', 'Completed'];

const order = (object: string, { word }: State) => ({
	id: `INV${object}`,
	order_id: Number(object),
	status: word,
	status_id: IDS.indexOf(word),
	price: '15.50',
	payment_currency_iso: 'USD',
});

const orderIn = (request: { body?: unknown }): number => JSON.parse(String(request.body)).order_id;

export const okiPays: Shop = {
	name: 'OkiPays',
	product: { provider, watches, trigger: okiPaysWebhook },
	credentials: {
		token: 'okipays-token',
		secret,
		requestIdUnit: 'milliseconds',
		baseUrl: 'https://api.okipays.com',
	},
	watch: 'orders',
	isNamed: true,
	references: (objects) => objects.join(', '),
	words: {
		Created: 'created',
		'In Process': 'processing',
		Partially: 'action_required',
		Paid: 'succeeded',
		Overpayment: 'succeeded',
		Completed: 'succeeded',
		Cancelled: 'cancelled',
		'Pay Failed': 'failed',
		Error: 'failed',
		Expired: 'expired',
		Deleted: 'cancelled',
	},
	isAnnounced: () => true,
	notification(object, state, { isSigned }) {
		const { payment_currency_iso: payment_currency, ...own } = order(object, state);
		const body: Record<string, string | number> = {
			...own,
			payment_currency,
			currency: 'BTC',
			time_update: seconds(state.at),
			total_sum_price: '12',
		};
		const values = Object.keys(body)
			.sort()
			.map((name) => String(body[name]));
		const sign = createHash('sha256')
			.update(values.join('') + secret)
			.digest('hex');
		return { headers: isSigned ? { sign } : {}, body: Buffer.from(JSON.stringify(body)) };
	},
	asked: (request, objects) => objects.filter((object) => Number(object) === orderIn(request)),
	answer(request, books) {
		const object = String(orderIn(request));
		const state = books.get(object);
		if (state) return json({ status: true, data: order(object, state) });
		return { status: 400, ...json({ status: false, error: 'Order not found', code: 14, token: 'x' }) };
	},
	rubbish: [
		'{}',
		'[]',
		HTML,
		'{"status":true}',
		'{"status":true,"data":{}}',
		'{"status":true,"data":{"status":"Paid","status_id":8}}',
		'{"status":true,"data":{"id":"INV0","order_id":999,"status":"Paid","status_id":8,"price":"1"}}',
	],
	// The merchant's own answer closes a paid order: that is no second payment.
	changeOf: ({ word }) => (PAID.includes(word) ? 'Paid' : word),
	isConfirmed: true,
	hasHints: true,
	isTimed: false,
	acknowledgement: (state) => (state && PAID.includes(state.word) ? { status: 'done' } : {}),
	objectOf: ({ reference }) => String(reference),
	wordOf: ({ providerStatus }) => String(providerStatus),
};
