import type { INode, INodeParameters } from 'n8n-workflow';

import { fromModel, toolNode } from './agentFlow.mts';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const ADDRESS = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';

/** A tool, the model's call of it, and what n8n tells the model about it. */
export interface Subject {
	tool: INode;
	input: INodeParameters;
	description: string;
}

/** One read of each provider, with a value that the model chooses. */
export const reads: (Subject & { finds: string })[] = [
	{
		tool: toolNode('Payout Chains', 'gatePay', {
			resource: 'payout',
			operation: 'getChains',
			currency: byId(fromModel('Currency')),
			options: {},
		}),
		input: { Currency: 'USDT' },
		description: 'Get many payout chains in Gate Pay',
		finds: '"chain":"TRX"',
	},
	{
		tool: toolNode('Payment Methods', 'bridgePay', {
			resource: 'store',
			operation: 'getPaymentMethods',
			options: { currency: fromModel('Currency') },
		}),
		input: { Currency: 'RUB' },
		description: 'Get many payment methods of store in BridgePay',
		finds: '"currency":"RUB"',
	},
	{
		tool: toolNode('Coins', 'okiPays', { resource: 'currency', operation: 'getCoins', options: {} }),
		input: {},
		description: 'Get many coins with their networks in OkiPays',
		finds: '"USDT"',
	},
	{
		tool: toolNode('Rate', 'payPlay', {
			resource: 'rate',
			operation: 'get',
			currencyTicker: fromModel('Currency_Ticker'),
			options: {},
		}),
		input: { Currency_Ticker: 'NGN' },
		description: 'Get exchange rate in PayPlay',
		finds: '"ticker":"NGN"',
	},
	{
		tool: toolNode('Order Book', 'rapira', {
			resource: 'market',
			operation: 'getDepth',
			symbol: byId(fromModel('Symbol')),
			options: {},
		}),
		input: { Symbol: 'USDT/RUB' },
		description: 'Get order book in Rapira',
		finds: '"symbol":"USDT/RUB"',
	},
];

/** A payout at Gate Pay, which knows it by the caller's reference. */
export function payOutByReference(options: INodeParameters = {}): Subject {
	return {
		tool: toolNode('Pay Out', 'gatePay', {
			resource: 'payout',
			operation: 'createMany',
			batch_id: fromModel('Batch_ID', 'Your own reference'),
			address: fromModel('Address'),
			amount: fromModel('Amount'),
			chain: byId('TRX'),
			currency: byId('USDT'),
			options,
		}),
		input: { Batch_ID: 'agent_1', Address: ADDRESS, Amount: '10.5' },
		description: 'Create payouts to one recipient per item in Gate Pay',
	};
}

/** A payout at Rapira, which takes no reference, and without the one that n8n would remember. */
export function payOutWithoutReference(options: INodeParameters = {}): Subject {
	return {
		tool: toolNode('Send Crypto', 'rapira', {
			resource: 'payout',
			operation: 'create',
			token: byId('USDT:TRX:USDTTRC20'),
			address: fromModel('Address'),
			amount: fromModel('Amount'),
			options: { allowRepeats: true, ...options },
		}),
		input: { Address: ADDRESS, Amount: '10.5' },
		description: 'Create payout in Rapira',
	};
}

/** Operations that move money, of every provider. */
export const payments: Subject[] = [
	payOutByReference(),
	payOutWithoutReference(),
	{
		tool: toolNode('Withdraw', 'bridgePay', {
			resource: 'withdrawal',
			operation: 'create',
			accountId: byId('df2b175e-0aef-45e3-8d03-80881389901c'),
			amount: fromModel('Amount'),
			address: fromModel('Address'),
			code2FA: '',
			options: {},
		}),
		input: { Address: ADDRESS, Amount: '10.5' },
		description: 'Create withdrawal in BridgePay',
	},
	{
		tool: toolNode('Withdraw Crypto', 'payPlay', {
			resource: 'withdrawal',
			operation: 'create',
			amount: fromModel('Amount'),
			currency: byId('USDT'),
			wallet: fromModel('Wallet'),
			network: byId('TRC20'),
			external_id: 'agent_1',
			options: {},
		}),
		input: { Wallet: ADDRESS, Amount: '10.5' },
		description: 'Create withdrawal in PayPlay',
	},
	{
		tool: toolNode('Any Call', 'okiPays', {
			resource: 'customRequest',
			operation: 'send',
			method: 'POST',
			path: fromModel('Path'),
			query: {},
			body: '{}',
			paymentReference: 'any-call',
			options: {},
		}),
		input: { Path: '/api/v1/orders' },
		description: 'Send custom API request in OkiPays',
	},
];
