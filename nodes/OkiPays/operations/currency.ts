import type { Operation, Resource } from '../../../core/provider/operation';
import { DOCS } from './fields';

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many payment currencies',
	description: 'List the currencies that an order can be priced in',
	request: 'GET /v1/public/currency-list',
	effect: 'read',
	returns: { list: '' },
	docs: DOCS,
};

const getNetworks: Operation = {
	name: 'Get Many Coins',
	value: 'getCoins',
	action: 'Get many coins with their networks',
	description: 'List the coins that an order can be paid with, each with its networks',
	request: 'GET /v1/public/currency-network-list',
	effect: 'read',
	returns: { list: '', shape: 'coin' },
	docs: DOCS,
};

/** The currencies in which orders are priced and paid. The calls are public and carry no credential. */
export const currency: Resource = {
	name: 'Currency',
	value: 'currency',
	operations: [getMany, getNetworks],
};
