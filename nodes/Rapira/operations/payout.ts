import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import { addressField, addressOrHash, DOCS } from './fields';

const token: INodeProperties = fromList(
	{
		displayName: 'Coin and Network',
		name: 'token',
		description:
			'What to pay out and on which network. One choice, because Rapira spells the three names of a pair by no rule.',
	},
	'searchTokens',
	'e.g. USDT:TRX:USDTTRC20',
	'By Codes',
);

const conversion: INodeProperties = {
	displayName: 'Conversion',
	name: 'conversionDetails',
	type: 'fixedCollection',
	placeholder: 'Add Conversion',
	default: {},
	description: 'Buy the coin to be paid out with another one first',
	options: [
		{
			displayName: 'Conversion',
			name: 'conversion',
			values: [
				{
					displayName: 'Convert',
					name: 'conversionEnabled',
					type: 'boolean',
					default: true,
					description: 'Whether to buy the coin that is paid out',
				},
				{
					displayName: 'Convert From',
					name: 'convertFromCurrency',
					type: 'resourceLocator',
					default: { mode: 'id', value: 'USDT' },
					description: 'The coin to sell',
					modes: [
						{
							displayName: 'From List',
							name: 'list',
							type: 'list',
							typeOptions: { searchListMethod: 'searchBalances', searchable: true },
						},
						{ displayName: 'By Code', name: 'id', type: 'string', placeholder: 'e.g. USDT' },
					],
				},
				{
					displayName: 'Use Own Coins First',
					name: 'enoughCoinPayment',
					type: 'boolean',
					default: true,
					description: 'Whether not to convert when the balance of the paid coin is sufficient',
				},
			],
		},
	],
};

const amount: INodeProperties = requiredText({
	displayName: 'Amount',
	name: 'amount',
	placeholder: 'e.g. 100.5',
	description:
		'Decimal text. Whether the fee is taken from it or comes on top is not documented: try with a small payout.',
});

const nonce: INodeProperties = optionalText({
	displayName: 'Nonce',
	name: 'nonce',
	placeholder: 'e.g. 1767225600123',
	description:
		'Unix milliseconds. Leave it empty: the node makes one and keeps it for every retry of the execution. Set it only to send an earlier payout again with the same nonce; it is then sent as text.',
});

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create payout',
	description:
		'Pay crypto to an address. Rapira documents no reference, so n8n remembers each payout by a Payment Reference.',
	request: 'POST /open/withdraw/create',
	effect: 'money',
	moves: {
		amount: ['amount'],
		currency: ['coin'],
		// The user may type all three names, and nobody documents which of them counts.
		repeatedIn: 'code',
		to: [{ member: 'address', chain: 'chain' }],
		memo: 'memo',
		// With a conversion another coin is sold, and the request does not say how much of it.
		unlessSet: ['conversionDetails'],
	},
	// Whether it includes what is frozen is not documented. So what is left is the most.
	balance: { operation: 'balance.getMany', currency: 'unit', available: 'balance' },
	// Whether the fee comes on top is not documented.
	fee: {
		operation: 'market.getTokens',
		same: { coin: 'coinId', chain: 'chainId' },
		fixed: 'withdrawFee',
	},
	once: {
		remembered: true,
		// Rapira documents no lookup by a reference, so an unknown outcome stays unknown.
		see: 'payout.getMany',
		seeBy: 'the same address, coin and amount (the newest stand first)',
		candidates: {
			operation: 'payout.getMany',
			// Whether the amount of the request is with or without the fee is not documented.
			by: { address: ['address'], coin: ['currency'], amount: ['amount', 'paidAmount'] },
		},
		made: { nonce: 'milliseconds' },
	},
	proof: { has: ['withdrawRecordId'] },
	returns: { kind: 'payout' },
	docs: DOCS,
	fields: [token, addressField, amount],
	options: [
		conversion,
		optionalText({
			displayName: 'Memo',
			name: 'memo',
			description: 'The tag or memo that some networks need beside the address',
			hint: 'An exchange that gets XRP, TON, EOS or XLM wants one: without it the money may be lost',
		}),
		nonce,
	],
	rules: {
		token: { kind: 'parts', names: ['coin', 'chain', 'code'], optional: 1 },
		address: addressOrHash,
		amount: { kind: 'amount', decimals: 8 },
		memo: {
			kind: 'reference',
			pattern: '^[\\x20-\\x7e]+$',
			characters: 'printable ASCII',
			maximumLength: 120,
		},
		nonce: { kind: 'reference', pattern: '^\\d+$', characters: 'digits', maximumLength: 20 },
	},
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get payout',
	description: 'Get a payout by the ID that Create returned',
	request: 'GET /open/withdraw/crypto/history/{withdrawRecordId}',
	effect: 'read',
	about: { withdrawRecordId: 'id' },
	returns: { kind: 'payout' },
	docs: DOCS,
	fields: [fromList({ displayName: 'Payout', name: 'withdrawRecordId' }, 'searchPayouts', 'e.g. 1000001')],
	rules: {
		withdrawRecordId: { kind: 'reference', pattern: '^\\d+$', characters: 'digits', maximumLength: 20 },
	},
};

const waitUntilFinal: Operation = {
	...untilFinal('payout', get),
	action: 'Wait until payout is final',
	description:
		'Read a payout repeatedly until its state is final. It is final when it was paid, declined or cancelled.',
};

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many payouts',
	description: 'List crypto payouts, the newest first',
	request: 'GET /open/withdraw/crypto/history',
	effect: 'read',
	returns: {
		kind: 'payout',
		list: ['content', 'data.content'],
		page: {
			number: 'pageNo',
			size: 'pageSize',
			first: 1,
			maximumSize: 100,
			total: 'totalElements',
			unique: 'id',
		},
	},
	docs: DOCS,
};

const reconcile: Operation = {
	...reconciling('payout', getMany, { by: 'id' }),
	action: 'Reconcile payouts with your ledger',
	description:
		"Compare your ledger, the input items, with the payouts of a time range, by Rapira's payout ID. Rapira does not name the time zone of its times: they are read as UTC.",
};

/** Crypto to an address. */
export const payout: Resource = {
	name: 'Payout',
	value: 'payout',
	operations: [create, get, waitUntilFinal, getMany, reconcile],
};
