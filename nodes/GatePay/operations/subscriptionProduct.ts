import type { INodeProperties } from 'n8n-workflow';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Operation } from '../../../core/provider/operation';
import { address, ownId, PAGES } from './fields';

const GROUP = `${PAGES}/subscription`;

/** These calls take prices as JSON numbers. No number of decimals is documented. */
const price: FieldRule = { kind: 'amount', as: 'number', decimals: 18 };
const priceOrZero: FieldRule = { kind: 'amount', as: 'number', decimals: 18, minimum: '0' };

const merchantProductNo: INodeProperties = {
	displayName: 'Merchant Product Number',
	name: 'merchantProductNo',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. membership',
	description: 'Your own reference of the product',
};

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
	{
		displayName: 'Crypto Amount',
		name: 'cryptoAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9.9',
		description: 'Sent as a number with exactly these digits',
	},
	{
		displayName: 'Crypto Currency',
		name: 'cryptoCurrency',
		type: 'string',
		default: '',
		placeholder: 'e.g. USDT',
	},
	{
		displayName: 'Fiat Amount',
		name: 'fiatAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9.99',
		description: 'Sent as a number with exactly these digits',
	},
	{
		displayName: 'Fiat Currency',
		name: 'fiatCurrency',
		type: 'string',
		default: '',
		placeholder: 'e.g. USD',
	},
	{
		displayName: 'Interval',
		name: 'interval',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'Every how many periods is debited',
	},
	{
		displayName: 'Merchant Price Number',
		name: 'merchantPriceNo',
		type: 'string',
		default: '',
		placeholder: 'e.g. membership-monthly',
		description: 'Your own reference of the price',
	},
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
	{ displayName: 'Price Description', name: 'priceDesc', type: 'string', default: '' },
	{ displayName: 'Price Name', name: 'priceName', type: 'string', default: '', placeholder: 'e.g. Monthly' },
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
	{ displayName: 'Promotion Amount', name: 'promoAmount', type: 'string', default: '' },
	{
		displayName: 'Promotion Rate',
		name: 'promoRate',
		type: 'string',
		default: '',
	},
	{
		displayName: 'Promotion Type',
		name: 'promoConfigType',
		type: 'string',
		default: '',
		placeholder: 'e.g. NONE',
		description: 'Only NONE is documented',
	},
];

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
		{
			displayName: 'Product Name',
			name: 'productName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Membership',
		},
		{
			displayName: 'Prices',
			name: 'priceList',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Price',
			required: true,
			default: {},
			options: [{ displayName: 'Price', name: 'price', values: priceFields }],
		},
	],
	options: [
		{ displayName: 'Product Description', name: 'productDesc', type: 'string', default: '' },
		{
			displayName: 'Product Logo',
			name: 'productLogo',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://shop.example/logo.png',
			description: 'The URL of an image',
		},
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
