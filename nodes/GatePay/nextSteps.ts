import { ownMember } from '../../core/exact/json';
import type { Operation } from '../../core/provider/operation';

/** Documented codes with the same meaning in every call, and what to do. */
const ANYWHERE: Readonly<Record<string, string>> = {
	'400001': 'Compare the fields with the documentation of the operation',
	'400002': 'Is it the Payment API Secret in the credential, not the Authorization Secret?',
	'400003': 'Set the clock of the n8n machine: requests older than 10 s are refused',
	'400004': 'Check the Client ID in the credential',
	'400202': 'Check the IDs that the request names: one of them was not found',
	'400203': 'Check the Merchant ID in the credential',
	'400204': 'Look at the status of what the request names: it does not allow this call',
	'400205': 'Check the currency; codes are in upper case',
	'400605': 'Top up the payment account',
	'400621': 'Check the amount',
	'400622': 'The rate has moved: get a new quote',
	'400623': 'Choose another currency to pay in',
	'400624': 'Check the callback URL: https, and at most 128 characters',
	'500008': 'Check the Merchant ID in the credential',
};

const ORDERS = /\/pay\/(?:order|checkout|transactions|address)\b|\/recharge\b/;
const ADDRESS_ORDERS = /\/pay\/address\//;
const REFUNDS = /\/refund/;
const PAYOUTS = /\/pay\/withdraw\b|payouts/;
const ORDER_FEE = /\/order\/fee\/query/;
const LEDGER = /\/bill\/orderlist/;

/**
 * Documented codes of one product, the calls that they belong to, and what to do. If another call gets the same code,
 * it has no hint, because the hint would be about an object that nobody asked for.
 */
const OF_ONE_PRODUCT: Readonly<Record<string, readonly [calls: RegExp, nextStep: string]>> = {
	'400304': [REFUNDS, 'Check the Refund Request ID; a new refund may take ten seconds to be found'],
	'400603': [ORDERS, 'Create a new order'],
	'400604': [REFUNDS, 'Wait until the order is paid'],
	'400607': [REFUNDS, 'The order takes no more refunds'],
	'400608': [REFUNDS, 'Check the amount: all refunds of an order together are at most what was paid'],
	'400620': [ORDERS, 'Get the order to see how it was paid'],
	'500100': [ORDERS, 'Create a new order'],
	'500103': [ADDRESS_ORDERS, 'The rate has moved: create a new order'],
	'500203': [ADDRESS_ORDERS, 'Check the ID; the order must be an address order'],
	'500204': [REFUNDS, 'Check the receiver: it must be a Gate user'],
	'500205': [REFUNDS, 'Refund in the currency of the order or in the one that was paid'],
	'500206': [REFUNDS, 'Refund a smaller amount'],
	'500207': [REFUNDS, 'Check the Refund Request ID'],
	'500208': [REFUNDS, 'Use the refund for direct orders: this one was not converted'],
	'550139': [ORDER_FEE, 'Check the Merchant Trade Number'],
	'550140': [ORDER_FEE, 'The order has no payment yet'],
	'550141': [ORDER_FEE, 'Try again in a moment: the fee is still being calculated'],
	'550233': [PAYOUTS, 'Top up the payment account; the fee counts too'],
	'550234': [PAYOUTS, 'Shorten the memo'],
	'550235': [PAYOUTS, 'Use fewer decimals; Get Many Chains shows how many a chain takes'],
	'550238': [PAYOUTS, 'Split the batch'],
	'550239': [PAYOUTS, 'Fill in Amount'],
	'550240': [PAYOUTS, 'Fill in Currency'],
	'550241': [PAYOUTS, 'Fill in Address'],
	'550242': [PAYOUTS, 'Fill in Chain'],
	'550249': [PAYOUTS, 'Use letters, digits and _ in Batch ID and Payout ID'],
	'5504060': [LEDGER, 'Choose a type that the list of the field has'],
};

/** Codes that say, in any call, that something was not found. */
const NOT_FOUND = new Set(['400202', '400304', '500203', '500207', '550139', '550140']);

/** The object of each call in the editor's words. The first path that fits counts. */
const OBJECTS: ReadonlyArray<readonly [calls: RegExp, object: string]> = [
	[REFUNDS, 'refund'],
	[/\/bank\//, 'bank account'],
	[PAYOUTS, 'payout batch'],
	[/\/suborder\//, 'payout'],
	[/\/batch\/transfer/, 'batch of transfers'],
	[/\/fixedaddress\//, 'static address'],
	[/\/channelmanage\//, 'customer'],
	[/\/gift\//, 'gift card'],
	[/\/product\//, 'subscription product'],
	[/\/plan\//, 'plan'],
	[/\/deduct/, 'debit'],
	[/\/pay-subscription\//, 'subscription'],
	[/\/accounts\//, 'sub-account'],
	[/\/commission_rule/, 'fee rule'],
	[/\/transfer\/open\/.*\/charges?\b/, 'charge'],
	[/\/transfer\/open\//, 'transfer'],
	[/\/convert/, 'conversion'],
	[/\/otc\/|\/pay\/(?:order|checkout|transactions|address)\b/, 'order'],
];

/** Whether a documentation page lists the code as a refusal. */
export function isDocumentedRefusal(code: string): boolean {
	return ownMember(ANYWHERE, code) !== undefined || ownMember(OF_ONE_PRODUCT, code) !== undefined;
}

/** What to do after a refusal. The text is always about the object of this call. */
export function nextStepFor(code: string, operation: Operation): string | undefined {
	const { request, effect, custom } = operation;
	const [calls, nextStep] = ownMember(OF_ONE_PRODUCT, code) ?? [];
	if (calls && (custom || calls.test(request))) return nextStep;
	if (NOT_FOUND.has(code) && effect === 'read' && !custom) {
		const object = OBJECTS.find(([paths]) => paths.test(request))?.[1] ?? 'object';
		return `Check which ${object} was asked for; a new one may take a moment to be found`;
	}
	return ownMember(ANYWHERE, NOT_FOUND.has(code) ? '400202' : code);
}
