import type { Watch } from '../../core/events/watching';
import { eventName } from './webhook';

/** BridgePay has no list of objects that change, so each is asked for by its ID. */
export const watches: Readonly<Record<string, Watch>> = {
	// This uses the merchant's own reference. It is known before the invoice exists, and it is still known when an
	// answer was lost.
	invoices: {
		event: eventName,
		operation: 'invoice.getByInternalId',
		reads: (_range, references) => references.map((reference) => ({ internalId: reference })),
	},
	// Withdrawals have no reference of the merchant and no notification.
	withdrawals: {
		event: eventName,
		operation: 'withdrawal.get',
		reads: (_range, references) => references.map((id) => ({ id })),
	},
};
