import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { BridgePayApi } from '../../../credentials/BridgePayApi.credentials.ts';
import { BridgePay } from '../../../nodes/BridgePay/BridgePay.node.ts';
import { openSetting, type Setting, type Subject } from '../setting.mts';

export type BridgePaySetting = Setting<'bridgePay'>;

const subject: Subject<'bridgePay'> = {
	provider: 'bridgePay',
	contract: 'bridgepay',
	node: () => new BridgePay(),
	credential: { name: 'bridgePayApi', type: new BridgePayApi() },
	values: ({ account, url }) => ({ ...account, baseUrl: url }),
};

export const openBridgePay = (): Promise<BridgePaySetting> => openSetting(subject);

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Parameters of an operation of Invoice. */
export function invoice(
	operation: string,
	fields: INodeParameters = {},
	options: IDataObject = {},
): INodeParameters {
	return { resource: 'invoice', operation, ...fields, options: options as INodeParameters };
}

const order = {
	internalId: '={{ $json.order }}',
	amount: '={{ $json.amount }}',
	currency: byId('RUB'),
	notificationUrl: 'https://example.com/hook',
};

/** Parameters of Create Pay-In, as a user maps them from the input. */
export const payIn = (options: IDataObject = {}, fields: INodeParameters = {}) =>
	invoice('createPayIn', { flow: 'direct', ...order, matching: false, ...fields }, options);

export const payOut = (options: IDataObject = {}, fields: INodeParameters = {}) =>
	invoice(
		'createPayOut',
		{
			...order,
			paymentOption: byId('TO_CARD'),
			paymentMethod: byId('sberbank'),
			paymentRequisites: { recipient: { requisites: '4444 4444 4444 4448', holder: 'Иван Петров' } },
			matching: false,
			...fields,
		},
		options,
	);

export const withdrawal = (options: IDataObject = {}, fields: INodeParameters = {}): INodeParameters => ({
	resource: 'withdrawal',
	operation: 'create',
	accountId: byId('df2b175e-0aef-45e3-8d03-80881389901c'),
	amount: '={{ $json.amount }}',
	address: 'TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9',
	code2FA: '',
	paymentReference: '={{ `w-${$itemIndex + 1}` }}',
	...fields,
	options: options as INodeParameters,
});

export const orders = (...references: string[]): IDataObject[] =>
	references.map((reference) => ({ order: reference, amount: '1500.50' }));

/** All faults of a request: the item's outcome with and without a lookup, and whether the provider applied it. */
export const faults: Array<
	[kind: string, details: object, withLookup: string, without: string, applied: boolean]
> = [
	['dns', {}, 'rejected', 'rejected', false],
	['connection-refused', {}, 'rejected', 'rejected', false],
	['tls-handshake', {}, 'unknown', 'unknown', false],
	['reset-before-reading', {}, 'unknown', 'unknown', false],
	['reset-after-applying', {}, 'applied', 'unknown', true],
	['timeout-before-applying', { seconds: 5 }, 'unknown', 'unknown', false],
	['timeout-after-applying', { seconds: 5 }, 'applied', 'unknown', true],
	['half-a-body', {}, 'applied', 'unknown', true],
	['slow-drip', { seconds: 0.2 }, 'applied', 'unknown', true],
	['unauthorized', { status: 401 }, 'unknown', 'unknown', false],
	['unauthorized', { status: 401, applied: true }, 'applied', 'unknown', true],
	['redirect', { status: 302 }, 'unknown', 'unknown', false],
	['redirect', { status: 307 }, 'unknown', 'unknown', false],
	['too-many-requests', { status: 429, retryAfter: 1 }, 'unknown', 'unknown', false],
	['too-many-requests', { status: 429, retryAfter: null }, 'unknown', 'unknown', false],
	['bad-gateway', { status: 502 }, 'unknown', 'unknown', false],
	['bad-gateway', { status: 503, applied: true }, 'applied', 'unknown', true],
	['ok-but-wrong', { body: 'html' }, 'unknown', 'unknown', false],
	['ok-but-wrong', { body: 'html', applied: true }, 'applied', 'unknown', true],
	// No refusal with 200 is documented, so this one proves nothing.
	['ok-but-wrong', { body: 'refusal' }, 'unknown', 'unknown', false],
];
