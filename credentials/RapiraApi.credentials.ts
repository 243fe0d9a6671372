import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { limitProperties } from '../core/fields/limitProperties';
import { authorized, tokenForHttpRequest } from '../nodes/Rapira/authentication';
import { keyOf } from '../nodes/Rapira/account';

export class RapiraApi implements ICredentialType {
	name = 'rapiraApi';

	displayName = 'Rapira API';

	icon = {
		light: 'file:../nodes/Rapira/rapira.svg',
		dark: 'file:../nodes/Rapira/rapira.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/_not_set_/n8n-nodes-otc-payouts/blob/main/docs/providers/rapira.md';

	properties: INodeProperties[] = [
		{
			displayName: 'UID',
			name: 'uid',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 00000000-0000-4000-8000-000000000000',
			description: 'The UID of the API key, shown next to the key in the Rapira account',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The private key of the API key, exactly as the account handed it out, or as PEM. It signs in and never leaves n8n.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.rapira.net',
			description: 'The host alone, without a path. The token is sent to this host only.',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		...limitProperties,
	];

	// Serves the HTTP Request node and the test below. The Rapira node signs in by itself and stores no token in the
	// credential.
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await tokenForHttpRequest(this, credentials, keyOf(credentials));
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authorized(credentials, requestOptions, keyOf(credentials));
}
