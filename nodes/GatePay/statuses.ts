import type { StatusTable } from '../../core/provider/payment';

/** Statuses of OTC deposit orders (on-ramp). PENDING: the fiat still has to be remitted and confirmed. */
export const otcBuyStatus: StatusTable = {
	PENDING: { status: 'action_required' },
	PROCESSING: { status: 'processing' },
	DONE: { status: 'succeeded', final: true },
	CANCEL: { status: 'cancelled', final: true },
	ERROR: { status: 'failed', final: true },
	RECHARGE_SUCCESS: { status: 'succeeded', final: true },
	RECHARGE_FAIL: { status: 'failed', final: true },
};

/**
 * Statuses of OTC withdrawal orders (off-ramp). Reads return the first four, notifications the last three. No page
 * lists the first four; they come from an integrator's design for this API. DISPATCHED money has left the bank but
 * can still come back.
 */
export const otcSellStatus: StatusTable = {
	PROCESSING: { status: 'processing' },
	DISPATCHED: { status: 'processing' },
	DONE: { status: 'succeeded', final: true },
	FAIL: { status: 'failed', final: true },
	WITHDRAW_DISPATCHED: { status: 'processing' },
	WITHDRAW_SUCCESS: { status: 'succeeded', final: true },
	WITHDRAW_FAIL: { status: 'failed', final: true },
};

/** Statuses of a payout batch. PARTIAL is final, but neither paid nor unpaid: a person has to look at its lines. */
export const payoutBatchStatus: StatusTable = {
	INIT: { status: 'created' },
	PROCESSING: { status: 'processing' },
	SUCCESS: { status: 'succeeded', final: true },
	PARTIAL: { status: 'action_required', final: true },
	FAIL: { status: 'failed', final: true },
};

/**
 * Statuses of a line of a payout batch, including the names of an older revision of the reconciliation page. CHECK is
 * Gate Pay's review.
 */
export const payoutLineStatus: StatusTable = {
	INIT: { status: 'created' },
	PENDING: { status: 'pending' },
	CHECK: { status: 'processing' },
	PROCESSING: { status: 'processing' },
	DONE: { status: 'succeeded', final: true },
	FAIL: { status: 'failed', final: true },
	CREATED: { status: 'created' },
	UNDER_REVIEW: { status: 'processing' },
	PAYOUT_SUCCESS: { status: 'succeeded', final: true },
	PAYOUT_FAIL: { status: 'failed', final: true },
};

/** Gate Pay executes batch transfers at once. Notifications say PAID, the query's example says SUCCESS. */
export const batchTransferStatus: StatusTable = {
	PAID: { status: 'succeeded', final: true },
	SUCCESS: { status: 'succeeded', final: true },
};

/**
 * Statuses of payment orders of every kind. PENDING waits for the payer. BLOCK is held for risk, and only Gate Pay
 * can release it. The reconciliation list writes PAY_SUCCESS, like notifications.
 */
export const paymentOrderStatus: StatusTable = {
	PENDING: { status: 'pending' },
	PROCESS: { status: 'processing' },
	PAID: { status: 'succeeded', final: true },
	EXPIRED: { status: 'expired', final: true },
	CANCELLED: { status: 'cancelled', final: true },
	ERROR: { status: 'failed', final: true },
	BLOCK: { status: 'action_required' },
	PAY_SUCCESS: { status: 'succeeded', final: true },
	PAY_ERROR: { status: 'failed', final: true },
	PAY_CLOSE: { status: 'cancelled', final: true },
};

/** Statuses of an order with its own address. Coins that arrive after EXPIRED are still credited. */
export const addressOrderStatus: StatusTable = {
	...paymentOrderStatus,
	EXPIRED: { status: 'expired' },
	PAY_CLOSE: { status: 'expired' },
};

/** Statuses of notifications. No page lists the statuses in query answers. */
export const refundStatus: StatusTable = {
	REFUND_PROCESS: { status: 'processing' },
	REFUND_SUCCESS: { status: 'refunded', final: true },
	REFUND_REJECTED: { status: 'failed', final: true },
};

/** Numbers without a documented meaning. The example of the create call has 1, that of the query 6. */
export const conversionStatus: StatusTable = {
	'1': { status: 'unknown' },
	'6': { status: 'unknown' },
};

export const subscriptionStatus: StatusTable = {
	CREATED: { status: 'created' },
	AUTHORIZED: { status: 'pending' },
	CONFIRMING: { status: 'processing' },
	TRIAL: { status: 'processing' },
	RUNNING: { status: 'processing' },
	UNPAID: { status: 'action_required' },
	COMPLETED: { status: 'succeeded', final: true },
	CANCELLED: { status: 'cancelled', final: true },
	CLOSED: { status: 'cancelled', final: true },
	BLOCKED: { status: 'action_required' },
};

/** Statuses of a debit, in queries and (with DEDUCT_) in notifications. */
export const subscriptionDebitStatus: StatusTable = {
	SUCCESS: { status: 'succeeded', final: true },
	DEDUCT_SUCCESS: { status: 'succeeded', final: true },
	DEDUCT_FAILED: { status: 'failed', final: true },
	FAIL: { status: 'failed', final: true },
	BLOCK: { status: 'action_required' },
};

/** 2 means paid but not redeemed yet, so it can change. 6 is Gate Pay's review. */
export const giftCardStatus: StatusTable = {
	'0': { status: 'unknown' },
	'1': { status: 'pending' },
	'2': { status: 'succeeded' },
	'3': { status: 'succeeded', final: true },
	'4': { status: 'action_required' },
	'5': { status: 'failed', final: true },
	'6': { status: 'processing' },
	'7': { status: 'failed', final: true },
	'8': { status: 'failed', final: true },
};

/** Transfers and charges between an institution's accounts are made at once. PENDING comes from an older page. */
export const institutionMoveStatus: StatusTable = {
	PAID: { status: 'succeeded', final: true },
	PENDING: { status: 'pending' },
};

/** Statuses of a payment to a static address. The list says PAID, notifications use the others. */
export const staticAddressPaymentStatus: StatusTable = {
	PAID: { status: 'succeeded', final: true },
	PAY_SUCCESS: { status: 'succeeded', final: true },
	PAY_BLOCK: { status: 'action_required' },
};
