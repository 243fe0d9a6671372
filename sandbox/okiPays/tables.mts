import type { ConsoleRow, ConsoleTable } from '../provider.mts';
import type { OkiPaysAction } from './actions.mts';
import { isFinal } from './progress.mts';
import type { OkiPaysState, Order } from './state.mts';

const ALWAYS: OkiPaysAction[] = ['payInFull', 'payHalf', 'payDouble', 'cancel', 'deleteOrder'];
const WHILE_OPEN: OkiPaysAction[] = ['expire', 'failPayment', 'breakOrder'];

/** OkiPays' records as the console shows them, newest first. */
export function tablesOf({ orders }: OkiPaysState): ConsoleTable[] {
	return [{ title: 'Orders', rows: orders.toReversed().map(orderRow) }];
}

function orderRow(order: Order): ConsoleRow {
	const { id, order_id, price, payment_currency_iso, received, chosen, status } = order;
	const cells = {
		'Order ID': String(order_id),
		Invoice: id,
		Price: `${price} ${payment_currency_iso}`,
		Received: received,
		Coin: chosen ? `${chosen.iso} (${chosen.network})` : '',
		Status: status,
	};
	return { id, cells, actions: actionsFor(order) };
}

function actionsFor(order: Order): OkiPaysAction[] {
	if (isFinal(order)) return [];
	if (order.status === 'Created') return ['chooseCoin', ...ALWAYS, ...WHILE_OPEN];
	if (order.status === 'Paid' || order.status === 'Overpayment') return ['complete', 'cancel', 'deleteOrder'];
	return [...ALWAYS, ...WHILE_OPEN];
}
