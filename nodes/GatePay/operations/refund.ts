import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import {
	cryptoAmount,
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

const refundPayChannel: INodeProperties = {
	displayName: 'Pay Channel',
	name: 'refundPayChannel',
	type: 'options',
	options: [
		{ name: 'Gate Account', value: 1 },
		{ name: 'Web3 Address', value: 2 },
	],
	default: 1,
	description: 'How a named receiver is paid',
};

const refundBearType: INodeProperties = {
	displayName: 'Fee Borne By',
	name: 'refundBearType',
	type: 'options',
	options: [
		{ name: 'Merchant', value: 1 },
		{ name: 'Payer', value: 2 },
	],
	default: 1,
};

const refundStyle: INodeProperties = {
	displayName: 'Style',
	name: 'refundStyle',
	type: 'options',
	options: [
		{ name: 'Back the Way It Came', value: 1 },
		{ name: 'To a Named Receiver', value: 2 },
	],
	default: 1,
};

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create refund',
	description:
		'Refund an order of any kind. Gate Pay accepts it first and pays later; it cannot be cancelled.',
	request: 'POST /v2/standard/order/refund',
	onBehalfOf: '/payment/open/institution/v2/standard/order/refund',
	effect: 'money',
	once: { remembered: true },
	moves: {
		...refundMoves,
		to: [{ member: 'refundAddress', chain: 'refundChain' }, 'refundToGateUid'],
		memo: 'memo',
	},
	referenceField: 'refundRequestId',
	lookup: lookupOfRefund,
	same: sameRefund,
	proof: { has: ['refundRequestId'], reference: 'refundRequestId', same: sameRefundAnswer },
	returns: { kind: 'refund' },
	docs: `${PAGES}/checkout/refundV2`,
	fields: [refundRequestId, prepayId, refundAmount, { ...refundReason, required: true }],
	options: [
		refundBearType,
		optionalText({
			displayName: 'Memo',
			name: 'memo',
			description: 'The tag or memo that some chains need',
			hint: 'An exchange that gets XRP, TON, EOS or XLM wants one: without it the money may be lost',
		}),
		refundPayChannel,
		optionalText({
			displayName: 'Receiver Address',
			name: 'refundAddress',
			placeholder: 'e.g. TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
		}),
		optionalText({
			displayName: 'Receiver Chain',
			name: 'refundChain',
			placeholder: 'e.g. TRX',
			description: 'One of Get Many Chains',
		}),
		optionalText({
			displayName: 'Receiver Gate User ID',
			name: 'refundToGateUid',
			placeholder: 'e.g. 598816',
		}),
		refundStyle,
	],
	rules: { refundRequestId: refundId, refundAmount: cryptoAmount, refundReason: text(256) },
};

const createOlder: Operation = {
	name: 'Create (Older Call)',
	value: 'createOlder',
	action: 'Create refund by older call',
	description: 'Refund an order that was paid from a Gate account. It cannot be cancelled.',
	request: 'POST /v1/pay/order/refund',
	onBehalfOf: '/payment/open/institution/v1/pay/order/refund',
	effect: 'money',
	once: { remembered: true },
	moves: { ...refundMoves, to: [] },
	referenceField: 'refundRequestId',
	lookup: {
		operation: 'refund.getOlder',
		by: 'refundRequestId',
		field: 'refundRequestId',
		findsAfter: 10_000,
		same: { fields: { refundAmount: 'refundAmount', prepayId: 'prepayId' } },
		onBehalfOf: lookupOfRefund,
	},
	same: sameRefund,
	proof: { has: ['refundRequestId'], reference: 'refundRequestId', same: sameRefundAnswer },
	returns: { kind: 'refund' },
	docs: `${PAGES}/webpayment/refund`,
	fields: [refundRequestId, prepayId, refundAmount],
	options: [refundReason],
	rules: { refundRequestId: refundId, refundAmount: cryptoAmount, refundReason: text(256) },
};

const createCheckoutOlder: Operation = {
	name: 'Create for Checkout Order (Older Call)',
	value: 'createCheckoutOlder',
	action: 'Create refund of checkout order by older call',
	description:
		'Refund a checkout order, in its own currency or in the one that was paid. It cannot be cancelled.',
	request: 'POST /v1/pay/checkout/refund',
	effect: 'money',
	once: { remembered: true },
	moves: convertRefundMoves,
	referenceField: 'refundRequestId',
	lookup: lookupOfRefund,
	same: sameConvertRefund,
	proof: { has: ['refundRequestId'], reference: 'refundRequestId', same: sameConvertRefundAnswer },
	returns: { kind: 'refund' },
	docs: 'https://github.com/gate/gatepay-sdk-go',
	steering: ['refundIn'],
	fields: [refundRequestId, prepayId, ...convertRefundFields],
	options: [receiverId, refundReason],
	rules: convertRefundRules,
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get refund',
	description: 'Get a refund of either generation by your Refund Request ID',
	request: 'GET /v2/pay/refund/details',
	onBehalfOf: '/payment/open/institution/v2/pay/refund/details',
	effect: 'read',
	referenceField: 'refundRequestId',
	about: { refundRequestId: 'refundRequestId' },
	returns: { kind: 'refund' },
	docs: `${PAGES}/checkout/refundDetails`,
	fields: [{ ...refundRequestId, description: 'Your own reference of the refund' }],
	rules: { refundRequestId: refundId },
};

const waitUntilFinal: Operation = {
	...untilFinal('refund', get),
	action: 'Wait until refund is final',
	description:
		'Read a refund repeatedly until its state is final. It is final when the money went back, or the refund was declined. No page lists the states of this read: those of the notifications are known, any other one is waited on.',
};

const getOlder: Operation = {
	name: 'Get (Older Call)',
	value: 'getOlder',
	action: 'Get refund by older call',
	description: 'Get a refund that was made by the older call',
	request: 'POST /v1/pay/order/refund/query',
	effect: 'read',
	referenceField: 'refundRequestId',
	about: { refundRequestId: 'refundRequestId' },
	returns: { kind: 'refund' },
	docs: `${PAGES}/webpayment/refundQuery`,
	fields: [{ ...refundRequestId, description: 'Your own reference of the refund' }],
	rules: { refundRequestId: refundId },
};

const getChains: Operation = {
	name: 'Get Many Chains',
	value: 'getChains',
	action: 'Get many refund chains',
	description: 'List the chains that a refund to an address can use, with their fees',
	request: 'GET /v2/refund/support/chains',
	onBehalfOf: '/payment/open/institution/v2/refund/support/chains',
	effect: 'read',
	returns: { list: 'chains' },
	docs: `${PAGES}/checkout/refundChains`,
	fields: [
		fromList(
			{ displayName: 'Currency', name: 'currency', description: 'The currency of the order' },
			'searchPayableCurrencies',
			'e.g. USDT',
			'By Code',
		),
	],
};

const reconcile: Operation = {
	...reconciling('refund', get, {
		by: 'reference',
		ask: { parameter: 'refundRequestId', absent: ['400304'] },
	}),
	action: 'Reconcile refunds with your ledger',
	description:
		'Compare your ledger, the input items, with refunds, asked for one by one by Refund Request ID. What your ledger lacks cannot be found, because there is no list.',
};

/** Money back to payers, with the older and the newer calls. */
export const refund: Resource = {
	name: 'Refund',
	value: 'refund',
	operations: [create, createOlder, createCheckoutOlder, get, waitUntilFinal, getOlder, getChains, reconcile],
};
