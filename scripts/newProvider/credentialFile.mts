import type { Plan } from './plan.mts';

/** The credential: what authenticates, the host, and the limits that all credentials have. */
export function credentialFile({ names, contract, rows }: Plan): string {
	const { folder, name, displayName } = names;
	const secrets = contract.security.secrets.map(({ name: field, label }) => ({
		displayName: label,
		name: field,
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
	}));
	return `import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { limitProperties } from '../core/fields/limitProperties';
import { authorized } from '../nodes/${folder}/authentication';

export class ${folder}Api implements ICredentialType {
	name = '${name}Api';

	displayName = '${displayName} API';

	icon = {
		light: 'file:../nodes/${folder}/${name}.svg',
		dark: 'file:../nodes/${folder}/${name}.dark.svg',
	} as const;

	documentationUrl = ${JSON.stringify(contract.docs)};

	properties: INodeProperties[] = [
		${secrets.map((one) => `${JSON.stringify(one)},`).join('\n')}
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: ${JSON.stringify(contract.origin)},
			description: 'The host alone, without a path. Nothing is sent to another host.',
		},
		...limitProperties,
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authorized(credentials, requestOptions);

	// Any host may answer 200. MAPPING.md asks what shows that it was ${displayName}, and that it knew the key.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: ${JSON.stringify(rows.example)},
			method: 'GET',
			headers: { Accept: 'application/json' },
		},
	};
}
`;
}
