import { fromList } from '../../../core/fields/fromList';
import { requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { untilFinal } from '../../../core/provider/standingOn';
import {
	byExternalOrderId,
	COMMUNITY,
	DECIMALS,
	externalOrderId,
	externalOrderIdField,
	links,
	ofPage,
	orderFilterRules,
	orderFilters,
	orderId,
	orderPages,
	paymentPage,
	sameOrder,
	SISTER,
} from './fields';

const PAGE = `${SISTER}/acquiring/crypto`;

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create crypto order',
	description: 'Create an order and get the link of the payment form to send the payer to',
	request: 'POST /private-api/crypto-orders/{slug}',
	wire: { fromAccount: ofPage },
	effect: 'write',
	referenceField: 'external_order_id',
	lookup: byExternalOrderId,
	same: sameOrder,
	proof: { has: ['id'], reference: 'external_order_id' },
	returns: { kind: 'order', data: 'order' },
	docs: PAGE,
	fields: [
		requiredText({
			displayName: 'Amount',
			name: 'amount',
			placeholder: 'e.g. 300',
			description: 'Decimal text, at most 10000000. The least amount depends on the currency.',
		}),
		fromList(
			{
				displayName: 'Currency',
				name: 'currency',
				description: 'The currency of the invoice; the payer chooses the coin',
			},
			'searchOrderCurrencies',
			'e.g. USDT',
			'By Ticker',
		),
		externalOrderIdField,
	],
	options: [...links, paymentPage],
	rules: {
		amount: { kind: 'amount', decimals: DECIMALS, maximum: '10000000' },
		external_order_id: externalOrderId,
	},
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get crypto order',
	description: 'Get one crypto order. Only the status COMPLETE means paid.',
	request: 'GET /private-api/crypto-orders/{slug}/{orderId}',
	wire: { fromAccount: ofPage },
	effect: 'read',
	referenceField: 'orderId',
	about: { orderId: 'id' },
	returns: { kind: 'order', data: 'order' },
	docs: PAGE,
	fields: [orderId],
	options: [paymentPage],
};

const waitUntilFinal: Operation = {
	...untilFinal('cryptoOrder', get),
	action: 'Wait until crypto order is final',
	description:
		'Read a crypto order repeatedly until its state is final. Only a complete or refunded order is final: a late payment can still complete a declined or cancelled one.',
};

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many crypto orders',
	description: 'List the crypto orders of a payment page',
	request: 'GET /private-api/crypto-orders/{slug}',
	wire: { fromAccount: ofPage },
	effect: 'read',
	returns: { kind: 'order', list: 'orders', page: orderPages },
	docs: PAGE,
	options: orderFilters,
	rules: orderFilterRules,
};

const getCurrencies: Operation = {
	name: 'Get Many Currencies',
	value: 'getCurrencies',
	action: 'Get many currencies of crypto orders',
	description: 'List the currencies that a crypto order can have, with least and largest amount',
	request: 'GET /currencies/crypto-order-target-currencies',
	effect: 'read',
	returns: { list: 'currencies' },
	docs: PAGE,
};

// PayPlay does not document what this call does to money, so it has the same protection as a payout.
const complete: Operation = {
	name: 'Complete',
	value: 'complete',
	action: 'Complete crypto order',
	description:
		'Close a crypto order, presumably a partly paid one with what has arrived. PayPlay documents neither conditions nor effect, and it looks irreversible.',
	request: 'POST /private-api/crypto-orders/{slug}/{orderId}/complete',
	wire: { fromAccount: ofPage, encoding: 'none' },
	effect: 'money',
	moves: { amount: [], currency: [], to: [], unsaid: 'PayPlay takes no amount when an order is completed' },
	once: { remembered: true, see: 'cryptoOrder.get' },
	referenceField: 'orderId',
	proof: { has: ['id'], same: { fields: { orderId: 'id' } } },
	returns: { kind: 'order', data: 'order' },
	docs: COMMUNITY,
	fields: [orderId],
	options: [paymentPage],
};

/** Orders with a hosted payment form. */
export const cryptoOrder: Resource = {
	name: 'Crypto Order',
	value: 'cryptoOrder',
	operations: [create, get, waitUntilFinal, getMany, getCurrencies, complete],
};
