import { requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { MISC } from './fields';

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get exchange rate',
	description: 'Get the rate of an external currency against USDT: by the sample, units of it for 1 USDT',
	request: 'GET /private-api/exchange-rates/{currencyTicker}',
	effect: 'read',
	returns: {},
	docs: MISC,
	fields: [
		requiredText({
			displayName: 'Currency',
			name: 'currencyTicker',
			placeholder: 'e.g. NGN',
			description: 'The ticker; which currencies have a rate is not documented',
		}),
	],
};

const getUsdtUsd: Operation = {
	name: 'Get USDT to USD',
	value: 'getUsdtUsd',
	action: 'Get USDT to USD rate',
	description: 'Get the rate of USDT in USD. PayPlay writes it with a decimal comma; Simplified has a point.',
	request: 'GET /rates',
	effect: 'read',
	returns: { shape: 'rates' },
	docs: MISC,
};

export const rate: Resource = { name: 'Rate', value: 'rate', operations: [get, getUsdtUsd] };
