import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { limitProperties } from '../core/fields/limitProperties';
import { signed } from '../nodes/GatePay/authentication';

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
	): Promise<IHttpRequestOptions> => signed(credentials, requestOptions);

	// This signed read lists the balances and changes nothing. Gate Pay answers a refusal with HTTP 200, so the rules
	// below look at its code.
	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/v1/pay/balance/query', method: 'GET' },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: '400002',
					message: 'The signature was refused. Is it the Payment API Secret, not the Authorization Secret?',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: '400003',
					message: 'The clock of the n8n machine differs from that of Gate Pay by more than 10 s.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: '400004', message: 'The Client ID is not known.' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'status', value: 'FAIL', message: 'Gate Pay refused the credential.' },
			},
		],
	};
}
