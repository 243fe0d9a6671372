import { createHmac } from 'node:crypto';
import { payPlay as provider } from '../../../../nodes/PayPlay/provider.ts';
import { watches } from '../../../../nodes/PayPlay/watches.ts';
import { payPlayWebhook } from '../../../../nodes/PayPlay/webhook.ts';
import { HTML, json, wall, type Shop, type State } from './shop.mts';

const token = 'payplay-page-token';
const MADE = Date.parse('2026-11-20T08:00:00Z');

const order = (object: string, { word, at }: State) => ({
	id: `order-${object}`,
	currency: 'USDT',
	value: '10.50',
	status: word,
	external_order_id: `INV-${object}`,
	created_at: wall(MADE + Number(object) * 1000),
	completed_at: word === 'COMPLETE' ? wall(at) : null,
	transactions: [],
});

const TYPES: Readonly<Record<string, string>> = {
	PARTIALLY_FULFILLED: 'order::partially_fulfilled',
	COMPLETE: 'order::completed',
	DECLINED: 'order::declined',
};

/** The object of a read; undefined for the list. */
const readIn = ({ url }: { url: string }) => /\/order-(\d+)$/.exec(new URL(url).pathname)?.[1];

export const payPlay: Shop = {
	name: 'PayPlay',
	product: { provider, watches, trigger: payPlayWebhook },
	credentials: {
		apiToken: 'api-token-1234',
		paymentPageSlug: 'shop',
		pageSignatureToken: token,
		baseUrl: 'https://api.payplay.io',
	},
	watch: 'orders',
	isNamed: false,
	references: () => '',
	words: {
		INIT: 'created',
		OPEN: 'pending',
		PARTIALLY_FULFILLED: 'action_required',
		COMPLETE: 'succeeded',
		DECLINED: 'failed',
		CANCELED: 'cancelled',
	},
	isAnnounced: (word) => word in TYPES,
	notification(object, state) {
		const body = JSON.stringify({ order: order(object, state), event_type: TYPES[state.word] });
		const signature = createHmac('sha256', token).update(body).digest('hex');
		return { headers: { signature }, body: Buffer.from(body) };
	},
	asked(request, objects) {
		const read = readIn(request);
		return read === undefined ? objects : objects.filter((object) => object === read);
	},
	answer(request, books) {
		const read = readIn(request);
		if (read === undefined) {
			const orders = [...books].map(([object, state]) => order(object, state));
			return json({ orders, meta: { current_page: 1, last_page: 1, total: orders.length } });
		}
		const state = books.get(read);
		return state ? json({ order: order(read, state) }) : { status: 404, body: '{"message":"Not Found"}' };
	},
	rubbish: [
		'{}',
		'[{}]',
		HTML,
		'{"order":{}}',
		'{"order":{"status":"COMPLETE"}}',
		'{"order":{"id":"another","status":"COMPLETE"}}',
		'{"orders":[{}],"meta":{"total":1}}',
	],
	changeOf: ({ word, at }) => (word === 'COMPLETE' ? `${word} ${wall(at)}` : word),
	isConfirmed: true,
	isTimed: false,
	acknowledgement: () => ({ received: true }),
	objectOf: ({ id }) => String(id).replace('order-', ''),
	wordOf: ({ providerStatus }) => String(providerStatus),
};
