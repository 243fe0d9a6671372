import { OTHER } from '../../core/events/event';
import { sameAmount } from '../../core/exact/decimal';
import { isObject, ownMember, textOf, type JsonObject } from '../../core/exact/json';
import {
	isoTime,
	payment,
	type Payment,
	type PaymentDetails,
	type StatusTable,
} from '../../core/provider/payment';
import { toPayment } from './payment';
import { batchTransfer } from './payoutRecords';
import {
	otcBuyStatus,
	otcSellStatus,
	refundStatus,
	staticAddressPaymentStatus,
	subscriptionDebitStatus,
	subscriptionStatus,
} from './statuses';

/** The documented notifications by their `bizType`. A payout has none. */
export const EVENTS: Readonly<Record<string, string>> = {
	PAY: 'paymentOrder',
	PAY_REFUND: 'refund',
	PAY_BATCH: 'batchTransfer',
	PAY_GIFT_BATCH: 'giftCardBatch',
	PAY_ADDRESS: 'addressPayment',
	TRANSFER_ADDRESS: 'addressPayment',
	PAY_FIXED_ADDRESS: 'staticAddressPayment',
	FIXED_ADDRESS_RISK: 'staticAddressRisk',
	PAY_UNRESOLVED: 'unresolvedPayment',
	OTC: 'otc',
	SUBSCRIPTION_ORDER_STATUS: 'subscriptionOrder',
	SUBSCRIPTION_PAYMENT: 'subscriptionDebit',
	ACCOUNT_AUTH_DEDUCTION: 'subscriptionDebit',
	INSTITUTION: 'institutionAccount',
};

/** The `bizStatus` of the notifications about payments. The section "state machines" of MAPPING.md names the pages. */
export const notificationStatus: Readonly<Record<string, StatusTable>> = {
	paymentOrder: {
		PAY_SUCCESS: { status: 'succeeded', final: true },
		PAY_ERROR: { status: 'failed', final: true },
		PAY_CLOSE: { status: 'cancelled', final: true },
	},
	refund: refundStatus,
	batchTransfer: { PAID: { status: 'succeeded', final: true } },
	giftCardBatch: { PAID: { status: 'succeeded', final: true } },
	addressPayment: {
		PAY_SUCCESS: { status: 'succeeded', final: true },
		// Gate Pay still credits and announces money that arrives after the expiry, so this is not final.
		PAY_CLOSE: { status: 'expired' },
		PAY_EXPIRED_IN_PROCESS: { status: 'processing' },
		TRANSFERRED_ADDRESS_IN_TERM: { status: 'processing' },
		TRANSFERRED_ADDRESS_DELAY: { status: 'processing' },
		TRANSFERRED_ADDRESS_BLOCK: { status: 'action_required' },
		CONVERT_ADDRESS_PAY_DELAY: { status: 'action_required' },
		PAY_BLOCK: { status: 'action_required' },
	},
	staticAddressPayment: staticAddressPaymentStatus,
	staticAddressRisk: { RISK_ADDRESS: { status: 'action_required' } },
	unresolvedPayment: { UNRESOLVED_PENDING: { status: 'action_required' } },
	otc: { ...otcBuyStatus, ...otcSellStatus },
	subscriptionOrder: subscriptionStatus,
	subscriptionDebit: subscriptionDebitStatus,
	institutionAccount: {
		INSTITUTION_ACCOUNT_SUCCESS: { status: 'succeeded', final: true },
		INSTITUTION_ACCOUNT_FAIL: { status: 'failed', final: true },
	},
};

/** The kind of event for a `bizType`. It is `other` for an undocumented one. */
export function eventOf(bizType: string): string {
	return ownMember(EVENTS, bizType) ?? OTHER;
}

