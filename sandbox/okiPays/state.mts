export const STATUS = {
	Created: 0,
	Partially: 1,
	Completed: 2,
	Cancelled: 3,
	'Pay Failed': 4,
	Error: 5,
	'In Process': 6,
	Expired: 7,
	Paid: 8,
	Deleted: 9,
	Overpayment: 10,
} as const;

export type StatusName = keyof typeof STATUS;

export interface InvoiceCurrency {
	iso: string;
	network: number;
}

export interface Order {
	id: string;
	order_id: number;
	status: StatusName;
	price: string;
	payment_currency_iso: string;
	include_commission: number;
	description: string | null;
	currencies: InvoiceCurrency[];
	/** What the payer chose, once they did. */
	chosen?: InvoiceCurrency;
	/** Received so far, in the pricing currency. */
	received: string;
	/** Unix seconds. */
	time_create: number;
	time_update: number;
	time_done: number;
	time_expired: number;
}

/** `list`: the likeliest of the real ones, the sample's objects in a list. `table` and `sample`: as the page has them. */
export type NetworkShape = 'list' | 'table' | 'sample';

export interface OkiPaysState {
	orders: Order[];
	networkShape: NetworkShape;
}
