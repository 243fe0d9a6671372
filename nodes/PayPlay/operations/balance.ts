import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { SISTER } from './fields';

const PAGE = `${SISTER}/balance`;

const balanceId: INodeProperties = fromList(
	{ displayName: 'Balance', name: 'balanceId', description: 'One of your balances' },
	'searchBalances',
	'e.g. 9a747ebd-1b42-4bd2-a72e-62ffedd3f4aa',
);

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many balances',
	description: 'List what is available in each currency',
	request: 'GET /private-api/balances',
	effect: 'read',
	returns: { list: 'balances', shape: 'balance' },
	docs: PAGE,
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get balance',
	description: 'Get one balance with the rates it can be converted at',
	request: 'GET /private-api/balances/{balanceId}',
	effect: 'read',
	referenceField: 'balanceId',
	returns: { data: 'balance', shape: 'balance' },
	docs: PAGE,
	fields: [balanceId],
};

const convert: Operation = {
	name: 'Convert',
	value: 'convert',
	action: 'Convert balance',
	description:
		'Convert a balance into another currency. The field of the amount is not documented, so no amount is sent: confirm with PayPlay what is converted before you use it.',
	request: 'POST /private-api/balances/{balanceId}',
	effect: 'money',
	moves: {
		amount: [],
		currency: [],
		to: 'own account',
		unsaid: 'PayPlay takes no amount with a conversion, so the whole balance may go',
	},
	once: { remembered: true, see: 'balance.getMany' },
	returns: {},
	docs: PAGE,
	steering: ['amountNotice'],
	fields: [
		balanceId,
		requiredText({
			displayName: 'Target Currency',
			name: 'currency_to',
			placeholder: 'e.g. BTC',
			description: 'The currency to convert into; whether as ticker or as ID is not documented',
		}),
		{
			displayName:
				'PayPlay does not document the field of the amount, so no amount is sent and the whole balance may be converted. When PayPlay has told you its name, use Custom API Request instead.',
			name: 'amountNotice',
			type: 'notice',
			default: '',
		},
	],
};

/** Balances, and their conversion. */
export const balance: Resource = {
	name: 'Balance',
	value: 'balance',
	operations: [getMany, get, convert],
};
