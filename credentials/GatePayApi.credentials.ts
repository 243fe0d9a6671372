import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { limitProperties } from '../core/fields/limitProperties';
import { authorized } from '../nodes/GatePay/authentication';

export class GatePayApi implements ICredentialType {
	name = 'gatePayApi';

	displayName = 'Gate Pay API';

	icon = {
		light: 'file:../nodes/GatePay/gatePay.svg',
		dark: 'file:../nodes/GatePay/gatePay.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/_not_set_/n8n-nodes-otc-payouts/blob/main/docs/providers/gate-pay.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'The ClientId of your application in the Gate Pay dashboard',
		},
		{
			displayName: 'Payment API Secret',
			name: 'paymentSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The Payment API Secret (payment key) of the application, not the Authorization Secret. It signs requests and checks notifications.',
		},
		{
			displayName: 'Merchant ID',
			name: 'merchantId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10001',
			description: 'A number. Needed by the newest OTC deposit calls and by the fee rules of institutions.',
		},
		{
			displayName: 'On Behalf Of',
			name: 'onBehalfOf',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2124538349',
			description:
				'For institutions: the account ID that the calls are run for, usually a sub-account; the sender of transfers. Leave it empty to act for yourself.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://openplatform.gateapi.io',
			description: 'The host alone, without a path. Requests are signed for this host only.',
		},
		...limitProperties,
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authorized(credentials, requestOptions);
}
