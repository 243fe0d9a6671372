import type { Operation, Resource } from '../../../core/operation';
import { COMMUNITY, MISC } from './shared';

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a transaction',
	description: 'Get one transaction, e.g. of a withdrawal, by the ID that PayPlay gave it',
	request: 'GET /private-api/transactions/{transactionId}',
	effect: 'read',
	reference: 'transactionId',
	returns: { kind: 'transaction', data: 'transaction' },
	docs: MISC,
	fields: [
		{
			displayName: 'Transaction ID',
			name: 'transactionId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 23d2ca58-20bf-416f-960b-8eae02224653',
		},
	],
};

const waitUntilFinal: Operation = {
	...get,
	name: 'Wait Until Final',
	value: 'waitUntilFinal',
	action: 'Wait until a transaction is final',
	description:
		'Ask for a transaction again and again until its state is final. It is when it is complete, declined or cancelled, e.g. that of a withdrawal.',
	standsOn: 'transaction.get',
	until: 'final',
};

// Returned as it is: an empty list made of a shape that was guessed would say that nothing was paid.
const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many transactions',
	description: 'Get a page of transactions, exactly as PayPlay answers',
	request: 'GET /private-api/transactions',
	effect: 'read',
	unverified: 'only the path is documented, neither the parameters nor the answer',
	returns: {},
	docs: COMMUNITY,
	options: [
		{
			displayName: 'Page',
			name: 'page',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description: 'Which page, counted from 1',
		},
		{
			displayName: 'Per Page',
			name: 'per_page',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'How many transactions a page has',
		},
	],
	rules: { page: { kind: 'integer', minimum: 1 }, per_page: { kind: 'integer', minimum: 1 } },
};

/** What moved, by PayPlay's own IDs. */
export const transaction: Resource = {
	name: 'Transaction',
	value: 'transaction',
	operations: [get, waitUntilFinal, getMany],
};
