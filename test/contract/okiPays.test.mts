import { okiPays } from '../../nodes/OkiPays/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

describeRows(okiPays, readContract('okipays'), {
	// Of the others only the names are known, from other people's software.
	covered: ({ docStatus }) => docStatus !== 'inferred',
	count: 4,
	filledIn: {
		// The credential adds it and signs it.
		create: ['request_id'],
		get: ['request_id'],
	},
	ownRule: [
		// The contract allows a number or a text, and the page says "float". So it is a number with exactly the typed digits.
		'create.price',
		// The sample has seconds. The user chooses a date.
		'create.time_expired',
	],
});
