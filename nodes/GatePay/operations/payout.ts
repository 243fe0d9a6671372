import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Fee } from '../../../core/provider/fee';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Lookup, Sameness } from '../../../core/provider/lookup';
import type { Moves } from '../../../core/provider/moves';
import type { Holder } from '../../../core/provider/once';
import type { Operation, Resource } from '../../../core/provider/operation';
import { standingOn, untilFinal } from '../../../core/provider/standingOn';

const PAGES = 'https://docs.gate.com/api-reference/version/100/en/endpoint/withdraw';

/** "at most 6 decimals (8 in older pages); more decimals are refused, not rounded". */
const amount: FieldRule = { kind: 'amount', decimals: 6 };

const batchId: FieldRule = {
	kind: 'reference',
	pattern: '^[A-Za-z0-9_]+$',
	characters: 'letters, digits and _',
	maximumLength: 32,
};

/** Neither charset nor length is documented. 64 printable ASCII characters without spaces are enough for any ID. */
const ownId: FieldRule = { kind: 'reference', maximumLength: 64 };

const currency: INodeProperties = fromList(
	{ displayName: 'Currency', name: 'currency', description: 'A currency of your balance' },
	'searchCurrencies',
	'e.g. USDT',
	'By Code',
);

const chain: INodeProperties = fromList(
	{ displayName: 'Chain', name: 'chain', description: 'The network to pay on. Choose the currency first.' },
	'searchChains',
	'e.g. TRX',
	'By Code',
);

const batchIdField: INodeProperties = requiredText({
	displayName: 'Batch ID',
	name: 'batch_id',
	placeholder: 'e.g. payroll_2026_11',
	description:
		'Your own reference: letters, digits and _, at most 32. It must be unique; never use a new one to try a payout again.',
});

const recipientAddress: INodeProperties = requiredText({
	displayName: 'Address',
	name: 'address',
	placeholder: 'e.g. TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
});

const recipientAmount: INodeProperties = requiredText({
	displayName: 'Amount',
	name: 'amount',
	placeholder: 'e.g. 12.5',
	description: 'Decimal text with at most 6 decimals',
});

const fee: INodeProperties = {
	displayName: 'Fee',
	name: 'fee_type',
	type: 'options',
	options: [
		{ name: 'Added on Top', value: 1 },
		{ name: 'Taken From the Amount', value: 0 },
		{ name: 'Taken From the Amount (Not Sent)', value: '' },
	],
	default: '',
	description:
		'Who bears the fee: the recipient, who gets less, or you, on top of the amount. Without it Gate Pay takes the fee from the amount.',
};

const memo: INodeProperties = optionalText({
	displayName: 'Memo',
	name: 'memo',
	placeholder: 'e.g. 104328',
	description: 'The tag or memo that some chains need',
	hint: 'An exchange that gets XRP, TON, EOS or XLM wants one: without it the money may be lost',
});

const payoutId: INodeProperties = requiredText({
	displayName: 'Payout ID',
	name: 'merchant_withdraw_id',
	placeholder: 'e.g. payroll_2026_11_anna',
	description:
		'Your own ID of this line, unique in all runs: with the month in it, for example. One that any earlier batch had is refused.',
});

const batchNumberField: INodeProperties = requiredText({
	displayName: 'Merchant Batch Number',
	name: 'merchant_batch_no',
	placeholder: 'e.g. RB202606300001',
	description: 'Your own reference. It must be unique; never use a new one to try a transfer again.',
});

const batchLookup: Lookup = {
	operation: 'payout.get',
	by: 'batch_id',
	with: { detail_status: 'ALL' },
	field: 'batch_id',
};

const sameLines: Sameness = {
	lines: {
		sent: 'withdraw_list',
		found: 'withdraw_list',
		by: ['merchant_withdraw_id', 'merchant_withdraw_id'],
		fields: {
			amount: 'amount',
			currency: 'currency',
			chain: 'chain',
			address: 'address',
			memo: 'memo',
			fee_type: 'fee_type',
		},
		// The page says "Omitted = 0", which means that the fee is taken out of the amount.
		unset: { fee_type: '0' },
	},
};

