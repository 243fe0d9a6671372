import { rapira } from '../../nodes/Rapira/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

describeRows(rapira, readContract('rapira'), {
	// The credential calls Generate JWT.
	covered: ({ operationId }) => operationId !== 'generateJwt',
	count: 20,
	// The amount's rule is stricter than the pattern: it limits the decimals and refuses zero. A nonce may be a number or a
	// text: the node makes a number, and the user's own is sent as text.
	ownRule: ['create.amount', 'create.nonce'],
});
