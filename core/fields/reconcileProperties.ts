import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../provider/operation';

/** The fields of every Reconcile: the names of the compared fields in the ledger (all input items together). */
export const ledgerFields: INodeProperties[] = [
	{
		displayName: 'Reference Field',
		name: 'referenceField',
		type: 'string',
		requiresDataPath: 'single',
		required: true,
		default: 'reference',
		placeholder: 'e.g. order.reference',
		description: 'The name of the field of your ledger that holds the reference, not its value',
	},
	{
		displayName: 'Amount Field',
		name: 'amountField',
		type: 'string',
		requiresDataPath: 'single',
		default: 'amount',
		placeholder: 'e.g. order.amount',
		description: 'The name of the field that holds the amount. Empty: amounts are not compared.',
	},
	{
		displayName: 'Currency Field',
		name: 'currencyField',
		type: 'string',
		requiresDataPath: 'single',
		default: 'currency',
		placeholder: 'e.g. order.currency',
		description: 'The name of the field that holds the currency. Empty: currencies are not compared.',
	},
	{
		displayName: 'Status Field',
		name: 'statusField',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. order.status',
		description:
			"The name of the field that holds the status, as in payment records or in the provider's own word. Empty: statuses are not compared.",
	},
];

/** For a list. Without a range, the list of payments that the ledger lacks would have no end. */
export const rangeFields: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		required: true,
		default: '',
		description:
			'Only payments made at or after this time are compared. Leave older rows out of your ledger: they could be reported as missing.',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'Only payments made up to this time are compared. Leave newer rows out of your ledger.',
	},
];

/** The options of every Reconcile. */
export const reconcileOptions: INodeProperties[] = [
	{
		displayName: 'Amount of the Payment',
		name: 'sides',
		type: 'options',
		options: [
			{
				name: 'Amount',
				value: 'amount',
				description: 'Amount and currency of the payment record',
			},
			{
				name: 'Fiat Amount',
				value: 'fiatAmount',
				description: 'Fiat amount and fiat currency of the payment record',
			},
			{
				name: 'Paid Amount',
				value: 'paidAmount',
				description: 'What was paid or has arrived, and the currency of the payment record',
			},
		],
		default: 'amount',
		description: 'Which amount of the payment your ledger has',
	},
	{
		displayName: 'Only Differences',
		name: 'onlyDifferences',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out what matches',
	},
];

/** The fields of one Reconcile, in addition to those of its row. */
export function reconcileFields({ does: { reconciles } = {} }: Operation): INodeProperties[] {
	return reconciles?.ask ? ledgerFields : [...ledgerFields, ...rangeFields];
}
