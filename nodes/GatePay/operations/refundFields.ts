import type { INodeProperties } from 'n8n-workflow';
import { requiredText } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Lookup, Sameness } from '../../../core/provider/lookup';
import type { Moves } from '../../../core/provider/moves';
import { cryptoAmount, refundId, text } from './fields';

/**
 * The query for refunds of every kind. The documentation says that it finds a refund ten seconds after its creation.
 */
export const lookupOfRefund: Lookup = {
	operation: 'refund.get',
	by: 'refundRequestId',
	field: 'refundRequestId',
	findsAfter: 10_000,
};

/**
 * The page does not say what `orderId` in the query means. A refund names only the order's ID, so the two are
 * compared.
 */
export const sameRefund: Sameness = {
	fields: {
		refundAmount: 'requestAmount',
		prepayId: 'orderId',
		refundStyle: 'refund_style',
		refundPayChannel: 'refund_pay_channel',
	},
	// The default of the editor: back to the source of the payment, to a Gate account.
	unset: { refundStyle: '1', refundPayChannel: '1' },
	// If a refund goes back to the source of the payment, the provider may show that place.
	ifSent: {
		refundAddress: 'refund_address',
		refundChain: 'refund_chain',
		refundToGateUid: 'refund_to_gate_uid',
		receiverId: 'refund_to_gate_uid',
		refundBearType: 'refund_bear_type',
	},
};

/** The request has an amount, and the currency stands in the order alone. */
export const refundMoves: Moves = {
	amount: [],
	currency: [],
	to: ['receiverId'],
	unsaid: 'the currency of this refund stands in its order only; use an operation that takes the currency',
};

export const convertRefundMoves: Moves = {
	amount: ['refundOrderAmount', 'refundPayAmount'],
	currency: ['refundOrderCurrency', 'refundPayCurrency'],
	to: ['receiverId'],
};

/** The fields of a refund that the answer shows, with the answer's names. */
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

/** The user sends one of two pairs. Only the sent pair is compared. */
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

/**
 * For refunds of converted orders. The page does not say how much is refunded when no amount is sent, so the node
 * asks for one pair.
 */
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
	requiredText({
		displayName: 'Refund Order Currency',
		name: 'refundOrderCurrency',
		placeholder: 'e.g. BTC',
		displayOptions: { show: { refundIn: ['order'] } },
	}),
	requiredText({
		displayName: 'Refund Order Amount',
		name: 'refundOrderAmount',
		placeholder: 'e.g. 1.1',
		description: 'Decimal text with at most 6 decimals',
		displayOptions: { show: { refundIn: ['order'] } },
	}),
	requiredText({
		displayName: 'Refund Pay Currency',
		name: 'refundPayCurrency',
		placeholder: 'e.g. USDT',
		displayOptions: { show: { refundIn: ['pay'] } },
	}),
	requiredText({
		displayName: 'Refund Pay Amount',
		name: 'refundPayAmount',
		placeholder: 'e.g. 1000.1',
		description: 'Decimal text with at most 6 decimals',
		displayOptions: { show: { refundIn: ['pay'] } },
	}),
];

export const convertRefundRules: Record<string, FieldRule> = {
	refundRequestId: refundId,
	refundOrderAmount: cryptoAmount,
	refundPayAmount: cryptoAmount,
	refundReason: text(256),
	receiverId: { kind: 'integer', minimum: 1 },
};
