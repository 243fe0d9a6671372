import { textOf, type JsonObject } from '../../core/exact/json';
import type { Watch } from '../../core/events/watching';

/** No time zone is further behind UTC. */
const FURTHEST_BEHIND_MS = 12 * 60 * 60 * 1000;

/** The objects that Rapira can list. The polling trigger's choices use these names. Neither list takes a time range. */
export const watches: Readonly<Record<string, Watch>> = {
	deposits: {
		event: 'deposit',
		operation: 'deposit.getMany',
		reads: () => [{}],
		// The field is called `coin`, because the trigger uses `unit` for its unit of time.
		filters: { address: 'address', unit: 'coin' },
		madeBy: depositMadeBy,
	},
	payouts: { event: 'payout', operation: 'payout.getMany', reads: () => [{}], madeBy: payoutMadeBy },
};

/** The latest moment that a creation time without a zone can mean. */
function payoutMadeBy({ createTime }: JsonObject): number | undefined {
	const text = textOf(createTime);
	if (text === undefined || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
	const asIfUtc = Date.parse(`${text.replace(' ', 'T')}Z`);
	return Number.isNaN(asIfUtc) ? undefined : asIfUtc + FURTHEST_BEHIND_MS;
}

/** Unix time. The page does not say whether it is in seconds or in milliseconds. */
function depositMadeBy({ createTimeTimestamp }: JsonObject): number | undefined {
	const text = textOf(createTimeTimestamp);
	if (text === undefined || !/^\d{10}(\d{3})?$/.test(text)) return undefined;
	return Number(text) * (text.length === 10 ? 1000 : 1);
}
