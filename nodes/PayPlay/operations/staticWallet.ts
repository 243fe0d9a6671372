import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { untilFinal } from '../../../core/provider/standingOn';
import {
	byExternalOrderId,
	DECIMALS,
	externalOrderId,
	externalOrderIdField,
	ofPage,
	paymentPage,
	SISTER,
} from './fields';

const PAGE = `${SISTER}/static-wallets`;

const network: INodeProperties = fromList(
	{
		displayName: 'Network',
		name: 'network',
		description: 'The network of the deposit address. Choose the currency first.',
	},
	'searchWalletNetworks',
	'e.g. TRC20',
	'By Name',
);

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create static wallet order',
	description:
		'Create an order and reserve a deposit address. The answer is the ID alone; Get shows the address.',
	request: 'POST /acquiring/{slug}/pay',
	wire: {
		fromAccount: ofPage,
		// Every sample has this value, and so has one of the two versions of the table.
		constants: { method: 'WALLET' },
	},
	effect: 'write',
	referenceField: 'external_order_id',
	lookup: byExternalOrderId,
	same: { fields: { external_order_id: 'external_order_id', amount: 'value' } },
	proof: { has: ['id'] },
	returns: { kind: 'staticWallet', data: 'order' },
	docs: PAGE,
	fields: [
		fromList(
			{ displayName: 'Currency', name: 'currency_id', description: 'The coin to be paid in' },
			'searchWalletCurrencies',
			'e.g. d9da4bdc-1c0b-4835-8ec6-a7118247340f',
		),
		network,
		requiredText({
			displayName: 'Amount',
			name: 'amount',
			placeholder: 'e.g. 20',
			description: 'Decimal text. Least and largest amount depend on the network.',
		}),
		externalOrderIdField,
	],
	options: [paymentPage],
	rules: { amount: { kind: 'amount', decimals: DECIMALS }, external_order_id: externalOrderId },
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get static wallet order',
	description:
		'Get the deposit address and the state of an order. A memo, where there is one, has to be shown to the payer.',
	request: 'GET /acquiring/{slug}/order/{orderId}',
	wire: { fromAccount: ofPage },
	effect: 'read',
	referenceField: 'orderId',
	about: { orderId: 'id' },
	returns: { kind: 'staticWallet', data: 'order' },
	docs: PAGE,
	fields: [
		requiredText({
			displayName: 'Order ID',
			name: 'orderId',
			placeholder: 'e.g. 43a7afe4-9964-4c2d-967c-3a16c41db4d8',
			description: 'The ID that Create has returned',
		}),
	],
	options: [paymentPage],
};

const waitUntilFinal: Operation = {
	...untilFinal('staticWallet', get),
	action: 'Wait until static wallet order is final',
	description:
		'Read a static wallet order repeatedly until its state is final. Only a complete order is final: a late payment can still complete a declined or cancelled one.',
};

const getCurrencies: Operation = {
	name: 'Get Many Currencies',
	value: 'getCurrencies',
	action: 'Get many currencies of static wallets',
	description: 'List the coins of a payment page with their networks, limits and fees',
	request: 'GET /acquiring/{slug}/currencies',
	wire: { fromAccount: ofPage },
	effect: 'read',
	returns: { list: 'currencies', shape: 'walletCurrency' },
	docs: PAGE,
	options: [paymentPage],
};

/** Orders that return a deposit address instead of a payment form. */
export const staticWallet: Resource = {
	name: 'Static Wallet',
	value: 'staticWallet',
	operations: [create, get, waitUntilFinal, getCurrencies],
};
