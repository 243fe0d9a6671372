import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Sameness } from '../../../core/provider/lookup';
import {
	address,
	amountOrZero,
	cryptoAmount,
	customerName,
	fiatAmount,
	milliseconds,
	text,
	tradeNo,
} from './fields';

/** Fields that all calls for a new order share. Gate Pay takes `env` and `goods` as objects in the body. */
export const within: Readonly<Record<string, string>> = {
	terminalType: 'env',
	scene: 'env',
	goodsName: 'goods',
	goodsDetail: 'goods',
	goodsType: 'goods',
};

/** Crypto or fiat. The page asks for one complete pair and does not say which pair counts when both are sent. */
export const priceFields: INodeProperties[] = [
	{
		displayName: 'Amount Given In',
		name: 'amountGivenIn',
		type: 'options',
		options: [
			{ name: 'Crypto', value: 'crypto' },
			{ name: 'Fiat', value: 'fiat' },
		],
		default: 'crypto',
		description: 'Which amount the order is for',
	},
	{
		...fromList(
			{ displayName: 'Currency', name: 'currency', description: 'The crypto currency of the order' },
			'searchPayableCurrencies',
			'e.g. USDT',
			'By Code',
		),
		displayOptions: { show: { amountGivenIn: ['crypto'] } },
	},
	{
		displayName: 'Order Amount',
		name: 'orderAmount',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 118.75',
		description: 'Decimal text with at most 6 decimals',
		displayOptions: { show: { amountGivenIn: ['crypto'] } },
	},
	{
		displayName: 'Fiat Currency',
		name: 'fiatCurrency',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. USD',
		displayOptions: { show: { amountGivenIn: ['fiat'] } },
	},
	{
		displayName: 'Fiat Amount',
		name: 'fiatAmount',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 100',
		description: 'Decimal text with at most 2 decimals',
		displayOptions: { show: { amountGivenIn: ['fiat'] } },
	},
];

export const goodsName: INodeProperties = {
	displayName: 'Goods Name',
	name: 'goodsName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Coffee beans 1 kg',
	description: 'What is paid for, at most 160 characters',
};

export const terminalType: INodeProperties = {
	displayName: 'Terminal Type',
	name: 'terminalType',
	type: 'options',
	options: [
		{ name: 'App', value: 'APP' },
		{ name: 'Mini App', value: 'MINIAPP' },
		{ name: 'Mobile Web', value: 'WAP' },
		{ name: 'Other', value: 'OTHERS' },
		{ name: 'Web', value: 'WEB' },
	],
	required: true,
	default: 'WEB',
	description: 'Where the order comes from',
};

/** A network and a currency on it. They belong together, so both come from the same list. */
export const networkFields: INodeProperties[] = [
	fromList(
		{
			displayName: 'Chain',
			name: 'chain',
			description: 'The network to be paid on. Choose the currency first.',
		},
		'searchPayableChains',
		'e.g. MATIC',
		'By Code',
	),
	fromList(
		{
			displayName: 'Currency on Chain',
			name: 'fullCurrType',
			description: 'The currency with its network, of the same chain. Choose the currency first.',
		},
		'searchPayableFullTypes',
		'e.g. USDT_MATIC',
		'By Code',
	),
];

export const merchantUserId: INodeProperties = {
	displayName: 'Merchant User ID',
	name: 'merchantUserId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1336974',
	description: 'The number of the payer on your side',
};

/** The optional members that every kind of order takes. */
export const orderOptions: INodeProperties[] = [
	{
		displayName: 'Customer',
		name: 'channelId',
		type: 'string',
		default: '',
		description: 'The name of your customer (channel) that the order belongs to',
	},
	{
		displayName: 'Expires At',
		name: 'orderExpireTime',
		type: 'dateTime',
		default: '',
		description: 'At most one hour ahead, which is also what Gate Pay takes without it',
	},
	{
		displayName: 'Goods Detail',
		name: 'goodsDetail',
		type: 'string',
		default: '',
		description: 'At most 256 characters',
	},
	{
		displayName: 'Goods Type',
		name: 'goodsType',
		type: 'string',
		default: '',
		description: 'Not explained in the documentation; an example has 02',
	},
	{
		displayName: 'Pay Currency',
		name: 'payCurrency',
		type: 'string',
		default: '',
		placeholder: 'e.g. USDT',
		description: 'The currency that the payer pays in',
	},
	{
		displayName: 'Scene',
		name: 'scene',
		type: 'string',
		default: '',
		description: 'Known from the official SDK only',
	},
	{
		displayName: 'Settlement Currency',
		name: 'actualCurrency',
		type: 'string',
		default: '',
		placeholder: 'e.g. USDT',
		description: 'The currency that you receive',
	},
	{
		displayName: 'Surcharge Amount',
		name: 'surchargeAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0.5',
		description: 'The fee that the payer bears',
	},
];

export const toleranceAmount: INodeProperties = {
	displayName: 'Tolerance Amount',
	name: 'toleranceAmount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 0.01',
	description: 'The order counts as paid when the unpaid rest is at most this',
};

/** The page to which the payer's browser goes afterwards. */
export const pageOptions: INodeProperties[] = [
	{
		displayName: 'Cancel URL',
		name: 'cancelUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://shop.example/cancelled',
		description: 'The page that the payer sees after cancelling',
	},
	{
		displayName: 'Return URL',
		name: 'returnUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://shop.example/thanks',
		description: 'The page that the payer sees after paying',
	},
];

export const orderRules: Record<string, FieldRule> = {
	merchantTradeNo: tradeNo,
	orderAmount: cryptoAmount,
	fiatAmount,
	surchargeAmount: amountOrZero,
	goodsName: text(160),
	goodsDetail: text(256),
	channelId: customerName(32),
	orderExpireTime: milliseconds,
	cancelUrl: address(512),
	returnUrl: address(512),
};

/** The user sends one of two pairs. Only the sent pair is compared. */
export const sameOrder: Sameness = {
	// The request has one pair. The provider may fill in the other one.
	ifSent: {
		currency: 'currency',
		orderAmount: 'orderAmount',
		fiatCurrency: 'fiatCurrency',
		fiatAmount: 'fiatAmount',
	},
};
