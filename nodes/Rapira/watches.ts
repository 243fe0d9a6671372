import { textOf, type JsonObject } from '../../core/exact/json';
import type { Watch } from '../../core/events/watching';

/** No place on earth is further behind UTC. */
const FURTHEST_BEHIND_MS = 12 * 60 * 60 * 1000;

/** What Rapira can list, as the polling trigger's choices name it. Neither list takes a range of time. */
export const watches: Readonly<Record<string, Watch>> = {
	deposits: {
		event: 'deposit',
		operation: 'deposit.getMany',
		reads: () => [{}],
		// `unit` is the trigger's own unit of time.
		filters: { address: 'address', unit: 'coin' },
		madeBy: depositMadeBy,
	},
	payouts: { event: 'payout', operation: 'payout.getMany', reads: () => [{}], madeBy: payoutMadeBy },
};

/** A time without a zone, at the latest that it can be meant. */
function payoutMadeBy({ createTime }: JsonObject): number | undefined {
	const text = textOf(createTime);
	if (text === undefined || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
	const asIfUtc = Date.parse(`${text.replace(' ', 'T')}Z`);
	return Number.isNaN(asIfUtc) ? undefined : asIfUtc + FURTHEST_BEHIND_MS;
}

/** Unix time; whether in seconds or in milliseconds is not documented. */
function depositMadeBy({ createTimeTimestamp }: JsonObject): number | undefined {
	const text = textOf(createTimeTimestamp);
	if (text === undefined || !/^\d{10}(\d{3})?$/.test(text)) return undefined;
	return Number(text) * (text.length === 10 ? 1000 : 1);
}
