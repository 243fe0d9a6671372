import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { limitProperties } from '../core/fields/limitProperties';
import { authorized } from '../nodes/PayPlay/authentication';

export class PayPlayApi implements ICredentialType {
	name = 'payPlayApi';

	displayName = 'PayPlay API';

	icon = {
		light: 'file:../nodes/PayPlay/payPlay.svg',
		dark: 'file:../nodes/PayPlay/payPlay.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/_not_set_/n8n-nodes-otc-payouts/blob/main/docs/providers/payplay.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Private API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Made in the PayPlay CRM under Settings, Tokens. Without the word Bearer.',
		},
		{
			displayName: 'Payment Page Slug',
			name: 'paymentPageSlug',
			type: 'string',
			default: '',
			placeholder: 'e.g. my-shop',
			description:
				'The name of a payment page, from its settings in the CRM. Orders, top-ups and static wallets need it.',
		},
		{
			displayName: 'Company Slug',
			name: 'companySlug',
			type: 'string',
			default: '',
			placeholder: 'e.g. my-company',
			description: 'The name of the company, not of a payment page. Withdrawals need it.',
		},
		{
			displayName: 'Page Signature Token',
			name: 'pageSignatureToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Checks the webhooks of the payment page: orders and their transactions',
		},
		{
			displayName: 'General Signature Token',
			name: 'generalSignatureToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Checks the webhooks of the general settings: withdrawals and rollbacks',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.payplay.io',
			description: 'The host alone, without a path. The token is sent to this host only.',
		},
		...limitProperties,
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authorized(credentials, requestOptions);
}
