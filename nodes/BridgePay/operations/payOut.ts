import type { INodeProperties } from 'n8n-workflow';
import { FROM_CREDENTIAL } from '../../../core/fields/fromCredential';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation } from '../../../core/provider/operation';
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

const matchingSettings: INodeProperties = {
	displayName: 'Matching Settings',
	name: 'matchingSettings',
	type: 'fixedCollection',
	placeholder: 'Add Settings',
	default: {},
	description: 'Limits of the parts. Documented by one example of a sister installation only.',
	options: [
		{
			displayName: 'Settings',
			name: 'settings',
			values: [
				optionalText({
					displayName: 'Max Amount',
					name: 'maxAmount',
					placeholder: 'e.g. 23000',
					description: 'The most that may be paid out in all',
				}),
				optionalText({
					displayName: 'Max Part Amount',
					name: 'maxPartAmount',
					placeholder: 'e.g. 5000',
				}),
				optionalText({
					displayName: 'Min Part Amount',
					name: 'minPartAmount',
					placeholder: 'e.g. 1000',
				}),
			],
		},
	],
	displayOptions: { show: { matching: [true] } },
};

const recipient: INodeProperties = {
	displayName: 'Recipient',
	name: 'paymentRequisites',
	type: 'fixedCollection',
	placeholder: 'Add Recipient',
	required: true,
	default: {},
	options: [
		{
			displayName: 'Recipient',
			name: 'recipient',
			values: [
				optionalText({
					displayName: 'Holder',
					name: 'holder',
					placeholder: 'e.g. Ivan Petrov',
					description: 'The name of the recipient',
				}),
				requiredText({
					displayName: 'Requisites',
					name: 'requisites',
					placeholder: 'e.g. 4111 1111 1111 1111',
					description: 'Card, phone or account number, as the payment option needs it',
				}),
			],
		},
	],
};

/** The same endpoint as a pay-in, but money leaves. The type is always `out`; one sample says `in` by mistake. */
export const createPayOut: Operation = {
	name: 'Create Pay-Out',
	value: 'createPayOut',
	action: 'Create pay out invoice',
	description: "Pay fiat to a recipient's card, phone or account",
	request: 'POST /api/merchant/invoices',
	effect: 'money',
	once: {
		// No page says that BridgePay refuses an `internalId` that it has seen.
		remembered: true,
	},
	moves: {
		amount: ['amount'],
		currency: ['currency'],
		to: [
			{
				member: 'paymentRequisites.requisites',
				way: 'paymentOption',
				kinds: {
					SBP: 'phone',
					TO_PHONE_NUMBER: 'phone',
					MOBILE_TOP_UP: 'phone',
					TO_CARD: 'card',
					TO_ACCOUNT: 'account',
				},
			},
		],
	},
	referenceField: 'internalId',
	lookup: { operation: 'invoice.getByInternalId', by: 'internalId', field: 'internalId' },
	same: {
		fields: { type: 'type', amount: 'sum.amount', currency: 'sum.currency' },
		grouped: {
			'paymentRequisites.requisites': ['paymentRequisites.requisites', 'deals.0.requisites.requisites'],
			'paymentRequisites.holder': ['paymentRequisites.holder', 'deals.0.requisites.holder'],
			paymentOption: ['paymentOption', 'deals.0.paymentOption'],
			// The deal's own method is the bank that belongs to the card, so it is not compared.
			paymentMethod: ['paymentMethod'],
		},
	},
	proof: { has: ['id', 'status'], reference: 'internalId' },
	returns: { kind: 'invoice' },
	docs: 'https://docs.bridgepay.club/api-reference/merchant-api/invoice-create',
	wire: { constants: { type: 'out', notificationToken: FROM_CREDENTIAL } },
	steering: ['matching'],
	does: { triggerUrl: { parameter: 'notificationUrl' } },
	fields: [
		internalId,
		amount,
		currency,
		{ ...paymentOption, required: true },
		{
			...paymentMethod,
			required: true,
			description: "The recipient's bank. With TO_CARD the code unknown lets BridgePay find it by the card.",
		},
		recipient,
		notificationUrl,
		{
			...matching,
			description: 'Whether the pay-out may be made by payers of pay-ins, also in parts',
		},
		allowMatching,
		matchingSettings,
	],
	options: [userId],
	rules: {
		internalId: ownId,
		amount: fiatAmount,
		'matchingSettings.maxAmount': fiatAmount,
		'matchingSettings.minPartAmount': fiatAmount,
		'matchingSettings.maxPartAmount': fiatAmount,
	},
};

export const createPayOutAndWait: Operation = {
	...createPayOut,
	name: 'Create Pay-Out and Wait',
	value: 'createPayOutAndWait',
	action: 'Create pay out invoice and wait',
	description: 'Create a pay-out and let the execution sleep until BridgePay reports what became of it',
	standsOn: 'invoice.createPayOut',
	does: {
		callback: {
			parameter: 'notificationUrl',
			about: { id: 'id' },
			read: { operation: 'invoice.get', by: { id: 'id' } },
		},
	},
	steering: [...(createPayOut.steering ?? []), 'callbackNotice'],
	fields: [...(createPayOut.fields ?? []).filter((field) => field !== notificationUrl), callbackNotice],
};
