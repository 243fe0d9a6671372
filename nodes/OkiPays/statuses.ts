import type { StatusTable } from '../../core/provider/payment';

/**
 * All order states by their documented names. The page does not say which ones are final. A late payment may still
 * turn `Pay Failed`, `Error` and `Expired` into a paid state. Paid and Overpayment wait for the merchant's answer.
 */
export const orderStatus: StatusTable = {
	Created: { status: 'created' },
	'In Process': { status: 'processing' },
	Partially: { status: 'action_required' },
	Paid: { status: 'succeeded' },
	Overpayment: { status: 'succeeded' },
	Completed: { status: 'succeeded', final: true },
	Cancelled: { status: 'cancelled', final: true },
	Canceled: { status: 'cancelled', final: true },
	'Pay Failed': { status: 'failed' },
	Error: { status: 'failed' },
	Expired: { status: 'expired' },
	Deleted: { status: 'cancelled', final: true },
};

/** The state for each `status_id`. */
export const orderStatusId: Readonly<Record<string, string>> = {
	'0': 'Created',
	'1': 'Partially',
	'2': 'Completed',
	'3': 'Cancelled',
	'4': 'Pay Failed',
	'5': 'Error',
	'6': 'In Process',
	'7': 'Expired',
	'8': 'Paid',
	'9': 'Deleted',
	'10': 'Overpayment',
};

/** The states in which the whole price was paid. */
export const PAID: ReadonlySet<unknown> = new Set(['Paid', 'Overpayment', 'Completed']);
