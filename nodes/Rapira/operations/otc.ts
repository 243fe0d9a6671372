import type { INodeProperties } from 'n8n-workflow';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { DOCS } from './fields';

const coin: INodeProperties = {
	displayName: 'Coin',
	name: 'internalCoinUnit',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: 'USDT' },
	description: 'The crypto that is traded',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCoins', searchable: true },
		},
		{ displayName: 'By Code', name: 'id', type: 'string', placeholder: 'e.g. USDT' },
	],
};

const merchantSide: INodeProperties = {
	displayName: 'Advertiser',
	name: 'merchantSide',
	type: 'options',
	options: [
		{ name: 'Buys From You', value: 'BUY' },
		{ name: 'Sells to You', value: 'SELL' },
	],
	required: true,
	default: 'SELL',
	description: 'Which side the other party stands on',
};

const fetchAds: Operation = {
	name: 'Get Many Ads',
	value: 'getAds',
	action: 'Get many OTC ads',
	description: 'Find offers to buy from or to sell to. Needs a key with the access level P2P.',
	request: 'POST /open/otc/ad/page-query',
	effect: 'read',
	returns: {
		list: ['content', 'data.content'],
		shape: 'exactNumbers',
		page: { number: 'pageNo', size: 'pageSize', first: 1, maximumSize: 100, unique: 'advertiseId' },
	},
	docs: DOCS,
	fields: [
		merchantSide,
		coin,
		{
			displayName: 'Fiat Currency',
			name: 'externalCoinUnit',
			type: 'string',
			required: true,
			default: 'RUB',
			placeholder: 'e.g. RUB',
		},
	],
	options: [
		optionalText({
			displayName: 'Amount',
			name: 'amount',
			placeholder: 'e.g. 10000',
			description: 'Only ads that take this amount. In which currency is not documented.',
		}),
		{
			displayName: 'Only Recommended',
			name: 'showOnlyRecommended',
			type: 'boolean',
			default: false,
			description: 'Whether to return only ads that Rapira recommends',
		},
	],
	rules: { amount: { kind: 'amount', decimals: 8 } },
};

const payOrder: Operation = {
	name: 'Pay Order',
	value: 'payOrder',
	action: 'Confirm payment of OTC order',
	description:
		'Tell the seller, as the buyer, that you have sent the fiat money. It moves no money itself; send the money first.',
	request: 'POST /open/otc/order/pay',
	effect: 'write',
	referenceField: 'orderSn',
	returns: {},
	docs: `${DOCS}/pay-order-20951460e0`,
	fields: [
		requiredText({
			displayName: 'Order Number',
			name: 'orderSn',
			placeholder: 'e.g. 963936310324625408',
			description: 'Always as text: it has more digits than a number can hold',
		}),
	],
	rules: {
		orderSn: { kind: 'reference', pattern: '^\\d+$', characters: 'digits', maximumLength: 32 },
	},
};

/** Deals between people. The fiat money moves outside of Rapira. */
export const otc: Resource = { name: 'OTC', value: 'otc', operations: [fetchAds, payOrder] };
