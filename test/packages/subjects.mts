import type { INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox/index.mts';
import { byId, rapiraPayout, subjects as notifying } from '../e2e/subjects.mts';

/** One provider's package, and the calls that prove that it works alone. */
export interface PartSubject {
	name: 'gatePay' | 'bridgePay' | 'okiPays' | 'payPlay' | 'rapira';
	packageName: string;
	nodeTypes: string[];
	read: INodeParameters;
	/** A payment, and the contract's name for it. OkiPays has no payments, so there it is an order. */
	pay: INodeParameters;
	payEndpoint: string;
	/** What makes the provider send a notification. Absent: it sends none. */
	event?: { create?: INodeParameters; acts: string[]; actBy: 'id' | 'reference' };
	acknowledgement?: string;
}

const fromEndToEnd = (name: string) => notifying.find((each) => each.name === name);

function withTriggers(name: string): string[] {
	return [name, `${name}Trigger`, `${name}PollingTrigger`];
}

function notificationsOf(name: string): Pick<PartSubject, 'event' | 'acknowledgement'> {
	const subject = fromEndToEnd(name);
	if (!subject) throw new Error(`Nobody knows how ${name} comes to notify.`);
	const { create, acts, actBy, acknowledgement } = subject;
	return { event: { create, acts, actBy }, acknowledgement };
}

const gatePayPayout: INodeParameters = {
	resource: 'payout',
	operation: 'create',
	batch_id: 'part_1',
	withdraw_list: {
		payout: [
			{
				merchant_withdraw_id: 'part_1_1',
				currency: byId('USDT'),
				chain: byId('TRX'),
				address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
				amount: '10.5',
			},
		],
	},
	options: {},
};

export const parts: PartSubject[] = [
	{
		name: 'gatePay',
		packageName: 'n8n-nodes-gate-pay',
		nodeTypes: withTriggers('gatePay'),
		read: { resource: 'balance', operation: 'getMany', options: {} },
		pay: gatePayPayout,
		payEndpoint: 'createPayoutBatch',
		event: { acts: ['settleDeposit'], actBy: 'id' },
		acknowledgement: '{"returnCode":"SUCCESS","returnMessage":""}',
	},
	{
		name: 'bridgePay',
		packageName: 'n8n-nodes-bridgepay',
		nodeTypes: withTriggers('bridgePay'),
		read: { resource: 'store', operation: 'getAccounts', options: {} },
		pay: {
			resource: 'withdrawal',
			operation: 'create',
			paymentReference: 'w-1',
			accountId: byId('df2b175e-0aef-45e3-8d03-80881389901c'),
			amount: '10.5',
			address: 'TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9',
			code2FA: '',
			options: {},
		},
		payEndpoint: 'createWithdrawal',
		...notificationsOf('bridgePay'),
	},
	{
		name: 'okiPays',
		packageName: 'n8n-nodes-okipays',
		nodeTypes: withTriggers('okiPays'),
		read: { resource: 'currency', operation: 'getCoins', options: {} },
		pay: { ...fromEndToEnd('okiPays')?.create, order_id: 8 },
		payEndpoint: 'createOrder',
		...notificationsOf('okiPays'),
	},
	{
		name: 'payPlay',
		packageName: 'n8n-nodes-payplay',
		nodeTypes: withTriggers('payPlay'),
		read: { resource: 'balance', operation: 'getMany', options: {} },
		pay: {
			resource: 'withdrawal',
			operation: 'create',
			amount: '10.5',
			currency: byId('USDT'),
			wallet: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
			network: byId('TRC20'),
			external_id: 'w-1',
			options: {},
		},
		payEndpoint: 'createWithdrawal',
		...notificationsOf('payPlay'),
	},
	{
		name: 'rapira',
		packageName: 'n8n-nodes-rapira',
		nodeTypes: ['rapira', 'rapiraPollingTrigger'],
		read: { resource: 'balance', operation: 'getMany', options: {} },
		pay: rapiraPayout,
		payEndpoint: 'createCryptoWithdrawal',
	},
];

export const sandboxOf = (sandbox: Sandbox, { name }: PartSubject) => sandbox[name];
