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

/** What `orderId` of the query is (the prepay ID?) is not said, so it is not compared. */
export const sameRefund: Sameness = { fields: { refundAmount: 'requestAmount' } };

/** Of the two pairs the one that was sent is compared. */
export const sameConvertRefund: Sameness = {
	fields: {
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
