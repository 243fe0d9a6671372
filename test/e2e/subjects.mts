import type { INodeParameters } from 'n8n-workflow';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
/** A provider that sends notifications, and what has to happen until it sends one. */
export interface Subject {
	name: 'bridgePay' | 'okiPays' | 'payPlay';
	/** What the action node is told, to create what the notifications are about. */
	create: INodeParameters;
	/** What payer and provider do then. */
	acts: string[];
	/** What the sandbox's objects are called by: the record's id, or the reference. */
	actBy: 'id' | 'reference';
	/** The polling trigger's choice. */
	watch: INodeParameters;
	/** The documented acknowledgement, to the letter. */
	acknowledgement: string;
	/** Parts of the delivery that can be forged: what is not covered is asked back at the provider instead. */
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
	address: 'TA2',
	amount: '10.5',
	options: {},
};
