import type { PaymentStatus } from '../core/provider/payment.ts';

/**
 * A state as the providers' documentation has it: what it means, whether it is an end, and who names it. `read` is what
 * a read returns; `event` is a notification's name for it; `older` is an older page's or another client's.
 */
export type State = readonly [
	text: string,
	status: PaymentStatus,
	isEnd: boolean,
	named?: 'read' | 'event' | 'older',
];

/** The objects of a kind, made of a state alone, and what the documentation says of each state. */
export interface Kind {
	/** The member that holds the state; a function where it takes more than that. */
	holds: string | ((state: string) => Record<string, unknown>);
	states: readonly State[];
	/** Schemas of the contract whose values reads return: `Schema.member`. */
	schemas?: readonly string[];
}

const paymentOrder: readonly State[] = [
	['PENDING', 'pending', false],
	['PROCESS', 'processing', false],
	['PAID', 'succeeded', true],
	['CANCELLED', 'cancelled', true],
	['ERROR', 'failed', true],
	['BLOCK', 'action_required', false],
	['PAY_SUCCESS', 'succeeded', true, 'older'],
	['PAY_ERROR', 'failed', true, 'event'],
];

const institutionMove: Kind = {
	holds: 'status',
	states: [
		['PAID', 'succeeded', true],
		['PENDING', 'pending', false, 'older'],
	],
};

const payPlayOrder: readonly State[] = [
	['INIT', 'created', false],
	['OPEN', 'pending', false],
	['PARTIALLY_FULFILLED', 'action_required', false],
	['COMPLETE', 'succeeded', true],
	// Terminality is not documented, and a payment that comes late completes the order.
	['DECLINED', 'failed', false],
	['CANCELED', 'cancelled', false],
	['CANCELLED', 'cancelled', false, 'older'],
];

const payPlayTransaction: readonly State[] = [
	['PENDING_WITHDRAWAL', 'processing', false],
	['COMPLETE', 'succeeded', true],
	['DECLINED', 'failed', true],
	['CANCELLED', 'cancelled', true],
	['CANCELED', 'cancelled', true, 'older'],
];

