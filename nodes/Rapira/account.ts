import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { checkedOrigin, checkedSecret, checkLength } from '../../core/wire/account';
import type { Account } from '../../core/provider/provider';
import { Refusal } from '../../core/refusal';
import { loginOf, type Key } from './authentication';
import { importPrivateKey } from './signing';

/**
 * The account of a credential.
 * @throws Refusal for a base URL, UID or private key that cannot work. It never contains the key.
 */
export function account(credentials: ICredentialDataDecryptedObject): Account {
	const key = keyOf(credentials);
	const { privateKey, token } = credentials;
	// n8n stores the token with a mark before the first point, so this secret begins after that point.
	const secrets = [privateKey, isText(token) ? token.slice(token.indexOf('.') + 1) : ''].filter(isText);
	return { origin: key.origin, id: key.kid, secrets, login: loginOf(key) };
}

/**
 * The key that signs in.
 * @throws Refusal, as `account` does
 */
export function keyOf({ baseUrl, uid, privateKey }: ICredentialDataDecryptedObject): Key {
	const origin = checkedOrigin(baseUrl);
	const kid = checkedSecret(uid, 'UID');
	if (!isText(privateKey)) throw new Refusal('Private Key in the credential is empty');
	checkLength(privateKey, 'Private Key');
	return { origin, kid, privateKey: importPrivateKey(privateKey) };
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
