import type { AxiosInstance } from 'axios';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

export interface NewCredential {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

export interface Credentials {
	/** The data of every credential that was created here, for a search for its secrets. */
	readonly createdCredentials: readonly NewCredential[];
	/** Gives back the new credential's id. Fields that are not given keep the defaults of the credential type. */
	createCredential(credential: NewCredential): Promise<string>;
	/** The editor's test: `{ status: 'OK' | 'Error', message }`. */
	testCredential(id: string): Promise<INodeCredentialTestResult>;
}

/** What a person does with credentials in the editor. */
export function credentialsOf(rest: AxiosInstance): Credentials {
	const createdCredentials: NewCredential[] = [];
	return {
		createdCredentials,
		createCredential: async (credential) => {
			createdCredentials.push(credential);
			const { data } = await rest.post('/credentials', credential);
			return data.data.id;
		},
		testCredential: async (id) => {
			// Secrets come back as placeholders; n8n puts the stored ones in their place again.
			const stored = await rest.get(`/credentials/${id}`, { params: { includeData: true } });
			const { name, type, data } = stored.data.data;
			const tested = await rest.post('/credentials/test', { credentials: { id, name, type, data } });
			return tested.data.data;
		},
	};
}
