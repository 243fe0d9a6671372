import type { INodeProperties } from 'n8n-workflow';
import { optionalFromList } from '../../../core/fields/fromList';
import { requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { reconciling, untilFinal } from '../../../core/provider/standingOn';
import { fiatAmount, invoiceId, proof } from './fields';
import { createPayIn, createPayInAndWait } from './payIn';
import { createPayOut, createPayOutAndWait } from './payOut';

const PAGES = 'https://docs.bridgepay.club';
/** The same documentation at a sister installation. It serves where BridgePay's own page could not be read. */
const TWIN = 'https://docs.stormtrade.club/api-reference';

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get invoice',
	description: 'Get a pay-in or pay-out by the ID of BridgePay',
	request: 'GET /api/merchant/invoices/{id}',
	effect: 'read',
	about: { id: 'id' },
	returns: { kind: 'invoice' },
	docs: `${PAGES}/en/api-reference/merchant-api/get-invoice-id`,
	fields: [invoiceId],
};

const waitUntilFinal: Operation = {
	...untilFinal('invoice', get),
	action: 'Wait until invoice is final',
	description:
		'Read an invoice repeatedly until its state is final. It is final when it is paid, cancelled or expired; a dispute can reopen it.',
};

const getByInternalId: Operation = {
	name: 'Get by Internal ID',
	value: 'getByInternalId',
	action: 'Get invoice by internal ID',
	description: 'Get a pay-in or pay-out by your own reference, e.g. after an answer was lost',
	request: 'GET /api/merchant/invoices/internal-id/{internalId}',
	effect: 'read',
	referenceField: 'internalId',
	about: { internalId: 'internalId' },
	returns: { kind: 'invoice' },
	docs: `${TWIN}/merchant-api/get-invoice-by-internal-merchant-ID`,
	fields: [
		requiredText({
			displayName: 'Internal ID',
			name: 'internalId',
			placeholder: 'e.g. order-1042',
			description: 'The reference that the invoice was created with',
		}),
	],
};

const waitUntilFinalByInternalId: Operation = {
	...untilFinal('invoice', getByInternalId),
	name: 'Wait Until Final by Internal ID',
	value: 'waitUntilFinalByInternalId',
	action: 'Wait until invoice is final by internal ID',
	description:
		'Read an invoice repeatedly until its state is final. It is final when it is paid, cancelled or expired; a dispute can reopen it.',
};

const getPaymentVariants: Operation = {
	name: 'Get Many Payment Variants',
	value: 'getPaymentVariants',
	action: 'Get many payment variants of invoice',
	description: 'List how an invoice can be paid now: the second step of Step by Step',
	request: 'GET /api/merchant/invoices/{id}/available-payment-variants',
	effect: 'read',
	returns: { list: '' },
	docs: `${TWIN}/merchant-api/available-payment-variants`,
	fields: [invoiceId],
};

const startDeal: Operation = {
	name: 'Start Deal',
	value: 'startDeal',
	action: 'Start deal of invoice',
	description:
		'Get the requisites for a pay-in: the third step of Step by Step. When the answer has none, nothing is free now.',
	request: 'POST /api/merchant/invoices/{id}/start-deal',
	effect: 'write',
	once: { see: 'invoice.get' },
	proof: { has: ['id'], same: { fields: { id: 'id' } } },
	returns: { kind: 'invoice' },
	docs: `${TWIN}/merchant-api/deal-create`,
	fields: [
		invoiceId,
		optionalFromList(
			{
				displayName: 'Payment Option',
				name: 'paymentOption',
				description:
					'The rail. Leave it empty to take whatever is free, even if your contract forbids it: an operator saw that.',
			},
			'searchVariantOptions',
			'e.g. TO_CARD',
			'By Code',
		),
		optionalFromList(
			{
				displayName: 'Payment Method',
				name: 'paymentMethod',
				description: 'The bank. Leave it empty to take whatever is free.',
			},
			'searchVariantMethods',
			'e.g. sberbank',
			'By Code',
		),
	],
};

const confirmTransfer: Operation = {
	name: 'Confirm Transfer',
	value: 'confirmTransfer',
	action: 'Confirm transfer of invoice',
	description:
		"Send the payer's receipt. It is no proof that the money has arrived: wait until the invoice is paid.",
	request: 'POST /api/merchant/invoices/{id}/confirm-transfer',
	effect: 'write',
	once: { see: 'invoice.get' },
	wire: { encoding: 'multipart' },
	proof: { has: ['id'], same: { fields: { id: 'id' } } },
	returns: { kind: 'invoice' },
	docs: `${PAGES}/api-reference/merchant-api/confirm-transfer`,
	fields: [
		invoiceId,
		{
			displayName: 'Receipt File',
			name: 'attachment',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the input binary field with the receipt, of at most 10 MB',
			description: 'A picture or a PDF',
		},
	],
	rules: { attachment: proof },
};

