import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { RapiraApi } from '../../../credentials/RapiraApi.credentials.ts';
import { Rapira } from '../../../nodes/Rapira/Rapira.node.ts';
import { addressOf } from '../../../sandbox/addresses.mts';
import { byName } from '../../byName.mts';
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

/** One payout for each name, which is also its Payment Reference. */
export function payouts(...names: string[]): IDataObject[] {
	return names.map((name) => ({ address: addressOf('TRX', name), amount: '100.5', reference: name }));
}

/** How often each of the recipients that the tests name was paid. */
export function paidBy({ books }: RapiraSetting['provider']): Record<string, number> {
	return byName(books.appliedPerReference(), ['TA1', 'TA2', 'TA3', 'TA4', 'TA5']);
}
