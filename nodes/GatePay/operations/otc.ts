import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText, requiredTime } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import { milliseconds } from './fields';

const PAGES = 'https://docs.gate.com/api-reference/version/100/en/endpoint/otc';

/** "at most 6 decimals (8 in older pages); more decimals are refused, not rounded". Fiat has 2. */
const cryptoAmount: FieldRule = { kind: 'amount', decimals: 6 };
const fiatAmount: FieldRule = { kind: 'amount', decimals: 2 };

/** Neither charset nor length is documented. 64 printable ASCII characters without spaces are enough for any ID. */
const clientOrderId: FieldRule = { kind: 'reference', maximumLength: 64 };

/** jpg, jpeg or png, at most 4 MB. */
const receipt: FieldRule = { kind: 'file', maximumBytes: 4_000_000, extensions: ['jpg', 'jpeg', 'png'] };

/** At most 5 files per list, each at most 4 MB, jpg, jpeg, png or pdf. */
const documents: FieldRule = { ...receipt, extensions: ['jpg', 'jpeg', 'png', 'pdf'], maximumFiles: 5 };

function bankAccount(name: string): INodeProperties {
	return fromList(
		{
			displayName: 'Bank Account',
			name,
			description: 'One of your bank accounts at Gate Pay. Only approved accounts can be used in orders.',
		},
		'searchBankAccounts',
		'e.g. ba_123456789',
	);
}

const cryptoCurrency: INodeProperties = {
	displayName: 'Crypto Currency',
	name: 'cryptoCurrency',
	type: 'options',
	options: [
		{ name: 'USDC', value: 'USDC' },
		{ name: 'USDT', value: 'USDT' },
	],
	required: true,
	default: 'USDT',
};

const fiatCurrency: INodeProperties = {
	displayName: 'Fiat Currency',
	name: 'fiatCurrency',
	type: 'options',
	options: [{ name: 'USD', value: 'USD' }],
	required: true,
	default: 'USD',
};

const quoteToken: INodeProperties = requiredText({
	displayName: 'Quote Token',
	name: 'quoteToken',
	typeOptions: { password: true },
	placeholder: 'e.g. qt_01JXYZABCDEF',
	description: 'From Create Quote. It is valid for the seconds in validPeriod, 60 in the documented example.',
});

const cryptoAmountField: INodeProperties = requiredText({
	displayName: 'Crypto Amount',
	name: 'cryptoAmount',
	placeholder: 'e.g. 1088.42',
	description: 'Decimal text with at most 6 decimals, as in the quote',
});

const fiatAmountField: INodeProperties = requiredText({
	displayName: 'Fiat Amount',
	name: 'fiatAmount',
	placeholder: 'e.g. 1000',
	description: 'Decimal text with at most 2 decimals, as in the quote',
});

const clientOrderIdField: INodeProperties = requiredText({
	displayName: 'Client Order ID',
	name: 'clientOrderId',
	placeholder: 'e.g. otc-20260415-001',
	description: 'Your own reference. It must be unique; never use a new one to try an order again.',
});

const promoCode: INodeProperties = optionalText({ displayName: 'Promotion Code', name: 'promoCode' });

const orderId: INodeProperties = requiredText({
	displayName: 'Order ID',
	name: 'orderId',
	placeholder: 'e.g. 71347515709194240',
	description: "Gate Pay's order ID. Pass it as text: it has more digits than a number can hold.",
});

const startTime: INodeProperties = requiredTime({ displayName: 'Start Time', name: 'startTime' });

const endTime: INodeProperties = requiredTime({ displayName: 'End Time', name: 'endTime' });

const side: INodeProperties = {
	displayName: 'Amount Given In',
	name: 'side',
	type: 'options',
	options: [
		{ name: 'Crypto', value: 'CRYPTO' },
		{ name: 'Fiat', value: 'FIAT' },
	],
	required: true,
	default: 'FIAT',
	description: 'Which amount the quote is based on',
};

