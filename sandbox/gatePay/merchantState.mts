/** The states of an order. This file has the records of everything but OTC and payouts. */

export type OrderStatus = 'PENDING' | 'PROCESS' | 'PAID' | 'EXPIRED' | 'CANCELLED' | 'ERROR' | 'BLOCK';

export interface ChainPayment {
	txId: string;
	amount: string;
	fromAddress: string;
	at: number;
	/** Whether it came within the lifetime of the order. */
	inTerm: boolean;
}

export interface Order {
	kind: 'checkout' | 'prepay' | 'native' | 'address';
	prepayId: string;
	merchantTradeNo: string;
	status: OrderStatus;
	currency: string;
	orderAmount: string;
	fiatCurrency: string;
	fiatAmount: string;
	surchargeAmount: string;
	toleranceAmount: string;
	/** The currency in which the payer pays. Where it differs from `currency`, the order is a convert order. */
	payCurrency: string;
	payAmount: string;
	goodsName: string;
	goodsType: string;
	terminalType: string;
	channelId: string;
	returnUrl: string;
	merchantUserId: number;
	/** The network of checkout and address orders. */
	chain: string;
	address: string;
	fullCurrType: string;
	createTime: number;
	expireTime: number;
	transactTime: number;
	transactionId: string;
	feeAmount: string;
	settleAmount: string;
	payments: ChainPayment[];
}

/** The values follow the names of the notifications, because the page of the query has none. */
export type RefundStatus = 'REFUND_PROCESS' | 'REFUND_SUCCESS' | 'REFUND_REJECTED';

export interface Refund {
	refundRequestId: string;
	refundId: string;
	prepayId: string;
	/** The amount that the merchant asked for. */
	amount: string;
	currency: string;
	/** The same amount in the currency of the order. */
	orderAmount: string;
	status: RefundStatus;
	reason: string;
	style: number;
	payChannel: number;
	toGateUid: string;
	address: string;
	chain: string;
	createTime: number;
	transactTime: number;
	transactionId: string;
	txHash: string;
	failReason: string;
}

export interface StaticAddress {
	channelId: string;
	chain: string;
	address: string;
	currencies: string[];
	callbackUrl: string;
	createTime: number;
	updateTime: number;
	isRisk: 0 | 1;
}

export interface StaticAddressPayment {
	chain: string;
	channelId: string;
	currency: string;
	address: string;
	amount: string;
	txTime: number;
	fromAddress: string;
	txHash: string;
	transactionId: string;
}

export interface ConvertQuote {
	quoteId: string;
	sellCurrency: string;
	sellAmount: string;
	buyCurrency: string;
	buyAmount: string;
	rate: string;
	usedBy?: string;
}

export interface Conversion {
	orderId: string;
	clientReqId: string;
	quote: ConvertQuote;
	/** No page says what the numbers mean. A new one has 1, as in the example of the call, and later 6, as in the query's. */
	status: 1 | 6;
	createTime: number;
}

/** 1 pending payment, 2 not redeemed, 3 redeemed, 4 frozen, 6 manual review, 7 review rejected. */
export type GiftCardStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface GiftCard {
	cardNumber: string;
	key: string;
	title: string;
	templateId: string;
	amount: string;
	currency: string;
	status: GiftCardStatus;
	batchId: string;
	createTime: number;
	exchangeTime: number;
}

export interface Customer {
	channelId: string;
	desc: string;
	channelType: string;
	address: string;
	chain: string;
	customFields: unknown[];
	createTime: number;
	updateTime: number;
}

export type SubscriptionStatus =
	| 'CREATED'
	| 'AUTHORIZED'
	| 'CONFIRMING'
	| 'TRIAL'
	| 'RUNNING'
	| 'UNPAID'
	| 'COMPLETED'
	| 'CANCELLED'
	| 'CLOSED'
	| 'BLOCKED';

export interface Price {
	priceNo: string;
	/** The members of the request. */
	given: Record<string, unknown>;
}

export interface Product {
	productNo: string;
	merchantProductNo: string;
	productName: string;
	productDesc: string;
	productLogo: string;
	prices: Price[];
	createTime: number;
}

export interface Plan {
	planNo: string;
	merchantPlanNo: string;
	planName: string;
	planDesc: string;
	priceNo: string;
	trialDays: number;
	totalPayCount: number;
	endTime: number;
	authorizedAmount: string;
	createTime: number;
}

export interface Subscription {
	subscriptionOrderNo: string;
	merchantSubscriptionOrderNo: string;
	planNo: string;
	callbackUrl: string;
	status: SubscriptionStatus;
	paidCount: number;
	totalPaidAmount: string;
	createTime: number;
	updateTime: number;
	authTime: number;
	lastPayTime: number;
}

export interface SubscriptionDebit {
	paymentOrderNo: string;
	merchantDeductNo: string;
	subscriptionOrderNo: string;
	amount: string;
	currency: string;
	description: string;
	status: 'SUCCESS' | 'FAIL' | 'BLOCK';
	errMsg: string;
	txHash: string;
	payTime: number;
}

export interface SubAccount {
	requestId: string;
	accountId: string;
	customerId: string;
	displayName: string;
	status: 'INIT' | 'ACTIVE' | 'FAIL';
	accountHolder: unknown;
	metadata: unknown;
	created: number;
	updated: number;
	balances: Record<string, string>;
}

/** A transfer or a charge between two accounts of the institution. */
export interface InstitutionMove {
	kind: 'transfer' | 'charge';
	merchantBatchNo: string;
	fromAccountId: string;
	toAccountId: string;
	currency: string;
	amount: string;
	createTime: number;
}

export interface FeeRule {
	configId: string;
	previousConfigId: string | null;
	version: number;
	subMerchantId: string;
	rMarkup: number;
	fMarkup: number;
	effectiveDate: string;
	dueDate: string | null;
	status: 'PENDING_EFFECTIVE' | 'EFFECTIVE';
	createdAt: number;
}

export interface MerchantState {
	orders: Order[];
	refunds: Refund[];
	staticAddresses: StaticAddress[];
	staticAddressPayments: StaticAddressPayment[];
	convertQuotes: ConvertQuote[];
	conversions: Conversion[];
	giftCards: GiftCard[];
	customers: Customer[];
	products: Product[];
	plans: Plan[];
	subscriptions: Subscription[];
	debits: SubscriptionDebit[];
	subAccounts: SubAccount[];
	institutionMoves: InstitutionMove[];
	feeRules: FeeRule[];
}
