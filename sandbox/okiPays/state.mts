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
	/** The coin and network that the payer chose. */
	chosen?: InvoiceCurrency;
	/** What has arrived so far, in the pricing currency. */
	received: string;
	/** Unix seconds. */
	time_create: number;
	time_update: number;
	time_done: number;
	time_expired: number;
}

/** `list` has the sample's objects in a list, which is the likeliest. `table` and `sample` are the page's two shapes. */
export type NetworkShape = 'list' | 'table' | 'sample';

export interface OkiPaysState {
	orders: Order[];
	networkShape: NetworkShape;
}
