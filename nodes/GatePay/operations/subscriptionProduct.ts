import type { INodeProperties } from 'n8n-workflow';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Operation } from '../../../core/provider/operation';
import { address, ownId, PAGES } from './fields';

const GROUP = `${PAGES}/subscription`;

/** These calls take prices as JSON numbers. No number of decimals is documented. */
const price: FieldRule = { kind: 'amount', as: 'number', decimals: 18 };
const priceOrZero: FieldRule = { kind: 'amount', as: 'number', decimals: 18, minimum: '0' };

const merchantProductNo: INodeProperties = requiredText({
	displayName: 'Merchant Product Number',
	name: 'merchantProductNo',
	placeholder: 'e.g. membership',
	description: 'Your own reference of the product',
});

/** The members of a price that a request may have. Answers have more members. */
const priceFields: INodeProperties[] = [
	{
		displayName: 'Amount Type',
		name: 'amountType',
		type: 'options',
		options: [
			{ name: 'Crypto', value: 'crypto' },
			{ name: 'Fiat', value: 'fiat' },
		],
		default: 'crypto',
	},
	optionalText({
		displayName: 'Crypto Amount',
		name: 'cryptoAmount',
		placeholder: 'e.g. 9.9',
		description: 'Sent as a number with exactly these digits',
	}),
	optionalText({ displayName: 'Crypto Currency', name: 'cryptoCurrency', placeholder: 'e.g. USDT' }),
	optionalText({
		displayName: 'Fiat Amount',
		name: 'fiatAmount',
		placeholder: 'e.g. 9.99',
		description: 'Sent as a number with exactly these digits',
	}),
	optionalText({ displayName: 'Fiat Currency', name: 'fiatCurrency', placeholder: 'e.g. USD' }),
	{
		displayName: 'Interval',
		name: 'interval',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'Every how many periods is debited',
	},
	optionalText({
		displayName: 'Merchant Price Number',
		name: 'merchantPriceNo',
		placeholder: 'e.g. membership-monthly',
		description: 'Your own reference of the price',
	}),
	{
		displayName: 'Pay Channels',
		name: 'payChannels',
		type: 'json',
		default: '',
		placeholder: 'e.g. [{"channel":"GATEPAY","status":"ACTIVE"}]',
		description: 'A JSON list, as newer examples have it',
	},
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		options: [
			{ name: 'Day', value: 'DAY' },
			{ name: 'Month', value: 'MONTH' },
			{ name: 'None', value: 'NONE' },
			{ name: 'Week', value: 'WEEK' },
		],
		default: 'MONTH',
	},
	optionalText({ displayName: 'Price Description', name: 'priceDesc' }),
	optionalText({ displayName: 'Price Name', name: 'priceName', placeholder: 'e.g. Monthly' }),
	{
		displayName: 'Price Type',
		name: 'priceType',
		type: 'options',
		options: [
			{
				name: 'Debit by the Plan',
				value: 'FIX_AMOUNT',
				description: 'Gate Pay debits on the cycle of the plan',
			},
			{
				name: 'Debit on Demand',
				value: 'ACCOUNT_AUTH',
				description: 'You debit within what was authorized',
			},
		],
		default: 'FIX_AMOUNT',
	},
	optionalText({ displayName: 'Promotion Amount', name: 'promoAmount' }),
	optionalText({ displayName: 'Promotion Rate', name: 'promoRate' }),
	optionalText({
		displayName: 'Promotion Type',
		name: 'promoConfigType',
		placeholder: 'e.g. NONE',
		description: 'Only NONE is documented',
	}),
];

const priceList: INodeProperties = {
	displayName: 'Prices',
	name: 'priceList',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Price',
	required: true,
	default: {},
	options: [{ displayName: 'Price', name: 'price', values: priceFields }],
};

const createProduct: Operation = {
	name: 'Create Product',
	value: 'createProduct',
	action: 'Create subscription product',
	description: 'Create a product with one or more prices',
	request: 'POST /merchant/open/v1/pay/merchant/product/create',
	onBehalfOf: '/merchant/open/institution/v1/pay/merchant/product/create',
	effect: 'write',
	referenceField: 'merchantProductNo',
	lookup: { operation: 'subscription.getProduct', by: 'merchantProductNo', field: 'merchantProductNo' },
	same: {
		fields: { productName: 'productName' },
		lines: {
			sent: 'priceList',
			found: 'priceList',
			by: ['merchantPriceNo', 'merchantPriceNo'],
			fields: {
				priceType: 'priceType',
				cryptoAmount: 'cryptoAmount',
				cryptoCurrency: 'cryptoCurrency',
				fiatAmount: 'fiatAmount',
				fiatCurrency: 'fiatCurrency',
			},
		},
	},
	proof: { has: ['productNo'], reference: 'merchantProductNo' },
	returns: {},
	docs: `${GROUP}/productCreate`,
	fields: [
		{
			...merchantProductNo,
			description: 'Your own reference of the product. It must be unique.',
		},
		requiredText({ displayName: 'Product Name', name: 'productName', placeholder: 'e.g. Membership' }),
		priceList,
	],
	options: [
		optionalText({ displayName: 'Product Description', name: 'productDesc' }),
		optionalText({
			displayName: 'Product Logo',
			name: 'productLogo',
			placeholder: 'e.g. https://shop.example/logo.png',
			description: 'The URL of an image',
		}),
	],
	rules: {
		merchantProductNo: ownId,
		productLogo: address(512),
		'priceList.cryptoAmount': price,
		'priceList.fiatAmount': price,
		'priceList.promoAmount': priceOrZero,
		'priceList.promoRate': priceOrZero,
		'priceList.interval': { kind: 'integer', minimum: 1 },
		'priceList.payChannels': { kind: 'json' },
	},
};

const getProduct: Operation = {
	name: 'Get Product',
	value: 'getProduct',
	action: 'Get subscription product',
	description: 'Get a product with its prices',
	request: 'POST /merchant/open/v1/pay/merchant/product/queryOne',
	onBehalfOf: '/merchant/open/institution/v1/pay/merchant/product/queryOne',
	effect: 'read',
	returns: {},
	docs: `${GROUP}/productQueryOne`,
	fields: [
		{
			...merchantProductNo,
			description: "Your own reference of the product; the documented example has Gate Pay's number here",
		},
	],
};

const getProducts: Operation = {
	name: 'Get Many Products',
	value: 'getProducts',
	action: 'Get many subscription products',
	description: 'List your products with their prices',
	request: 'POST /merchant/open/v1/pay/merchant/product/pageQuery',
	onBehalfOf: '/merchant/open/institution/v1/pay/merchant/product/pageQuery',
	effect: 'read',
	returns: {
		list: 'list',
		page: { number: 'pageNo', size: 'pageSize', first: 1, maximumSize: 100, total: 'total' },
	},
	docs: `${GROUP}/productPageQuery`,
};

/** Products have another path than plans and subscriptions. */
export const products: Operation[] = [createProduct, getProduct, getProducts];
