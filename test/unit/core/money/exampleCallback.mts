import type { Operation } from '../../../../core/provider/operation.ts';
import { payout } from '../../examplePay.mts';

/** A payout that sleeps until the provider calls about it. */
export const payoutAndWait: Operation = {
	...payout,
	name: 'Create and Wait',
	value: 'createAndWait',
	does: {
		callback: {
			parameter: 'callbackUrl',
			about: { id: 'id' },
			read: { operation: 'payout.get', by: { reference: 'reference' } },
		},
	},
};

/** An address that outlives the execution: only a payment that is newer than the execution's beginning counts. */
export const addressAndWait: Operation = {
	...payout,
	name: 'Save Address and Wait',
	value: 'saveAndWait',
	effect: 'write',
	lookup: undefined,
	does: {
		callback: { parameter: 'callbackUrl', about: { reference: 'reference' }, kinds: ['addressPayment'] },
	},
};