const dealId: INodeProperties = {
	displayName: 'Deal',
	name: 'dealId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The deal of the invoice. Its ID is another one than that of the invoice.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchDeals' },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 595af0e7-261d-4451-b651-3cfeecc0755c',
		},
	],
};

const disputeReason: INodeProperties = {
	displayName: 'Reason',
	name: 'disputeReason',
	type: 'options',
	options: [
		{ name: 'Choose a Reason', value: '' },
		{ name: 'Payment Was Made', value: 'has_payment' },
		{ name: 'Payment Was Not Made', value: 'no_payment' },
		{ name: 'Unknown', value: 'unknown' },
		{ name: 'Wrong Amount', value: 'invalid_sum' },
		{ name: 'Wrong Requisites', value: 'invalid_requisites' },
	],
	required: true,
	default: '',
	description:
		'Ask BridgePay which one it wants for a payment that was made and not credited: the pages say has_payment, an operator of this engine sends no_payment',
};

const openDispute: Operation = {
	name: 'Open Dispute',
	value: 'openDispute',
	action: 'Open dispute on deal',
	description: 'Contest a deal that was paid but not confirmed, or paid with another amount',
	request: 'POST /api/merchant/invoices/{id}/dispute',
	effect: 'write',
	once: { see: 'invoice.get' },
	wire: { encoding: 'multipart', sentAs: { paidAmount: 'disputeReasonData[amount]' } },
	proof: {
		has: ['id'],
		same: {
			fields: { id: 'id' },
			// An invoice has one deal in all examples. A deal without a disputed amount shows an empty array.
			ifSent: { 'disputeReasonData[amount]': 'deals.0.disputeReasonData.amount' },
		},
	},
	returns: { kind: 'invoice' },
	docs: `${TWIN}/merchant-api/open-dispute`,
	fields: [
		invoiceId,
		dealId,
		disputeReason,
		requiredText({
			displayName: 'Paid Amount',
			name: 'paidAmount',
			placeholder: 'e.g. 1000',
			description: 'What was really paid, as decimal text',
			displayOptions: { show: { disputeReason: ['invalid_sum'] } },
		}),
		{
			displayName: 'Proof File',
			name: 'attachment',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the input binary field with the proof of payment, of at most 10 MB',
		},
	],
	rules: { paidAmount: fiatAmount, attachment: proof },
};

const cancel: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel invoice',
	description: 'Cancel the active deal and its invoice',
	request: 'POST /api/merchant/invoices/{id}/cancel',
	effect: 'write',
	once: { see: 'invoice.get' },
	wire: { encoding: 'none' },
	proof: { has: ['id'], same: { fields: { id: 'id' } } },
	returns: { kind: 'invoice' },
	docs: `${TWIN}/merchant-api/cancel-order`,
	fields: [invoiceId],
};

const getQrCode: Operation = {
	name: 'Get QR Code',
	value: 'getQrCode',
	action: 'Get QR code of invoice',
	description: 'Get the QR code of a pay-in as an SVG file. No signature is needed.',
	request: 'GET /api/public/invoices/{id}/qr-code',
	effect: 'read',
	returns: { file: { name: 'qr-code.svg', type: 'image/svg+xml' } },
	docs: `${TWIN}/public-api/get-qr-code-svg`,
	fields: [invoiceId],
};

const reconcile: Operation = {
	...reconciling('invoice', getByInternalId, {
		by: 'reference',
		ask: { parameter: 'internalId', absent: ['HTTP 404'] },
	}),
	action: 'Reconcile invoices with your ledger',
	description:
		'Compare your ledger, the input items, with pay-ins and pay-outs, asked for one by one by internal ID. What your ledger lacks cannot be found, because there is no list.',
};

/** Pay-ins and pay-outs, with the deals that carry them. */
export const invoice: Resource = {
	name: 'Invoice',
	value: 'invoice',
	operations: [
		createPayIn,
		createPayInAndWait,
		createPayOut,
		createPayOutAndWait,
		get,
		waitUntilFinal,
		getByInternalId,
		waitUntilFinalByInternalId,
		getPaymentVariants,
		startDeal,
		confirmTransfer,
		openDispute,
		cancel,
		getQrCode,
		reconcile,
	],
};
