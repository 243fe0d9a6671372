import type { INodeProperties } from 'n8n-workflow';
import { optionalText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling } from '../../../core/provider/standingOn';
import { addressOrHash, DOCS } from './fields';

const address: INodeProperties = optionalText({
	displayName: 'Address',
	name: 'address',
	placeholder: 'e.g. TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
	description: 'Only deposits to this address',
});

const unit: INodeProperties = optionalText({
	displayName: 'Coin',
	name: 'unit',
	placeholder: 'e.g. usdt',
	description: 'Only deposits of this coin. The one integration that filters by it writes it in lower case.',
});

const rules: NonNullable<Operation['rules']> = { address: addressOrHash };

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many deposits',
	description:
		'List coins that arrived, by address or coin. Credit an order once per transaction, address and memo.',
	request: 'POST /open/deposit/records',
	effect: 'read',
	wire: { encoding: 'form' },
	returns: {
		kind: 'deposit',
		list: ['content', 'data.content'],
		// The first page is 0 in every integration. If pages 0 and 1 are the same, `unique` still makes each row come
		// once.
		page: { number: 'pageNo', size: 'pageSize', first: 0, maximumSize: 100, unique: 'id' },
	},
	docs: DOCS,
	options: [address, unit],
	rules,
};

const reconcile: Operation = {
	...reconciling('deposit', getMany, { by: 'id' }),
	action: 'Reconcile deposits with your ledger',
	description:
		"Compare your ledger, the input items, with the deposits of a time range, by Rapira's deposit ID",
	options: [address, unit],
	rules,
};

/** Coins that have arrived. */
export const deposit: Resource = { name: 'Deposit', value: 'deposit', operations: [getMany, reconcile] };
