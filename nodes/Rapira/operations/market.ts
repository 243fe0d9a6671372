import { fromList } from '../../../core/fields/fromList';
import type { Operation, Resource } from '../../../core/provider/operation';
import { DOCS } from './fields';

const getTokens: Operation = {
	name: 'Get Many Tokens',
	value: 'getTokens',
	action: 'Get many tokens',
	description: 'List coins with their networks, minimums, fees and decimals, and whether they are open',
	request: 'GET /open/token',
	effect: 'read',
	returns: { list: '', shape: 'exactNumbers', leavesOut: ['displayName', 'smartContractAddress'] },
	docs: DOCS,
};

const getPairs: Operation = {
	name: 'Get Many Pairs',
	value: 'getPairs',
	action: 'Get many trading pairs',
	description: 'List trading pairs with their decimals, fees and minimums',
	request: 'GET /open/market/pairs',
	effect: 'read',
	returns: { list: '', shape: 'exactNumbers' },
	docs: DOCS,
};

const getSpotFees: Operation = {
	name: 'Get Many Spot Fees',
	value: 'getSpotFees',
	action: 'Get many spot fees',
	description: "List your account's trading fees per pair, as fractions: 0.001 is 0.1 %",
	request: 'GET /open/my-spot-fee',
	effect: 'read',
	returns: { list: '', shape: 'exactNumbers' },
	docs: DOCS,
};

const getRates: Operation = {
	name: 'Get Many Rates',
	value: 'getRates',
	action: 'Get many rates',
	description: 'List the rates of all pairs. Go by symbol: base and quote are named the other way round.',
	request: 'GET /open/market/rates',
	effect: 'read',
	wire: { public: true },
	returns: {
		list: '',
		shape: 'exactNumbers',
		leavesOut: [
			'open',
			'change',
			'fee',
			'lastDayClose',
			'baseUsdRate',
			'coinScale',
			'baseCoinScale',
			'quoteCurrencyName',
		],
	},
	docs: DOCS,
};

const getRatesXml: Operation = {
	name: 'Get Rates as XML',
	value: 'getRatesXml',
	action: 'Get rates as XML file',
	description: 'Get the rates as Rapira gives them to exchange monitors',
	request: 'GET /open/market/rates_xml',
	effect: 'read',
	wire: { public: true },
	returns: { file: { name: 'rapira-rates.xml', type: 'application/xml' } },
	docs: DOCS,
};

const getDepth: Operation = {
	name: 'Get Order Book',
	value: 'getDepth',
	action: 'Get order book',
	description: 'Get the bids and asks of one pair. It is empty for a pair that does not exist.',
	request: 'POST /market/exchange-plate-mini',
	effect: 'read',
	wire: { public: true, parametersIn: 'query' },
	returns: { shape: 'exactNumbers' },
	docs: DOCS,
	fields: [fromList({ displayName: 'Pair', name: 'symbol' }, 'searchPairs', 'e.g. USDT/RUB', 'By Symbol')],
};

const getServerTime: Operation = {
	name: 'Get Server Time',
	value: 'getServerTime',
	action: 'Get server time',
	description: "Get Rapira's clock in unix milliseconds",
	request: 'GET /open/system/time',
	effect: 'read',
	wire: { public: true },
	returns: {},
	docs: DOCS,
};

/** Prices, fees, tokens and the server's clock. */
export const market: Resource = {
	name: 'Market',
	value: 'market',
	operations: [getTokens, getPairs, getSpotFees, getRates, getRatesXml, getDepth, getServerTime],
};
