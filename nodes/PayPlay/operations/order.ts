import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import { MISC, ofPage, orderFilterRules, orderFilters, orderId, orderPages, paymentPage } from './fields';

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get order',
	description: 'Get one order of a payment page, of any kind. Only the status COMPLETE means paid.',
	request: 'GET /private-api/orders/{slug}/{orderId}',
	wire: { fromAccount: ofPage },
	effect: 'read',
	referenceField: 'orderId',
	about: { orderId: 'id' },
	returns: { kind: 'order', data: 'order' },
	docs: MISC,
	fields: [orderId],
	options: [paymentPage],
};

const waitUntilFinal: Operation = {
	...untilFinal('order', get),
	action: 'Wait until order is final',
	description:
		'Read an order repeatedly until its state is final. Only a complete or refunded order is final: a late payment can still complete a declined or cancelled one.',
};

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many orders',
	description: 'List the orders of a payment page, of any kind',
	request: 'GET /private-api/orders/{slug}',
	wire: { fromAccount: ofPage },
	effect: 'read',
	returns: { kind: 'order', list: 'orders', page: orderPages },
	docs: MISC,
	options: orderFilters,
	rules: orderFilterRules,
};

const getStatuses: Operation = {
	name: 'Get Many Statuses',
	value: 'getStatuses',
	action: 'Get many order statuses',
	description: 'List the statuses that an order can have, with the IDs that filter by them',
	request: 'GET /private-api/order-statuses',
	effect: 'read',
	returns: { list: 'order_statuses' },
	docs: MISC,
};

const reconcile: Operation = {
	...reconciling('order', getMany, { by: 'reference', range: { from: 'date_from', to: 'date_to' } }),
	action: 'Reconcile orders with your ledger',
	description:
		'Compare your ledger, the input items, with the orders of a payment page in a time range, by External Order ID. PayPlay does not name the time zone of its times: they are read as UTC.',
	wire: { fromAccount: ofPage },
	options: [paymentPage],
};

/** Orders of any kind under one payment page. */
export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: [get, waitUntilFinal, getMany, getStatuses, reconcile],
};
