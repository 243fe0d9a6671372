import type { INodeProperties } from 'n8n-workflow';
import { fromList, optionalFromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';

/** Every example is fiat with two decimals, like "RUB 2". An amount with more decimals is refused, not rounded. */
export const fiatAmount: FieldRule = { kind: 'amount', decimals: 2 };

/**
 * The lookup carries this ID in the path. BridgePay does not document whether the server takes escaped characters
 * there, so only characters that need no escaping are allowed. The maximum length is our own choice as well.
 */
export const ownId: FieldRule = {
	kind: 'reference',
	pattern: '^[A-Za-z0-9._~-]+$',
	characters: 'letters, digits and . _ ~ -',
	maximumLength: 64,
};

/** The page says "At most 10 MB". This is the smaller meaning of it. File types are not documented. */
export const proof: FieldRule = { kind: 'file', maximumBytes: 10_000_000 };

export const invoiceId: INodeProperties = requiredText({
	displayName: 'Invoice ID',
	name: 'id',
	placeholder: 'e.g. 0a0eb051-b255-42a8-a7bc-606e1c04233e',
	description: 'The ID that BridgePay gave to the invoice',
});

export const internalId: INodeProperties = requiredText({
	displayName: 'Internal ID',
	name: 'internalId',
	placeholder: 'e.g. order-1042',
	description:
		'Your own reference, by which the invoice is found again. Never use a new one to try the same payment again.',
});

export const amount: INodeProperties = requiredText({
	displayName: 'Amount',
	name: 'amount',
	placeholder: 'e.g. 1500.50',
	description: 'Decimal text in main units, e.g. rubles, with at most 2 decimals',
});

export const currency: INodeProperties = fromList(
	{ displayName: 'Currency', name: 'currency', description: 'A currency of your store' },
	'searchCurrencies',
	'e.g. RUB',
	'By Code',
);

export const paymentOption: INodeProperties = optionalFromList(
	{
		displayName: 'Payment Option',
		name: 'paymentOption',
		description: 'The rail, e.g. card or SBP. Choose the currency first.',
	},
	'searchPaymentOptions',
	'e.g. TO_CARD',
	'By Code',
);

export const paymentMethod: INodeProperties = optionalFromList(
	{
		displayName: 'Payment Method',
		name: 'paymentMethod',
		description: 'The bank. Choose the currency first.',
	},
	'searchPaymentMethods',
	'e.g. sberbank',
	'By Code',
);

export const notificationUrl: INodeProperties = optionalText({
	displayName: 'Notification URL',
	name: 'notificationUrl',
	placeholder: 'e.g. https://n8n.example.com/webhook/bridgepay',
	description:
		'Where BridgePay announces every change of the status, with the Notification Token of the credential. Empty: the BridgePay Trigger of this workflow, which must be published.',
});

export const callbackNotice: INodeProperties = {
	displayName:
		'BridgePay tries to call three times within two minutes and then keeps silent. So at the time limit ask for the invoice with Get by Internal ID: a call may have been lost. The credential must hold the same Notification Token until then, and n8n must be reachable from the internet.',
	name: 'callbackNotice',
	type: 'notice',
	default: '',
};

export const userId: INodeProperties = optionalText({
	displayName: 'User ID',
	name: 'userId',
	placeholder: 'e.g. uid-1',
	description: 'The ID of your client in your system',
});

/** Controls the hidden fields below. The value false is not sent, because the user has not decided anything. */
export const matching: INodeProperties = {
	displayName: 'Use Matching',
	name: 'matching',
	type: 'boolean',
	default: false,
};

export const allowMatching: INodeProperties = {
	displayName: 'Allow Matching',
	name: 'allowMatching',
	type: 'hidden',
	default: true,
	displayOptions: { show: { matching: [true] } },
};
