import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { untilFinal } from '../../../core/provider/standingOn';
import { cryptoAmount, PAGES } from './fields';

const count: INodeProperties = {
	displayName: 'Count',
	name: 'count',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'How many cards. Known from the official SDK only.',
};

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create gift card',
	description:
		'Buy a gift card from your balance. Whoever has its redemption code has the money, so only Output: Raw shows the code.',
	request: 'POST /v1/pay/gift/create',
	onBehalfOf: '/payment/open/institution/v1/pay/gift/create',
	effect: 'money',
	moves: { amount: ['amount'], currency: ['currency'], times: 'count', to: [] },
	once: { remembered: true, see: 'balance.getLedger', unkept: ['card_key', 'key'] },
	proof: { has: ['card_num'], same: { fields: { amount: 'amount', currency: 'currency' } } },
	returns: { kind: 'giftCard' },
	docs: `${PAGES}/gift/create`,
	fields: [
		requiredText({ displayName: 'Title', name: 'title', placeholder: 'e.g. Happy birthday' }),
		fromList(
			{ displayName: 'Template', name: 'templateId', description: 'The cover of the card' },
			'searchGiftCardTemplates',
			'e.g. 1',
		),
		fromList(
			{ displayName: 'Currency', name: 'currency', description: 'A currency of your balance' },
			'searchCurrencies',
			'e.g. USDT',
			'By Code',
		),
		requiredText({
			displayName: 'Amount',
			name: 'amount',
			placeholder: 'e.g. 25',
			description: 'The face value: decimal text with at most 6 decimals',
		}),
	],
	options: [count],
	rules: { amount: cryptoAmount, count: { kind: 'integer', minimum: 1 } },
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get gift card',
	description: 'Get a card by its number or by its redemption code. Only Output: Raw shows the code.',
	request: 'POST /v1/pay/gift/query',
	onBehalfOf: '/payment/open/institution/v1/pay/gift/query',
	effect: 'read',
	about: { card_number: 'card_num' },
	returns: { kind: 'giftCard' },
	docs: `${PAGES}/gift/query`,
	fields: [
		optionalText({ displayName: 'Card Number', name: 'card_number', placeholder: 'e.g. 1000012345' }),
		optionalText({
			displayName: 'Redemption Code',
			name: 'key',
			typeOptions: { password: true },
			description: 'Wins when both are given',
		}),
	],
	oneOf: ['card_number', 'key'],
};

const waitUntilFinal: Operation = {
	...untilFinal('giftCard', get),
	action: 'Wait until gift card is final',
	description:
		'Read a gift card repeatedly until its state is final. It is final when the card was redeemed or can no longer be.',
};

const getTemplates: Operation = {
	name: 'Get Many Templates',
	value: 'getTemplates',
	action: 'Get many gift card templates',
	description: 'List the covers that a gift card can have',
	request: 'GET /v1/pay/gift/temp/list',
	onBehalfOf: '/payment/open/institution/v1/pay/gift/temp/list',
	effect: 'read',
	returns: { list: '' },
	docs: `${PAGES}/gift/tempList`,
};

/** Cards with a redemption code, paid from the balance. */
export const giftCard: Resource = {
	name: 'Gift Card',
	value: 'giftCard',
	operations: [create, get, waitUntilFinal, getTemplates],
};
