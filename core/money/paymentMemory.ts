import type { Claims } from './claims';

/** What n8n knows of a payment, whichever execution has sent it. */
export type Known =
	| { state: 'new' }
	/** It was sent, for the so-many-th time, and nobody has said what became of it. */
	| { state: 'sent'; times: number }
	| { state: 'applied'; isSame: boolean };

/** The memory of one payment. It survives executions, crashes and restarts. */
export interface PaymentMemory {
	recall(): Promise<Known>;
	/**
	 * Is written before the request leaves.
	 * @param times counted from 1: a person may settle that a send before has paid nothing
	 * @returns whether this call may send: of several at the same moment, only one gets true
	 */
	begin(times: number): Promise<boolean>;
	applied(): Promise<void>;
	/** Is only for a send that has provably paid nothing. */
	undo(times: number): Promise<void>;
}

/** Beyond this number somebody settles sends without looking. */
const MAX_SENDS = 100;

/**
 * A claim has no content, so what is known of a payment is which names are claimed. Nothing is written to find out.
 * @param payment names the payment: operation, account and reference
 * @param fingerprint names what exactly is sent
 */
export function paymentMemoryOf(claims: Claims, payment: string, fingerprint: string): PaymentMemory {
	const send = (times: number) => `${payment} send ${times}`;
	const applied = `${payment} applied`;
	const appliedAs = `${payment} applied as ${fingerprint}`;
	return {
		recall: async () => {
			let times = 0;
			while (times < MAX_SENDS && (await claims.isClaimed(send(times + 1)))) times += 1;
			if (times === 0) return { state: 'new' };
			if (await claims.isClaimed(applied))
				return { state: 'applied', isSame: await claims.isClaimed(appliedAs) };
			return { state: 'sent', times };
		},
		begin: async (times) => times <= MAX_SENDS && (await claims.claim(send(times))),
		applied: async () => {
			await claims.claim(send(1));
			// First as what: whoever reads in between finds a payment whose outcome is not known.
			await claims.claim(appliedAs);
			await claims.claim(applied);
		},
		undo: async (times) => await claims.release(send(times)),
	};
}
