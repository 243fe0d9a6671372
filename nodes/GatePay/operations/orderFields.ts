import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, optionalTime, requiredText } from '../../../core/fields/typed';
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
	requiredText({
		displayName: 'Order Amount',
		name: 'orderAmount',
		placeholder: 'e.g. 118.75',
		description: 'Decimal text with at most 6 decimals',
		displayOptions: { show: { amountGivenIn: ['crypto'] } },
	}),
	requiredText({
		displayName: 'Fiat Currency',
		name: 'fiatCurrency',
		placeholder: 'e.g. USD',
		displayOptions: { show: { amountGivenIn: ['fiat'] } },
	}),
	requiredText({
		displayName: 'Fiat Amount',
		name: 'fiatAmount',
		placeholder: 'e.g. 100',
		description: 'Decimal text with at most 2 decimals',
		displayOptions: { show: { amountGivenIn: ['fiat'] } },
	}),
];

export const goodsName: INodeProperties = requiredText({
	displayName: 'Goods Name',
	name: 'goodsName',
	placeholder: 'e.g. Coffee beans 1 kg',
	description: 'What is paid for, at most 160 characters',
});

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

export const merchantUserId: INodeProperties = requiredText({
	displayName: 'Merchant User ID',
	name: 'merchantUserId',
	placeholder: 'e.g. 1336974',
	description: 'The number of the payer on your side',
});

/** The optional members that every kind of order takes. */
export const orderOptions: INodeProperties[] = [
	optionalText({
		displayName: 'Customer',
		name: 'channelId',
		description: 'The name of your customer (channel) that the order belongs to',
	}),
	optionalTime({
		displayName: 'Expires At',
		name: 'orderExpireTime',
		description: 'At most one hour ahead, which is also what Gate Pay takes without it',
	}),
	optionalText({ displayName: 'Goods Detail', name: 'goodsDetail', description: 'At most 256 characters' }),
	optionalText({
		displayName: 'Goods Type',
		name: 'goodsType',
		description: 'Not explained in the documentation; an example has 02',
	}),
	optionalText({
		displayName: 'Pay Currency',
		name: 'payCurrency',
		placeholder: 'e.g. USDT',
		description: 'The currency that the payer pays in',
	}),
	optionalText({ displayName: 'Scene', name: 'scene', description: 'Known from the official SDK only' }),
	optionalText({
		displayName: 'Settlement Currency',
		name: 'actualCurrency',
		placeholder: 'e.g. USDT',
		description: 'The currency that you receive',
	}),
	optionalText({
		displayName: 'Surcharge Amount',
		name: 'surchargeAmount',
		placeholder: 'e.g. 0.5',
		description: 'The fee that the payer bears',
	}),
];

export const toleranceAmount: INodeProperties = optionalText({
	displayName: 'Tolerance Amount',
	name: 'toleranceAmount',
	placeholder: 'e.g. 0.01',
	description: 'The order counts as paid when the unpaid rest is at most this',
});

/** The page to which the payer's browser goes afterwards. */
export const pageOptions: INodeProperties[] = [
	optionalText({
		displayName: 'Cancel URL',
		name: 'cancelUrl',
		placeholder: 'e.g. https://shop.example/cancelled',
		description: 'The page that the payer sees after cancelling',
	}),
	optionalText({
		displayName: 'Return URL',
		name: 'returnUrl',
		placeholder: 'e.g. https://shop.example/thanks',
		description: 'The page that the payer sees after paying',
	}),
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
