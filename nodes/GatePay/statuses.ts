import type { StatusTable } from '../../core/provider/payment';

/** OTC deposit orders (on-ramp). PENDING: the fiat has still to be remitted and confirmed. */
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
 * OTC withdrawal orders (off-ramp): the order's own states, which reads return, and the notifications'. No page lists the
 * order's own; an integrator's design for this API does. DISPATCHED has left the bank and can still come back.
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

/** A payout batch. PARTIAL is over, but neither paid nor unpaid: someone has to look at its lines. */
export const payoutBatchStatus: StatusTable = {
	INIT: { status: 'created' },
	PROCESSING: { status: 'processing' },
	SUCCESS: { status: 'succeeded', final: true },
	PARTIAL: { status: 'action_required', final: true },
	FAIL: { status: 'failed', final: true },
};

/** A line of a payout batch, with the names of an older revision of the reconciliation page. CHECK is Gate Pay's review. */
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

/** Batch transfers are executed at once: PAID in notifications, SUCCESS in the query's example. */
export const batchTransferStatus: StatusTable = {
	PAID: { status: 'succeeded', final: true },
	SUCCESS: { status: 'succeeded', final: true },
};

/**
 * Payment orders of every kind. PENDING waits for the payer; BLOCK is held for risk, and only Gate can release it. The
 * reconciliation list writes PAY_SUCCESS, as notifications do.
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

/** An order with an address of its own: what arrives after it expired is still credited. */
export const addressOrderStatus: StatusTable = {
	...paymentOrderStatus,
	EXPIRED: { status: 'expired' },
	PAY_CLOSE: { status: 'expired' },
};

/** The values in query answers are not listed on any page; these are the notifications'. */
export const refundStatus: StatusTable = {
	REFUND_PROCESS: { status: 'processing' },
	REFUND_SUCCESS: { status: 'refunded', final: true },
	REFUND_REJECTED: { status: 'failed', final: true },
};

/** Numbers without a documented meaning: 1 in the example of the create call, 6 in that of the query. */
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

/** A debit, in queries and (with DEDUCT_) in notifications. */
export const subscriptionDebitStatus: StatusTable = {
	SUCCESS: { status: 'succeeded', final: true },
	DEDUCT_SUCCESS: { status: 'succeeded', final: true },
	DEDUCT_FAILED: { status: 'failed', final: true },
	FAIL: { status: 'failed', final: true },
	BLOCK: { status: 'action_required' },
};

/** 2 is paid and still to be redeemed, so it can change; 6 is Gate Pay's review. */
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

/** Transfers and charges between an institution's accounts are made at once; PENDING is an older page's. */
export const institutionMoveStatus: StatusTable = {
	PAID: { status: 'succeeded', final: true },
	PENDING: { status: 'pending' },
};

/** What was received on a static address: PAID in the list, the others in notifications. */
export const staticAddressPaymentStatus: StatusTable = {
	PAID: { status: 'succeeded', final: true },
	PAY_SUCCESS: { status: 'succeeded', final: true },
	PAY_BLOCK: { status: 'action_required' },
};
