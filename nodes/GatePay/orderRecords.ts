import { sameAmount } from '../../core/exact/decimal';
import { isObject, textOf, type JsonObject } from '../../core/exact/json';
import { filled, isoTime, payment, type Payment } from '../../core/provider/payment';
import { firstOf, PROVIDER, state } from './payoutRecords';
import {
	addressOrderStatus,
	conversionStatus,
	giftCardStatus,
	institutionMoveStatus,
	paymentOrderStatus,
	refundStatus,
	staticAddressPaymentStatus,
	subscriptionDebitStatus,
	subscriptionStatus,
} from './statuses';

/**
 * Reads an order of any kind from its create call, where the request holds most of it, from both queries, and from
 * the reconciliation list.
 */
export function order(kind: string, data: JsonObject, sent?: JsonObject): Payment {
	const first = firstOf(data, sent);
	const place = isObject(data.chain) ? data.chain : { chain_type: data.chain, address: data.address };
	const address = textOf(place.address);
	const hasAddress = kind === 'addressPayment' || address !== undefined;
	const table = hasAddress ? addressOrderStatus : paymentOrderStatus;
	const currency = first('currency', 'orderCurrency');
	// The currency in which an order is paid on chain, e.g. `USDC_MATIC`. It is known before anything is paid.
	const onChain = textOf(data.fullCurrType)?.split('_')[0];
	const paidIn = textOf(data.pay_currency) ?? textOf(data.payCurrency) ?? onChain;
	return payment(PROVIDER, kind, state(table, first('status', 'generalizedStatus'), sent), {
		id: textOf(data.prepayId) ?? textOf(data.orderId),
		reference: first('merchantTradeNo'),
		amount: first('orderAmount'),
		currency,
		network: textOf(place.chain_type) ?? textOf(sent?.chain),
		// An amount in another currency than the order's would be misread, so it is left out.
		paidAmount: paidIn === undefined || paidIn === currency ? paidAmount(data) : undefined,
		fiatAmount: first('fiatAmount'),
		fiatCurrency: first('fiatCurrency'),
		rate: textOf(data.fiatRate),
		fee: textOf(data.totalFeeAmount) ?? textOf(data.totalFee),
		address,
		txHash: textOf(data.txHash),
		payUrl: textOf(data.location),
		requisites: filled({ qrContent: data.qrContent ?? '' }),
		createdAt: isoTime(data.createTime) ?? isoTime(data.create_time),
		updatedAt: isoTime(data.transactTime),
		expiresAt: isoTime(data.expireTime),
	});
}

/** The amount that arrived on chain or was paid from an account. In the second case the amounts on chain are 0. */
function paidAmount(data: JsonObject): string | undefined {
	const onChain = isObject(data.transaction_info) ? data.transaction_info : {};
	// In the answer to a create call, `payAmount` is the amount that is still to be paid.
	const isPaid = [data.status, data.generalizedStatus].some((one) => one === 'PAID' || one === 'PAY_SUCCESS');
	const known = [
		onChain.done_amount_total,
		onChain.done_amount,
		data.pay_amount,
		isPaid ? data.payAmount : undefined,
	].flatMap((amount) => textOf(amount) ?? []);
	return known.find((amount) => !sameAmount(amount, '0')) ?? known[0];
}

/** Reads refunds of the older and newer calls, for direct and for converted orders. */
export function refund(data: JsonObject, sent?: JsonObject): Payment {
	const first = firstOf(data, sent);
	const { amount, currency } = refunded(data, sent);
	const received = textOf(data.currency);
	const text = textOf(data.status) ?? textOf(data.refundStatus);
	return payment(PROVIDER, 'refund', state(refundStatus, text, sent), {
		id: textOf(data.gateRefundId) ?? textOf(data.refundGateId) ?? textOf(data.refundId),
		reference: first('refundRequestId'),
		amount,
		currency,
		network: first('refund_chain', 'refundChain'),
		paidAmount: received !== undefined && received === currency ? textOf(data.amount) : undefined,
		fee: textOf(data.refund_gas_amount),
		address: first('refund_address', 'refundAddress'),
		txHash: textOf(data.txHash),
		createdAt: isoTime(data.createTime),
		updatedAt: isoTime(data.transactTime),
	});
}

/**
 * The requested refund. For a converted order it is in one of two currencies. For other orders some answers leave the
 * currency out.
 */
