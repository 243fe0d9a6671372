import SHA256 from 'crypto-js/sha256.js';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { OkiPaysApi } from '../../../credentials/OkiPaysApi.credentials.ts';
import { OkiPays } from '../../../nodes/OkiPays/OkiPays.node.ts';
import { openSetting, type Setting, type Subject } from '../setting.mts';

export type OkiPaysSetting = Setting<'okiPays'>;

const subject: Subject<'okiPays'> = {
	provider: 'okiPays',
	contract: 'okipays',
	node: () => new OkiPays(),
	credential: { name: 'okiPaysApi', type: new OkiPaysApi() },
	values: ({ account, url }) => ({ ...account, requestIdUnit: 'milliseconds', baseUrl: url }),
};

export const openOkiPays = (): Promise<OkiPaysSetting> => openSetting(subject);

/** Parameters of Order: Create, one order per item. */
export function orderPerItem(options: IDataObject = {}): INodeParameters {
	return {
		resource: 'order',
		operation: 'create',
		order_id: '={{ $json.order }}',
		payment_currency_iso: { __rl: true, mode: 'id', value: 'USD' },
		price: '={{ $json.price }}',
		include_commission: 1,
		options: options as INodeParameters,
	};
}

export function orders(...numbers: number[]): IDataObject[] {
	return numbers.map((order) => ({ order, price: '15.50' }));
}

export const getOrder: INodeParameters = {
	resource: 'order',
	operation: 'get',
	order_id: '={{ $json.order }}',
	options: {},
};

/** A call of the merchant's other software with the same token. It uses up all IDs below its own. */
export async function otherProgram({ provider }: OkiPaysSetting, requestId: number): Promise<void> {
	const { token, secret } = provider.account;
	await fetch(`${provider.url}/v1/order/get`, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			'X-Auth-Token': token,
			'X-Auth-Sign': SHA256(`1${requestId}${secret}`).toString(),
		},
		body: JSON.stringify({ request_id: String(requestId), order_id: 1 }),
	});
}
