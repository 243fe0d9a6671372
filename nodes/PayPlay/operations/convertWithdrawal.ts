import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Sameness } from '../../../core/provider/lookup';
import type { Moves } from '../../../core/provider/moves';
import type { Operation, Resource } from '../../../core/provider/operation';
import { anyText, COMMUNITY, DECIMALS } from './fields';

const fields: INodeProperties[] = [
	fromList(
		{ displayName: 'Currency', name: 'currency', description: 'The currency to convert' },
		'searchBalanceCurrencies',
		'e.g. EUR',
		'By Ticker',
	),
	requiredText({
		displayName: 'Amount',
		name: 'amount',
		placeholder: 'e.g. 50',
		description: 'How much to convert, in the currency to convert, as decimal text',
	}),
	requiredText({
		displayName: 'Target Currency',
		name: 'target_currency',
		placeholder: 'e.g. USDT',
		description: 'The currency to convert into and to withdraw',
	}),
	requiredText({
		displayName: 'Address',
		name: 'address',
		placeholder: 'e.g. TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
		description: 'The crypto address to pay to',
	}),
	fromList(
		{
			displayName: 'Network',
			name: 'network',
			description: 'The network of the address. The list names the networks of all currencies.',
		},
		'searchWithdrawalNetworks',
		'e.g. TRC20',
		'By Name',
	),
	optionalText({
		displayName: 'External ID',
		name: 'external_id',
		placeholder: 'e.g. payout-2026-11-001',
		description:
			'Your own ID. PayPlay is not known to refuse a second payment with it; the Payment Reference keeps n8n from sending one.',
	}),
];

const options: INodeProperties[] = [
	optionalText({
		displayName: 'Memo',
		name: 'memo',
		description: 'The memo or tag that some networks need; Get Fees of Withdrawal shows which',
		hint: 'An exchange that gets XRP, TON, EOS or XLM wants one: without it the money may be lost',
	}),
];

const rules: NonNullable<Operation['rules']> = {
	amount: { kind: 'amount', decimals: DECIMALS },
	address: { kind: 'reference', maximumLength: 256 },
	external_id: anyText,
	memo: anyText,
};

const conversionMoves: Moves = {
	amount: ['amount'],
	currency: ['currency'],
	to: [{ member: 'address', chain: 'network' }],
	memo: 'memo',
};

/**
 * All requested fields that the answer shows. The page does not say whether the answer always shows the External ID.
 */
const sameConversion: Sameness = {
	fields: {
		external_id: 'external_id',
		amount: 'value',
		currency: 'currency.ticker',
		target_currency: 'target_currency.ticker',
		address: 'address',
		network: 'network',
		memo: 'memo',
	},
};

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create withdrawal with conversion',
	description:
		'Quote a withdrawal with conversion, as the first of two steps. The second step, confirming it, is documented by its path alone and not offered; Instant does both.',
	request: 'POST /private-api/convert-withdrawal',
	effect: 'money',
	moves: conversionMoves,
	once: { remembered: true },
	referenceField: 'external_id',
	proof: { has: ['id'], same: sameConversion },
	returns: { kind: 'convertWithdrawal', data: 'transaction' },
	docs: COMMUNITY,
	fields,
	options,
	rules,
};

const instant: Operation = {
	name: 'Instant',
	value: 'instant',
	action: 'Convert and withdraw in one step',
	description:
		'Convert and pay a crypto address at once, at the rate of the moment. PayPlay cannot be asked by your External ID, so follow the transaction ID.',
	request: 'POST /private-api/convert-withdrawal/instant',
	effect: 'money',
	moves: conversionMoves,
	once: { remembered: true },
	referenceField: 'external_id',
	proof: { has: ['id'], same: sameConversion },
	returns: { kind: 'convertWithdrawal', data: 'transaction' },
	docs: COMMUNITY,
	fields,
	options,
	rules,
};

const getCurrencies: Operation = {
	name: 'Get Many Currencies',
	value: 'getCurrencies',
	action: 'Get many currencies of withdrawals with conversion',
	description: 'Get the currencies of withdrawals with conversion, exactly as PayPlay answers',
	request: 'GET /private-api/convert-withdrawal/currencies',
	effect: 'read',
	unverified: 'only the path is documented, neither the parameters nor the answer',
	returns: {},
	docs: COMMUNITY,
};

/** A conversion and an on-chain payout in one call. */
export const convertWithdrawal: Resource = {
	name: 'Withdrawal With Conversion',
	value: 'convertWithdrawal',
	operations: [create, instant, getCurrencies],
};
