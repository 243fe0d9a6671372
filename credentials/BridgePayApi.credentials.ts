import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { limitProperties } from '../core/fields/limitProperties';
import { authorized } from '../nodes/BridgePay/authentication';

export class BridgePayApi implements ICredentialType {
	name = 'bridgePayApi';

	displayName = 'BridgePay API';

	icon = {
		light: 'file:../nodes/BridgePay/bridgePay.svg',
		dark: 'file:../nodes/BridgePay/bridgePay.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/_not_set_/n8n-nodes-otc-payouts/blob/main/docs/providers/bridgepay.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://api.bridgepay.club',
			description:
				'The API host that you were given, alone and without a path. The engine runs under many brands, each with its own host; requests are signed for this one only.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The key of the store (X-Identity). Each store has its own and sees its own invoices only.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret of the merchant. It signs requests.',
		},
		{
			displayName: 'Notification Token',
			name: 'notificationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A long random text that you make up. Invoices are created with it and notifications are told from forgeries by it. Needed to create invoices.',
		},
		{
			displayName: 'TOTP Secret',
			name: 'totpSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The setup key of two-factor authentication, for withdrawals without a person. With it this credential alone can withdraw, so leave it empty unless you need that.',
		},
		...limitProperties,
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authorized(credentials, requestOptions);
}
