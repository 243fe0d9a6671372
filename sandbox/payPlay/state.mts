export type OrderStatus = 'INIT' | 'OPEN' | 'PARTIALLY_FULFILLED' | 'COMPLETE' | 'DECLINED' | 'CANCELED';
export type OrderKind = 'crypto' | 'topup' | 'wallet';

/** Money that came in from a payer. */
export interface Payment {
	id: string;
	type: 'CRYPTO_INVOICE';
	currency: string;
	value: string;
	status: 'COMPLETE';
	hash: string;
	createdAt: number;
}

export interface Order {
	id: string;
	kind: OrderKind;
	/** The slug of its payment page. */
	page: string;
	number: string;
	externalOrderId: string | null;
	/** Null: the payer chooses the amount. */
	value: string | null;
	currency: string | null;
	expectedAmount: string | null;
	depositedCurrency: string | null;
	/** What came in before the fee was taken. */
	paid: string;
	status: OrderStatus;
	createdAt: number;
	completedAt: number | null;
	successfulLink: string | null;
	failureLink: string | null;
	refund: 'none' | 'asked' | 'done';
	/** Only orders of static wallets have it. */
	wallet?: { address: string; network: string; memo: string | null };
	networkFee?: string;
	payments: Payment[];
}

export type TransactionStatus = 'PENDING_WITHDRAWAL' | 'COMPLETE' | 'CANCELLED' | 'DECLINED';

/** Money that goes out. */
export interface Transaction {
	id: string;
	type: 'WITHDRAWAL' | 'CONVERT_WITHDRAWAL';
	currency: string;
	value: string;
	fee: string;
	network: string | null;
	address: string;
	memo: string | null;
	externalId: string | null;
	comment: string | null;
	status: TransactionStatus;
	createdAt: number;
	completedAt: number | null;
	hash: string | null;
	/** Only conversions have it. */
	target?: { currency: string; value: string; rate: string };
}

export interface PayPlayState {
	orders: Order[];
	transactions: Transaction[];
	/** The balance by the ticker of its currency. */
	balances: Record<string, string>;
}
