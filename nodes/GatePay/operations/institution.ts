import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, optionalTime, requiredText } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Operation, Resource } from '../../../core/provider/operation';
import { untilFinal } from '../../../core/provider/standingOn';
import { cryptoAmount, milliseconds, ownId, PAGES } from './fields';

const GROUP = `${PAGES}/institutional`;

/** "Main merchant id of the institution. Do not send X-GatePay-On-Behalf-Of with it." */
const merchantHeader = { 'X-GatePay-MerchantId': { parameter: 'merchantId', label: 'the Merchant ID' } };

/** Percentages and fixed fees are JSON numbers. The page says "0 allowed" and does not document decimals. */
const markup: FieldRule = { kind: 'amount', as: 'number', decimals: 18, minimum: '0' };

/** The time zone is not documented, so the text is sent unchanged. */
const dateAndTime: FieldRule = {
	kind: 'reference',
	pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$',
	characters: 'the form 2026-12-01 00:00:00',
	maximumLength: 19,
};

const merchantBatchNo: INodeProperties = requiredText({
	displayName: 'Merchant Batch Number',
	name: 'merchantBatchNo',
	placeholder: 'e.g. move-2026-0001',
	description: 'Your own reference. It must be unique; never use a new one to try it again.',
});

const knownBatchNo: INodeProperties = requiredText({
	displayName: 'Merchant Batch Number',
	name: 'merchantBatchNo',
	placeholder: 'e.g. move-2026-0001',
	description: 'Your own reference',
});

function account(description: string): INodeProperties {
	return fromList(
		{ displayName: 'Account', name: 'accountId', description },
		'searchSubAccounts',
		'e.g. 53695180',
	);
}

const subMerchant = fromList(
	{
		displayName: 'Sub-Account',
		name: 'sub_merchant_id',
		description: 'The sub-account that the rule is for',
	},
	'searchSubAccounts',
	'e.g. 53695180',
);

const amountFields: INodeProperties[] = [
	requiredText({
		displayName: 'Amount',
		name: 'amount',
		placeholder: 'e.g. 100.5',
		description: 'Decimal text with at most 6 decimals',
	}),
	requiredText({ displayName: 'Currency', name: 'currency', placeholder: 'e.g. USDT' }),
];

const accountHolder: INodeProperties = {
	displayName: 'Account Holder',
	name: 'account_holder',
	type: 'json',
	required: true,
	default: '',
	placeholder: 'e.g. {"entity_country":"GB","entity_type":"BUSINESS","entity_name":"ABC Ltd"}',
	description:
		'A JSON object with entity_country, entity_type, entity_name, entity_id_type, entity_id_number, entity_id_expiry, address, ubo_list and so on, as on the page of the call',
};

const createSubAccount: Operation = {
	name: 'Create Sub-Account',
	value: 'createSubAccount',
	action: 'Create sub account',
	description: 'Apply for a sub-account. Gate Pay reviews it; the trigger tells the result.',
	request: 'POST /merchant/open/institution/v1/accounts/create',
	onBehalfOf: 'never',
	effect: 'write',
	referenceField: 'request_id',
	lookup: { operation: 'institution.getSubAccount', by: 'request_id', field: 'request_id' },
	same: { fields: { customer_id: 'customer_id', display_name: 'display_name' } },
	proof: { has: ['account_id'], reference: 'request_id' },
	returns: {},
	docs: `${GROUP}/create`,
	fields: [
		requiredText({
			displayName: 'Request ID',
			name: 'request_id',
			placeholder: 'e.g. 2060249001916727296',
			description: 'Your own reference. A repeat with the same ID creates one account.',
		}),
		requiredText({
			displayName: 'Customer ID',
			name: 'customer_id',
			placeholder: 'e.g. 2060249001845424128',
			description: 'Your own ID of the customer',
		}),
		requiredText({ displayName: 'Display Name', name: 'display_name', placeholder: 'e.g. ABC Trading' }),
		accountHolder,
	],
	options: [
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '',
			placeholder: 'e.g. {"plan":"gold"}',
			description: 'Any JSON of your own',
		},
	],
	rules: { request_id: ownId, account_holder: { kind: 'json' }, metadata: { kind: 'json' } },
};

