import type { INodeProperties } from 'n8n-workflow';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation } from '../../../core/provider/operation';
import { FROM_CREDENTIAL } from '../../../core/fields/fromCredential';
import {
	allowMatching,
	amount,
	callbackNotice,
	currency,
	fiatAmount,
	internalId,
	matching,
	notificationUrl,
	ownId,
	paymentMethod,
	paymentOption,
	userId,
} from './fields';

/** Decides what is sent, and which fields are shown. */
const flow: INodeProperties = {
	displayName: 'Flow',
	name: 'flow',
	type: 'options',
	options: [
		{
			name: 'Cross-Border',
			value: 'crossBorder',
			description: 'The payer sends to a foreign card or phone; the requisites come with the answer',
		},
		{
			name: 'Cross-Border by QR',
			value: 'crossBorderQr',
			description: 'The payer scans an SBP QR code, which comes with the answer. The currency is RUB.',
		},
		{
			name: 'Direct',
			value: 'direct',
			description: 'The requisites come with the answer, and you show them to the payer',
		},
		{
			name: 'Redirect',
			value: 'redirect',
			description: 'You send the payer to the payment page (payUrl), and BridgePay does the rest',
		},
		{
			name: 'Step by Step',
			value: 'stepByStep',
			description:
				'The requisites come later: Get Many Payment Variants, let the payer choose, then Start Deal',
		},
	],
	default: 'direct',
	description: 'How the payer learns where to pay',
};

const foreignRequisites: INodeProperties[] = [
	requiredText({
		displayName: 'Cross-Border Currency',
		name: 'crossBorderCurrency',
		placeholder: 'e.g. TJS',
		description: 'The currency of the foreign bank',
		displayOptions: { show: { flow: ['crossBorder'] } },
	}),
	{
		displayName: 'Cross-Border Requisites',
		name: 'crossBorderRequisiteType',
		type: 'options',
		options: [
			{ name: 'Any', value: '' },
			{ name: 'Card', value: 'CARD' },
			{ name: 'Phone', value: 'PHONE' },
		],
		default: '',
		description: 'What the payer sends the money to',
		displayOptions: { show: { flow: ['crossBorder'] } },
	},
];

const returnUrls: INodeProperties[] = [
	optionalText({
		displayName: 'Success URL',
		name: 'successUrl',
		placeholder: 'e.g. https://shop.example.com/thanks',
		description: 'Where the payment page sends the payer afterwards. The return is no proof of payment.',
		displayOptions: { show: { flow: ['crossBorder', 'redirect'] } },
	}),
	optionalText({
		displayName: 'Cancel URL',
		name: 'cancelUrl',
		placeholder: 'e.g. https://shop.example.com/cart',
		description: 'Where the payment page sends a payer who gives up',
		displayOptions: { show: { flow: ['crossBorder', 'redirect'] } },
	}),
];

/** Members that follow from the flow. The user does not see them. */
const decidedByFlow: INodeProperties[] = [
	{
		displayName: 'Start Deal',
		name: 'startDeal',
		type: 'hidden',
		default: true,
		displayOptions: { show: { flow: ['crossBorder', 'crossBorderQr', 'direct'] } },
	},
	{
		displayName: 'Cross-Border Option',
		name: 'crossBorderOption',
		type: 'hidden',
		default: 'CROSS_BORDER',
		displayOptions: { show: { flow: ['crossBorder'] } },
	},
	{
		displayName: 'QR Option',
		name: 'qrOption',
		type: 'hidden',
		default: 'SBP_QR',
		displayOptions: { show: { flow: ['crossBorderQr'] } },
	},
];

const payerOptions: INodeProperties[] = [
	optionalText({
		displayName: 'Language',
		name: 'lang',
		placeholder: 'e.g. en',
		description: 'The language of the payment page. Documented by a sister installation only.',
	}),
	optionalText({
		displayName: 'Max Amount',
		name: 'maxAmount',
		placeholder: 'e.g. 1510',
		description:
			'BridgePay may raise the amount up to here to make it unique. The payer must then send the fiatAmount of the output, not the amount.',
	}),
	{
		displayName: 'Strictly Single Transfer',
		name: 'strictlySingleTransfer',
		type: 'boolean',
		default: false,
		description:
			'Whether to send this flag, which stands in one cross-border example of a sister installation and is described nowhere',
	},
];

/** One endpoint serves every flow; the flow decides what is sent. */
export const createPayIn: Operation = {
	name: 'Create Pay-In',
	value: 'createPayIn',
	action: 'Create pay in invoice',
	description: 'Let a payer send fiat to a trader, who credits your store',
	request: 'POST /api/merchant/invoices',
	effect: 'write',
	referenceField: 'internalId',
	lookup: { operation: 'invoice.getByInternalId', by: 'internalId', field: 'internalId' },
	same: { fields: { type: 'type', amount: 'sum.amount', currency: 'sum.currency' } },
	proof: { has: ['id', 'status'], reference: 'internalId' },
	returns: { kind: 'invoice' },
	docs: 'https://docs.bridgepay.club/api-reference/merchant-api/invoice-create',
	wire: {
		constants: { type: 'in', notificationToken: FROM_CREDENTIAL },
		sentAs: { crossBorderOption: 'paymentOption', qrOption: 'paymentOption' },
	},
	steering: ['flow', 'matching'],
	does: { triggerUrl: { parameter: 'notificationUrl' } },
	fields: [
		flow,
		internalId,
		amount,
		currency,
		...foreignRequisites,
		{
			...paymentOption,
			description:
				'The rail, e.g. card or SBP. Leave it empty to take whatever is free, even if your contract forbids it: an operator saw that.',
			displayOptions: { show: { flow: ['direct'] } },
		},
		{
			...paymentMethod,
			description: 'The bank. Leave it empty to take whatever is free.',
			displayOptions: { show: { flow: ['direct', 'crossBorder'] } },
		},
		...returnUrls,
		notificationUrl,
		{
			...matching,
			description:
				'Whether the payer may be given the recipient of a pay-out. The payer then has to send a receipt: use Confirm Transfer.',
		},
		...decidedByFlow,
		allowMatching,
	],
	options: [...payerOptions, userId],
	rules: { internalId: ownId, amount: fiatAmount, maxAmount: fiatAmount },
};

export const createPayInAndWait: Operation = {
	...createPayIn,
	name: 'Create Pay-In and Wait',
	value: 'createPayInAndWait',
	action: 'Create pay in invoice and wait',
	description: 'Create a pay-in and let the execution sleep until BridgePay reports what became of it',
	standsOn: 'invoice.createPayIn',
	does: {
		callback: {
			parameter: 'notificationUrl',
			about: { id: 'id' },
			read: { operation: 'invoice.get', by: { id: 'id' } },
		},
	},
	steering: [...(createPayIn.steering ?? []), 'callbackNotice'],
	fields: [...(createPayIn.fields ?? []).filter((field) => field !== notificationUrl), callbackNotice],
};
