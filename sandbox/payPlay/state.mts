export type OrderStatus = 'INIT' | 'OPEN' | 'PARTIALLY_FULFILLED' | 'COMPLETE' | 'DECLINED' | 'CANCELED';
export type OrderKind = 'crypto' | 'topup' | 'wallet';

/** A payer's money that came in. */
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
	/** Null: the payer chooses. */
	value: string | null;
	currency: string | null;
	expectedAmount: string | null;
	depositedCurrency: string | null;
	/** What came in, before the fee. */
	paid: string;
	status: OrderStatus;
	createdAt: number;
	completedAt: number | null;
	successfulLink: string | null;
	failureLink: string | null;
	refund: 'none' | 'asked' | 'done';
	/** Of static wallets. */
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
	/** Of conversions. */
	target?: { currency: string; value: string; rate: string };
}

export interface PayPlayState {
	orders: Order[];
	transactions: Transaction[];
	/** By ticker. */
	balances: Record<string, string>;
}
