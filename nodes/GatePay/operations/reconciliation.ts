import type { INodeProperties } from 'n8n-workflow';
import { optionalText, optionalTime, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { endTime, knownMerchantTradeNo, knownTradeNo, milliseconds, PAGES, startTime } from './fields';

/**
 * The cURL examples of both lists also send the client id under this name. It is unknown which one the server reads.
 */
const clientIdToo = { 'X-GatePay-ClientId': { parameter: 'clientId', label: 'Client ID' } };

const getOrderFee: Operation = {
	name: 'Get Order Fee',
	value: 'getOrderFee',
	action: 'Get fee of order',
	description: 'Get the fees and the settlement of an order that was paid',
	request: 'GET /api/open/v1/pay/order/fee/query',
	effect: 'read',
	returns: {},
	docs: `${PAGES}/common/feeQuery`,
	fields: [{ ...knownMerchantTradeNo, required: true }],
	rules: { merchantTradeNo: knownTradeNo },
};

const previewFee: Operation = {
	name: 'Preview Merchant Fee',
	value: 'previewFee',
	action: 'Preview merchant fee',
	description: 'Estimate the fee of a payment that you would receive',
	request: 'POST /payClearing/clearing/previewMerchantFee',
	onBehalfOf: '/payment/open/institution/payClearing/clearing/previewMerchantFee',
	effect: 'read',
	returns: {},
	docs: 'https://www.gate.com/docs/gatepay/previewMerchantFee/en/',
	wire: {
		// 0 is collection, the only documented scenario.
		constants: { scenario: 0 },
	},
	fields: [
		requiredText({ displayName: 'Order Currency', name: 'orderCurrency', placeholder: 'e.g. USDT' }),
		requiredText({
			displayName: 'Order Amount',
			name: 'orderAmount',
			placeholder: 'e.g. 100',
			description: 'Decimal text with at most 6 decimals',
		}),
		{
			displayName: 'Access Mode',
			name: 'accessMode',
			type: 'options',
			options: [
				{ name: 'Gate Pay', value: 0 },
				{ name: 'Web3', value: 1 },
			],
			required: true,
			default: 0,
			description: 'How the payer pays',
		},
	],
	rules: { orderAmount: { kind: 'amount', decimals: 6, minimum: '0' } },
};

const orderType: INodeProperties = {
	displayName: 'Order Type',
	name: 'orderType',
	type: 'options',
	options: [
		{ name: 'Address', value: 'address_pt' },
		{ name: 'Agent Address', value: 'agent_address_pt' },
		{ name: 'Bank Channel', value: 'bank_ch' },
		{ name: 'Call', value: 'call_pt' },
		{ name: 'Checkout', value: 'checkout_pt' },
		{ name: 'Invoicing', value: 'invoicing_pt' },
		{ name: 'Mini App', value: 'mini_pt' },
		{ name: 'Payee', value: 'payee_pt' },
		{ name: 'QR Code', value: 'qrcode_pt' },
		{ name: 'QR Code Channel', value: 'qrcode_ch' },
		{ name: 'Subscription Address', value: 'subscription_address_pt' },
		{ name: 'Web', value: 'web_pt' },
	],
	default: 'checkout_pt',
};

const status: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Cancelled', value: 'CANCELLED' },
		{ name: 'Expired', value: 'EXPIRED' },
		{ name: 'Held', value: 'BLOCK' },
		{ name: 'Not Carried Out', value: 'ERROR' },
		{ name: 'Paid', value: 'PAID' },
		{ name: 'Pending', value: 'PENDING' },
		{ name: 'Processing', value: 'PROCESS' },
	],
	default: 'PAID',
};

const getPaymentOrders: Operation = {
	name: 'Get Many Payment Orders',
	value: 'getPaymentOrders',
	action: 'Get many payment orders',
	description: 'List the orders of every kind in a time range',
	request: 'GET /payment/open/v1/pay/order/list',
	effect: 'read',
	// n8n drops the body of a GET, so the same names go into the query.
	unverified:
		'the page sends the filters as a form in the body of a GET, which n8n cannot, so they are sent in the address; whether Gate Pay reads them there is not documented',
	wire: { accountHeaders: clientIdToo },
	returns: {
		kind: 'paymentOrder',
		list: 'orderList',
		page: { number: 'page', size: 'count', first: 1, maximumSize: 100, total: 'Total' },
	},
	docs: `${PAGES}/reconciliation/payOrderList`,
	fields: [startTime, endTime],
	options: [
		orderType,
		{
			displayName: 'Pay Type',
			name: 'payType',
			type: 'options',
			options: [
				{ name: 'Fiat', value: 'FiatPay' },
				{ name: 'Gate Pay', value: 'GatePay' },
				{ name: 'Web3', value: 'Web3Pay' },
			],
			default: 'GatePay',
		},
		status,
	],
	rules: { startTime: milliseconds, endTime: milliseconds },
};

const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Done', value: 'DONE' },
		{ name: 'In Review', value: 'CHECK' },
		{ name: 'New', value: 'INIT' },
		{ name: 'Not Carried Out', value: 'FAIL' },
		{ name: 'Pending', value: 'PENDING' },
		{ name: 'Processing', value: 'PROCESSING' },
	],
	default: 'DONE',
};

const auditStatus: INodeProperties = {
	displayName: 'Review',
	name: 'auditStatus',
	type: 'options',
	options: [
		{ name: 'Approved', value: 'AUDIT_SUCCESS' },
		{ name: 'In Review', value: 'AUDITING' },
		{ name: 'Rejected', value: 'AUDIT_REJECT' },
		{ name: 'Timed Out', value: 'AUDIT_TIMEOUT' },
	],
	default: 'AUDITING',
};

const getPayouts: Operation = {
	name: 'Get Many Payouts',
	value: 'getPayouts',
	action: 'Get many payouts',
	description: 'List the lines of all payout batches',
	request: 'GET /withdraw/open/v1/withdraw/suborder/query',
	effect: 'read',
	wire: { accountHeaders: clientIdToo },
	returns: {
		kind: 'payoutLine',
		list: 'suborder_list',
		page: {
			number: 'page',
			size: 'count',
			first: 1,
			maximumSize: 500,
			total: 'total',
			unique: 'suborder_id',
		},
	},
	docs: `${PAGES}/reconciliation/withdrawSuborderQuery`,
	options: [
		optionalText({
			displayName: 'Customer',
			name: 'channelId',
			description: 'The name of your customer (channel)',
		}),
		optionalTime({ displayName: 'End Time', name: 'endTime' }),
		auditStatus,
		optionalTime({ displayName: 'Start Time', name: 'startTime' }),
		statusField,
	],
	rules: { startTime: milliseconds, endTime: milliseconds },
};

/** Gate Pay's records of a day, to compare the own books with them. */
export const reconciliation: Resource = {
	name: 'Reconciliation',
	value: 'reconciliation',
	operations: [getOrderFee, previewFee, getPaymentOrders, getPayouts],
};
