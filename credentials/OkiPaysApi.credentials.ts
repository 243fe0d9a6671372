import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { limitProperties } from '../core/fields/limitProperties';
import { authorized } from '../nodes/OkiPays/authentication';

export class OkiPaysApi implements ICredentialType {
	name = 'okiPaysApi';

	displayName = 'OkiPays API';

	icon = {
		light: 'file:../nodes/OkiPays/okiPays.svg',
		dark: 'file:../nodes/OkiPays/okiPays.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/_not_set_/n8n-nodes-otc-payouts/blob/main/docs/providers/okipays.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The token that you created in the merchant cabinet. Make one for n8n alone: two programs with one token refuse each other.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret that belongs to the token. It signs requests and is never sent.',
		},
		{
			displayName: 'Request ID Unit',
			name: 'requestIdUnit',
			type: 'options',
			options: [
				{ name: 'Microseconds', value: 'microseconds' },
				{ name: 'Milliseconds', value: 'milliseconds' },
				{ name: 'Seconds', value: 'seconds' },
			],
			default: 'milliseconds',
			description:
				'What the growing number in each request counts. Change it only to match other software that uses this token, and never to a coarser unit: every smaller number is refused from then on.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.okipays.com',
			description: 'The host alone, without a path. Requests are signed for this host only.',
		},
		...limitProperties,
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authorized(credentials, requestOptions);
}