/** A Payout ID is unique in all batches at Gate Pay, not only within its own. */
const payoutIdHolder: Holder = {
	code: '400201',
	operation: 'reconciliation.getPayouts',
	line: 'merchant_withdraw_id',
	batch: 'batch_id',
	label: 'the Payout ID',
};

const address: FieldRule = { kind: 'reference', maximumLength: 256 };

const feeType: FieldRule = { kind: 'integer', minimum: 0, maximum: 1 };

const customer: INodeProperties = optionalText({
	displayName: 'Customer',
	name: 'channel_id',
	description: 'The name of your customer (channel) that the batch belongs to',
});

/**
 * Code 550238 says that there is a limit, but no page gives it. This value is small, and the batches still stay few:
 * the 10,000th recipient is in batch 200.
 */
const recipientsPerBatch: INodeProperties = {
	displayName: 'Recipients per Batch',
	name: 'recipientsPerBatch',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description:
		'How many recipients one request takes at most. Gate Pay has a limit that it does not document. Keep it when you run the same items again.',
};

const payoutMoves: Moves = {
	lines: 'withdraw_list',
	amount: ['amount'],
	currency: ['currency'],
	to: [{ member: 'address', chain: 'chain' }],
	memo: 'memo',
};

const payoutBalance = { operation: 'balance.getMany', currency: 'currency', available: 'available' };

/** The fee is a fixed sum and a share of the amount, for each chain. Gate Pay takes none for an address of Gate. */
const payoutFee: Fee = {
	operation: 'payout.getFees',
	by: { currency: 'currency' },
	same: { currency: 'currency' },
	perChain: 'chain',
	fixed: 'withdraw_fix_on_chains',
	percent: 'withdraw_percent_on_chains',
	fromAmount: { member: 'fee_type', values: ['0', ''] },
};

const transferMoves: Moves = {
	lines: 'batchorderList',
	amount: ['amount'],
	currency: ['currency'],
	to: ['user_id'],
};

const payoutLines: INodeProperties = {
	displayName: 'Payouts',
	name: 'withdraw_list',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Payout',
	required: true,
	default: {},
	options: [
		{
			displayName: 'Payout',
			name: 'payout',
			// n8n's lint wants the fields of a line in the order of their names.
			values: [recipientAddress, recipientAmount, chain, currency, fee, memo, payoutId],
		},
	],
};

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create payout batch',
	description:
		'Pay one or more addresses on chain. Gate Pay accepts the batch first; the trigger or Get tells when it is done.',
	request: 'POST /v1/pay/withdraw',
	onBehalfOf: '/withdraw/open/institution/v1/pay/create/payouts',
	effect: 'money',
	moves: payoutMoves,
	balance: payoutBalance,
	fee: payoutFee,
	referenceField: 'batch_id',
	lookup: batchLookup,
	same: sameLines,
	once: { holder: payoutIdHolder },
	proof: { has: ['batch_id'], reference: 'batch_id' },
	returns: { kind: 'payout' },
	docs: `${PAGES}/withdraw`,
	fields: [batchIdField, payoutLines],
	options: [customer],
	rules: {
		batch_id: batchId,
		'withdraw_list.merchant_withdraw_id': ownId,
		'withdraw_list.amount': amount,
		'withdraw_list.address': address,
		'withdraw_list.fee_type': feeType,
	},
};

