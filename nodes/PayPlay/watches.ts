import type { Watch } from '../../core/events/watching';
import { writeTime } from '../../core/exact/time';

/** PayPlay does not name the zone of its times. No zone is a whole day away from UTC. */
const ZONE_TOLERANCE_MS = 24 * 60 * 60 * 1000;

const reads: Watch['reads'] = ({ from, to }) => [
	{
		date_from: writeTime(from - ZONE_TOLERANCE_MS, 'date and time'),
		date_to: writeTime(to + ZONE_TOLERANCE_MS, 'date and time'),
	},
];

const oneByOne: Watch['reads'] = (_range, references) =>
	references.map((transactionId) => ({ transactionId }));

/** The objects that PayPlay can list or read by ID. The polling trigger's choices use these names. */
export const watches: Readonly<Record<string, Watch>> = {
	orders: { event: 'order', operation: 'order.getMany', reads },
	cryptoOrders: { event: 'order', operation: 'cryptoOrder.getMany', reads },
	// Only the path of the list of transactions is known, and there is no list of withdrawals.
	transactions: { event: 'transaction', operation: 'transaction.get', reads: oneByOne },
	withdrawals: { event: 'withdrawal', operation: 'transaction.get', reads: oneByOne },
};
