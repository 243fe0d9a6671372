import type { INodeProperties } from 'n8n-workflow';
import { optionalText, requiredText, requiredTime } from '../../../core/fields/typed';
import type { FieldRule, ReferenceRule } from '../../../core/provider/fieldRule';

/** The reference pages, below which every group has a folder. */
export const PAGES = 'https://docs.gate.com/api-reference/version/100/en/endpoint';

/** "at most 6 decimals (8 in older pages); more decimals are refused, not rounded". Fiat has 2. */
export const cryptoAmount: FieldRule = { kind: 'amount', decimals: 6 };
export const fiatAmount: FieldRule = { kind: 'amount', decimals: 2 };

/** For surcharge and tolerance. The documented examples are 0. */
export const amountOrZero: FieldRule = { kind: 'amount', decimals: 6, minimum: '0' };

/** An amount that must be sent exactly as Gate Pay quoted it. The documented quote has 8 decimals. */
export const asQuoted: FieldRule = { kind: 'amount', decimals: 18 };

/** The pages say 5 to 32 characters, the general rules 100, and an example has 3. 32 is safe for new orders. */
export const tradeNo: ReferenceRule = {
	kind: 'reference',
	pattern: '^[A-Za-z0-9_-]+$',
	characters: 'letters, digits, - and _',
	maximumLength: 32,
};

/** For queries. Another program may have made the order, under the general rule. */
export const knownTradeNo: ReferenceRule = { ...tradeNo, maximumLength: 100 };

/** Neither charset nor length is documented. 64 printable ASCII characters without spaces are enough for any ID. */
export const ownId: ReferenceRule = { kind: 'reference', maximumLength: 64 };

export const refundId: ReferenceRule = { kind: 'reference', maximumLength: 32 };

/** A web address without white space. */
export function address(maximumLength: number): ReferenceRule {
	return { kind: 'reference', maximumLength };
}

/** Free text with a maximum length. */
export function text(maximumLength: number): ReferenceRule {
	return { kind: 'reference', pattern: '^[\\s\\S]+$', maximumLength };
}

/** A customer's name: 32 characters on the order pages, 50 bytes on other pages. */
export function customerName(maximumLength: number): ReferenceRule {
	return {
		kind: 'reference',
		pattern: '^[A-Za-z0-9_-]*$',
		characters: 'letters, digits, - and _',
		maximumLength,
	};
}

export const milliseconds: FieldRule = { kind: 'time', as: 'milliseconds' };

export const merchantTradeNo: INodeProperties = requiredText({
	displayName: 'Merchant Trade Number',
	name: 'merchantTradeNo',
	placeholder: 'e.g. shop-2026-0001',
	description:
		'Your own reference: 5 to 32 letters, digits, - and _. It must be unique; never use a new one to try an order again.',
});

export const knownMerchantTradeNo: INodeProperties = optionalText({
	displayName: 'Merchant Trade Number',
	name: 'merchantTradeNo',
	placeholder: 'e.g. shop-2026-0001',
	description: 'Your own reference of the order',
});

export const prepayId: INodeProperties = requiredText({
	displayName: 'Prepay ID',
	name: 'prepayId',
	placeholder: 'e.g. 65466648727916544',
	description: "Gate Pay's order ID. Pass it as text: it has more digits than a number can hold.",
});

export const knownPrepayId: INodeProperties = optionalText({
	displayName: 'Prepay ID',
	name: 'prepayId',
	placeholder: 'e.g. 65466648727916544',
	description: "Gate Pay's order ID, used when your own reference is not known",
});

export const startTime: INodeProperties = requiredTime({ displayName: 'Start Time', name: 'startTime' });

export const endTime: INodeProperties = requiredTime({ displayName: 'End Time', name: 'endTime' });

export const refundRequestId: INodeProperties = requiredText({
	displayName: 'Refund Request ID',
	name: 'refundRequestId',
	placeholder: 'e.g. refund-2026-0001',
	description:
		'Your own reference, at most 32 characters. It must be unique; never use a new one to try a refund again.',
});

export const refundAmount: INodeProperties = requiredText({
	displayName: 'Refund Amount',
	name: 'refundAmount',
	placeholder: 'e.g. 12.5',
	description: 'Decimal text with at most 6 decimals, not above what was paid',
});

export const refundReason: INodeProperties = optionalText({
	displayName: 'Refund Reason',
	name: 'refundReason',
	placeholder: 'e.g. Returned goods',
	description: 'At most 256 characters',
});

export const receiverId: INodeProperties = optionalText({
	displayName: 'Receiver ID',
	name: 'receiverId',
	placeholder: 'e.g. 598816',
	description: 'The Gate user ID that receives the refund',
});