const quote: Operation = {
	name: 'Create Quote',
	value: 'createQuote',
	action: 'Create OTC quote',
	description: 'Get a price for buying (on-ramp) or selling (off-ramp) crypto against fiat',
	request: 'POST /withdraw/open/otc/api/v1/quote',
	onBehalfOf: '/withdraw/open/institution/otc/api/v1/quote',
	// A quote moves no money, and another request gives another quote. So the effect is a read.
	effect: 'read',
	returns: {},
	docs: `${PAGES}/quote`,
	fields: [
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Buy Crypto (On-Ramp)', value: 'BUY' },
				{ name: 'Sell Crypto (Off-Ramp)', value: 'SELL' },
			],
			required: true,
			default: 'BUY',
		},
		cryptoCurrency,
		fiatCurrency,
		side,
		{
			...cryptoAmountField,
			description: 'Decimal text with at most 6 decimals',
			displayOptions: { show: { side: ['CRYPTO'] } },
		},
		{
			...fiatAmountField,
			description: 'Decimal text with at most 2 decimals',
			displayOptions: { show: { side: ['FIAT'] } },
		},
	],
	options: [{ ...promoCode, name: 'promotionCode' }],
	rules: { cryptoAmount, fiatAmount },
};

const getBankAccounts: Operation = {
	name: 'Get Many Bank Accounts',
	value: 'getBankAccounts',
	action: 'Get many OTC bank accounts',
	description:
		'List your bank accounts with their review status: 1 approved, 2 pending review, 3 more material wanted, 99 rejected',
	request: 'GET /withdraw/open/otc/api/bank/list',
	onBehalfOf: '/withdraw/open/institution/otc/api/bank/list',
	effect: 'read',
	returns: { list: '', leavesOut: ['countryId', 'agentBankName', 'agentBankSwift'] },
	docs: `${PAGES}/bank-list`,
	options: [
		optionalText({
			displayName: 'Account Name',
			name: 'bankAccountName',
			description: 'Part of the account name',
		}),
		optionalText({
			displayName: 'Bank Name',
			name: 'bankName',
			description: 'Part of the name of the bank',
		}),
		optionalText({
			displayName: 'IBAN',
			name: 'iban',
			description: 'Part of the account number or IBAN',
		}),
		optionalText({ displayName: 'SWIFT', name: 'swift', description: 'Part of the SWIFT code' }),
	],
};

const getBankCountries: Operation = {
	name: 'Get Many Bank Countries',
	value: 'getBankCountries',
	action: 'Get many OTC bank countries',
	description: 'List the countries that a bank account can be in, with their IDs',
	request: 'GET /withdraw/open/otc/api/bank/country/list',
	onBehalfOf: '/withdraw/open/institution/otc/api/bank/country/list',
	effect: 'read',
	unverified: 'only the page for institutions describes this call',
	returns: { list: '' },
	docs: `${PAGES}/bank-countries`,
};

const file: INodeProperties = {
	displayName: 'Bank Statement',
	name: 'file',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the input binary field with the file',
	description: 'A jpg, jpeg or png of at most 4 MB',
};

const createBankAccount: Operation = {
	name: 'Create Bank Account',
	value: 'createBankAccount',
	action: 'Create OTC bank account',
	description:
		'Add a bank account, with a bank statement not older than 3 months. It can be used once it is approved.',
	request: 'POST /withdraw/open/otc/api/bank/create',
	onBehalfOf: '/withdraw/open/institution/otc/api/bank/create',
	effect: 'write',
	later: [{ member: 'iban', kind: 'account' }],
	wire: { encoding: 'multipart' },
	once: { see: 'otc.getBankAccounts' },
	returns: {},
	docs: `${PAGES}/bank-create`,
	fields: [
		requiredText({
			displayName: 'Account Name',
			name: 'bankAccountName',
			description: 'Must equal your verified name',
		}),
		requiredText({ displayName: 'Bank Name', name: 'bankName' }),
		fromList(
			{ displayName: 'Country', name: 'countryId', description: 'The country of the bank' },
			'searchBankCountries',
			'e.g. 12',
		),
		requiredText({ displayName: 'Address', name: 'address' }),
		requiredText({ displayName: 'IBAN', name: 'iban', description: 'Account number or IBAN' }),
		requiredText({ displayName: 'SWIFT', name: 'swift' }),
		file,
	],
	options: [
		optionalText({ displayName: 'Agent Bank Name', name: 'agentBankName' }),
		optionalText({ displayName: 'Agent Bank SWIFT', name: 'agentBankSwift' }),
		optionalText({
			displayName: 'Remittance Line Number',
			name: 'remittanceLineNumber',
			description: 'Routing or clearing code',
		}),
	],
	rules: { countryId: { kind: 'integer' }, file: receipt },
};

