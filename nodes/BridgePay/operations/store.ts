import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';

const TWIN = 'https://docs.stormtrade.club/api-reference';

const getAccounts: Operation = {
	name: 'Get Many Accounts',
	value: 'getAccounts',
	action: 'Get many accounts',
	description: 'List your accounts with balance, frozen funds and withdrawal fee',
	request: 'GET /api/merchant/accounts',
	effect: 'read',
	returns: { list: '' },
	docs: 'https://docs.bridgepay.club/api-reference/types/account-dto',
};

const getPaymentMethods: Operation = {
	name: 'Get Many Payment Methods',
	value: 'getPaymentMethods',
	action: 'Get many payment methods of store',
	description: 'List the payment methods (banks) that your store has',
	request: 'GET /api/merchant/payment-methods',
	effect: 'read',
	returns: { list: '' },
	docs: `${TWIN}/merchant-api/payment-methods-list`,
	options: [
		optionalText({
			displayName: 'Currency',
			name: 'currency',
			placeholder: 'e.g. RUB',
			description: 'A filter that no page describes; clients of sister installations send it',
		}),
	],
};

const getPaymentOptions: Operation = {
	name: 'Get Many Payment Options',
	value: 'getPaymentOptions',
	action: 'Get many payment options of store',
	description: 'List the payment options (rails) that your store has',
	request: 'GET /api/merchant/payment-options',
	effect: 'read',
	returns: { list: '' },
	docs: `${TWIN}/merchant-api/payment-options-list`,
};

const getPublicPaymentMethods: Operation = {
	name: 'Get Many Public Payment Methods',
	value: 'getPublicPaymentMethods',
	action: 'Get many public payment methods',
	description:
		'List all payment methods of a currency, whether your store has them or not. No signature is needed.',
	request: 'GET /api/public/payment-methods/{currency}',
	effect: 'read',
	returns: { list: '' },
	docs: `${TWIN}/public-api/payment-methods-list`,
	fields: [requiredText({ displayName: 'Currency', name: 'currency', placeholder: 'e.g. RUB' })],
};

const getRates: Operation = {
	name: 'Get Rates',
	value: 'getRates',
	action: 'Get current rates',
	description:
		"Get the store's rates for pay-in and pay-out, fiat per USDT. What counts is the rate of the deal.",
	request: 'GET /api/merchant/currency-rates/current',
	effect: 'read',
	returns: {},
	docs: `${TWIN}/merchant-api/currency-rates-list`,
};

/** What the store has: balances, rates, rails and banks. */
export const store: Resource = {
	name: 'Store',
	value: 'store',
	operations: [getAccounts, getPaymentMethods, getPaymentOptions, getPublicPaymentMethods, getRates],
};
