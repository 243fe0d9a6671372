import { multiply } from '../decimal.mts';
import type { DeliveryRules } from '../deliveries.mts';
import { isRecord, type JsonRecord } from '../values.mts';
import type { OkiPaysAccount } from './account.mts';
import { coins } from './seeds.mts';
import { sign } from './signing.mts';
import { STATUS, type Order } from './state.mts';
import type { World } from './world.mts';

/** The pauses before repetitions are made up: no page tells of repetitions. */
const RETRIES_MS = [10_000, 60_000, 600_000];

/**
 * The page documents no signature. These headers are the ones that other people's receivers read.
 * @param decided what the merchant answered about the order with this id
 */
export function deliveryRules(
	account: OkiPaysAccount,
	decided: (id: string, answer: unknown) => void,
): DeliveryRules {
	const headersOf = (token: string, secret: string) => (body: string) => ({
		token,
		sign: sign(secret, JSON.parse(body || '{}')),
	});
	return {
		headers: headersOf(account.token, account.secret),
		forgedHeaders: headersOf(account.token, 'not-the-secret'),
		isAcknowledged: (status) => status === 200,
		answered({ body }, { status, responseBody = '' }) {
			if (status === 200) decided(String(objectOf(body).id), objectOf(responseBody).status);
		},
		retries: RETRIES_MS,
	};
}

function objectOf(text: string): JsonRecord {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : {};
	} catch {
		return {};
	}
}

/** Tells the order's state to its Result URL. */
export function notify(world: World, order: Order): void {
	const { id, order_id, status, price, include_commission, chosen } = order;
	const coin = coins.find(({ iso3 }) => iso3 === chosen?.iso);
	const network = coin?.networks.find((one) => one.id === chosen?.network);
	const amount = coin ? multiply(price, coin.inverse, coin.decimals) : '0';
	const body = {
		id,
		order_id,
		currency: coin?.iso3 ?? '',
		payment_currency: order.payment_currency_iso,
		status,
		status_id: STATUS[status],
		include_commission,
		amount,
		amount_send: amount,
		price,
		price_send: price,
		rate: coin?.rate ?? '0',
		total_sum_price: order.received,
		commission: 0,
		address: coin ? `sandbox-${coin.iso3.toLowerCase()}-${id}` : '',
		network_type: network?.name ?? '',
		time_create: order.time_create,
		time_update: order.time_update,
		time_done: order.time_done,
		time_expired: order.time_expired,
		time_send: world.now,
		time_receive: 0,
	};
	world.deliveries.send(`ORDER ${status}`, JSON.stringify(body));
}