const createMany: Operation = {
	name: 'Create Many',
	value: 'createMany',
	action: 'Create payouts to one recipient per item',
	description:
		'Pay one recipient per input item, in as few batches as possible. All items are checked first: one that cannot be paid keeps all of them back.',
	...standingOn('payout', create),
	moves: payoutMoves,
	balance: payoutBalance,
	fee: payoutFee,
	referenceField: 'batch_id',
	lookup: batchLookup,
	same: sameLines,
	once: { holder: payoutIdHolder },
	does: {
		packs: {
			into: 'withdraw_list',
			lines: ['address', 'amount', 'chain', 'currency', 'fee_type', 'memo', 'merchant_withdraw_id'],
			referenceField: 'merchant_withdraw_id',
			amount: 'amount',
			currency: 'currency',
			most: 'recipientsPerBatch',
		},
	},
	proof: { has: ['batch_id'], reference: 'batch_id' },
	returns: { kind: 'payout' },
	fields: [
		{
			...batchIdField,
			description:
				'Your own reference of the whole run, the same for all items: letters, digits and _. Batches are numbered: payroll_2026_11 becomes payroll_2026_11_1, payroll_2026_11_2 and so on, each at most 32 characters.',
		},
		currency,
		chain,
		recipientAddress,
		recipientAmount,
		fee,
		memo,
		{
			...payoutId,
			required: false,
			description:
				'Your own ID of this recipient, unique in all runs: with the month in it, for example. When empty it is made from Batch ID and the number of the item: payroll_2026_11_line_7.',
		},
	],
	options: [customer, recipientsPerBatch],
	steering: ['recipientsPerBatch'],
	rules: {
		batch_id: batchId,
		merchant_withdraw_id: ownId,
		amount,
		address,
		fee_type: feeType,
	},
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get payout batch',
	description: 'Get a batch and its payouts by your Batch ID',
	request: 'POST /v1/pay/withdraw/query',
	onBehalfOf: '/withdraw/open/institution/v1/pay/payouts/detail',
	effect: 'read',
	referenceField: 'batch_id',
	about: { batch_id: 'batch_id' },
	returns: { kind: 'payout' },
	docs: `${PAGES}/withdrawQuery`,
	fields: [
		{ ...batchIdField, description: 'Your own reference of the batch' },
		{
			displayName: 'Payouts to Return',
			name: 'detail_status',
			type: 'options',
			options: [
				{ name: 'All', value: 'ALL' },
				{ name: 'Done', value: 'DONE' },
				{ name: 'In Review', value: 'CHECK' },
				{ name: 'New', value: 'INIT' },
				{ name: 'Not Carried Out', value: 'FAIL' },
				{ name: 'Pending', value: 'PENDING' },
				{ name: 'Processing', value: 'PROCESSING' },
			],
			required: true,
			default: 'ALL',
		},
	],
	rules: { batch_id: batchId },
};

const waitUntilFinal: Operation = {
	...untilFinal('payout', get),
	action: 'Wait until payout batch is final',
	description:
		'Read a payout batch repeatedly until its state is final. A batch of which only a part was paid is final too, with the status action_required.',
};

const getChains: Operation = {
	name: 'Get Many Chains',
	value: 'getChains',
	action: 'Get many payout chains',
	description: 'List the chains that a currency can be paid out on',
	request: 'GET /v1/pay/wallet/currency_chains',
	onBehalfOf: '/payment/open/institution/v1/pay/wallet/currency_chains',
	effect: 'read',
	returns: { list: '' },
	docs: `${PAGES}/currencyChains`,
	fields: [currency],
};

const getFees: Operation = {
	name: 'Get Fees',
	value: 'getFees',
	action: 'Get payout fees and limits',
	description: 'Get the payout fees and limits of a currency. Gate Pay renews them every hour.',
	request: 'GET /v1/pay/wallet/withdraw_status',
	onBehalfOf: '/payment/open/institution/v1/pay/wallet/withdraw_status',
	effect: 'read',
	returns: { leavesOut: ['name_cn', 'deposit'] },
	docs: `${PAGES}/withdrawStatus`,
	fields: [currency],
};

const getTotalBalance: Operation = {
	name: 'Get Total Balance',
	value: 'getTotalBalance',
	action: 'Get total balance',
	description: 'Get the total of your Gate accounts, expressed in one currency',
	request: 'GET /v1/pay/wallet/total_balance',
	effect: 'read',
	returns: {},
	docs: `${PAGES}/totalBalance`,
	options: [
		optionalText({
			displayName: 'Currency',
			name: 'currency',
			placeholder: 'e.g. USDT',
			description: 'The currency to express the total in',
		}),
	],
};