function refunded(data: JsonObject, sent: JsonObject | undefined) {
	const first = firstOf(data, sent);
	const inOrder = first('refundOrderAmount');
	const inPaid = first('refundPayAmount');
	if (inPaid !== undefined && (inOrder === undefined || textOf(sent?.refundPayAmount) !== undefined))
		return { amount: inPaid, currency: first('refundPayCurrency', 'payCurrency') };
	if (inOrder !== undefined)
		return { amount: inOrder, currency: first('refundOrderCurrency', 'orderCurrency') };
	const ordered = textOf(data.orderCurrency);
	const same = ordered !== undefined && ordered === textOf(data.payCurrency) ? ordered : undefined;
	return { amount: first('refundAmount', 'requestAmount'), currency: textOf(data.requestCurrency) ?? same };
}

/** The amount is what was sold. What was bought is added with the provider's names. */
export function conversion(data: JsonObject, sent?: JsonObject): Payment {
	const first = firstOf(data, sent);
	const record = payment(PROVIDER, 'conversion', state(conversionStatus, textOf(data.status), sent), {
		id: textOf(data.order_id),
		reference: textOf(sent?.clientReqId),
		amount: first('sellAmount'),
		currency: first('sellCurrency'),
		rate: textOf(data.rate) ?? textOf(data.price),
		createdAt: isoTime(data.createTime),
	});
	const bought = filled({ buyAmount: first('buyAmount') ?? '', buyCurrency: first('buyCurrency') ?? '' });
	return { ...record, ...bought };
}

/** Leaves out the redemption code, because everyone who has it can take the money. */
export function giftCard(data: JsonObject, sent?: JsonObject): Payment {
	const first = firstOf(data, sent);
	return payment(PROVIDER, 'giftCard', state(giftCardStatus, textOf(data.status), sent), {
		id: textOf(data.card_num),
		amount: first('amount'),
		currency: first('currency'),
		createdAt: isoTime(data.create_time),
		updatedAt: isoTime(data.exchange_time) ?? isoTime(data.last_give_time),
	});
}

export function subscription(data: JsonObject, sent?: JsonObject): Payment {
	const first = firstOf(data, sent);
	return payment(PROVIDER, 'subscriptionOrder', state(subscriptionStatus, textOf(data.orderStatus), sent), {
		id: textOf(data.subscriptionOrderNo),
		reference: first('merchantSubscriptionOrderNo'),
		amount: textOf(data.cryptoAmount),
		currency: textOf(data.cryptoCurrency),
		network: textOf(data.chain),
		paidAmount: textOf(data.totalPaidAmount),
		address: textOf(data.userAddress),
		payUrl: textOf(data.subscriptionLink),
		createdAt: isoTime(data.createTime),
		updatedAt: isoTime(data.updateTime),
		expiresAt: isoTime(data.endTime),
	});
}

export function subscriptionDebit(data: JsonObject, sent?: JsonObject): Payment {
	const first = firstOf(data, sent);
	const text = textOf(data.payStatus) ?? textOf(data.status);
	return payment(PROVIDER, 'subscriptionDebit', state(subscriptionDebitStatus, text, sent), {
		id: textOf(data.paymentOrderNo) ?? textOf(data.deductOrderNo),
		reference: first('merchantDeductNo', 'merchantSubscriptionOrderNo'),
		amount: first('cryptoAmount', 'amount'),
		currency: first('cryptoCurrency', 'currency'),
		network: textOf(data.chain),
		fee: textOf(data.totalFeeAmount),
		address: textOf(data.merchantAddress),
		txHash: textOf(data.txHash),
		createdAt: isoTime(data.payTime) ?? isoTime(data.deductTime),
	});
}

/** Transfers and charges. The money goes from `fromAccountId` to `toAccountId`, no matter who asked for it. */
export function institutionMove(kind: string, data: JsonObject, sent?: JsonObject): Payment {
	const first = firstOf(data, sent);
	const receiver =
		textOf(data.toAccountId) ?? (kind === 'institutionTransfer' ? textOf(sent?.accountId) : undefined);
	return payment(PROVIDER, kind, state(institutionMoveStatus, textOf(data.status), sent), {
		reference: first('merchantBatchNo'),
		amount: first('amount'),
		currency: first('currency'),
		address: receiver,
		requisites: filled({ fromAccountId: data.fromAccountId ?? '', toAccountId: data.toAccountId ?? '' }),
		createdAt: isoTime(data.createTime),
	});
}

export function staticAddressPayment(data: JsonObject): Payment {
	const status = { table: staticAddressPaymentStatus, text: textOf(data.status) };
	return payment(PROVIDER, 'staticAddressPayment', status, {
		id: textOf(data.transactionId),
		reference: textOf(data.channelId),
		amount: textOf(data.amount),
		currency: textOf(data.currency),
		network: textOf(data.chain),
		address: textOf(data.address),
		txHash: textOf(data.txHash),
		createdAt: isoTime(data.txTime),
	});
}