/** Written from the references and the contracts, not from the tables of the code: it is what they are held against. */
export const documentedStates: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
	gatePay: {
		otcBuy: {
			holds: 'status',
			states: [
				['PENDING', 'action_required', false],
				['PROCESSING', 'processing', false],
				['DONE', 'succeeded', true],
				['CANCEL', 'cancelled', true],
				['ERROR', 'failed', true],
				['RECHARGE_SUCCESS', 'succeeded', true, 'event'],
				['RECHARGE_FAIL', 'failed', true, 'event'],
			],
			schemas: ['OtcDepositOrder.status', 'OtcDepositOrderV1.status'],
		},
		otcSell: {
			holds: 'status',
			states: [
				['PROCESSING', 'processing', false],
				['DISPATCHED', 'processing', false],
				['DONE', 'succeeded', true],
				['FAIL', 'failed', true],
				['WITHDRAW_DISPATCHED', 'processing', false, 'event'],
				['WITHDRAW_SUCCESS', 'succeeded', true, 'event'],
				['WITHDRAW_FAIL', 'failed', true, 'event'],
			],
			schemas: ['OtcOrder.status'],
		},
		payout: {
			holds: 'status',
			states: [
				['INIT', 'created', false],
				['PROCESSING', 'processing', false],
				['SUCCESS', 'succeeded', true],
				['PARTIAL', 'action_required', true],
				['FAIL', 'failed', true],
			],
			schemas: ['QueryPayoutBatchData.status'],
		},
		payoutLine: {
			holds: 'status',
			states: [
				['INIT', 'created', false],
				['PENDING', 'pending', false],
				['CHECK', 'processing', false],
				['PROCESSING', 'processing', false],
				['DONE', 'succeeded', true],
				['FAIL', 'failed', true],
				['CREATED', 'created', false, 'older'],
				['UNDER_REVIEW', 'processing', false, 'older'],
				['PAYOUT_SUCCESS', 'succeeded', true, 'older'],
				['PAYOUT_FAIL', 'failed', true, 'older'],
			],
			schemas: ['QueryPayoutBatchData.withdraw_list.status'],
		},
		batchTransfer: {
			holds: 'status',
			states: [
				['SUCCESS', 'succeeded', true],
				['PAID', 'succeeded', true, 'event'],
			],
			schemas: ['QueryBatchTransferData.status'],
		},
		paymentOrder: {
			holds: 'status',
			states: [...paymentOrder, ['EXPIRED', 'expired', true], ['PAY_CLOSE', 'cancelled', true, 'event']],
			schemas: ['PayOrder.status', 'PayOrderV2.status', 'ListPaymentOrdersData.orderList.generalizedStatus'],
		},
		addressPayment: {
			holds: 'status',
			states: [
				...paymentOrder,
				// "Money that arrives later is still credited."
				['EXPIRED', 'expired', false],
				['PAY_CLOSE', 'expired', false, 'event'],
			],
			schemas: ['GetAddressOrderData.status'],
		},
		refund: {
			// The values of the query are on no page; these are the notifications'.
			holds: 'status',
			states: [
				['REFUND_PROCESS', 'processing', false],
				['REFUND_SUCCESS', 'refunded', true],
				['REFUND_REJECTED', 'failed', true],
			],
			schemas: ['GetRefundDetailsData.status', 'QueryRefundData.refundStatus'],
		},
		conversion: {
			holds: 'status',
			states: [
				['1', 'unknown', false],
				['6', 'unknown', false],
			],
			schemas: ['GetConvertOrderData.status'],
		},
		subscriptionOrder: {
			holds: 'orderStatus',
			states: [
				['CREATED', 'created', false],
				['AUTHORIZED', 'pending', false],
				['CONFIRMING', 'processing', false],
				['TRIAL', 'processing', false],
				['RUNNING', 'processing', false],
				['UNPAID', 'action_required', false],
				['COMPLETED', 'succeeded', true],
				['CANCELLED', 'cancelled', true],
				['CLOSED', 'cancelled', true],
				['BLOCKED', 'action_required', false],
			],
			schemas: ['SubOrder.orderStatus'],
		},
		subscriptionDebit: {
			holds: 'payStatus',
			states: [
				['SUCCESS', 'succeeded', true],
				['FAIL', 'failed', true],
				['BLOCK', 'action_required', false],
				['DEDUCT_SUCCESS', 'succeeded', true, 'event'],
				['DEDUCT_FAILED', 'failed', true, 'event'],
			],
			schemas: ['SubDeduction.payStatus', 'DeductSubscriptionData.status'],
		},
		giftCard: {
			holds: 'status',
			states: [
				['0', 'unknown', false],
				['1', 'pending', false],
				['2', 'succeeded', false],
				['3', 'succeeded', true],
				['4', 'action_required', false],
				['5', 'failed', true],
				['6', 'processing', false],
				['7', 'failed', true],
				['8', 'failed', true],
			],
			schemas: ['CreateGiftCardData.status'],
		},
		institutionTransfer: { ...institutionMove, schemas: ['GetInstitutionTransferData.status'] },
		institutionCharge: { ...institutionMove, schemas: ['GetInstitutionChargeData.status'] },
		staticAddressPayment: {
			holds: 'status',
			states: [
				['PAID', 'succeeded', true],
				['PAY_SUCCESS', 'succeeded', true, 'event'],
				['PAY_BLOCK', 'action_required', false, 'event'],
			],
			schemas: ['ListStaticAddressPaymentsData.details.status'],
		},
	},
	bridgePay: {
		invoice: {
			holds: 'status',
			states: [
				['new', 'created', false],
				['paid', 'succeeded', true],
				['canceled', 'cancelled', true],
				['expired', 'expired', true],
				['dispute', 'action_required', false],
			],
			schemas: ['InvoiceStatus'],
		},
		withdrawal: {
			// The number in `status` is explained nowhere; the transaction's hash is the only sign.
			holds: (state) => ({ status: 2, txId: state === 'txId' ? 'hash' : null }),
			states: [
				['no txId', 'pending', false],
				['txId', 'succeeded', true],
			],
		},
	},
	okiPays: {
		order: {
			holds: 'status',
			states: [
				['Created', 'created', false],
				['In Process', 'processing', false],
				['Partially', 'action_required', false],
				// Paid, but the merchant's answer closes it; a late payment wins over the three that follow.
				['Paid', 'succeeded', false],
				['Overpayment', 'succeeded', false],
				['Pay Failed', 'failed', false],
				['Error', 'failed', false],
				['Expired', 'expired', false],
				['Completed', 'succeeded', true],
				['Cancelled', 'cancelled', true],
				['Canceled', 'cancelled', true, 'older'],
				['Deleted', 'cancelled', true],
			],
			schemas: ['StatusName'],
		},
	},
	payPlay: {
		order: { holds: 'status', states: payPlayOrder, schemas: ['OrderStatus'] },
		staticWallet: { holds: 'status', states: payPlayOrder, schemas: ['OrderStatus'] },
		transaction: {
			holds: 'status',
			states: payPlayTransaction,
			schemas: ['Transaction.status', 'ConvertWithdrawalTransaction.status'],
		},
	},
	rapira: {
		payout: {
			holds: 'status',
			states: [
				['CREATE', 'created', false],
				['PENDING', 'pending', false],
				['WAITING', 'pending', false],
				['PROCESSING', 'processing', false],
				['SUCCESS', 'succeeded', true],
				['FAIL', 'failed', true],
				['REJECT', 'failed', true],
				['CANCELED', 'cancelled', true],
				['CANCEL_BY_USER', 'cancelled', true],
			],
			schemas: ['CryptoWithdrawalStatus'],
		},
		deposit: {
			holds: 'status',
			states: [
				['MEMPOOL', 'pending', false],
				['PENDING', 'pending', false, 'older'],
				['PENDING_CONFIRMATIONS', 'pending', false],
				['PENDING_AML', 'processing', false],
				['MANUAL_CHECK', 'processing', false],
				['SUCCESS', 'succeeded', true],
				['FAILED', 'failed', true],
				['REJECTED', 'failed', true],
				['RETURNED', 'refunded', true],
			],
			schemas: ['DepositStatus'],
		},
	},
};

/** The ends of a kind that a read returns. */
export function endsOf(provider: string, kind: string): readonly State[] {
	const { states = [] } = documentedStates[provider]?.[kind] ?? {};
	return states.filter(([, , isEnd, named = 'read']) => isEnd && named === 'read');
}
