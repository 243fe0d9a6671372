import type { ICredentialType } from 'n8n-workflow';

import type { NewCredential } from '../../host/credentials.mts';
import type { N8n } from '../../host/start.mts';
import { secretsOf } from '../secrets.mts';

/** A shorter secret could be part of a harmless text. */
const SHORTEST = 16;

/**
 * The secrets of every credential that was created in this n8n: the values that their types mask, as n8n serves the types.
 * @throws Error for a secret that is too short to be searched for
 */
export async function secretsIn(n8n: Pick<N8n, 'url' | 'rest' | 'createdCredentials'>): Promise<string[]> {
	const { data: types } = await n8n.rest.get<ICredentialType[]>(`${n8n.url}/types/credentials.json`);
	return [...new Set(n8n.createdCredentials.flatMap((credential) => secretsWithin(credential, types)))];
}

function secretsWithin({ type: name, data }: NewCredential, types: readonly ICredentialType[]): string[] {
	const type = types.find((each) => each.name === name);
	if (!type) throw new Error(`n8n serves no credential type ${name}.`);
	for (const { name: field, typeOptions } of type.properties) {
		const value = data[field];
		if (typeOptions?.password === true && value && String(value).length < SHORTEST)
			throw new Error(`${name}.${field} is too short to be searched for: use marker().`);
	}
	return secretsOf(type, data);
}
