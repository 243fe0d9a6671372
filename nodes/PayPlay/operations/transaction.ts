import { requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import { COMMUNITY, MISC } from './fields';

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get transaction',
	description: 'Get one transaction, e.g. of a withdrawal, by the ID that PayPlay gave it',
	request: 'GET /private-api/transactions/{transactionId}',
	effect: 'read',
	referenceField: 'transactionId',
	about: { transactionId: 'id' },
	returns: { kind: 'transaction', data: 'transaction' },
	docs: MISC,
	fields: [
		requiredText({
			displayName: 'Transaction ID',
			name: 'transactionId',
			placeholder: 'e.g. 23d2ca58-20bf-416f-960b-8eae02224653',
		}),
	],
};

const waitUntilFinal: Operation = {
	...untilFinal('transaction', get),
	action: 'Wait until transaction is final',
	description:
		'Read a transaction repeatedly until its state is final. It is final when it is complete, declined or cancelled.',
};

// The answer is returned unchanged, because its form is not documented. A guessed path could give an empty list,
// which would say that nothing was paid.
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

const reconcile: Operation = {
	...reconciling('transaction', get, { by: 'id', ask: { parameter: 'transactionId', absent: ['404'] } }),
	action: 'Reconcile transactions with your ledger',
	description:
		"Compare your ledger, the input items, with transactions, e.g. of withdrawals, asked for one by one by PayPlay's transaction ID. What your ledger lacks cannot be found: the answer of the list is not documented.",
};

/** Transactions, by PayPlay's own IDs. */
export const transaction: Resource = {
	name: 'Transaction',
	value: 'transaction',
	operations: [get, waitUntilFinal, getMany, reconcile],
};
