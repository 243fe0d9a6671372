import type { Watch } from '../../core/events/watching';

/** What Gate Pay can list, as the polling trigger's choices name it. */
export const watches: Readonly<Record<string, Watch>> = {
	otcDeposits: {
		event: 'otc',
		operation: 'otc.getDeposits',
		reads: ({ from, to }) => [{ startTime: from, endTime: to }],
	},
	// This list is documented without parameters.
	otcDepositsOlder: { event: 'otc', operation: 'otc.getDepositsOlder', reads: () => [{}] },
	otcWithdrawals: {
		event: 'otc',
		operation: 'otc.getWithdrawals',
		reads: ({ from, to }) => [{ type: 'SELL', startTime: String(from), endTime: String(to) }],
	},
	// Batches cannot be listed; they can be asked about.
	payouts: {
		event: 'payout',
		operation: 'payout.get',
		reads: (_range, references) =>
			references.map((reference) => ({ batch_id: reference, detail_status: 'ALL' })),
	},
};
