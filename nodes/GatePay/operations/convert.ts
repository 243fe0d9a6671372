import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { asQuoted, ownId, PAGES } from './fields';

const buyCurrency = fromList(
	{ displayName: 'Buy Currency', name: 'buyCurrency', description: 'What you receive' },
	'searchConvertCurrencies',
	'e.g. USDT',
	'By Code',
);

const sellCurrency = fromList(
	{ displayName: 'Sell Currency', name: 'sellCurrency', description: 'What leaves your balance' },
	'searchConvertCurrencies',
	'e.g. GT',
	'By Code',
);

const buyAmount: INodeProperties = requiredText({
	displayName: 'Buy Amount',
	name: 'buyAmount',
	placeholder: 'e.g. 1',
	description: 'Decimal text',
});

const sellAmount: INodeProperties = requiredText({
	displayName: 'Sell Amount',
	name: 'sellAmount',
	placeholder: 'e.g. 0.04464002',
	description: 'Decimal text',
});

const side: INodeProperties = {
	displayName: 'Side',
	name: 'side',
	type: 'options',
	options: [
		{ name: 'Buy', value: 'buy' },
		{ name: 'Sell', value: 'sell' },
	],
	default: 'buy',
};

const getCurrencies: Operation = {
	name: 'Get Many Currencies',
	value: 'getCurrencies',
	action: 'Get many convert currencies',
	description: 'List the currencies that can be converted',
	request: 'GET /v1/pay/convert/currency',
	onBehalfOf: '/payment/open/institution/v1/pay/convert/currency',
	effect: 'read',
	returns: { list: 'currency', shape: 'currency' },
	docs: 'https://docs.gate.com/api-reference/version/100/cn/endpoint/convert/currency',
	options: [side],
};

const getPairs: Operation = {
	name: 'Get Many Pairs',
	value: 'getPairs',
	action: 'Get many convert pairs',
	description: 'List the pairs of a currency with their limits',
	request: 'GET /v1/pay/convert/pair',
	onBehalfOf: '/payment/open/institution/v1/pay/convert/pair',
	effect: 'read',
	returns: { list: '' },
	docs: `${PAGES}/convert/pair`,
	fields: [
		fromList(
			{ displayName: 'Currency', name: 'currency', description: 'One side of the pairs' },
			'searchConvertCurrencies',
			'e.g. USDT',
			'By Code',
		),
	],
	options: [side],
};

const preview: Operation = {
	name: 'Get Quote',
	value: 'getQuote',
	action: 'Get convert quote',
	description: 'Get a price with the Quote ID that Create needs. How long it is valid is not documented.',
	request: 'POST /v1/pay/convert/preview',
	onBehalfOf: '/payment/open/institution/v1/pay/convert/preview',
	// A quote moves no money, and another request gives another quote. So the effect is a read.
	effect: 'read',
	returns: {},
	docs: `${PAGES}/convert/preview`,
	steering: ['amountGivenIn'],
	fields: [
		sellCurrency,
		buyCurrency,
		{
			displayName: 'Amount Given In',
			name: 'amountGivenIn',
			type: 'options',
			options: [
				{ name: 'Buy Currency', value: 'buy' },
				{ name: 'Sell Currency', value: 'sell' },
			],
			default: 'sell',
			description: 'Which amount the quote is based on',
		},
		{ ...buyAmount, displayOptions: { show: { amountGivenIn: ['buy'] } } },
		{ ...sellAmount, displayOptions: { show: { amountGivenIn: ['sell'] } } },
	],
	rules: { buyAmount: asQuoted, sellAmount: asQuoted },
};

const clientReqId: INodeProperties = requiredText({
	displayName: 'Client Request ID',
	name: 'clientReqId',
	placeholder: 'e.g. convert-2026-0001',
	description:
		'Your own reference. Gate Pay documents that a repeat with the same ID converts once; never use a new one to try a conversion again.',
});

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create conversion',
	description: 'Convert at a quoted price. There is no query by your own reference.',
	request: 'POST /v1/pay/convert',
	onBehalfOf: '/payment/open/institution/v1/pay/convert',
	effect: 'money',
	does: {
		quoted: {
			of: { name: 'buyAmount', label: 'Buy Amount' },
			per: { name: 'sellAmount', label: 'Sell Amount' },
			worst: 'lowest',
		},
	},
	moves: { amount: ['sellAmount'], currency: ['sellCurrency'], to: 'own account' },
	once: { remembered: true },
	referenceField: 'clientReqId',
	proof: {
		has: ['order_id'],
		same: {
			fields: {
				quoteId: 'quoteId',
				sellCurrency: 'sellCurrency',
				buyCurrency: 'buyCurrency',
				sellAmount: 'sellAmount',
				buyAmount: 'buyAmount',
			},
		},
	},
	returns: { kind: 'conversion' },
	docs: `${PAGES}/convert/convert`,
	fields: [
		clientReqId,
		requiredText({
			displayName: 'Quote ID',
			name: 'quoteId',
			placeholder: 'e.g. PAY-2a5743d8',
			description: 'From Get Quote',
		}),
		sellCurrency,
		{ ...sellAmount, description: 'Decimal text, as quoted' },
		buyCurrency,
		{ ...buyAmount, description: 'Decimal text, as quoted' },
	],
	rules: { clientReqId: ownId, buyAmount: asQuoted, sellAmount: asQuoted },
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get conversion',
	description: "Get a conversion by Gate Pay's ID. What its status numbers mean is not documented.",
	request: 'GET /v1/pay/convert/order',
	onBehalfOf: '/payment/open/institution/v1/pay/convert/order',
	effect: 'read',
	about: { orderId: 'order_id' },
	returns: { kind: 'conversion' },
	docs: `${PAGES}/convert/order`,
	fields: [
		requiredText({
			displayName: 'Order ID',
			name: 'orderId',
			placeholder: 'e.g. 327196066546229248',
			description: 'Pass it as text: it has more digits than a number can hold',
		}),
	],
};

const getExchangeRate: Operation = {
	name: 'Get Exchange Rate',
	value: 'getExchangeRate',
	action: 'Get exchange rate',
	description: 'Get the rate of a fiat currency against USDT',
	request: 'POST /v1/pay/currency/exchange/rate/query',
	onBehalfOf: '/payment/open/institution/v1/pay/currency/exchange/rate/query',
	effect: 'read',
	returns: {},
	docs: `${PAGES}/rateexchange/query`,
	fields: [
		requiredText({
			displayName: 'Source Currency',
			name: 'sourceCurrency',
			placeholder: 'e.g. EUR',
			description: 'EUR, GBP, USD, CNY, JPY, AUD, CAD and CHF are documented',
		}),
		{
			displayName: 'Target Currency',
			name: 'targetCurrency',
			type: 'string',
			required: true,
			default: 'USDT',
			description: 'Only USDT is documented',
		},
	],
};

/** Conversions within the balance, and rates. */
export const convert: Resource = {
	name: 'Convert',
	value: 'convert',
	operations: [getCurrencies, getPairs, preview, create, get, getExchangeRate],
};