const deleteBankAccount: Operation = {
	name: 'Delete Bank Account',
	value: 'deleteBankAccount',
	action: 'Delete OTC bank account',
	description: 'Remove a bank account',
	request: 'POST /withdraw/open/otc/api/bank/delete',
	onBehalfOf: '/withdraw/open/institution/otc/api/bank/delete',
	effect: 'write',
	does: { deletes: true },
	once: { see: 'otc.getBankAccounts' },
	returns: {},
	docs: `${PAGES}/bank-delete`,
	fields: [bankAccount('bankAccountId')],
};

function material(displayName: string, name: string, required: boolean): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		...(required ? { required } : {}),
		default: '',
		placeholder: 'e.g. data',
		hint: 'The names of input binary fields with files, separated by commas',
		description: 'At most 5 files, each a jpg, jpeg, png or pdf of at most 4 MB',
	};
}

const supplementBankMaterial: Operation = {
	name: 'Supplement Bank Material',
	value: 'supplementBankMaterial',
	action: 'Supplement material of OTC bank account',
	description: 'Upload more documents for a bank account whose review asks for them (status 3)',
	request: 'POST /withdraw/open/otc/api/bank/material/supplement',
	onBehalfOf: '/withdraw/open/institution/otc/api/bank/material/supplement',
	effect: 'write',
	wire: { encoding: 'multipart' },
	once: { see: 'otc.getBankAccounts' },
	returns: {},
	docs: 'https://docs.gate.com/api-reference/version/100/cn/endpoint/otc/bank-material-supplement',
	fields: [
		bankAccount('bankAccountId'),
		material('Bank Certificates', 'certificate', true),
		material('Passports', 'passport', true),
		material('Shareholders', 'shareHolders', true),
		material('Shareholding Structure', 'shareHoldingStructure', true),
	],
	options: [material('Additional Files', 'additional', false)],
	rules: {
		certificate: documents,
		passport: documents,
		shareHolders: documents,
		shareHoldingStructure: documents,
		additional: documents,
	},
};

const createDeposit: Operation = {
	name: 'Create Deposit',
	value: 'createDeposit',
	action: 'Create OTC deposit order',
	description:
		'Accept a buy quote and get the bank account to remit the fiat to. Newest contract: needs the Merchant ID in the credential and has no reference of your own.',
	request: 'POST /open/otc/api/recharge',
	effect: 'money',
	does: {
		quoted: {
			of: { name: 'fiatAmount', label: 'Fiat Amount' },
			per: { name: 'amount', label: 'Crypto Amount' },
			worst: 'highest',
		},
	},
	moves: { amount: ['fiatAmount'], currency: ['fiatCurrency'], to: 'own account' },
	once: {
		remembered: true,
		see: 'otc.getDeposits',
		candidates: {
			operation: 'otc.getDeposits',
			by: {
				currency: ['currency'],
				amount: ['amount'],
				fiatCurrency: ['fiatCurrency'],
				fiatAmount: ['fiatAmount'],
			},
			range: { from: 'startTime', to: 'endTime' },
		},
	},
	proof: {
		has: ['orderId'],
		same: {
			fields: {
				currency: 'currency',
				amount: 'amount',
				fiatCurrency: 'fiatCurrency',
				fiatAmount: 'fiatAmount',
				bankId: 'bankId',
			},
		},
	},
	returns: { kind: 'otcBuy' },
	docs: `${PAGES}/deposit-create`,
	fields: [
		quoteToken,
		bankAccount('bankId'),
		{ ...cryptoCurrency, name: 'currency' },
		{ ...cryptoAmountField, name: 'amount' },
		fiatCurrency,
		fiatAmountField,
	],
	options: [promoCode],
	rules: { amount: cryptoAmount, fiatAmount },
};

