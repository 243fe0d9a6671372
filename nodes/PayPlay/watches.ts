import type { Watch } from '../../core/events/watching';
import { writeTime } from '../../core/exact/time';

/** PayPlay does not say in which zone its times are; no zone is a whole day away from UTC. */
const ZONE_TOLERANCE_MS = 24 * 60 * 60 * 1000;

const reads: Watch['reads'] = ({ from, to }) => [
	{
		date_from: writeTime(from - ZONE_TOLERANCE_MS, 'date and time'),
		date_to: writeTime(to + ZONE_TOLERANCE_MS, 'date and time'),
	},
];

const oneByOne: Watch['reads'] = (_range, references) =>
	references.map((transactionId) => ({ transactionId }));

/** What PayPlay can list, and what it can be asked about, as the polling trigger's choices name it. */
export const watches: Readonly<Record<string, Watch>> = {
	orders: { event: 'order', operation: 'order.getMany', reads },
	cryptoOrders: { event: 'order', operation: 'cryptoOrder.getMany', reads },
	// The list of transactions is known by its path only, and there is none of withdrawals.
	transactions: { event: 'transaction', operation: 'transaction.get', reads: oneByOne },
	withdrawals: { event: 'withdrawal', operation: 'transaction.get', reads: oneByOne },
};
