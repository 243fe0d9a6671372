import { ownMember, textOf, type JsonObject } from '../../core/exact/json';
import { filled, isoTime, payment, type Payment, type StatusTable } from '../../core/provider/payment';

/**
 * All order states by their documented names. The page does not say which ones are final. A late payment may still
 * turn `Pay Failed`, `Error` and `Expired` into a paid state. Paid and Overpayment wait for the merchant's answer.
 */
export const orderStatus: StatusTable = {
	Created: { status: 'created' },
	'In Process': { status: 'processing' },
	Partially: { status: 'action_required' },
	Paid: { status: 'succeeded' },
	Overpayment: { status: 'succeeded' },
	Completed: { status: 'succeeded', final: true },
	Cancelled: { status: 'cancelled', final: true },
	Canceled: { status: 'cancelled', final: true },
	'Pay Failed': { status: 'failed' },
	Error: { status: 'failed' },
	Expired: { status: 'expired' },
	Deleted: { status: 'cancelled', final: true },
};

/** The state for each `status_id`. */
export const orderStatusId: Readonly<Record<string, string>> = {
	'0': 'Created',
	'1': 'Partially',
	'2': 'Completed',
	'3': 'Cancelled',
	'4': 'Pay Failed',
	'5': 'Error',
	'6': 'In Process',
	'7': 'Expired',
	'8': 'Paid',
	'9': 'Deleted',
	'10': 'Overpayment',
};

/** The states in which the whole price was paid. */
export const PAID: ReadonlySet<unknown> = new Set(['Paid', 'Overpayment', 'Completed']);

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
