import { createHmac } from 'node:crypto';
import type { Delivery } from '../../../../core/events/webhook.ts';
import { gatePay as provider } from '../../../../nodes/GatePay/provider.ts';
import { watches } from '../../../../nodes/GatePay/watches.ts';
import { gatePayWebhook } from '../../../../nodes/GatePay/webhook.ts';
import { HTML, json, type Books, type Shop, type State } from './shop.mts';

const secret = 'gatepay-payment-secret';
const MADE = Date.parse('2026-11-20T08:00:00Z');
const BATCH = 'batch_1';

function signed(body: string, at: number): Delivery {
	const parts = { 'x-gatepay-timestamp': String(at), 'x-gatepay-nonce': 'nonce' };
	const text = `${parts['x-gatepay-timestamp']}\n${parts['x-gatepay-nonce']}\n${body}\n`;
	const signature = createHmac('sha512', secret).update(text).digest('hex');
	return { headers: { ...parts, 'x-gatepay-signature': signature }, body: Buffer.from(body) };
}

const base = {
	product: { provider, watches, trigger: gatePayWebhook },
	credentials: {
		clientId: 'cid',
		paymentSecret: secret,
		baseUrl: 'https://openplatform.gateapi.io',
	},
	isConfirmed: false,
	isTimed: false,
	changeOf: ({ word }: State) => word,
	acknowledgement: () => ({ returnCode: 'SUCCESS', returnMessage: '' }),
} as const;

/** The words of the notifications, and those of the list. */
const OTC_WORDS: Readonly<Record<string, string>> = { DONE: 'RECHARGE_SUCCESS', ERROR: 'RECHARGE_FAIL' };

export const gatePayOrders: Shop = {
	...base,
	name: 'Gate Pay, orders',
	watch: 'otcDeposits',
	isNamed: false,
	references: () => '',
	words: {
		PENDING: 'action_required',
		PROCESSING: 'processing',
		DONE: 'succeeded',
		CANCEL: 'cancelled',
		ERROR: 'failed',
	},
	isAnnounced: (word) => word in OTC_WORDS,
	notification(object, { word, at }) {
		const data = JSON.stringify({
			type: 'BUY',
			orderId: object,
			cryptoCurrency: 'USDT',
			cryptoAmount: '1.5',
			fiatCurrency: 'USD',
			fiatAmount: '1.60',
			updateTime: String(at),
		});
		const body = { bizType: 'OTC', bizId: object, bizStatus: OTC_WORDS[word], clientId: 'cid', data };
		return signed(JSON.stringify(body), at);
	},
	asked: (_request, objects) => objects,
	answer(_request, books) {
		const list = [...books].map(([orderId, { word }]) => ({
			orderId,
			status: word,
			amount: '1.50',
			currency: 'USDT',
			fiatAmount: '1.60',
			fiatCurrency: 'USD',
			createTime: MADE + Number(orderId) * 1000,
		}));
		return json({ code: '0', status: 'success', data: { total: list.length, list } });
	},
	rubbish: [
		HTML,
		'{"code":"0"}',
		'{"code":"0","status":"success","data":{"total":1,"list":[{"status":"DONE"}]}}',
	],
	objectOf: ({ id }) => String(id),
	wordOf: ({ providerStatus }) =>
		Object.entries(OTC_WORDS).find(([, word]) => word === providerStatus)?.[0] ?? String(providerStatus),
};

const line = (object: string, { word }: State) => ({
	merchant_withdraw_id: object,
	status: word,
	amount: `${object}0.5`,
	currency: 'USDT',
	chain: 'TRX',
	address: `T${object}`,
	tx_id: word === 'DONE' ? `0x${object}` : '',
	done_amount: word === 'DONE' ? `${object}0` : '0',
});

/** The state of a batch tells of all its lines: it is no line's. */
function batchState(books: Books): string {
	const words = new Set([...books.values()].map(({ word }) => word));
	if ([...words].some((word) => word !== 'DONE' && word !== 'FAIL')) return 'PROCESSING';
	return words.size > 1 ? 'PARTIAL' : words.has('DONE') ? 'SUCCESS' : 'FAIL';
}

export const gatePayLines: Shop = {
	...base,
	name: 'Gate Pay, lines of a batch',
	isMadeAtOnce: true,
	watch: 'payouts',
	isNamed: true,
	references: () => BATCH,
	words: {
		INIT: 'created',
		PENDING: 'pending',
		CHECK: 'processing',
		PROCESSING: 'processing',
		DONE: 'succeeded',
		FAIL: 'failed',
	},
	isAnnounced: (word) => word === 'DONE' || word === 'FAIL',
	notification(object, state) {
		const suborder = { ...line(object, state), suborder_id: `79${object}`, batch_withdraw_id: BATCH };
		// The batch is over for somebody else's line, or goes on: the line does not care.
		const status = state.at % 2 === 0 ? 'PARTIAL' : 'PROCESSING';
		const body = { main_order: { batch_id: BATCH, status, pay_back_status: 'NO' }, suborders: [suborder] };
		return signed(JSON.stringify(body), state.at);
	},
	asked: (_request, objects) => objects,
	answer(_request, books) {
		const withdraw_list = [...books].map(([object, state]) => ({
			...line(object, state),
			withdraw_id: `w${object}`,
		}));
		const data = { batch_id: BATCH, status: batchState(books), withdraw_list };
		return json({ status: 'SUCCESS', code: '000000', data });
	},
	rubbish: [
		'{}',
		HTML,
		'{"status":"SUCCESS","code":"000000","data":{}}',
		'{"status":"SUCCESS","code":"000000","data":{"batch_id":"another","status":"SUCCESS","withdraw_list":[]}}',
	],
	objectOf: ({ kind, reference }) => (kind === 'payoutLine' ? String(reference) : `a ${String(kind)}`),
	wordOf: ({ providerStatus }) => String(providerStatus),
};
