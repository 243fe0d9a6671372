import type { INodeProperties } from 'n8n-workflow';
import { FROM_CREDENTIAL } from '../../../core/fields/fromCredential';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';

const PAGES = 'https://docs.bridgepay.club/en/api-reference/merchant-api';

const code2FA: INodeProperties = optionalText({
	displayName: '2FA Code',
	name: 'code2FA',
	typeOptions: { password: true },
	placeholder: 'e.g. 123456',
	description:
		'The current code of your authenticator app. Leave it empty to have it made from the TOTP Secret of the credential when the withdrawal is sent.',
});

const feeFromAmount: INodeProperties = {
	displayName: 'Take Fee From Amount',
	name: 'substractFeeFromAmount',
	type: 'boolean',
	default: false,
	description: 'Whether the fee is taken out of the amount, so that less arrives',
};

/**
 * A withdrawal has no ID of the merchant, and there is no list. A lost answer cannot be looked up, so the request is
 * never sent again.
 */
const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create withdrawal',
	description:
		'Withdraw from an account to a crypto address. BridgePay takes no reference of yours: what became of a lost answer is seen in the personal account only.',
	request: 'POST /api/merchant/withdrawals',
	effect: 'money',
	moves: {
		amount: [],
		currency: [],
		to: ['address'],
		unsaid: 'the currency of a BridgePay withdrawal stands in its account only, not in the request',
	},
	fee: {
		operation: 'store.getAccounts',
		same: { accountId: 'id' },
		fixed: 'withdrawalFee.amount',
		currency: 'withdrawalFee.currency',
		fromAmount: { member: 'substractFeeFromAmount', values: ['true'] },
	},
	once: { remembered: true, oneTime: ['code2FA'] },
	proof: {
		has: ['id'],
		// Whether the shown sum has the fee in it is not documented; in the example the fee stands beside it.
		atMost: { amount: 'sum.amount' },
		same: { fields: { accountId: 'accountId', address: 'address' } },
	},
	returns: { kind: 'withdrawal' },
	docs: `${PAGES}/create-withdrawal`,
	wire: { constants: { code2FA: FROM_CREDENTIAL } },
	fields: [
		fromList(
			{ displayName: 'Account', name: 'accountId', description: 'The account to withdraw from' },
			'searchAccounts',
			'e.g. df2b175e-0aef-45e3-8d03-80881389901c',
		),
		requiredText({
			displayName: 'Amount',
			name: 'amount',
			placeholder: 'e.g. 12.5',
			description: "Decimal text in the account's currency, with at most 8 decimals",
		}),
		requiredText({
			displayName: 'Address',
			name: 'address',
			placeholder: 'e.g. TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9',
			description: 'The network is not documented; the addresses in the examples are TRON addresses',
		}),
		code2FA,
	],
	options: [feeFromAmount],
	rules: {
		accountId: { kind: 'reference', maximumLength: 64 },
		amount: { kind: 'amount', decimals: 8 },
		address: { kind: 'reference', maximumLength: 256 },
		code2FA: {
			kind: 'reference',
			pattern: '^\\d{6,8}$',
			characters: 'the digits of the code',
			maximumLength: 8,
		},
	},
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get withdrawal',
	description: 'Get a withdrawal by its ID. It is on its way when it has a transaction hash.',
	request: 'GET /api/merchant/withdrawals/{id}',
	effect: 'read',
	about: { id: 'id' },
	returns: { kind: 'withdrawal' },
	docs: `${PAGES}/get-withdrawal-by-id`,
	fields: [
		requiredText({
			displayName: 'Withdrawal ID',
			name: 'id',
			placeholder: 'e.g. 41b2e564-ecd1-418f-8c08-176d5e081ad3',
		}),
	],
};

const waitUntilFinal: Operation = {
	...untilFinal('withdrawal', get),
	action: 'Wait until withdrawal is final',
	description:
		'Read a withdrawal repeatedly until its state is final. The transaction hash is the only documented sign of it, so a withdrawal that is never sent is waited for until Maximum Wait.',
};

const reconcile: Operation = {
	...reconciling('withdrawal', get, { by: 'id', ask: { parameter: 'id', absent: ['HTTP 404'] } }),
	action: 'Reconcile withdrawals with your ledger',
	description:
		"Compare your ledger, the input items, with withdrawals, asked for one by one by BridgePay's withdrawal ID. What your ledger lacks cannot be found, because there is no list.",
};

/** Payments from the store's balance to a crypto address. */
export const withdrawal: Resource = {
	name: 'Withdrawal',
	value: 'withdrawal',
	operations: [create, get, waitUntilFinal, reconcile],
};
