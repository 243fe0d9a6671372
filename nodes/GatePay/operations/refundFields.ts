import type { INodeProperties } from 'n8n-workflow';
import type { FieldRule, Lookup, Sameness } from '../../../core/provider/operation';
import { cryptoAmount, refundId, text } from './fields';

/** The refund query that is documented for refunds of every kind, ten seconds after they were made. */
export const lookupOfRefund: Lookup = {
	operation: 'refund.get',
	by: 'refundRequestId',
	field: 'refundRequestId',
	findsAfter: 10_000,
};

/** What `orderId` of the query is, is not said; the order's ID is the only one that a refund names. */
export const sameRefund: Sameness = {
	fields: {
		refundAmount: 'requestAmount',
		prepayId: 'orderId',
		refundStyle: 'refund_style',
		refundPayChannel: 'refund_pay_channel',
	},
	// Back the way it came, to a Gate account: what the editor offers first.
	unset: { refundStyle: '1', refundPayChannel: '1' },
	// Of a refund that goes back the way it came, the provider may show where to.
	ifSent: {
		refundAddress: 'refund_address',
		refundChain: 'refund_chain',
		refundToGateUid: 'refund_to_gate_uid',
		receiverId: 'refund_to_gate_uid',
		refundBearType: 'refund_bear_type',
	},
};

/** What the answer to a refund shows, in its own names. */
export const sameRefundAnswer: Sameness = { fields: { refundAmount: 'refundAmount', prepayId: 'prepayId' } };

export const sameConvertRefundAnswer: Sameness = {
	fields: {
		prepayId: 'prepayId',
		refundOrderAmount: 'refundOrderAmount',
		refundOrderCurrency: 'orderCurrency',
		refundPayAmount: 'refundPayAmount',
		refundPayCurrency: 'payCurrency',
	},
};

/** Of the two pairs the one that was sent is compared. */
export const sameConvertRefund: Sameness = {
	fields: { prepayId: 'orderId' },
	ifSent: {
		receiverId: 'refund_to_gate_uid',
		refundOrderAmount: 'requestAmount',
		refundOrderCurrency: 'requestCurrency',
		refundPayAmount: 'requestAmount',
		refundPayCurrency: 'requestCurrency',
	},
};

/** Refunds of converted orders. What is refunded without an amount is not documented, so one pair is wanted. */
export const convertRefundFields: INodeProperties[] = [
	{
		displayName: 'Refund In',
		name: 'refundIn',
		type: 'options',
		options: [
			{ name: 'Currency of the Order', value: 'order' },
			{ name: 'Currency That Was Paid', value: 'pay' },
		],
		default: 'order',
		description: 'Which amount is refunded',
	},
	{
		displayName: 'Refund Order Currency',
		name: 'refundOrderCurrency',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. BTC',
		displayOptions: { show: { refundIn: ['order'] } },
	},
	{
		displayName: 'Refund Order Amount',
		name: 'refundOrderAmount',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1.1',
		description: 'Decimal text with at most 6 decimals',
		displayOptions: { show: { refundIn: ['order'] } },
	},
	{
		displayName: 'Refund Pay Currency',
		name: 'refundPayCurrency',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. USDT',
		displayOptions: { show: { refundIn: ['pay'] } },
	},
	{
		displayName: 'Refund Pay Amount',
		name: 'refundPayAmount',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1000.1',
		description: 'Decimal text with at most 6 decimals',
		displayOptions: { show: { refundIn: ['pay'] } },
	},
];

export const convertRefundRules: Record<string, FieldRule> = {
	refundRequestId: refundId,
	refundOrderAmount: cryptoAmount,
	refundPayAmount: cryptoAmount,
	refundReason: text(256),
	receiverId: { kind: 'integer', minimum: 1 },
};
