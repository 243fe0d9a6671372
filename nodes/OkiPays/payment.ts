import { ownMember, textOf, type JsonObject } from '../../core/exact/json';
import { filled, isoTime, payment, type Payment } from '../../core/provider/payment';
import { orderStatus, orderStatusId, PAID } from './statuses';

/**
 * All paid states are one change, because the merchant's own answer turns Paid into Completed and is not a second
 * payment. Any other state is told apart by its name and by the time of the update. Order: Get does not give that
 * time.
 */
export function eventVersion({ providerStatus, updatedAt }: Payment): readonly unknown[] {
	return PAID.has(providerStatus) ? ['Paid'] : [providerStatus, updatedAt];
}

const PROVIDER = 'okiPays';

/**
 * Turns an order or a notification into a Payment record. The amount is the price.
 * @param sent the request of a create call, because its answer leaves out the expiry
 */
export function toPayment(kind: string, data: JsonObject, sent: JsonObject = {}): Payment {
	if (kind !== 'order') throw new TypeError(`OkiPays has no payments of the kind ${kind}`);
	const state = { table: orderStatus, text: stateOf(data) };
	return payment(PROVIDER, kind, state, {
		id: textOf(data.id),
		reference: textOf(data.order_id),
		amount: textOf(data.price),
		currency: textOf(data.payment_currency_iso) ?? textOf(data.payment_currency),
		paidAmount: textOf(data.total_sum_price),
		rate: textOf(data.rate),
		address: textOf(data.address),
		payUrl: textOf(data.link),
		requisites: requisitesOf(data),
		createdAt: isoTime(data.time_create),
		updatedAt: isoTime(data.time_update),
		expiresAt: isoTime(data.time_expired ?? sent.time_expired),
	});
}

/**
 * The documented name of a state, in any case, if name and id agree. A sample on the page has `Partially` with the id
 * of Created. Such a state is given as both texts, which no table contains, so the status is unknown.
 */
function stateOf({ status, status_id }: JsonObject): string | undefined {
	const text = textOf(status);
	const id = textOf(status_id);
	const named = text === undefined ? undefined : documentedName(text);
	const numbered = id === undefined ? undefined : ownMember(orderStatusId, id);
	if (text === undefined) return numbered ?? id;
	if (id === undefined || ownMember(orderStatus, named ?? '') === undefined) return named;
	const agree = numbered !== undefined && named?.replace('Canceled', 'Cancelled') === numbered;
	return agree ? named : `${text} (${id})`;
}

function documentedName(text: string): string {
	return Object.keys(orderStatus).find((name) => name.toLowerCase() === text.toLowerCase()) ?? text;
}

/** What the payer was told to send after choosing a coin. Only notifications contain it. */
function requisitesOf({ address, amount, currency, network_type }: JsonObject): JsonObject | undefined {
	const [coin, sum, network] = [textOf(currency), textOf(amount), textOf(network_type)];
	const to = textOf(address);
	return filled({ currency: coin ?? '', amount: sum ?? '', network: network ?? '', address: to ?? '' });
}
