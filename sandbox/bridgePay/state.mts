import type { Money } from './money.mts';

export type InvoiceStatus = 'new' | 'paid' | 'canceled' | 'dispute' | 'expired';
export type DealStatus =
	'new' | 'transfer_waiting' | 'transfer_confirmed' | 'canceled' | 'completed' | 'dispute' | 'expired';

export interface Requisites {
	requisites: string;
	holder?: string;
}

export interface Deal {
	id: string;
	status: DealStatus;
	paymentMethod: string;
	paymentOption: string;
	requisites: Requisites;
	/** The deadline of the requisites, in Unix milliseconds. */
	canceledAt: number;
	rate: string;
	qrCodeLink: string | null;
	/** When the deal was paid, in Unix milliseconds. */
	paidAt?: number;
	attachments: string[];
	disputeReason: string | null;
	disputeAmount: string | undefined;
	disputeAttachment: string | null;
	disputeResult: string | null;
}

export interface Invoice {
	id: string;
	internalId: string | null;
	userId: string | null;
	type: 'in' | 'out';
	status: InvoiceStatus;
	/** The method that the merchant asked for. */
	paymentMethod: string | null;
	paymentOption: string | null;
	paymentRequisites: Requisites | null;
	sum: Money;
	/** What the payer has to send, where that differs from `sum`. */
	actual: string | undefined;
	rate: string;
	/** The USDT that were taken from the balance for a pay-out. */
	held: string | undefined;
	allowMatching: boolean;
	crossBorderCurrency: string | undefined;
	successUrl: string | null;
	cancelUrl: string | null;
	notificationUrl: string;
	notificationToken: string;
	createdAt: number;
	expireAt: number;
	updatedAt: number;
	deals: Deal[];
}

export interface Withdrawal {
	id: string;
	accountId: string;
	sum: Money;
	fee: Money;
	address: string;
	txId: string | null;
	/** The documented example has 2. No other number is documented. */
	status: number;
	createdAt: number;
	updatedAt: number;
}

export interface Account {
	id: string;
	currency: string;
	sum: string;
	frozenSum: string;
	withdrawalFee: string;
}

export interface BridgePayState {
	invoices: Invoice[];
	withdrawals: Withdrawal[];
	accounts: Account[];
	/** What the store's switches are: "Pay in disabled", "Pay out disabled", "2FA should be enabled". */
	store: { payIn: boolean; payOut: boolean; twoFactor: boolean };
}