const transferLookup: Lookup = {
	operation: 'payout.getBatchTransfer',
	by: 'merchant_batch_no',
	with: { detail_status: 'ALL' },
	field: 'merchant_batch_no',
};

const transferAmount: INodeProperties = requiredText({
	displayName: 'Amount',
	name: 'amount',
	placeholder: 'e.g. 12.5',
	description: 'Decimal text with at most 6 decimals',
});

const gateUser: INodeProperties = requiredText({
	displayName: 'Gate User ID',
	name: 'user_id',
	placeholder: 'e.g. 100001',
});

const rewardId: INodeProperties = optionalText({
	displayName: 'Reward ID',
	name: 'rewardId',
	placeholder: 'e.g. reward_001',
});

const transferOptions: INodeProperties[] = [
	{
		displayName: 'Business Scene',
		name: 'bizscene',
		type: 'options',
		options: [
			{ name: 'Batch Gift Card', value: 'BATCHGIFTCARD' },
			{ name: 'Direct Transfer', value: 'DIRECT_TRANSFER' },
			{ name: 'Gift Exchange', value: 'GIFTEXCHANGE' },
			{ name: 'Merchant Payment', value: 'MERCHANTPAYMENT' },
			{ name: 'Other Payment', value: 'OTHERSPAYMENT' },
			{ name: 'Reimbursement', value: 'REIMBURSEMENT' },
			{ name: 'Rewards', value: 'REWARDS' },
		],
		default: 'REWARDS',
	},
	optionalText({
		displayName: 'Customer',
		name: 'channelId',
		description: 'The name of your customer (channel) that the batch belongs to',
	}),
	optionalText({ displayName: 'Description', name: 'description' }),
	optionalText({ displayName: 'Name', name: 'name' }),
];

const transferLines: INodeProperties = {
	displayName: 'Transfers',
	name: 'batchorderList',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Transfer',
	required: true,
	default: {},
	options: [
		{
			displayName: 'Transfer',
			name: 'transfer',
			values: [
				transferAmount,
				optionalText({
					displayName: 'Currency',
					name: 'currency',
					placeholder: 'e.g. USDT',
					description: 'Only when it is another than that of the batch',
				}),
				gateUser,
				rewardId,
			],
		},
	],
};

const createTransfer: Operation = {
	name: 'Create Batch Transfer',
	value: 'createBatchTransfer',
	action: 'Create batch transfer to gate users',
	description: 'Pay Gate users (rewards, reimbursements) by their user ID',
	request: 'POST /v1/pay/batch/transfer',
	onBehalfOf: 'header',
	effect: 'money',
	once: { remembered: true },
	moves: transferMoves,
	referenceField: 'merchant_batch_no',
	lookup: transferLookup,
	same: {
		fields: { currency: 'currency' },
		lines: {
			sent: 'batchorderList',
			found: 'orders_list',
			by: ['user_id', 'receiver_id'],
			fields: { amount: 'amount', rewardId: 'reward_id' },
			ifSent: { currency: 'currency' },
		},
	},
	proof: { has: ['merchant_batch_no'], reference: 'merchant_batch_no' },
	returns: { kind: 'batchTransfer' },
	docs: `${PAGES}/reward-distribution/create`,
	fields: [batchNumberField, currency, transferLines],
	options: transferOptions,
	rules: {
		merchant_batch_no: ownId,
		'batchorderList.amount': amount,
		'batchorderList.user_id': { kind: 'integer', minimum: 1 },
	},
};

