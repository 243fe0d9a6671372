import type { StatusTable } from '../../core/provider/payment';

/**
 * Statuses of orders of any kind. Only COMPLETE means paid. DECLINED and CANCELED are not final, because a later
 * COMPLETE replaces them. The second spelling of cancelled belongs to transactions, but is accepted here as well.
 */
export const orderStatus: StatusTable = {
	INIT: { status: 'created' },
	OPEN: { status: 'pending' },
	PARTIALLY_FULFILLED: { status: 'action_required' },
	COMPLETE: { status: 'succeeded', final: true },
	DECLINED: { status: 'failed' },
	CANCELED: { status: 'cancelled' },
	CANCELLED: { status: 'cancelled' },
};

/** Statuses of transactions, withdrawals and conversions. */
export const transactionStatus: StatusTable = {
	PENDING_WITHDRAWAL: { status: 'processing' },
	COMPLETE: { status: 'succeeded', final: true },
	DECLINED: { status: 'failed', final: true },
	CANCELLED: { status: 'cancelled', final: true },
	CANCELED: { status: 'cancelled', final: true },
};

/** The meaning of `is_refunded` in an order for which a refund was requested. The order's own status stays COMPLETE. */
export const refundStatus: StatusTable = {
	true: { status: 'refunded', final: true },
	false: { status: 'processing' },
};
