import type { ConsoleRow, ConsoleTable } from '../provider.mts';
import type { GatePayAction } from './actions.mts';
import type { GiftCardStatus, MerchantState, Order, Refund, Subscription } from './merchantState.mts';
import { keyOf } from './staticAddresses.mts';

const GIFT_CARD_STATUS: Record<GiftCardStatus, string> = {
	1: '1 pending payment',
	2: '2 not redeemed',
	3: '3 redeemed',
	4: '4 frozen',
	5: '5 payment failed',
	6: '6 manual review',
	7: '7 review rejected',
	8: '8 review payment failed',
};

const GIFT_CARD_ACTIONS: Record<GiftCardStatus, GatePayAction[]> = {
	1: ['failGiftCard'],
	2: ['redeemGiftCard', 'freezeGiftCard'],
	3: [],
	4: [],
	5: [],
	6: ['approveGiftCard', 'rejectGiftCard', 'failGiftCard'],
	7: [],
	8: [],
};

/** The records of everything but OTC and payouts, newest first, with buttons for what payers and Gate's staff do. */
export function merchantTables(state: MerchantState): ConsoleTable[] {
	return [
		{ title: 'Payment and address orders', rows: state.orders.toReversed().map(orderRow) },
		{ title: 'Refunds', rows: state.refunds.toReversed().map(refundRow) },
		{ title: 'Static addresses', rows: addressRows(state) },
		{ title: 'Conversions', rows: conversionRows(state) },
		{ title: 'Gift cards', rows: giftCardRows(state) },
		{ title: 'Subscriptions', rows: subscriptionRows(state) },
		{ title: 'Sub-accounts', rows: subAccountRows(state) },
		{ title: 'Transfers and charges', rows: moveRows(state) },
		{ title: 'Fee rules', rows: feeRuleRows(state) },
		{ title: 'Customers', rows: customerRows(state) },
	];
}

function orderRow(order: Order): ConsoleRow {
	const { prepayId, merchantTradeNo, kind, orderAmount, currency, payAmount, payCurrency, status } = order;
	return {
		id: prepayId,
		cells: {
			'Prepay ID': prepayId,
			'Merchant trade no': merchantTradeNo,
			Kind: kind,
			Amount: `${orderAmount} ${currency}`,
			'To pay': `${payAmount} ${payCurrency}`,
			Address: order.address,
			Status: status,
		},
		actions: orderActions(order),
	};
}

function orderActions({ status, address }: Order): GatePayAction[] {
	const isOnChain = address !== '';
	if (status === 'EXPIRED') return isOnChain ? ['payOrderLate'] : [];
	if (status !== 'PENDING' && status !== 'PROCESS') return [];
	const all: GatePayAction[] = ['payOrder', 'expireOrder', 'failOrder', 'blockOrder'];
	return isOnChain ? [...all, 'payOrderInPart', 'payOrderWrongCurrency'] : all;
}

function refundRow({ refundRequestId, prepayId, amount, currency, status }: Refund): ConsoleRow {
	const names = { 'Refund request ID': refundRequestId, 'Prepay ID': prepayId };
	return {
		id: refundRequestId,
		cells: { ...names, Amount: `${amount} ${currency}`, Status: status },
		actions: status === 'REFUND_PROCESS' ? ['succeedRefund', 'rejectRefund'] : [],
	};
}

function addressRows({ staticAddresses }: MerchantState): ConsoleRow[] {
	return staticAddresses.toReversed().map((address) => ({
		id: keyOf(address),
		cells: {
			Customer: address.channelId,
			Chain: address.chain,
			Address: address.address,
			Currencies: address.currencies.join(', '),
			Status: address.isRisk === 1 ? 'risky' : 'usable',
		},
		actions: ['receiveOnAddress', 'holdOnAddress', ...flagOf(address.isRisk)],
	}));
}

