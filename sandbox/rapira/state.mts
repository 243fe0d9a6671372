export type WithdrawalStatus =
	| 'CREATE'
	| 'PENDING'
	| 'WAITING'
	| 'PROCESSING'
	| 'SUCCESS'
	| 'FAIL'
	| 'REJECT'
	| 'CANCELED'
	| 'CANCEL_BY_USER';

export interface Withdrawal {
	id: number;
	coin: string;
	chain: string;
	label: string;
	address: string;
	memo: string | null;
	nonce: string;
	/** What leaves the balance. No page says what that is. Here it is the amount that was asked for. */
	total: string;
	fee: string;
	arrived: string;
	status: WithdrawalStatus;
	confirmRequired: boolean;
	hash: string | null;
	createdAt: number;
	endedAt: number | null;
}

export interface Address {
	id: number;
	address: string;
	currency: string;
	coin: string;
	chain: string;
	memo: string | null;
	/** The nonce of the order. Empty for an address without an order. */
	nonce: string;
	expected: string;
	use: 'on' | 'success' | 'delete';
}

export type DepositStatus =
	| 'MEMPOOL'
	| 'PENDING_CONFIRMATIONS'
	| 'PENDING_AML'
	| 'MANUAL_CHECK'
	| 'SUCCESS'
	| 'FAILED'
	| 'REJECTED'
	| 'RETURNED';

export interface Deposit {
	id: number;
	address: string;
	memo: string | null;
	coin: string;
	chain: string;
	amount: string;
	status: DepositStatus;
	txid: string;
	confirmations: number;
	createdAt: number;
}

/** The states of orders in the open API are not known. These are the sandbox's own. */
export interface OtcOrder {
	orderSn: string;
	status: 'UNPAID' | 'PAID' | 'CANCELLED';
	amount: string;
	coin: string;
	fiat: string;
	currency: string;
}

export interface AmlCheck {
	uuid: string;
	subject: string;
	asset: string;
	chain: string;
	direction: string | null;
	status: 'SUCCESS' | 'PENDING';
	createdAt: number;
}

export interface RapiraState {
	withdrawals: Withdrawal[];
	addresses: Address[];
	deposits: Deposit[];
	otcOrders: OtcOrder[];
	amlChecks: AmlCheck[];
	balances: Record<string, string>;
	frozen: Record<string, string>;
	/** Whether every call gets HTTP 451. */
	isRegionBlocked: boolean;
	/** Whether the key has the access level P2P and the right to withdraw. */
	access: { p2p: boolean; withdraw: boolean };
}
