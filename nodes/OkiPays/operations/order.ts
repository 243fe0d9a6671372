import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, optionalTime, requiredText } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';

const DOCS = 'https://okipays.com/api';

/** "integer, unique". The signature is certain up to 14 digits. */
const orderId: FieldRule = { kind: 'integer', maximum: 99_999_999_999_999 };

/** A JSON number with the typed digits. A number that PHP would write in another form is refused, never rounded. */
const price: FieldRule = { kind: 'amount', as: 'number', decimals: 17, significant: 14, minimum: '0.0001' };

const orderIdField: INodeProperties = requiredText({
	displayName: 'Order ID',
	name: 'order_id',
	placeholder: 'e.g. 1042',
	description:
		'Your own order number: a whole number of at most 14 digits. It must be unique; never use a new one to try an order again.',
});

const coinField: INodeProperties = fromList(
	{ displayName: 'Coin', name: 'iso' },
	'searchCoins',
	'e.g. USDT',
	'By Code',
);

const networkField: INodeProperties = fromList(
	{ displayName: 'Network', name: 'network', description: 'Choose the coin first' },
	'searchNetworks',
	'e.g. 2',
);

const includeCommission: INodeProperties = {
	displayName: 'Commission',
	name: 'include_commission',
	type: 'options',
	options: [
		{ name: 'Included in the Price', value: 1 },
		{ name: 'Not Included in the Price', value: 0 },
	],
	required: true,
	default: 1,
};

const paymentCurrencyIso: INodeProperties = fromList(
	{
		displayName: 'Payment Currency',
		name: 'payment_currency_iso',
		description: 'The currency of the price',
	},
	'searchPaymentCurrencies',
	'e.g. USD',
	'By Code',
);

const currencies: INodeProperties = {
	displayName: 'Coins and Networks',
	name: 'currencies',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Coin and Network',
	default: {},
	description: 'What the payer may pay with. Without any, every coin and network of your account.',
	options: [{ displayName: 'Coin and Network', name: 'currency', values: [coinField, networkField] }],
};

const priceField: INodeProperties = requiredText({
	displayName: 'Price',
	name: 'price',
	placeholder: 'e.g. 15.50',
	description:
		'Decimal text with at most as many decimals as the currency has, which its list shows, and at most 14 digits',
});

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
