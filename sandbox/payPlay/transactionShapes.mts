import { icon, type Currency } from './seeds.mts';
import type { Transaction } from './state.mts';
import { localTime } from './wireText.mts';

/** A transaction as Get and webhooks show it. Here the currency is a ticker. */
export function transactionShape(transaction: Transaction) {
	const { id, type, currency, value, status, hash, network, fee, createdAt, completedAt } = transaction;
	return {
		id,
		type,
		currency,
		value,
		status,
		hash,
		explorer_link: null,
		is_internal: false,
		network,
		fee,
		created_at: localTime(createdAt),
		completed_at: completedAt === null ? null : localTime(completedAt),
	};
}

/** A currency as an object, which only some answers have. */
export function currencyShape({ id, ticker, title, isFiat, precision }: Currency) {
	return {
		id,
		ticker,
		is_fiat: isFiat,
		is_used_for_order_exchange: !isFiat,
		icon,
		crm_icon: icon,
		precision,
		title,
	};
}
