import { multiply } from '../decimal.mts';
import type { Order, Payment } from './state.mts';
import { localTime } from './wireText.mts';

const FORM = 'https://merchant.pay.payplay.io';
/** The share that the account gets; the rest is PayPlay's fee. It follows the samples: 10 paid, 9.9 received. */
const NET_SHARE = '0.99';
export const RATE = '0.95';

/** What the account gets of a payment. */
export function netOf(paid: string): string {
	return multiply(paid, NET_SHARE, 8);
}

/** An order as answers and webhooks show it. */
export function orderShape(order: Order) {
	const { depositedCurrency, currency } = order;
	const isSame = depositedCurrency === currency;
	return {
		id: order.id,
		...(currency !== null && { currency }),
		order_number: order.number,
		value: order.value,
		expected_amount: order.expectedAmount,
		received_total: netOf(order.paid),
		exchange_rate: depositedCurrency === null ? null : isSame ? '1' : RATE,
		clean_exchange_rate: depositedCurrency === null ? null : '1',
		is_internal: order.payments.length > 0 ? false : null,
		deposited_currency: depositedCurrency,
		received_currency: depositedCurrency,
		status: order.status,
		external_order_id: order.externalOrderId,
		created_at: localTime(order.createdAt),
		completed_at: order.completedAt === null ? null : localTime(order.completedAt),
		acquiring_url: formOf(order),
		successful_link: order.successfulLink,
		failure_link: order.failureLink,
		transactions: order.payments.map(paymentShape),
	};
}

function formOf({ kind, id }: Order): string | null {
	if (kind === 'wallet') return null;
	return kind === 'topup' ? `${FORM}/topup-orders/crypto/${id}` : `${FORM}/crypto-orders/${id}`;
}

export function paymentShape({ createdAt, ...payment }: Payment) {
	const time = localTime(createdAt);
	return { ...payment, explorer_link: null, is_internal: false, created_at: time, completed_at: time };
}
