import type { INodeParameters } from 'n8n-workflow';
import { addressOf } from '../../sandbox/addresses.mts';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
/** A provider that sends notifications, and what has to happen until it sends one. */
export interface Subject {
	name: 'bridgePay' | 'okiPays' | 'payPlay';
	/** The action node's parameters. They create the object that the notifications are about. */
	create: INodeParameters;
	/** The acts of payer and provider after that. */
	acts: string[];
	/** Whether the sandbox finds the object by the record's ID or by the reference. */
	actBy: 'id' | 'reference';
	/** The parameters of the polling trigger. */
	watch: INodeParameters;
	/** The exact text of the documented acknowledgement. */
	acknowledgement: string;
	/** The forgeries that the trigger itself can notice. About others it asks the provider. */
	forgeries: Array<'signature' | 'unsigned' | 'body'>;
}

export const subjects: Subject[] = [
	{
		name: 'bridgePay',
		create: {
			resource: 'invoice',
			operation: 'createPayIn',
			flow: 'direct',
			internalId: 'o-1',
			amount: '1500.50',
			currency: byId('RUB'),
			notificationUrl: 'https://example.com/hook',
			matching: false,
			options: {},
		},
		acts: ['completeInvoice'],
		actBy: 'id',
		watch: { watch: 'invoices', references: 'o-1' },
		acknowledgement: '{}',
		forgeries: ['signature', 'unsigned'],
	},
	{
		name: 'okiPays',
		create: {
			resource: 'order',
			operation: 'create',
			order_id: 7,
			payment_currency_iso: byId('USD'),
			price: '15.50',
			include_commission: 1,
			options: {},
		},
		acts: ['chooseCoin', 'payInFull'],
		actBy: 'reference',
		watch: { watch: 'orders', references: '7' },
		acknowledgement: '{"status":"done"}',
		forgeries: ['signature', 'body'],
	},
	{
		name: 'payPlay',
		create: {
			resource: 'cryptoOrder',
			operation: 'create',
			amount: '100',
			currency: byId('USDT'),
			external_order_id: 'INV-1',
			options: {},
		},
		acts: ['chooseCoin', 'payOrder'],
		actBy: 'id',
		watch: { watch: 'cryptoOrders' },
		acknowledgement: '{"received":true}',
		forgeries: ['signature', 'unsigned', 'body'],
	},
];

export const rapiraPayout: INodeParameters = {
	resource: 'payout',
	operation: 'create',
	token: byId('USDT:TRX:USDTTRC20'),
	address: addressOf('TRX', 'TA2'),
	amount: '10.5',
	paymentReference: 'p-1',
	options: {},
};
