import type { Operation, Resource } from '../../../core/provider/operation';
import { DOCS } from './fields';

const getTokenSettings: Operation = {
	name: 'Get Many Available Tokens',
	value: 'getTokenSettings',
	action: 'Get many tokens for crypto processing',
	description: 'List the tokens that a project can accept, with confirmations and the life of an address',
	request: 'GET /open/crypto-processing/token-settings/available',
	effect: 'read',
	returns: { list: '', shape: 'exactNumbers' },
	docs: DOCS,
};

/** Crypto processing. Rapira publishes no path for its invoices and projects. */
export const processing: Resource = {
	name: 'Crypto Processing',
	value: 'processing',
	operations: [getTokenSettings],
};