const createDepositOlder: Operation = {
	name: 'Create Deposit (Older Contract)',
	value: 'createDepositOlder',
	action: 'Create OTC deposit order by older contract',
	description:
		'Accept a buy quote under a reference of your own. For accounts that Gate Pay serves by the older contract, without a Merchant ID.',
	request: 'POST /open/otc/api/recharge',
	effect: 'money',
	does: {
		quoted: {
			of: { name: 'fiatAmount', label: 'Fiat Amount' },
			per: { name: 'cryptoAmount', label: 'Crypto Amount' },
			worst: 'highest',
		},
	},
	once: { remembered: true },
	moves: { amount: ['fiatAmount'], currency: ['fiatCurrency'], to: 'own account' },
	referenceField: 'clientOrderId',
	lookup: { operation: 'otc.getDepositsOlder', field: 'clientOrderId' },
	same: {
		fields: {
			cryptoAmount: 'cryptoAmount',
			cryptoCurrency: 'cryptoCurrency',
			fiatAmount: 'fiatAmount',
			fiatCurrency: 'fiatCurrency',
			bankAccountId: 'bankAccountId',
			type: 'type',
		},
	},
	proof: { has: ['orderId'], reference: 'clientOrderId' },
	returns: { kind: 'otcBuy' },
	docs: `${PAGES}/deposit-create`,
	fields: [
		clientOrderIdField,
		quoteToken,
		bankAccount('bankAccountId'),
		cryptoCurrency,
		cryptoAmountField,
		fiatCurrency,
		fiatAmountField,
	],
	options: [promoCode],
	wire: { constants: { type: 'BUY' } },
	rules: { cryptoAmount, fiatAmount, clientOrderId },
};

const confirmDeposit: Operation = {
	name: 'Confirm Deposit',
	value: 'confirmDeposit',
	action: 'Confirm remittance of OTC deposit',
	description: 'Tell Gate Pay that the fiat was remitted, with the payment receipt',
	request: 'POST /open/otc/api/recharge/confirm',
	onBehalfOf: '/open/institution/otc/api/recharge/confirm',
	effect: 'write',
	wire: { encoding: 'multipart' },
	referenceField: 'orderId',
	once: { see: 'otc.getDeposit' },
	returns: {},
	docs: `${PAGES}/deposit-confirm`,
	fields: [
		orderId,
		{
			displayName: 'Receipt',
			name: 'file',
			type: 'string',
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the input binary field with the file',
			description: 'The payment receipt: a jpg, jpeg or png of at most 4 MB',
		},
	],
	options: [
		{
			...clientOrderIdField,
			required: false,
			name: 'client_order_id',
			description: 'Kept by the provider for its older confirm call; the Order ID is enough',
		},
	],
	rules: { file: receipt, client_order_id: clientOrderId },
};

const getDeposit: Operation = {
	name: 'Get Deposit',
	value: 'getDeposit',
	action: 'Get OTC deposit order',
	description: 'Get one deposit order by its ID; the newest contract also takes your Client Order ID',
	request: 'GET /open/otc/api/recharge/detail',
	onBehalfOf: '/open/institution/otc/api/recharge/detail',
	effect: 'read',
	about: { orderId: 'orderId' },
	returns: { kind: 'otcBuy' },
	docs: `${PAGES}/deposit-detail`,
	fields: [
		{ ...orderId, required: false },
		{
			...clientOrderIdField,
			required: false,
			description: 'Used when Order ID is empty. Newest contract only.',
		},
	],
	oneOf: ['orderId', 'clientOrderId'],
	rules: { clientOrderId },
};

const waitUntilDepositIsFinal: Operation = {
	...untilFinal('otc', getDeposit),
	name: 'Wait Until Deposit Is Final',
	value: 'waitUntilDepositIsFinal',
	action: 'Wait until OTC deposit order is final',
	description:
		'Read an OTC deposit order repeatedly until its state is final. It is final when the crypto was credited, or the order was cancelled or failed.',
};

