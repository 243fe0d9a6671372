import type { INodeProperties } from 'n8n-workflow';
import { requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import {
	byExternalOrderId,
	DECIMALS,
	externalOrderId,
	externalOrderIdField,
	links,
	ofPage,
	paymentPage,
	sameOrder,
	SISTER,
} from './fields';

const PAGE = `${SISTER}/topup/crypto`;

const currency: INodeProperties = {
	displayName: 'Currency',
	name: 'currency',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The currency of the top-up; the payer chooses the coin',
	displayOptions: { show: { amountIs: ['fixed'] } },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchTopUpCurrencies', searchable: true },
		},
		{ displayName: 'By Ticker', name: 'id', type: 'string', placeholder: 'e.g. USDT' },
	],
};

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create crypto top up',
	description: 'Create a top-up and get the link of the payment form to send the payer to',
	request: 'POST /private-api/crypto-topups/{slug}',
	wire: { fromAccount: ofPage },
	effect: 'write',
	referenceField: 'external_order_id',
	lookup: byExternalOrderId,
	same: sameOrder,
	proof: { has: ['id'], reference: 'external_order_id' },
	returns: { kind: 'order', data: 'order' },
	docs: PAGE,
	steering: ['amountIs'],
	fields: [
		{
			displayName: 'Amount Is',
			name: 'amountIs',
			type: 'options',
			options: [
				{ name: 'Chosen by the Payer', value: 'open' },
				{ name: 'Fixed', value: 'fixed' },
			],
			default: 'fixed',
			description: 'PayPlay takes amount and currency together or not at all',
		},
		requiredText({
			displayName: 'Amount',
			name: 'amount',
			placeholder: 'e.g. 300',
			description: 'Decimal text. The least amount depends on the currency.',
			displayOptions: { show: { amountIs: ['fixed'] } },
		}),
		currency,
		externalOrderIdField,
	],
	options: [...links, paymentPage],
	rules: { amount: { kind: 'amount', decimals: DECIMALS }, external_order_id: externalOrderId },
};

const getCurrencies: Operation = {
	name: 'Get Many Currencies',
	value: 'getCurrencies',
	action: 'Get many currencies of top ups',
	description: 'List the currencies that a top-up can have, with least and largest amount',
	request: 'GET /private-api/currencies/crypto-topup-target-currencies',
	effect: 'read',
	returns: { list: 'currencies' },
	docs: PAGE,
};

/** Orders in which the payer may choose the amount. */
export const topUp: Resource = { name: 'Top-Up', value: 'topUp', operations: [create, getCurrencies] };
