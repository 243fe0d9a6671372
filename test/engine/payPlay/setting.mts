import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PayPlayApi } from '../../../credentials/PayPlayApi.credentials.ts';
import { PayPlay } from '../../../nodes/PayPlay/PayPlay.node.ts';
import { openSetting, type Setting, type Subject } from '../setting.mts';

export type PayPlaySetting = Setting<'payPlay'>;

const subject: Subject<'payPlay'> = {
	provider: 'payPlay',
	contract: 'payplay',
	node: () => new PayPlay(),
	credential: { name: 'payPlayApi', type: new PayPlayApi() },
	values: ({ account, url }) => ({ ...account, baseUrl: url }),
};

export const openPayPlay = (): Promise<PayPlaySetting> => openSetting(subject);

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const WALLET = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';
export const EUR_BALANCE = '1f0c2a44-7d1f-4a55-9d62-1b1b6f0f5a01';
export const USDT_ID = 'd9da4bdc-1c0b-4835-8ec6-a7118247340f';

export const row = (
	resource: string,
	operation: string,
	fields: INodeParameters = {},
	options: IDataObject = {},
): INodeParameters => ({ resource, operation, ...fields, options: options as INodeParameters });

/** Parameters for one withdrawal per item, as a user maps them from the input. */
export const withdrawalPerItem = (options: IDataObject = {}): INodeParameters =>
	row(
		'withdrawal',
		'create',
		{
			amount: '={{ $json.amount }}',
			currency: byId('USDT'),
			wallet: WALLET,
			network: byId('TRC20'),
			external_id: '={{ $json.reference }}',
		},
		options,
	);

export const withdrawals = (...references: string[]): IDataObject[] =>
	references.map((reference) => ({ reference, amount: '10.5' }));

const conversion = (operation: string) => (options: IDataObject) =>
	row(
		'convertWithdrawal',
		operation,
		{
			currency: byId('EUR'),
			amount: '50',
			target_currency: 'USDT',
			address: WALLET,
			network: byId('TRC20'),
			external_id: '={{ $json.reference }}',
		},
		options,
	);

export const cryptoOrderPerItem = (options: IDataObject = {}): INodeParameters =>
	row(
		'cryptoOrder',
		'create',
		{ amount: '={{ $json.amount }}', currency: byId('USDT'), external_order_id: '={{ $json.reference }}' },
		options,
	);

/** A call that can move money or create something. */
export interface Sending {
	/** The contract's operationId. */
	endpoint: string;
	/** Whether the node can look up an unknown outcome. */
	isKnown: boolean;
	parameters(options: IDataObject): INodeParameters;
	/** The state of the order that the call is about. The item's `order` is the order's ID. */
	order?: 'partly paid' | 'paid';
}

export const sendings: Record<string, Sending> = {
	'Withdrawal: Create': {
		endpoint: 'createWithdrawal',
		isKnown: false,
		parameters: withdrawalPerItem,
	},
	'Withdrawal With Conversion: Create': {
		endpoint: 'createConvertWithdrawal',
		isKnown: false,
		parameters: conversion('create'),
	},
	'Withdrawal With Conversion: Instant': {
		endpoint: 'createInstantConvertWithdrawal',
		isKnown: false,
		parameters: conversion('instant'),
	},
	'Refund: Create': {
		endpoint: 'refundOrder',
		isKnown: false,
		order: 'paid',
		parameters: (options) =>
			row('refund', 'create', { orderId: byId('={{ $json.order }}'), bodyNotice: '' }, options),
	},
	'Crypto Order: Complete': {
		endpoint: 'completeCryptoOrder',
		isKnown: false,
		order: 'partly paid',
		parameters: (options) => row('cryptoOrder', 'complete', { orderId: byId('={{ $json.order }}') }, options),
	},
	'Balance: Convert': {
		endpoint: 'convertBalance',
		isKnown: false,
		parameters: (options) =>
			row(
				'balance',
				'convert',
				{
					balanceId: byId(EUR_BALANCE),
					currency_to: 'USDT',
					amountNotice: '',
					paymentReference: '={{ $json.reference }}',
				},
				options,
			),
	},
	'Crypto Order: Create': {
		endpoint: 'createCryptoOrder',
		isKnown: true,
		parameters: cryptoOrderPerItem,
	},
	'Top-Up: Create': {
		endpoint: 'createCryptoTopup',
		isKnown: true,
		parameters: (options) =>
			row(
				'topUp',
				'create',
				{
					amountIs: 'fixed',
					amount: '20',
					currency: byId('USDT'),
					external_order_id: '={{ $json.reference }}',
				},
				options,
			),
	},
	'Static Wallet: Create': {
		endpoint: 'createStaticWalletOrder',
		isKnown: true,
		parameters: (options) =>
			row(
				'staticWallet',
				'create',
				{
					currency_id: byId(USDT_ID),
					network: byId('TRC20'),
					amount: '20',
					external_order_id: '={{ $json.reference }}',
				},
				options,
			),
	},
};

/** An input item for the call, with the order that it needs. The requests that made the order are forgotten. */
export async function itemFor(setting: PayPlaySetting, { order }: Sending): Promise<IDataObject> {
	const item = { reference: 'r-1', amount: '10.5' };
	if (!order) return item;
	const { items } = await setting.run(cryptoOrderPerItem(), { items: [{ reference: 'seed', amount: '10' }] });
	const id = String(items[0]?.json.id);
	setting.provider.act('chooseCoin', id);
	setting.provider.act(order === 'paid' ? 'payOrder' : 'payPart', id);
	setting.provider.requests.length = 0;
	setting.provider.books.clear();
	return { ...item, order: id };
}