const getSubAccount: Operation = {
	name: 'Get Sub-Account',
	value: 'getSubAccount',
	action: 'Get sub account',
	description: 'Get a sub-account and its state: INIT, PENDING, ACTIVE or FAIL',
	request: 'GET /merchant/open/institution/v1/accounts/query',
	onBehalfOf: 'never',
	effect: 'read',
	returns: {},
	docs: `${GROUP}/query`,
	fields: [
		optionalText({ displayName: 'Account ID', name: 'account_id', placeholder: 'e.g. 53695180' }),
		optionalText({
			displayName: 'Request ID',
			name: 'request_id',
			placeholder: 'e.g. 2060249001916727296',
			description: 'Your own reference, used when Account ID is empty',
		}),
	],
	oneOf: ['account_id', 'request_id'],
};

const getSubAccounts: Operation = {
	name: 'Get Many Sub-Accounts',
	value: 'getSubAccounts',
	action: 'Get many sub accounts',
	description: 'List your sub-accounts',
	request: 'GET /merchant/open/institution/v1/accounts/list',
	onBehalfOf: 'never',
	effect: 'read',
	returns: {
		list: 'accounts',
		// The cursor is a page number.
		page: { number: 'cursor', size: 'limit', first: 1, maximumSize: 200, more: 'has_more' },
	},
	docs: `${GROUP}/list`,
	options: [
		optionalTime({ displayName: 'Created After', name: 'created_gte' }),
		optionalTime({ displayName: 'Created Before', name: 'created_lte' }),
		optionalText({ displayName: 'Customer ID', name: 'customer_id' }),
		optionalText({ displayName: 'Request ID', name: 'request_id' }),
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [{ name: 'Active', value: 'ACTIVE' }],
			default: 'ACTIVE',
			description: 'Only ACTIVE is documented as a filter',
		},
	],
	rules: { created_gte: milliseconds, created_lte: milliseconds },
};

const getBalances: Operation = {
	name: 'Get Balances',
	value: 'getBalances',
	action: 'Get balances of sub account',
	description: 'List what is available to the account in On Behalf Of of the credential',
	request: 'POST /payment/open/institution/v1/balance',
	onBehalfOf: 'required',
	effect: 'read',
	// The page documents the first spelling, but an integrator got the second one.
	returns: { list: ['balanceList', 'balance_list'] },
	docs: `${PAGES}/institution/common/balanceQuery`,
	wire: { bodyOf: 'currencies' },
	fields: [
		requiredText({
			displayName: 'Currencies',
			name: 'currencies',
			placeholder: 'e.g. USDT, BTC',
			description: 'Separated by commas',
		}),
	],
	rules: { currencies: { kind: 'list' } },
};

const createTransfer: Operation = {
	name: 'Create Transfer',
	value: 'createTransfer',
	action: 'Create transfer to account',
	description: 'Send funds from the account in On Behalf Of of the credential to another account',
	request: 'POST /transfer/open/institution/v1/pay/transfer',
	onBehalfOf: 'required',
	effect: 'money',
	once: { remembered: true },
	moves: { amount: ['amount'], currency: ['currency'], to: ['accountId'] },
	referenceField: 'merchantBatchNo',
	lookup: { operation: 'institution.getTransfer', by: 'merchantBatchNo', field: 'merchantBatchNo' },
	same: {
		fields: { amount: 'amount', currency: 'currency', accountId: 'toAccountId' },
		onBehalfOf: 'fromAccountId',
	},
	proof: { has: ['status'], reference: 'merchantBatchNo' },
	returns: { kind: 'institutionTransfer' },
	docs: `${GROUP}/transfer`,
	fields: [merchantBatchNo, account('The account that receives'), ...amountFields],
	rules: { merchantBatchNo: ownId, amount: cryptoAmount },
};

