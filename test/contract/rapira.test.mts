import { rapira } from '../../nodes/Rapira/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

describeRows(rapira, readContract('rapira'), {
	// Generate JWT is the credential's.
	covered: ({ operationId }) => operationId !== 'generateJwt',
	count: 20,
	// Stricter than the pattern of a decimal: a limit of decimals, no zero. A nonce may be a number or text: the node
	// makes a number, the user's own goes as text.
	ownRule: ['create.amount', 'create.nonce'],
});
