import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { checkedOrigin, checkedSecret } from '../../core/wire/account';
import type { Account } from '../../core/provider/provider';
import { tokenName } from './authentication';
import { checkedUnit } from './requestId';

/**
 * The account of a credential. OkiPays has no public account number, so a hash of the token names it.
 * @throws Refusal for a base URL, token, secret or unit that cannot work
 */
export function account(credentials: ICredentialDataDecryptedObject): Account {
	const origin = checkedOrigin(credentials.baseUrl);
	const token = checkedSecret(credentials.token, 'Token');
	const secret = checkedSecret(credentials.secret, 'Secret');
	checkedUnit(credentials.requestIdUnit);
	return { origin, id: tokenName(origin, token), secrets: [token, secret] };
}