const getTransfer: Operation = {
	name: 'Get Transfer',
	value: 'getTransfer',
	action: 'Get transfer',
	description: 'Get a transfer by your own reference',
	request: 'GET /transfer/open/institution/v1/pay/transfer/detail',
	onBehalfOf: 'required',
	effect: 'read',
	referenceField: 'merchantBatchNo',
	about: { merchantBatchNo: 'merchantBatchNo' },
	returns: { kind: 'institutionTransfer' },
	docs: `${GROUP}/transferDetail`,
	fields: [knownBatchNo],
};

const waitUntilTransferIsFinal: Operation = {
	...untilFinal('institution', getTransfer),
	name: 'Wait Until Transfer Is Final',
	value: 'waitUntilTransferIsFinal',
	action: 'Wait until transfer is final',
	description: 'Read a transfer repeatedly until its state is final. It is final when it was paid.',
};

const createCharge: Operation = {
	name: 'Create Charge',
	value: 'createCharge',
	action: 'Create charge of account',
	description: 'Take funds from an account, on behalf of the account in On Behalf Of of the credential',
	request: 'POST /transfer/open/institution/v1/pay/charge',
	onBehalfOf: 'required',
	effect: 'money',
	once: { remembered: true },
	moves: { amount: ['amount'], currency: ['currency'], to: 'own account' },
	referenceField: 'merchantBatchNo',
	lookup: { operation: 'institution.getCharge', by: 'merchantBatchNo', field: 'merchantBatchNo' },
	same: { fields: { amount: 'amount', currency: 'currency', accountId: 'fromAccountId' } },
	proof: { has: ['status'], reference: 'merchantBatchNo' },
	returns: { kind: 'institutionCharge' },
	docs: `${GROUP}/charge`,
	fields: [merchantBatchNo, account('The account that pays'), ...amountFields],
	rules: { merchantBatchNo: ownId, amount: cryptoAmount },
};

const getCharge: Operation = {
	name: 'Get Charge',
	value: 'getCharge',
	action: 'Get charge',
	description: 'Get a charge by your own reference',
	request: 'GET /transfer/open/institution/v1/pay/charges/detail',
	onBehalfOf: 'required',
	effect: 'read',
	referenceField: 'merchantBatchNo',
	about: { merchantBatchNo: 'merchantBatchNo' },
	returns: { kind: 'institutionCharge' },
	docs: `${GROUP}/chargeDetail`,
	fields: [knownBatchNo],
};

const waitUntilChargeIsFinal: Operation = {
	...untilFinal('institution', getCharge),
	name: 'Wait Until Charge Is Final',
	value: 'waitUntilChargeIsFinal',
	action: 'Wait until charge is final',
	description: 'Read a charge repeatedly until its state is final. It is final when it was paid.',
};

const ruleFields: INodeProperties[] = [
	subMerchant,
	requiredText({
		displayName: 'Percentage Markup',
		name: 'r_markup',
		placeholder: 'e.g. 0.5',
		description: 'Sent as a number with exactly these digits; 0 is allowed',
	}),
	requiredText({
		displayName: 'Effective Date',
		name: 'effective_date',
		placeholder: 'e.g. 2026-12-01 00:00:00',
		description: 'Sent as it is: the time zone is not documented',
	}),
];

const ruleOptions: INodeProperties[] = [
	optionalText({
		displayName: 'Due Date',
		name: 'due_date',
		placeholder: 'e.g. 2027-12-01 00:00:00',
		description: 'Open ended when empty',
	}),
	optionalText({
		displayName: 'Fixed Markup',
		name: 'f_markup',
		placeholder: 'e.g. 0.1',
		description: 'In USDT, sent as a number with exactly these digits',
	}),
];

/** Bookkeeping of a rule. Its status and its dates say the same. */
const FEE_RULE_DETAILS = ['previous_config_id', 'has_markup', 'created_at', 'updated_at'];

const ruleRules: Record<string, FieldRule> = {
	r_markup: markup,
	f_markup: markup,
	effective_date: dateAndTime,
	due_date: dateAndTime,
};