function flagOf(isRisk: 0 | 1): GatePayAction[] {
	return isRisk === 0 ? ['flagAddress'] : [];
}

function conversionRows({ conversions }: MerchantState): ConsoleRow[] {
	return conversions.toReversed().map(({ orderId, clientReqId, quote, status }) => ({
		id: orderId,
		cells: {
			'Order ID': orderId,
			'Client req ID': clientReqId,
			Sold: `${quote.sellAmount} ${quote.sellCurrency}`,
			Bought: `${quote.buyAmount} ${quote.buyCurrency}`,
			Status: String(status),
		},
		actions: status === 1 ? ['settleConversion'] : [],
	}));
}

/** The rows leave out the redemption code: whoever has it has the money. */
function giftCardRows({ giftCards }: MerchantState): ConsoleRow[] {
	return giftCards.toReversed().map(({ cardNumber, title, amount, currency, status }) => ({
		id: cardNumber,
		cells: {
			Number: cardNumber,
			Title: title,
			Amount: `${amount} ${currency}`,
			Status: GIFT_CARD_STATUS[status],
		},
		actions: GIFT_CARD_ACTIONS[status],
	}));
}

function subscriptionRows({ subscriptions }: MerchantState): ConsoleRow[] {
	return subscriptions.toReversed().map((subscription) => {
		const { subscriptionOrderNo, merchantSubscriptionOrderNo, totalPaidAmount, status } = subscription;
		return {
			id: subscriptionOrderNo,
			cells: {
				Number: subscriptionOrderNo,
				'Merchant number': merchantSubscriptionOrderNo,
				Paid: totalPaidAmount,
				Status: status,
			},
			actions: subscriptionActions(subscription),
		};
	});
}

function subscriptionActions({ status }: Subscription): GatePayAction[] {
	if (status === 'CREATED') return ['authorizeSubscription', 'cancelSubscription'];
	if (['COMPLETED', 'CANCELLED', 'CLOSED'].includes(status)) return [];
	return ['debitSubscription', 'failDebit', 'blockDebit', 'failSubscription', 'cancelSubscription'];
}

function subAccountRows({ subAccounts }: MerchantState): ConsoleRow[] {
	return subAccounts.map(({ accountId, displayName, requestId, balances, status }) => ({
		id: accountId,
		cells: {
			Account: accountId,
			Name: displayName,
			'Request ID': requestId,
			Balances: Object.entries(balances)
				.map(([currency, amount]) => `${amount} ${currency}`)
				.join(', '),
			Status: status,
		},
		actions: status === 'INIT' ? ['approveSubAccount', 'refuseSubAccount'] : [],
	}));
}

function moveRows({ institutionMoves }: MerchantState): ConsoleRow[] {
	return institutionMoves.toReversed().map((move) => ({
		id: `${move.kind} ${move.merchantBatchNo}`,
		cells: {
			Kind: move.kind,
			'Merchant batch no': move.merchantBatchNo,
			From: move.fromAccountId,
			To: move.toAccountId,
			Amount: `${move.amount} ${move.currency}`,
			Status: 'PAID',
		},
		actions: [],
	}));
}

function feeRuleRows({ feeRules }: MerchantState): ConsoleRow[] {
	return feeRules
		.toReversed()
		.map(({ configId, subMerchantId, rMarkup, fMarkup, effectiveDate, status }) => ({
			id: configId,
			cells: {
				'Sub-account': subMerchantId,
				Percentage: String(rMarkup),
				Fixed: String(fMarkup),
				From: effectiveDate,
				Status: status,
			},
			actions: status === 'PENDING_EFFECTIVE' ? ['startFeeRule'] : [],
		}));
}

function customerRows({ customers }: MerchantState): ConsoleRow[] {
	return customers.map(({ channelId, desc, channelType }) => ({
		id: channelId,
		cells: { Name: channelId, Description: desc, Type: channelType === '1' ? 'corporate' : 'individual' },
		actions: [],
	}));
}