const cancelDeposit: Operation = {
	name: 'Cancel Deposit',
	value: 'cancelDeposit',
	action: 'Cancel OTC deposit order',
	description: 'Cancel a deposit order whose remittance is not confirmed yet',
	request: 'POST /open/otc/api/recharge/cancel',
	effect: 'write',
	referenceField: 'orderId',
	once: { see: 'otc.getDeposit' },
	returns: {},
	docs: `${PAGES}/deposit-cancel`,
	fields: [orderId],
};

const getDeposits: Operation = {
	name: 'Get Many Deposits',
	value: 'getDeposits',
	action: 'Get many OTC deposit orders',
	description:
		'List the deposit orders of a time range. Newest contract: needs the Merchant ID in the credential.',
	request: 'GET /open/otc/api/recharge/list',
	effect: 'read',
	wire: {
		// Page -1 is documented to return all records. The number of the first page is not documented.
		constants: { page: -1 },
	},
	returns: { kind: 'otcBuy', list: ['list', 'data'] },
	docs: `${PAGES}/deposit-list`,
	fields: [startTime, endTime],
	options: [
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Cancelled', value: 'CANCEL' },
				{ name: 'Done', value: 'DONE' },
				{ name: 'Not Carried Out', value: 'ERROR' },
				{ name: 'Pending', value: 'PENDING' },
				{ name: 'Processing', value: 'PROCESSING' },
			],
			default: 'PENDING',
		},
	],
	rules: { startTime: milliseconds, endTime: milliseconds },
};

const getDepositsOlder: Operation = {
	name: 'Get Many Deposits (Older Contract)',
	value: 'getDepositsOlder',
	action: 'Get many OTC deposit orders by older contract',
	description: 'List the deposit orders of an account that Gate Pay serves by the older contract',
	request: 'GET /open/otc/api/recharge/list',
	onBehalfOf: '/open/institution/otc/api/recharge/list',
	effect: 'read',
	returns: { kind: 'otcBuy', list: ['data', 'list'] },
	docs: `${PAGES}/deposit-list`,
};

const createWithdrawal: Operation = {
	name: 'Create Withdrawal',
	value: 'createWithdrawal',
	action: 'Create OTC withdrawal order',
	description: 'Accept a sell quote: the crypto leaves your balance and the fiat goes to your bank account',
	request: 'POST /withdraw/open/otc/api/order/create',
	onBehalfOf: '/withdraw/open/institution/otc/api/order/create',
	effect: 'money',
	does: {
		quoted: {
			of: { name: 'fiatAmount', label: 'Fiat Amount' },
			per: { name: 'cryptoAmount', label: 'Crypto Amount' },
			worst: 'lowest',
		},
	},
	once: { remembered: true },
	moves: { amount: ['cryptoAmount'], currency: ['cryptoCurrency'], to: ['bankAccountId'] },
	referenceField: 'clientOrderId',
	lookup: { operation: 'otc.getWithdrawals', by: 'clientOrderId', field: 'clientOrderId' },
	same: {
		fields: {
			cryptoAmount: 'cryptoAmount',
			cryptoCurrency: 'cryptoCurrency',
			fiatCurrency: 'fiatCurrency',
			bankAccountId: 'bankAccountId',
			type: 'type',
		},
	},
	proof: { has: ['orderId'], reference: 'clientOrderId' },
	returns: { kind: 'otcSell' },
	docs: `${PAGES}/withdraw-create`,
	fields: [
		clientOrderIdField,
		quoteToken,
		bankAccount('bankAccountId'),
		cryptoCurrency,
		cryptoAmountField,
		fiatCurrency,
		fiatAmountField,
	],
	wire: { constants: { type: 'SELL' } },
	rules: { cryptoAmount, fiatAmount, clientOrderId },
};

const getWithdrawal: Operation = {
	name: 'Get Withdrawal',
	value: 'getWithdrawal',
	action: 'Get OTC withdrawal order',
	description: 'Get one withdrawal order by its ID',
	request: 'GET /withdraw/open/otc/api/order/detail',
	onBehalfOf: '/withdraw/open/institution/otc/api/order/detail',
	effect: 'read',
	about: { orderId: 'orderId' },
	returns: { kind: 'otcSell' },
	docs: `${PAGES}/withdraw-detail`,
	fields: [orderId],
};

