import type { Operation, Resource } from '../../../core/provider/operation';
import { DOCS } from './fields';

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many balances',
	description: 'List the balance of each coin. AMLC counts AML checks.',
	request: 'GET /open/wallet/balance',
	effect: 'read',
	returns: { list: '', shape: 'exactNumbers' },
	docs: DOCS,
};

const getFrozen: Operation = {
	name: 'Get Frozen',
	value: 'getFrozen',
	action: 'Get frozen balances',
	description: 'Get what is frozen, as one object. It is empty when nothing is.',
	request: 'GET /open/wallet/balance/frozen',
	effect: 'read',
	returns: {},
	docs: DOCS,
};

/** The account's balances. */
export const balance: Resource = { name: 'Balance', value: 'balance', operations: [getMany, getFrozen] };
