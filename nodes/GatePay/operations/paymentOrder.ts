import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import {
	address,
	cryptoAmount,
	knownMerchantTradeNo,
	knownPrepayId,
	knownTradeNo,
	merchantTradeNo,
	PAGES,
} from './fields';
import {
	goodsName,
	merchantUserId,
	networkFields,
	orderOptions,
	orderRules,
	pageOptions,
	priceFields,
	sameOrder,
	terminalType,
	toleranceAmount,
	within,
} from './orderFields';

const createCheckout: Operation = {
	name: 'Create Checkout Order',
	value: 'createCheckout',
	action: 'Create checkout order',
	description: 'Create an order with a page of Gate Pay (cashier) to send the payer to',
	request: 'POST /v1/pay/checkout/order',
	onBehalfOf: '/payment/open/institution/v1/pay/checkout/order',
	effect: 'write',
	referenceField: 'merchantTradeNo',
	lookup: {
		operation: 'paymentOrder.get',
		by: 'merchantTradeNo',
		field: 'merchantTradeNo',
		onBehalfOf: { operation: 'paymentOrder.getOlder', by: 'merchantTradeNo', field: 'merchantTradeNo' },
	},
	same: sameOrder,
	proof: { has: ['prepayId'] },
	returns: { kind: 'paymentOrder' },
	docs: `${PAGES}/checkout/order`,
	wire: { within },
	steering: ['amountGivenIn'],
	fields: [merchantTradeNo, ...priceFields, ...networkFields, goodsName, merchantUserId, terminalType],
	options: [...orderOptions, ...pageOptions, toleranceAmount],
	rules: {
		...orderRules,
		merchantUserId: { kind: 'integer' },
		toleranceAmount: { kind: 'amount', decimals: 6, minimum: '0' },
	},
};

const createPrepay: Operation = {
	name: 'Create Prepay Order',
	value: 'createPrepay',
	action: 'Create prepay order',
	description: 'Create an order that your app or mobile page opens in the Gate app',
	request: 'POST /v1/pay/order',
	effect: 'write',
	referenceField: 'merchantTradeNo',
	lookup: { operation: 'paymentOrder.getOlder', by: 'merchantTradeNo', field: 'merchantTradeNo' },
	same: sameOrder,
	proof: { has: ['prepayId'] },
	returns: { kind: 'paymentOrder' },
	docs: `${PAGES}/payment/order`,
	wire: { within },
	fields: [
		merchantTradeNo,
		fromList(
			{ displayName: 'Currency', name: 'currency', description: 'The crypto currency of the order' },
			'searchPayableCurrencies',
			'e.g. USDT',
			'By Code',
		),
		requiredText({
			displayName: 'Order Amount',
			name: 'orderAmount',
			placeholder: 'e.g. 1.21',
			description: 'Decimal text. The page of this call shows at most 2 decimals, the general rules 6.',
		}),
		goodsName,
		terminalType,
	],
	options: [
		...orderOptions,
		...pageOptions,
		optionalText({
			displayName: 'Address',
			name: 'address',
			description: 'On the newest page only, which describes it without its name',
		}),
		optionalText({ displayName: 'Chain', name: 'chain', placeholder: 'e.g. MATIC' }),
		optionalText({
			displayName: 'Currency on Chain',
			name: 'fullCurrType',
			placeholder: 'e.g. USDT_MATIC',
		}),
		optionalText({
			displayName: 'Fiat Amount',
			name: 'fiatAmount',
			placeholder: 'e.g. 100',
			description: 'Decimal text with at most 2 decimals',
		}),
		optionalText({ displayName: 'Fiat Currency', name: 'fiatCurrency', placeholder: 'e.g. USD' }),
		{ ...merchantUserId, required: false },
		optionalText({
			displayName: 'Pay Amount',
			name: 'payAmount',
			placeholder: 'e.g. 1.21',
			description: 'On the newest page only, which describes it without its name',
		}),
	],
	rules: { ...orderRules, merchantUserId: { kind: 'integer' }, payAmount: cryptoAmount },
};

