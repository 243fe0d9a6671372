import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { RapiraApi } from '../../../credentials/RapiraApi.credentials.ts';
import { Rapira } from '../../../nodes/Rapira/Rapira.node.ts';
import { openSetting, type Setting, type Subject } from '../setting.mts';

export type RapiraSetting = Setting<'rapira'>;

const subject: Subject<'rapira'> = {
	provider: 'rapira',
	contract: 'rapira',
	node: () => new Rapira(),
	credential: { name: 'rapiraApi', type: new RapiraApi() },
	values: ({ account: { uid, privateKey }, url }) => ({ uid, privateKey, baseUrl: url, token: '' }),
};

export const openRapira = (): Promise<RapiraSetting> => openSetting(subject);

/** Parameters of Payout: Create for one recipient per item, as a user maps them from the input. */
export function payoutPerItem(options: IDataObject = {}): INodeParameters {
	return {
		resource: 'payout',
		operation: 'create',
		token: { __rl: true, mode: 'list', value: 'USDT:TRX:USDTTRC20' },
		address: '={{ $json.address }}',
		amount: '={{ $json.amount }}',
		paymentReference: '={{ $json.reference ?? $json.address }}',
		options: options as INodeParameters,
	};
}

export function payouts(...addresses: string[]): IDataObject[] {
	return addresses.map((address) => ({ address, amount: '100.5' }));
}
