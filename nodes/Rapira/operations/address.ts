import type { INodeProperties } from 'n8n-workflow';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Operation, Resource } from '../../../core/provider/operation';
import { addressField, addressOrHash, DOCS } from './fields';

const currency: INodeProperties = requiredText({
	displayName: 'Currency',
	name: 'currency',
	placeholder: 'e.g. usdt-trc20',
	description: 'Coin and network in lower case with a dash. The list of codes is not published.',
});

const order: INodeProperties = requiredText({
	displayName: 'Order Reference',
	name: 'nonce',
	placeholder: 'e.g. shop.example_42',
	description:
		'Your own reference of the order that the address is for. Rapira calls it nonce and wants it again when the use stops.',
});

/**
 * Here `nonce` names an order. In a payout it is a time. The two need different rules and must not share a generator.
 */
const orderRule: FieldRule = { kind: 'reference', maximumLength: 128 };

const currencyRule: FieldRule = {
	kind: 'reference',
	pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
	characters: 'lower-case letters, digits and -',
	maximumLength: 40,
};

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create deposit address',
	description: 'Get a new address to receive a coin. Show its memo to the payer when it has one.',
	request: 'POST /open/deposit_address',
	effect: 'write',
	wire: { parametersIn: 'query' },
	returns: {},
	docs: DOCS,
	fields: [currency],
	rules: { currency: currencyRule },
};

const createForOrder: Operation = {
	name: 'Create for Order',
	value: 'createForOrder',
	action: 'Create deposit address for order',
	description: 'Get a new address under your own order reference, with the amount that is expected',
	request: 'POST /open/deposit_address',
	effect: 'write',
	wire: { encoding: 'form' },
	referenceField: 'nonce',
	returns: {},
	docs: DOCS,
	fields: [order, currency],
	options: [
		optionalText({
			displayName: 'Expected Amount',
			name: 'amount',
			placeholder: 'e.g. 100.5',
			description: 'Decimal text in the coin. What Rapira makes of it is not documented.',
		}),
	],
	rules: { currency: currencyRule, nonce: orderRule, amount: { kind: 'amount', decimals: 8 } },
};

const stopUsing: Operation = {
	name: 'Stop Using',
	value: 'stopUsing',
	action: 'Stop using deposit address',
	description: 'End the use of an address when its order is done or dropped',
	request: 'POST /open/deposit_address/use/stop',
	effect: 'write',
	returns: {},
	docs: DOCS,
	fields: [
		addressField,
		order,
		{
			displayName: 'Order Was',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Dropped', value: 'delete' },
				{ name: 'Paid', value: 'success' },
			],
			required: true,
			default: 'success',
			description: 'What became of the order',
		},
	],
	rules: { address: addressOrHash, nonce: orderRule },
};

/** Addresses on which the account receives coins. */
export const address: Resource = {
	name: 'Deposit Address',
	value: 'address',
	operations: [create, createForOrder, stopUsing],
};
