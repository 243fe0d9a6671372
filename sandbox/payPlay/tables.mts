import type { ConsoleRow, ConsoleTable } from '../provider.mts';
import type { PayPlayAction } from './actions.mts';
import { netOf } from './orderShapes.mts';
import type { Order, OrderStatus, PayPlayState, Transaction, TransactionStatus } from './state.mts';

const ORDER_ACTIONS: Record<OrderStatus, PayPlayAction[]> = {
	INIT: ['chooseCoin', 'payOrder', 'declineOrder', 'cancelOrder'],
	OPEN: ['payOrder', 'payPart', 'declineOrder', 'cancelOrder'],
	PARTIALLY_FULFILLED: ['payOrder', 'payPart', 'declineOrder', 'cancelOrder'],
	COMPLETE: [],
	// Money may come late.
	DECLINED: ['payOrder'],
	CANCELED: ['payOrder'],
};

const TRANSACTION_ACTIONS: Record<TransactionStatus, PayPlayAction[]> = {
	PENDING_WITHDRAWAL: ['completeTransaction', 'declineTransaction', 'cancelTransaction'],
	COMPLETE: [],
	CANCELLED: [],
	DECLINED: [],
};

/** PayPlay's records as the console shows them, newest first. */
export function tablesOf(state: PayPlayState): ConsoleTable[] {
	return [
		{ title: 'Orders', rows: state.orders.toReversed().map(orderRow) },
		{ title: 'Withdrawals and conversions', rows: state.transactions.toReversed().map(transactionRow) },
		{ title: 'Balances', rows: Object.entries(state.balances).map(balanceRow) },
	];
}

function orderRow(order: Order): ConsoleRow {
	const { id, kind, page, externalOrderId, value, currency, paid, status, refund } = order;
	const cells = {
		Number: order.number,
		Kind: kind,
		Page: page,
		'External order ID': externalOrderId ?? '',
		Amount: `${value ?? 'open'} ${currency ?? ''}`,
		Paid: `${paid} (net ${netOf(paid)})`,
		Refund: refund,
		Status: status,
	};
	return { id, cells, actions: refund === 'asked' ? ['settleRefund'] : ORDER_ACTIONS[status] };
}

function transactionRow(transaction: Transaction): ConsoleRow {
	const { id, type, externalId, value, currency, fee, network, address, status, target } = transaction;
	const cells = {
		ID: id,
		Type: type,
		'External ID': externalId ?? '',
		Amount: `${value} ${currency}`,
		'Pays out': target ? `${target.value} ${target.currency}` : '',
		Fee: fee,
		Network: network ?? '',
		Address: address,
		Status: status,
	};
	return { id, cells, actions: TRANSACTION_ACTIONS[status] };
}

function balanceRow([ticker, value]: [string, string]): ConsoleRow {
	return { id: ticker, cells: { Currency: ticker, Available: value }, actions: [] };
}