const waitUntilWithdrawalIsFinal: Operation = {
	...untilFinal('otc', getWithdrawal),
	name: 'Wait Until Withdrawal Is Final',
	value: 'waitUntilWithdrawalIsFinal',
	action: 'Wait until OTC withdrawal order is final',
	description:
		'Read an OTC withdrawal order repeatedly until its state is final. It is final when the fiat was paid out or the payment failed, not yet when the bank has sent it.',
};

const getWithdrawals: Operation = {
	name: 'Get Many Withdrawals',
	value: 'getWithdrawals',
	action: 'Get many OTC withdrawal orders',
	description: 'List withdrawal orders',
	request: 'POST /withdraw/open/otc/api/order/list',
	onBehalfOf: '/withdraw/open/institution/otc/api/order/list',
	effect: 'read',
	returns: {
		kind: 'otcSell',
		list: 'data',
		page: { number: 'page', size: 'pageSize', first: 1, maximumSize: 100, total: 'total', unique: 'orderId' },
	},
	docs: `${PAGES}/withdraw-list`,
	options: [
		{ ...clientOrderIdField, required: false, description: 'Only the order with this reference' },
		{ ...cryptoCurrency, required: false },
		{ ...endTime, required: false },
		{ ...fiatCurrency, required: false },
		{ ...startTime, required: false },
		optionalText({
			displayName: 'Status',
			name: 'status',
			description: 'A status as Gate Pay writes it: PROCESSING, DISPATCHED, DONE or FAIL',
		}),
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Buy', value: 'BUY' },
				{ name: 'Sell', value: 'SELL' },
			],
			default: 'SELL',
		},
	],
	rules: {
		clientOrderId,
		startTime: { kind: 'time', as: 'milliseconds as text' },
		endTime: { kind: 'time', as: 'milliseconds as text' },
	},
};

const reconcileDeposits: Operation = {
	...reconciling('otc', getDeposits, { by: 'id', range: { from: 'startTime', to: 'endTime' } }),
	name: 'Reconcile Deposits',
	value: 'reconcileDeposits',
	action: 'Reconcile OTC deposits with your ledger',
	description:
		"Compare your ledger, the input items, with the deposit orders of a time range, by Gate Pay's order ID. Newest contract, whose orders have no reference of yours: needs the Merchant ID in the credential.",
};

const reconcileDepositsOlder: Operation = {
	...reconciling('otc', getDepositsOlder, { by: 'reference' }),
	name: 'Reconcile Deposits (Older Contract)',
	value: 'reconcileDepositsOlder',
	action: 'Reconcile OTC deposits of older contract with your ledger',
	description:
		'Compare your ledger, the input items, with the deposit orders of a time range, by Client Order ID. For accounts that Gate Pay serves by the older contract.',
};

const reconcileWithdrawals: Operation = {
	...reconciling('otc', getWithdrawals, { by: 'reference', range: { from: 'startTime', to: 'endTime' } }),
	name: 'Reconcile Withdrawals',
	value: 'reconcileWithdrawals',
	action: 'Reconcile OTC withdrawals with your ledger',
	description:
		'Compare your ledger, the input items, with the withdrawal orders of a time range, by Client Order ID',
	wire: { constants: { type: 'SELL' } },
};

/** Quote, order, remit, confirm; bank accounts and their review. */
export const otc: Resource = {
	name: 'OTC',
	value: 'otc',
	operations: [
		quote,
		getBankAccounts,
		getBankCountries,
		createBankAccount,
		deleteBankAccount,
		supplementBankMaterial,
		createDeposit,
		createDepositOlder,
		confirmDeposit,
		getDeposit,
		waitUntilDepositIsFinal,
		cancelDeposit,
		getDeposits,
		getDepositsOlder,
		createWithdrawal,
		getWithdrawal,
		waitUntilWithdrawalIsFinal,
		getWithdrawals,
		reconcileDeposits,
		reconcileDepositsOlder,
		reconcileWithdrawals,
	],
};
