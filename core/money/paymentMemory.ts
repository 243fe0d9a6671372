import type { Claims } from './claims';

/** What n8n knows about a payment, no matter which execution sent it. */
export type Known =
	| { state: 'new' }
	/** It was sent this many times, and nobody knows the result of the last send. */
	| {
			state: 'sent';
			times: number;
			/**
			 * `under way`: an execution may be sending at this moment. `on its way`: the last send is over, without a clear
			 * answer, and its request may still arrive. `over`: it is over for so long that it does not arrive any more.
			 */
			lastSend: 'under way' | 'on its way' | 'over';
	  }
	| { state: 'applied'; isSame: boolean };

/** The memory of one payment. It survives executions, crashes and restarts. */
export interface PaymentMemory {
	recall(): Promise<Known>;
	/**
	 * Writes that a send begins. Call it before the request leaves.
	 * @param times the number of the send, counted from 1; a person may settle that an earlier send has paid nothing
	 * @returns whether this call may send; of several calls at the same moment, only one gets true
	 */
	begin(times: number): Promise<boolean>;
	applied(): Promise<void>;
	/** Writes that a send is over, and that its result is not known. */
	over(times: number): Promise<void>;
	/**
	 * Removes a send. Call it only if the send has provably paid nothing. What a person or a later send has added stays.
	 */
	undo(times: number): Promise<void>;
}

/**
 * A request without an answer may wait in a queue of the provider, or of a proxy before it. Within this time
 * (milliseconds) after its send, an absence proves nothing.
 */
const ON_ITS_WAY_MS = 15 * 60_000;

/** A claim has no content, so the time of an end is claimed as the number of a span of time. */
const SPAN_MS = 5 * 60_000;

/** The most sends of one payment. A person who needs more settles without looking. */
const MAX_SENDS = 100;

/**
 * The memory of one payment. A claim has no content, so the claimed names themselves are the memory. Reading writes
 * nothing.
 * @param payment names the payment: provider, request line and reference
 * @param fingerprint names the exact content that is sent, and the account
 * @param now Unix milliseconds
 */
export function paymentMemoryOf(
	claims: Claims,
	payment: string,
	fingerprint: string,
	now: () => number,
): PaymentMemory {
	const send = (times: number) => `${payment} send ${times}`;
	const over = (times: number) => `${send(times)} over`;
	const overIn = (times: number, span: number) => `${over(times)} in ${span}`;
	const span = () => Math.floor(now() / SPAN_MS);
	const lastSend = async (times: number) => {
		if (!(await claims.isClaimed(over(times)))) return 'under way';
		const spans = ON_ITS_WAY_MS / SPAN_MS;
		const latest = span() + spans;
		// The clock of the worker that sent it may be ahead of this one.
		for (let earlier = 0; earlier <= 2 * spans; earlier += 1) {
			if (await claims.isClaimed(overIn(times, latest - earlier))) return 'on its way';
		}
		return 'over';
	};
	const applied = `${payment} applied`;
	const appliedAs = `${payment} applied as ${fingerprint}`;
	return {
		recall: async () => {
			let times = 0;
			while (times < MAX_SENDS && (await claims.isClaimed(send(times + 1)))) times += 1;
			// A payment that was made is never new, whichever of its sends were undone.
			if (await claims.isClaimed(applied))
				return { state: 'applied', isSame: await claims.isClaimed(appliedAs) };
			if (times === 0) return { state: 'new' };
			return { state: 'sent', times, lastSend: await lastSend(times) };
		},
		begin: async (times) => times <= MAX_SENDS && (await claims.claim(send(times))),
		applied: async () => {
			await claims.claim(send(1));
			// The content is claimed first. An execution that reads between the two claims sees a payment with an
			// unknown outcome.
			await claims.claim(appliedAs);
			await claims.claim(applied);
		},
		over: async (times) => {
			await claims.claim(overIn(times, span()));
			await claims.claim(over(times));
		},
		undo: async (times) => {
			// A person has settled this send meanwhile, and it was sent once more. The sends are counted from the first.
			if (await claims.isClaimed(send(times + 1))) return;
			await claims.release(send(times));
		},
	};
}
