import type { StatusTable } from '../../core/provider/payment';

/** Statuses of invoices. A dispute can reopen `paid`, `canceled` and `expired`, although the pages call them final. */
export const invoiceStatus: StatusTable = {
	new: { status: 'created' },
	paid: { status: 'succeeded', final: true },
	canceled: { status: 'cancelled', final: true },
	expired: { status: 'expired', final: true },
	dispute: { status: 'action_required' },
};

/**
 * Statuses of deals. They give a `new` invoice a finer status. Only the invoice itself says that it is paid or over.
 * `transfer_confirmed` is only the payer's claim.
 */
export const dealStatus: StatusTable = {
	new: { status: 'created' },
	transfer_waiting: { status: 'pending' },
	transfer_confirmed: { status: 'processing' },
	completed: { status: 'processing' },
	canceled: { status: 'action_required' },
	expired: { status: 'action_required' },
	dispute: { status: 'action_required' },
};

/** Results of a dispute. They give an invoice in `dispute` a finer status, but do not make it final. */
export const disputeResult: StatusTable = {
	ACCEPTED: { status: 'processing' },
	AMOUNT_CHANGED: { status: 'processing' },
	REQUISITES_MISMATCH_IN_CONFIRM_DOCS: { status: 'action_required' },
	INVALID_PAYMENT_METHOD: { status: 'action_required' },
	TTL_EXPIRED: { status: 'action_required' },
	FRAUD_CONFIRM_DOCS: { status: 'action_required' },
	WAITING_CONFIRM_DOCS_FROM_MERCHANT: { status: 'action_required' },
	WAITING_CONFIRM_DOCS_FROM_TRADER: { status: 'processing' },
	UNKNOWN: { status: 'action_required' },
};

/** A withdrawal's status is a number, and no page explains it. Only the transaction hash shows that it was sent. */
export const withdrawalStatus: StatusTable = {
	'no txId': { status: 'pending' },
	txId: { status: 'succeeded', final: true },
};
