import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { sha256 } from '../../core/exact/hash';
import { isEmpty } from '../../core/fields/rules';
import type { Account } from '../../core/provider/provider';
import { Refusal } from '../../core/refusal';
import { checkedOrigin, checkedSecret } from '../../core/wire/account';
import { totpKey } from './totp';

/** It is all that tells a notification from a forgery, and it travels in a header. */
const TOKEN = /^[\x21-\x7e]{16,256}$/;

/**
 * The account of a credential.
 * @throws Refusal for a base URL, key, secret, token or TOTP secret that cannot work
 */
export function account(credentials: ICredentialDataDecryptedObject): Account {
	const origin = checkedOrigin(credentials.baseUrl);
	const apiKey = checkedSecret(credentials.apiKey, 'API Key');
	const secret = checkedSecret(credentials.secret, 'Secret');
	const token = notificationToken(credentials);
	const hasTwoFactorKey = twoFactorKey(credentials) !== undefined;
	return {
		origin,
		// The key itself is sent with every request; a hash of it names the store without giving it away.
		id: sha256(apiKey),
		lacks: {
			...(token === undefined ? { notificationToken: NO_TOKEN } : {}),
			...(hasTwoFactorKey ? {} : { code2FA: NO_CODE }),
		},
		secrets: [
			apiKey,
			secret,
			...(token === undefined ? [] : [token]),
			...(hasTwoFactorKey ? [String(credentials.totpSecret)] : []),
		],
	};
}

const NO_TOKEN = 'Notification Token in the credential is empty, and BridgePay wants one with every invoice';
const NO_CODE = '2FA Code is empty, and there is no TOTP Secret in the credential to make it from';

/** The token that invoices are created with and notifications are told by; undefined when it is not set. */
export function notificationToken(credentials: ICredentialDataDecryptedObject): string | undefined {
	const given = credentials.notificationToken;
	if (isEmpty(given)) return undefined;
	const token = checkedSecret(given, 'Notification Token');
	if (TOKEN.test(token)) return token;
	throw new Refusal(
		'Notification Token in the credential must have 16 to 256 letters, digits or signs, without spaces',
		'Make a long random one: whoever knows it can announce payments that were never made',
	);
}

/** The key that one-time codes are made with; undefined when it is not set. */
export function twoFactorKey(credentials: ICredentialDataDecryptedObject): Buffer | undefined {
	const given = credentials.totpSecret;
	return isEmpty(given) ? undefined : totpKey(checkedSecret(given, 'TOTP Secret'));
}
