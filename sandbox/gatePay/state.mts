import type { MerchantState } from './merchantState.mts';

export interface Quote {
	quoteToken: string;
	type: 'BUY' | 'SELL';
	side: string;
	cryptoCurrency: string;
	fiatCurrency: string;
	cryptoAmount: string;
	fiatAmount: string;
	fiatRate: string;
	cryptoRate: string;
	expiresAt: number;
	/** The order that was made with the quote. Here a quote serves one order, which the documentation only suggests. */
	usedBy?: string;
}

/** 1 approved, 2 pending review, 3 pending supplementary materials, 99 rejected. */
export type BankAccountStatus = 1 | 2 | 3 | 99;

export interface BankAccount {
	bankAccountId: string;
	bankAccountName: string;
	bankName: string;
	countryId: number;
	countryName: string;
	address: string;
	iban: string;
	swift: string;
	remittanceLineNumber: string;
	agentBankName: string;
	agentBankSwift: string;
	status: BankAccountStatus;
	memo: string;
}

/** The on-ramp: fiat in, crypto credited. */
export interface Deposit {
	orderId: string;
	otcOrderId: string;
	/** The contract version of the call that created it. */
	version: 'A' | 'B';
	clientOrderId: string;
	currency: string;
	amount: string;
	fiatCurrency: string;
	fiatAmount: string;
	rate: string;
	bankId: string;
	bankNumber: string;
	/** Whether the merchant has marked the remittance as done. */
	paid: boolean;
	status: 'PENDING' | 'PROCESSING' | 'DONE' | 'CANCEL' | 'ERROR';
	createTime: number;
	updateTime: number;
	promoCode: string;
	transferRemark: string;
	receipt: string;
	errMsg: string;
}

/** The off-ramp: crypto debited, fiat out. */
export interface Withdrawal {
	orderId: string;
	clientOrderId: string;
	status: 'PROCESSING' | 'DISPATCHED' | 'DONE' | 'FAIL';
	/** Whether the crypto of a failed payment was booked back, which a person does some time later. */
	returned: boolean;
	cryptoCurrency: string;
	fiatCurrency: string;
	cryptoAmount: string;
	fiatAmount: string;
	fiatRate: string;
	bankAccountId: string;
	createTime: number;
	updateTime: number;
	errMsg: string;
	bankSlipInfo: string;
}

export type PayoutLineStatus = 'INIT' | 'PENDING' | 'CHECK' | 'PROCESSING' | 'DONE' | 'FAIL';
export type PayoutBatchStatus = 'INIT' | 'PROCESSING' | 'SUCCESS' | 'PARTIAL' | 'FAIL';

export interface PayoutLine {
	id: number;
	suborder_id: string;
	merchant_withdraw_id: string;
	currency: string;
	chain: string;
	address: string;
	memo: string;
	fee_type: number;
	/** The amount that the merchant asked for. */
	amount: string;
	fee: string;
	/** What leaves the balance. */
	sub_amount: string;
	/** What arrives. */
	done_amount: string;
	status: PayoutLineStatus;
	tx_id: string;
	err_msg: string;
	create_time: number;
	update_time: number;
	finish_time: number;
}

export interface PayoutBatch {
	batch_id: string;
	channel_id: string;
	status: PayoutBatchStatus;
	create_time: number;
	lines: PayoutLine[];
}

export interface TransferOrder {
	receiver_id: number;
	amount: string;
	currency: string;
	reward_id: string;
	transaction_id: string;
	create_time: number;
}

export interface BatchTransfer {
	batch_id: string;
	merchant_batch_no: string;
	currency: string;
	channel_id: string;
	orders: TransferOrder[];
}

export interface LedgerRow {
	transactId: string;
	transactTime: number;
	orderId: string;
	merchantTradeNo: string;
	financialType: string;
	/** The amount with its sign: '+1', '-1'. */
	payAmount: string;
	currency: string;
	balance: string;
	fullChain: string;
	hash: string;
	address: string;
}

export interface GatePayState extends MerchantState {
	quotes: Quote[];
	bankAccounts: BankAccount[];
	deposits: Deposit[];
	withdrawals: Withdrawal[];
	payoutBatches: PayoutBatch[];
	transfers: BatchTransfer[];
	balances: Record<string, string>;
	ledger: LedgerRow[];
}
