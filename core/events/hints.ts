import { clock } from '../clock';
import { sha256 } from '../exact/hash';
import type { Account, Provider } from '../provider/provider';
import { slots } from '../wire/slots';

/**
 * The most hints of one account that may wait for their turn. Anyone who knows the URL can send as many as they like.
 */
const MAX_WAITING_HINTS = 10;

interface HintLane {
	inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
	waiting: number;
}

const lanes = new Map<string, HintLane>();

/**
 * Asks about the object of a hint, one hint at a time. Signed notifications do not wait in this queue. Undefined
 * where the queue is full, or where the time is over before the hint's turn.
 * @param until unix milliseconds
 */
export async function hinted<Result>(
	{ name }: Provider,
	{ origin, id, secrets }: Account,
	until: number,
	ask: () => Promise<Result>,
): Promise<Result | undefined> {
	const key = sha256([name, origin, id, ...secrets].join('\n'));
	const lane = lanes.get(key) ?? { inTurn: slots(1), waiting: 0 };
	if (lane.waiting >= MAX_WAITING_HINTS) return undefined;
	lanes.set(key, lane);
	lane.waiting += 1;
	try {
		return await lane.inTurn(async () => (clock.now() < until ? await ask() : undefined));
	} finally {
		lane.waiting -= 1;
		if (lane.waiting === 0) lanes.delete(key);
	}
}