const createNative: Operation = {
	name: 'Create QR Order',
	value: 'createNative',
	action: 'Create web or QR code order',
	description: 'Create an order with a payment page and the text of a QR code',
	request: 'POST /v1/pay/transactions/native',
	onBehalfOf: '/payment/open/institution/v1/pay/transactions/native',
	effect: 'write',
	referenceField: 'merchantTradeNo',
	lookup: { operation: 'paymentOrder.getOlder', by: 'merchantTradeNo', field: 'merchantTradeNo' },
	same: sameOrder,
	proof: { has: ['prepayId'] },
	returns: { kind: 'paymentOrder' },
	docs: `${PAGES}/qrpay/native`,
	wire: { within },
	steering: ['amountGivenIn'],
	fields: [merchantTradeNo, ...priceFields, goodsName, terminalType],
	options: [...orderOptions, ...pageOptions],
	rules: { ...orderRules, cancelUrl: address(256), returnUrl: address(256) },
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get payment order',
	description: 'Get an order of any kind by your own reference or by its ID',
	request: 'GET /v2/pay/order/query',
	effect: 'read',
	about: { merchantTradeNo: 'merchantTradeNo', prepayId: 'prepayId' },
	returns: { kind: 'paymentOrder' },
	docs: `${PAGES}/checkout/orderQuery`,
	fields: [knownMerchantTradeNo, knownPrepayId],
	oneOf: ['merchantTradeNo', 'prepayId'],
	rules: { merchantTradeNo: knownTradeNo },
};

const waitUntilFinal: Operation = {
	...untilFinal('paymentOrder', get),
	action: 'Wait until payment order is final',
	description:
		'Read a payment order repeatedly until its state is final. It is final when the order was paid, expired, was cancelled or failed.',
};

const getOlder: Operation = {
	name: 'Get (Older Call)',
	value: 'getOlder',
	action: 'Get payment order by older call',
	description:
		'Get an order with its fees and settlement. On behalf of a sub-account it is the only order query.',
	request: 'POST /v1/pay/order/query',
	onBehalfOf: '/payment/open/institution/v1/pay/order/query',
	effect: 'read',
	about: { merchantTradeNo: 'merchantTradeNo', prepayId: 'prepayId' },
	returns: { kind: 'paymentOrder' },
	docs: `${PAGES}/webpayment/orderQuery`,
	fields: [knownMerchantTradeNo, knownPrepayId],
	oneOf: ['merchantTradeNo', 'prepayId'],
	rules: { merchantTradeNo: knownTradeNo },
};

const waitUntilFinalOlder: Operation = {
	...untilFinal('paymentOrder', getOlder),
	name: 'Wait Until Final (Older Call)',
	value: 'waitUntilFinalOlder',
	action: 'Wait until payment order is final by older call',
	description:
		'Read a payment order repeatedly until its state is final. On behalf of a sub-account this is the only way.',
};

const close: Operation = {
	name: 'Close',
	value: 'close',
	action: 'Close payment order',
	description: 'Close an order that is not paid yet',
	request: 'POST /v1/pay/order/close',
	onBehalfOf: '/payment/open/institution/v1/pay/order/close',
	effect: 'write',
	referenceField: 'merchantTradeNo',
	once: { see: 'paymentOrder.get' },
	returns: {},
	docs: `${PAGES}/webpayment/orderClose`,
	fields: [knownMerchantTradeNo, knownPrepayId],
	oneOf: ['merchantTradeNo', 'prepayId'],
	rules: { merchantTradeNo: knownTradeNo },
};

const reconcile: Operation = {
	...reconciling('paymentOrder', get, {
		by: 'reference',
		ask: { parameter: 'merchantTradeNo', absent: ['400202'] },
	}),
	action: 'Reconcile payment orders with your ledger',
	description:
		'Compare your ledger, the input items, with payment orders, asked for one by one by Merchant Trade Number. What your ledger lacks cannot be found: how to query the list is not known.',
};

/** Orders that a payer pays from a Gate account or through Gate Pay's page. */
export const paymentOrder: Resource = {
	name: 'Payment Order',
	value: 'paymentOrder',
	operations: [
		createCheckout,
		createPrepay,
		createNative,
		get,
		waitUntilFinal,
		getOlder,
		waitUntilFinalOlder,
		close,
		reconcile,
	],
};
