import type { Watch } from '../../core/events/watching';
import { eventName } from './webhook';

/** BridgePay has no list of anything that changes: it is asked one by one. */
export const watches: Readonly<Record<string, Watch>> = {
	// By the merchant's own reference: it is known before the invoice is, and survives a lost answer.
	invoices: {
		event: eventName,
		operation: 'invoice.getByInternalId',
		reads: (_range, references) => references.map((reference) => ({ internalId: reference })),
	},
	// They have no reference of the merchant and no notification.
	withdrawals: {
		event: eventName,
		operation: 'withdrawal.get',
		reads: (_range, references) => references.map((id) => ({ id })),
	},
};
