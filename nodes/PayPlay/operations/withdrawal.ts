import type { INodeProperties } from 'n8n-workflow';
import { optionalFromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { companySlug } from '../account';
import { anyText, DECIMALS, WITHDRAWAL } from './fields';

const network: INodeProperties = optionalFromList(
	{
		displayName: 'Network',
		name: 'network',
		description:
			'Needed when the balance is in a crypto currency. The list names the networks of all currencies.',
	},
	'searchWithdrawalNetworks',
	'e.g. TRC20',
	'By Name',
);

const externalId: INodeProperties = optionalText({
	displayName: 'External ID',
	name: 'external_id',
	placeholder: 'e.g. payout-2026-11-001',
	description:
		'Your own ID, which the webhook repeats. PayPlay is not known to refuse a second payment with it; the Payment Reference keeps n8n from sending one.',
});

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create withdrawal',
	description:
		'Pay a crypto address from your balance. PayPlay cannot be asked by your External ID and is not known to refuse a repeated one, so follow the transaction ID.',
	request: 'POST /private-api/{slug}/withdrawal',
	wire: { fromAccount: { slug: { parameter: 'companySlug', label: 'Company Slug' } } },
	effect: 'money',
	moves: {
		amount: ['amount'],
		currency: ['currency'],
		to: [{ member: 'wallet', chain: 'network' }],
		memo: 'memo',
	},
	once: { remembered: true },
	referenceField: 'external_id',
	proof: { has: ['transactions.0.id'], atMost: { amount: 'transactions.0.value' } },
	returns: { kind: 'withdrawal' },
	docs: WITHDRAWAL,
	fields: [
		requiredText({
			displayName: 'Amount',
			name: 'amount',
			placeholder: 'e.g. 12.5',
			description: 'Decimal text. Whether the fee is taken from it is not documented.',
		}),
		optionalFromList(
			{ displayName: 'Currency', name: 'currency', description: 'The currency of the balance to pay from' },
			'searchBalanceCurrencies',
			'e.g. USDT',
			'By Ticker',
		),
		requiredText({
			displayName: 'Wallet',
			name: 'wallet',
			placeholder: 'e.g. TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
			description: 'The crypto address to pay to',
		}),
		network,
		externalId,
	],
	options: [
		optionalText({ displayName: 'Comment', name: 'comment' }),
		optionalText({
			displayName: 'Company Slug',
			name: 'slug',
			placeholder: 'e.g. my-company',
			description: 'Another company than that of the credential, not a payment page',
		}),
		optionalText({
			displayName: 'Memo',
			name: 'memo',
			description: 'The memo or tag that some networks need; Get Fees shows which',
			hint: 'An exchange that gets XRP, TON, EOS or XLM wants one: without it the money may be lost',
		}),
	],
	rules: {
		amount: { kind: 'amount', decimals: DECIMALS },
		wallet: { kind: 'reference', maximumLength: 256 },
		external_id: anyText,
		memo: anyText,
		comment: anyText,
		slug: companySlug,
	},
};

const getFees: Operation = {
	name: 'Get Fees',
	value: 'getFees',
	action: 'Get withdrawal fees',
	description: 'List fees and limits per currency and network, and whether a memo is needed',
	request: 'GET /private-api/withdrawals/fees',
	effect: 'read',
	returns: { list: 'currencies', shape: 'withdrawalFees' },
	docs: WITHDRAWAL,
};

/** On-chain payouts from the balance. */
export const withdrawal: Resource = {
	name: 'Withdrawal',
	value: 'withdrawal',
	operations: [create, getFees],
};
