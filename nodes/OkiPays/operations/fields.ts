import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { requiredText } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';

export const DOCS = 'https://okipays.com/api';

/** "integer, unique". The signature is certain up to 14 digits. */
export const orderId: FieldRule = { kind: 'integer', maximum: 99_999_999_999_999 };

/** A JSON number with the typed digits. A number that PHP would write in another form is refused, never rounded. */
export const price: FieldRule = {
	kind: 'amount',
	as: 'number',
	decimals: 17,
	significant: 14,
	minimum: '0.0001',
};

export const orderIdField: INodeProperties = requiredText({
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

export const includeCommission: INodeProperties = {
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

export const paymentCurrencyIso: INodeProperties = fromList(
	{
		displayName: 'Payment Currency',
		name: 'payment_currency_iso',
		description: 'The currency of the price',
	},
	'searchPaymentCurrencies',
	'e.g. USD',
	'By Code',
);

export const currencies: INodeProperties = {
	displayName: 'Coins and Networks',
	name: 'currencies',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Coin and Network',
	default: {},
	description: 'What the payer may pay with. Without any, every coin and network of your account.',
	options: [{ displayName: 'Coin and Network', name: 'currency', values: [coinField, networkField] }],
};

export const priceField: INodeProperties = requiredText({
	displayName: 'Price',
	name: 'price',
	placeholder: 'e.g. 15.50',
	description:
		'Decimal text with at most as many decimals as the currency has, which its list shows, and at most 14 digits',
});
