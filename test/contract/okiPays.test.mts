import { okiPays } from '../../nodes/OkiPays/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

describeRows(okiPays, readContract('okipays'), {
	// The others are known by name only, from software of others.
	covered: ({ docStatus }) => docStatus !== 'inferred',
	count: 4,
	filledIn: {
		// The credential adds and signs it.
		create: ['request_id'],
		get: ['request_id'],
	},
	ownRule: [
		// Number or text in the contract; "float" on the page, so a number with exactly the digits that were typed.
		'create.price',
		// Seconds in the sample; the user chooses a date.
		'create.time_expired',
	],
});
