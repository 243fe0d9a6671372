import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GatePayApi } from '../../../credentials/GatePayApi.credentials.ts';
import { GatePay } from '../../../nodes/GatePay/GatePay.node.ts';
import { openSetting, type Setting, type Subject } from '../setting.mts';

export type GatePaySetting = Setting<'gatePay'>;

const subject: Subject<'gatePay'> = {
	provider: 'gatePay',
	contract: 'gatepay',
	node: () => new GatePay(),
	credential: { name: 'gatePayApi', type: new GatePayApi() },
	values: ({ account, url }) => ({ ...account, onBehalfOf: '', baseUrl: url }),
};

export const openGatePay = (): Promise<GatePaySetting> => openSetting(subject);

/** Parameters of Payout: Create for one recipient per item, as a user maps them from the input. */
export function payoutPerItem(options: IDataObject = {}): INodeParameters {
	return {
		resource: 'payout',
		operation: 'create',
		batch_id: '={{ $json.batch }}',
		withdraw_list: {
			payout: [
				{
					merchant_withdraw_id: '={{ $json.batch }}_1',
					currency: { __rl: true, mode: 'id', value: 'USDT' },
					chain: { __rl: true, mode: 'id', value: 'TRX' },
					address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
					amount: '={{ $json.amount }}',
				},
			],
		},
		options: options as INodeParameters,
	};
}

export function payouts(...batches: string[]): IDataObject[] {
	return batches.map((batch) => ({ batch, amount: '10.5' }));
}
