import type { Watch } from '../../core/events/watching';

/** The objects that Gate Pay can list. The polling trigger's choices use these names. */
export const watches: Readonly<Record<string, Watch>> = {
	otcDeposits: {
		event: 'otc',
		operation: 'otc.getDeposits',
		reads: ({ from, to }) => [{ startTime: from, endTime: to }],
	},
	// The page documents no parameters for this list.
	otcDepositsOlder: { event: 'otc', operation: 'otc.getDepositsOlder', reads: () => [{}] },
	otcWithdrawals: {
		event: 'otc',
		operation: 'otc.getWithdrawals',
		reads: ({ from, to }) => [{ type: 'SELL', startTime: String(from), endTime: String(to) }],
	},
	// Batches cannot be listed, so each is asked for by its reference.
	payouts: {
		event: 'payout',
		operation: 'payout.get',
		reads: (_range, references) =>
			references.map((reference) => ({ batch_id: reference, detail_status: 'ALL' })),
	},
};
