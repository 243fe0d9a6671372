import { fromList } from '../../../core/fields/fromList';
import { optionalText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import {
	cryptoAmount,
	knownMerchantTradeNo,
	knownPrepayId,
	knownTradeNo,
	merchantTradeNo,
	PAGES,
	prepayId,
	receiverId,
	refundAmount,
	refundId,
	refundReason,
	refundRequestId,
	text,
} from './fields';
import {
	goodsName,
	merchantUserId,
	networkFields,
	orderOptions,
	orderRules,
	priceFields,
	sameOrder,
	terminalType,
	toleranceAmount,
	within,
} from './orderFields';
import {
	convertRefundFields,
	convertRefundRules,
	convertRefundMoves,
	lookupOfRefund,
	refundMoves,
	sameConvertRefund,
	sameConvertRefundAnswer,
	sameRefund,
	sameRefundAnswer,
} from './refundFields';

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create address payment order',
	description: 'Create an order with an address of its own that the payer sends crypto to',
	request: 'POST /v1/pay/address/create',
	onBehalfOf: '/payment/open/institution/v1/pay/address/create',
	effect: 'write',
	referenceField: 'merchantTradeNo',
	lookup: { operation: 'addressPayment.get', by: 'merchantTradeNo', field: 'merchantTradeNo' },
	same: sameOrder,
	proof: { has: ['prepayId'] },
	returns: { kind: 'addressPayment' },
	docs: `${PAGES}/addresspayment/createOrder`,
	wire: { within },
	steering: ['amountGivenIn'],
	fields: [merchantTradeNo, ...priceFields, ...networkFields, goodsName, merchantUserId, terminalType],
	options: [...orderOptions, toleranceAmount],
	rules: {
		...orderRules,
		merchantUserId: { kind: 'integer' },
		toleranceAmount: { kind: 'amount', decimals: 6, minimum: '0' },
	},
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get address payment order',
	description: 'Get an address order by your own reference or by its ID',
	request: 'GET /v1/pay/address/query',
	onBehalfOf: '/payment/open/institution/v1/pay/address/query',
	effect: 'read',
	about: { merchantTradeNo: 'merchantTradeNo', prepayId: 'prepayId' },
	returns: { kind: 'addressPayment' },
	docs: `${PAGES}/addresspayment/queryOrder`,
	fields: [knownMerchantTradeNo, knownPrepayId],
	oneOf: ['merchantTradeNo', 'prepayId'],
	rules: { merchantTradeNo: knownTradeNo },
};

const waitUntilFinal: Operation = {
	...untilFinal('addressPayment', get),
	action: 'Wait until address payment order is final',
	description:
		'Read an address payment order repeatedly until its state is final. It is final when the order was paid. An expired one is not final: what arrives late is still credited.',
};

const getTransactions: Operation = {
	name: 'Get Transactions',
	value: 'getTransactions',
	action: 'Get transactions of address payment order',
	description: 'Get the payments on chain of a direct order, in time and late, credited and not yet credited',
	request: 'GET /v1/pay/address/transactiondetail',
	onBehalfOf: '/payment/open/institution/v1/pay/address/transactiondetail',
	effect: 'read',
	returns: {
		leavesOut: [
			'merchantId',
			'goodsName',
			'order_name',
			'channelId',
			'utcCreateTime',
			'utcExpireTime',
			'utcUpdateTime',
		],
	},
	docs: `${PAGES}/addresspayment/transactiondetail`,
	fields: [prepayId],
};

const getChains: Operation = {
	name: 'Get Many Chains',
	value: 'getChains',
	action: 'Get many address payment chains',
	description: 'List the chains that a currency can be paid on',
	request: 'GET /v1/pay/address/chains',
	onBehalfOf: '/payment/open/institution/v1/pay/address/chains',
	effect: 'read',
	returns: { list: 'chains' },
	docs: `${PAGES}/addresspayment/chainQuery`,
	fields: [
		fromList(
			{ displayName: 'Currency', name: 'currency', description: 'The currency to be paid in' },
			'searchPayableCurrencies',
			'e.g. USDT',
			'By Code',
		),
	],
};

