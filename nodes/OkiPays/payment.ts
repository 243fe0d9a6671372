import { ownMember, textOf, type JsonObject } from '../../core/exact/json';
import { filled, isoTime, payment, type Payment, type StatusTable } from '../../core/provider/payment';

/**
 * Every order state by its documented name. Which ones are the last is not documented: a late payment may still turn
 * `Pay Failed`, `Error` and `Expired` into a paid state, and Paid and Overpayment wait for the merchant's answer.
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

/** `status_id` of each state. */
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

/** The states in which the whole price is there. */
export const PAID: ReadonlySet<unknown> = new Set(['Paid', 'Overpayment', 'Completed']);

/**
 * That an order is paid is one change: the merchant's own answer closes it, which is no second payment. Every other state
 * is told apart by its name, and by the time of the update where that is told: Order: Get has none.
 */
export function eventVersion({ providerStatus, updatedAt }: Payment): readonly unknown[] {
	return PAID.has(providerStatus) ? ['Paid'] : [providerStatus, updatedAt];
}

const PROVIDER = 'okiPays';

/**
 * An order or a notification of one as a Payment record, with the price as its amount.
 * @param sent the request of a create call, whose answer leaves out the expiry
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
 * The documented name that name and id agree on, whatever its case. A sample of the page has `Partially` with the id
 * of Created: then both are told, which no table knows, so the state is unknown.
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

/** What the payer was told to send, once a coin was chosen: only notifications show it. */
function requisitesOf({ address, amount, currency, network_type }: JsonObject): JsonObject | undefined {
	const [coin, sum, network] = [textOf(currency), textOf(amount), textOf(network_type)];
	const to = textOf(address);
	return filled({ currency: coin ?? '', amount: sum ?? '', network: network ?? '', address: to ?? '' });
}
