import { optionalText, optionalTime } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import {
	currencies,
	DOCS,
	includeCommission,
	orderId,
	orderIdField,
	paymentCurrencyIso,
	price,
	priceField,
} from './fields';

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create order',
	description: 'Create an invoice and get the link of its payment page',
	request: 'POST /v1/order/create',
	effect: 'write',
	referenceField: 'order_id',
	lookup: { operation: 'order.get', by: 'order_id', field: 'order_id' },
	same: {
		fields: {
			price: 'price',
			payment_currency_iso: 'payment_currency_iso',
			include_commission: 'include_commission',
		},
	},
	proof: { has: ['id'], reference: 'order_id' },
	returns: { kind: 'order' },
	docs: DOCS,
	fields: [orderIdField, paymentCurrencyIso, priceField, includeCommission],
	options: [
		currencies,
		optionalText({ displayName: 'Description', name: 'description', placeholder: 'e.g. Order 1042' }),
		optionalTime({
			displayName: 'Expires At',
			name: 'time_expired',
			description: 'When the order expires. Without it, OkiPays decides.',
		}),
	],
	rules: {
		order_id: orderId,
		price,
		time_expired: { kind: 'time', as: 'seconds' },
		'currencies.network': { kind: 'integer' },
	},
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get order',
	description: 'Get an order with its status by your own order number',
	request: 'POST /v1/order/get',
	effect: 'read',
	about: { order_id: 'order_id' },
	returns: { kind: 'order' },
	docs: DOCS,
	fields: [{ ...orderIdField, description: 'Your own order number' }],
	rules: { order_id: orderId },
};

const waitUntilFinal: Operation = {
	...untilFinal('order', get),
	action: 'Wait until order is final',
	description:
		'Read an order repeatedly until its state is final. Only completed, cancelled and deleted orders are final: a paid one waits for its completion, and a late payment can still settle an expired one.',
};

const reconcile: Operation = {
	...reconciling('order', get, { by: 'reference', ask: { parameter: 'order_id', absent: ['14'] } }),
	action: 'Reconcile orders with your ledger',
	description:
		'Compare your ledger, the input items, with orders, asked for one by one by your Order ID. What your ledger lacks cannot be found, because there is no list.',
};

/** Invoices with a hosted payment page. */
export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: [create, get, waitUntilFinal, reconcile],
};