const createFeeRule: Operation = {
	name: 'Create Fee Rule',
	value: 'createFeeRule',
	action: 'Create fee rule',
	description: 'Create the first fee rule of a sub-account. Needs the Merchant ID in the credential.',
	request: 'POST /rate/commission_rule',
	onBehalfOf: 'never',
	wire: { accountHeaders: merchantHeader },
	effect: 'write',
	referenceField: 'sub_merchant_id',
	lookup: { operation: 'institution.getFeeRule', by: 'sub_merchant_id', field: 'sub_merchant_id' },
	// Gate Pay fills in the values that the request leaves out.
	same: { ifSent: { r_markup: 'r_markup', f_markup: 'f_markup', effective_date: 'effective_date' } },
	proof: { has: ['config_id'], reference: 'sub_merchant_id' },
	returns: { leavesOut: FEE_RULE_DETAILS },
	docs: `${GROUP}/fee-settings/create`,
	fields: ruleFields,
	options: ruleOptions,
	rules: ruleRules,
};

const upgradeFeeRule: Operation = {
	name: 'Upgrade Fee Rule',
	value: 'upgradeFeeRule',
	action: 'Upgrade fee rule',
	description:
		'Make a new version of the fee rule of a sub-account; the running one stays until then. Needs the Merchant ID in the credential.',
	request: 'POST /rate/commission_rule/upgrade',
	onBehalfOf: 'never',
	wire: { accountHeaders: merchantHeader },
	effect: 'write',
	once: { see: 'institution.getFeeRules' },
	proof: { has: ['config_id'], same: { fields: { sub_merchant_id: 'sub_merchant_id' } } },
	returns: { leavesOut: FEE_RULE_DETAILS },
	docs: `${GROUP}/fee-settings/upgrade`,
	fields: ruleFields,
	options: ruleOptions,
	rules: ruleRules,
};

const getFeeRule: Operation = {
	name: 'Get Fee Rule',
	value: 'getFeeRule',
	action: 'Get fee rule',
	description: 'Get the fee rule of a sub-account. Needs the Merchant ID in the credential.',
	request: 'GET /rate/commission_rule',
	onBehalfOf: 'never',
	wire: { accountHeaders: merchantHeader },
	effect: 'read',
	returns: { leavesOut: FEE_RULE_DETAILS },
	docs: `${GROUP}/fee-settings/query`,
	fields: [subMerchant],
};

const getFeeRules: Operation = {
	name: 'Get Many Fee Rules',
	value: 'getFeeRules',
	action: 'Get many fee rules',
	description: 'List the fee rules of your sub-accounts. Needs the Merchant ID in the credential.',
	request: 'POST /rate/commission_rule/list',
	onBehalfOf: 'never',
	wire: { accountHeaders: merchantHeader },
	effect: 'read',
	returns: {
		leavesOut: FEE_RULE_DETAILS,
		list: 'records',
		page: { number: 'pageNum', size: 'pageSize', first: 1, maximumSize: 100, total: 'total' },
	},
	docs: `${GROUP}/fee-settings/list`,
	options: [
		{
			displayName: 'Has Markup',
			name: 'has_markup',
			type: 'boolean',
			default: true,
			description: 'Whether to return rules with a markup or those without',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Effective', value: 'EFFECTIVE' },
				{ name: 'Pending', value: 'PENDING_EFFECTIVE' },
			],
			default: 'EFFECTIVE',
		},
		optionalText({ displayName: 'Sub-Account', name: 'sub_merchant_id' }),
	],
};

/** For institutions: their sub-accounts, and transfers between them. */
export const institution: Resource = {
	name: 'Institution',
	value: 'institution',
	operations: [
		createSubAccount,
		getSubAccount,
		getSubAccounts,
		getBalances,
		createTransfer,
		getTransfer,
		waitUntilTransferIsFinal,
		createCharge,
		getCharge,
		waitUntilChargeIsFinal,
		createFeeRule,
		upgradeFeeRule,
		getFeeRule,
		getFeeRules,
	],
};