const createManyTransfers: Operation = {
	name: 'Create Many Transfers',
	value: 'createManyTransfers',
	action: 'Create transfers to one gate user per item',
	description:
		'Pay one Gate user per input item, in as few batches as possible. All items are checked first: one that cannot be paid keeps all of them back.',
	...standingOn('payout', createTransfer),
	once: { remembered: true },
	moves: transferMoves,
	referenceField: 'merchant_batch_no',
	lookup: transferLookup,
	// Each line has a Reward ID, which tells two transfers to one user apart.
	same: {
		fields: { currency: 'currency' },
		lines: {
			sent: 'batchorderList',
			found: 'orders_list',
			by: ['rewardId', 'reward_id'],
			fields: { amount: 'amount', user_id: 'receiver_id' },
		},
	},
	does: {
		packs: {
			into: 'batchorderList',
			lines: ['amount', 'user_id', 'rewardId'],
			referenceField: 'rewardId',
			amount: 'amount',
			currency: 'currency',
			most: 'recipientsPerBatch',
		},
	},
	proof: { has: ['merchant_batch_no'], reference: 'merchant_batch_no' },
	returns: { kind: 'batchTransfer' },
	fields: [
		{
			...batchNumberField,
			description:
				'Your own reference of the whole run, the same for all items. Batches are numbered: RB202606300001 becomes RB202606300001_1, RB202606300001_2 and so on.',
		},
		{ ...currency, description: 'One currency for the whole run, of your balance' },
		transferAmount,
		gateUser,
		{
			...rewardId,
			description:
				'Your own ID of this transfer, unique in the run. When empty it is made from Merchant Batch Number and the number of the item: RB202606300001_line_7.',
		},
	],
	options: [...transferOptions, recipientsPerBatch],
	steering: ['recipientsPerBatch'],
	rules: {
		merchant_batch_no: ownId,
		rewardId: ownId,
		amount,
		user_id: { kind: 'integer', minimum: 1 },
	},
};

const getTransfer: Operation = {
	name: 'Get Batch Transfer',
	value: 'getBatchTransfer',
	action: 'Get batch transfer',
	description: "Get a batch transfer by your number or by Gate Pay's ID",
	request: 'POST /v1/pay/batch/transfer/query',
	onBehalfOf: 'header',
	effect: 'read',
	about: { merchant_batch_no: 'merchant_batch_no', batch_id: 'batch_id' },
	returns: { kind: 'batchTransfer' },
	docs: `${PAGES}/reward-distribution/query`,
	fields: [
		{ ...batchNumberField, required: false, description: 'Your own reference' },
		{
			...batchIdField,
			required: false,
			placeholder: 'e.g. 237394559478075550',
			description: "Gate Pay's ID of the batch, used when your number is not known",
		},
	],
	oneOf: ['merchant_batch_no', 'batch_id'],
	options: [
		{
			displayName: 'Detail Status',
			name: 'detail_status',
			type: 'string',
			default: 'ALL',
			description: 'Only ALL is documented',
		},
	],
	rules: { merchant_batch_no: ownId },
};

const waitUntilBatchTransferIsFinal: Operation = {
	...untilFinal('payout', getTransfer),
	name: 'Wait Until Batch Transfer Is Final',
	value: 'waitUntilBatchTransferIsFinal',
	action: 'Wait until batch transfer is final',
	description: 'Read a batch transfer repeatedly until its state is final. It is final when it was paid.',
};

const reconcile: Operation = {
	name: 'Reconcile',
	value: 'reconcile',
	action: 'Reconcile payouts with your ledger',
	description:
		'Compare your ledger, the input items, with the lines of all payout batches of a time range, by Payout ID',
	request: 'GET /withdraw/open/v1/withdraw/suborder/query',
	effect: 'read',
	standsOn: 'reconciliation.getPayouts',
	does: { reconciles: { by: 'reference', range: { from: 'startTime', to: 'endTime' } } },
	returns: {},
	docs: 'https://docs.gate.com/api-reference/version/100/en/endpoint/reconciliation/withdrawSuborderQuery',
	options: [
		optionalText({
			displayName: 'Customer',
			name: 'channelId',
			description: 'The name of your customer (channel): only its batches',
		}),
	],
};

/** On-chain payouts in batches, and transfers to Gate users. */
export const payout: Resource = {
	name: 'Payout',
	value: 'payout',
	operations: [
		create,
		createMany,
		get,
		waitUntilFinal,
		getChains,
		getFees,
		getTotalBalance,
		createTransfer,
		createManyTransfers,
		getTransfer,
		waitUntilBatchTransferIsFinal,
		reconcile,
	],
};