/** Turns a notification's `data` into a Payment record. */
export function toRecord(
	event: string,
	status: string | undefined,
	bizId: string | undefined,
	data: JsonObject,
): Payment {
	const withStatus = { ...data, ...(status === undefined ? {} : { status }) };
	if (event === 'otc')
		return toPayment(textOf(data.type) === 'SELL' ? 'otcSell' : 'otcBuy', {
			orderId: bizId ?? null,
			...withStatus,
		});
	if (event === 'batchTransfer')
		return { ...batchTransfer(withStatus), ...(bizId === undefined ? {} : { id: bizId }) };
	const table = notificationStatus[event] ?? {};
	return payment('gatePay', event, { table, text: status }, details(event, status, bizId, data));
}

function details(
	event: string,
	status: string | undefined,
	bizId: string | undefined,
	data: JsonObject,
): PaymentDetails {
	const text = (...names: string[]) =>
		names.map((name) => textOf(data[name])).find((value) => value !== undefined);
	const times = {
		createdAt: isoTime(data.createTime ?? data.created),
		updatedAt: isoTime(data.updateTime ?? data.payTime ?? data.transactionTime),
	};
	switch (event) {
		case 'refund': {
			// The notification's own ID belongs to the order, and an order can have several refunds.
			const refund = isObject(data.refundInfo) ? data.refundInfo : {};
			return { reference: textOf(refund.refundRequestId), ...refunded(data, refund), ...times };
		}
		case 'unresolvedPayment':
			return {
				id: text('exceptionId') ?? bizId,
				reference: text('originalOrderId'),
				amount: isExpected(data) ? text('expectedAmount') : undefined,
				currency: text('actualCurrency'),
				network: text('actualChain'),
				paidAmount: text('actualAmount'),
				address: text('toAddress'),
				txHash: text('hash'),
				...times,
			};
		case 'giftCardBatch':
			return { id: bizId, reference: text('externalId'), ...times };
		case 'institutionAccount':
			return { id: text('account_id') ?? bizId, reference: text('request_id'), ...times };
		case 'subscriptionOrder':
		case 'subscriptionDebit':
			return {
				id: bizId ?? text('paymentOrderNo', 'deductOrderNo', 'subscriptionOrderNo'),
				reference: text('merchantSubscriptionOrderNo'),
				amount: text('cryptoAmount'),
				currency: text('cryptoCurrency'),
				network: text('chain'),
				// The sum of all debits of the subscription so far.
				paidAmount: text('totalPaidAmount'),
				txHash: text('txHash'),
				...times,
			};
		default:
			return {
				id: bizId,
				reference: text('merchantTradeNo', 'channel_id', 'channelId', 'customer_name'),
				amount: text('orderAmount', 'amount'),
				currency: text('currency'),
				network: text('chain'),
				paidAmount: paidAmount(event, status, data),
				address: text('address'),
				txHash: text('txHash'),
				...times,
			};
	}
}

/**
 * The paid amount. A payment from a Gate account has no amount on chain. Once such an order is paid, its own amount
 * is the paid one. Before that, nothing is known.
 */
function paidAmount(event: string, status: string | undefined, data: JsonObject): string | undefined {
	const onChain = textOf(data.doneAmountOnChain);
	if (event !== 'paymentOrder' || !sameAmount(onChain ?? '0', '0')) return onChain;
	return status === 'PAY_SUCCESS' ? textOf(data.orderAmount) : undefined;
}

/**
 * The amount of a refund. If the refund is paid in another currency than the order's, and the notification says so,
 * that amount and currency count.
 */
function refunded({ currency }: JsonObject, refund: JsonObject): PaymentDetails {
	const paidIn = textOf(refund.refundPayCurrency);
	if (paidIn === undefined || paidIn === currency)
		return { amount: textOf(refund.refundAmount), currency: textOf(currency) };
	return { amount: textOf(refund.refundPayAmount), currency: paidIn };
}

/** Whether only the received currency was expected. Otherwise the expected amount would be misread. */
function isExpected({ expectedChainCurrency, actualCurrency }: JsonObject): boolean {
	const places = Array.isArray(expectedChainCurrency) ? expectedChainCurrency.filter(isObject) : [];
	const currencies = places.flatMap(({ currencies: all }) => (Array.isArray(all) ? all : []));
	return currencies.length > 0 && currencies.every((one) => one === actualCurrency);
}
