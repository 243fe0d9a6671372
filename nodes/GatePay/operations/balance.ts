import type { INodeProperties } from 'n8n-workflow';
import { optionalText, requiredTime } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { milliseconds } from './fields';

const PAGES = 'https://docs.gate.com/api-reference/version/100/en/endpoint';

const getBalances: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many balances',
	description: 'List what is available in each currency, cut to 6 decimals by Gate Pay',
	request: 'GET /v1/pay/balance/query',
	effect: 'read',
	returns: { list: 'balance_list' },
	docs: `${PAGES}/common/balanceQuery`,
};

const getBalanceMap: Operation = {
	name: 'Get as Map',
	value: 'getMap',
	action: 'Get balances as map',
	description: 'Get one object with the available amount of every currency',
	request: 'GET /v1/pay/balance',
	onBehalfOf: '/payment/open/institution/v1/pay/balance',
	effect: 'read',
	returns: {},
	docs: `${PAGES}/gift/balance`,
};

const financialType: INodeProperties = {
	displayName: 'Financial Type',
	name: 'financialType',
	type: 'options',
	options: [
		{ name: 'C2C Transfer', value: 'c2cTransfer_fi' },
		{ name: 'Convert Buy', value: 'convert_buy_fi' },
		{ name: 'Convert Refund', value: 'convert_refund_fi' },
		{ name: 'Convert Sell', value: 'convert_sell_fi' },
		{ name: 'Distribution', value: 'distribution_fi' },
		{ name: 'Gift Card', value: 'giftCard_fi' },
		{ name: 'OTC Deposit', value: 'otcRecharge_add_fi' },
		{ name: 'OTC Withdrawal', value: 'otcWithdraw_fi' },
		{ name: 'Other', value: 'others_fi' },
		{ name: 'Payment', value: 'payment_fi' },
		{ name: 'Receipt', value: 'receipt_fi' },
		{ name: 'Refund', value: 'refund_fi' },
		{ name: 'Reward', value: 'reward_fi' },
		{ name: 'Transfer', value: 'transfer_fi' },
	],
	default: 'payment_fi',
};

const getLedger: Operation = {
	name: 'Get Ledger',
	value: 'getLedger',
	action: 'Get ledger',
	description: 'List every movement of funds in a time range, with signed amounts',
	request: 'GET /v1/pay/bill/orderlist',
	onBehalfOf: '/payment/open/institution/v1/pay/bill/orderlist',
	effect: 'read',
	returns: {
		leavesOut: ['payer', 'buyer', 'payChannel', 'fullChain', 'hash', 'address', 'refund_gate_id'],
		list: 'balance_history_item_list',
		page: { number: 'page', size: 'count', first: 1, maximumSize: 500, more: 'hasNext' },
	},
	docs: `${PAGES}/fundrecords/orderlist`,
	fields: [
		requiredTime({ displayName: 'Start Time', name: 'startTime' }),
		requiredTime({ displayName: 'End Time', name: 'endTime' }),
	],
	options: [
		optionalText({ displayName: 'Currency', name: 'currency', placeholder: 'e.g. USDT' }),
		financialType,
		optionalText({
			displayName: 'Number',
			name: 'orderIdNo',
			description: 'Only movements of this order or transaction; set Number Is too',
		}),
		{
			displayName: 'Number Is',
			name: 'orderType',
			type: 'options',
			options: [
				{ name: 'Gate Pay Order', value: 2 },
				{ name: 'Merchant Order', value: 1 },
				{ name: 'Transaction', value: 3 },
			],
			default: 1,
			description: 'Which number Number is',
		},
	],
	rules: { startTime: milliseconds, endTime: milliseconds },
};

/** Balances, and all their movements. */
export const balance: Resource = {
	name: 'Balance',
	value: 'balance',
	operations: [getBalances, getBalanceMap, getLedger],
};
