import type { StatusTable } from '../../core/provider/payment';

/** Statuses of crypto withdrawals: all that two integrations handle. Only SUCCESS was recorded live. */
export const payoutStatus: StatusTable = {
	CREATE: { status: 'created' },
	PENDING: { status: 'pending' },
	WAITING: { status: 'pending' },
	PROCESSING: { status: 'processing' },
	SUCCESS: { status: 'succeeded', final: true },
	FAIL: { status: 'failed', final: true },
	REJECT: { status: 'failed', final: true },
	CANCELED: { status: 'cancelled', final: true },
	CANCEL_BY_USER: { status: 'cancelled', final: true },
};

/** Statuses of deposits to addresses. */
export const depositStatus: StatusTable = {
	MEMPOOL: { status: 'pending' },
	PENDING: { status: 'pending' },
	PENDING_CONFIRMATIONS: { status: 'pending' },
	PENDING_AML: { status: 'processing' },
	MANUAL_CHECK: { status: 'processing' },
	SUCCESS: { status: 'succeeded', final: true },
	FAILED: { status: 'failed', final: true },
	REJECTED: { status: 'failed', final: true },
	RETURNED: { status: 'refunded', final: true },
};