const getCurrencies: Operation = {
	name: 'Get Many Currencies',
	value: 'getCurrencies',
	action: 'Get many address payment currencies',
	description: 'List the currencies that an address order can be for',
	request: 'GET /v1/pay/address/currencies',
	onBehalfOf: '/payment/open/institution/v1/pay/address/currencies',
	effect: 'read',
	returns: { list: 'currencies', shape: 'currency' },
	docs: 'https://www.gate.com/docs/gatepay/checkout_payment/en',
};

const getConvertCurrencies: Operation = {
	name: 'Get Many Convert Currencies',
	value: 'getConvertCurrencies',
	action: 'Get many convert currencies of address payments',
	description: 'List the currencies that a convert order can be paid in',
	request: 'GET /v1/pay/address/supportedconvertcurrencies',
	onBehalfOf: '/payment/open/institution/v1/pay/address/supportedconvertcurrencies',
	effect: 'read',
	returns: { list: 'currencies', shape: 'currency' },
	docs: `${PAGES}/addresspayment/supportedconvertcurrencies`,
	options: [
		optionalText({
			displayName: 'Currency',
			name: 'currency',
			placeholder: 'e.g. BTC',
			description: 'The currency of the order',
		}),
	],
};

const refund: Operation = {
	name: 'Refund',
	value: 'refund',
	action: 'Refund direct address payment',
	description: 'Refund an order that was paid in its own currency. It cannot be cancelled.',
	request: 'POST /v1/pay/address/refund',
	effect: 'money',
	once: { remembered: true },
	moves: refundMoves,
	referenceField: 'refundRequestId',
	lookup: lookupOfRefund,
	same: sameRefund,
	proof: { has: ['refundRequestId'], reference: 'refundRequestId', same: sameRefundAnswer },
	returns: { kind: 'refund' },
	docs: `${PAGES}/addresspayment/refund`,
	fields: [refundRequestId, prepayId, refundAmount],
	options: [receiverId, refundReason],
	rules: {
		refundRequestId: refundId,
		refundAmount: cryptoAmount,
		receiverId: { kind: 'integer', minimum: 1 },
		refundReason: text(256),
	},
};

const refundConvert: Operation = {
	name: 'Refund Convert Order',
	value: 'refundConvert',
	action: 'Refund convert address payment',
	description: 'Refund an order that was paid in another currency than its own. It cannot be cancelled.',
	request: 'POST /v1/pay/address/refundconvert',
	onBehalfOf: '/payment/open/institution/v1/pay/address/refundconvert',
	effect: 'money',
	once: { remembered: true },
	moves: convertRefundMoves,
	referenceField: 'refundRequestId',
	lookup: lookupOfRefund,
	same: sameConvertRefund,
	proof: { has: ['refundRequestId'], reference: 'refundRequestId', same: sameConvertRefundAnswer },
	returns: { kind: 'refund' },
	docs: `${PAGES}/addresspayment/paymentRefund`,
	steering: ['refundIn'],
	fields: [refundRequestId, prepayId, ...convertRefundFields],
	options: [receiverId, refundReason],
	rules: convertRefundRules,
};

const reconcile: Operation = {
	...reconciling('addressPayment', get, {
		by: 'reference',
		ask: { parameter: 'merchantTradeNo', absent: ['400202'] },
	}),
	action: 'Reconcile address payment orders with your ledger',
	description:
		'Compare your ledger, the input items, with address orders, asked for one by one by Merchant Trade Number. What your ledger lacks cannot be found, because there is no list.',
};

/** One address per order. */
export const addressPayment: Resource = {
	name: 'Address Payment',
	value: 'addressPayment',
	operations: [
		create,
		get,
		waitUntilFinal,
		getTransactions,
		getChains,
		getCurrencies,
		getConvertCurrencies,
		refund,
		refundConvert,
		reconcile,
	],
};
