import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { sha256 } from '../../core/exact/hash';
import { isEmpty } from '../../core/fields/rules';
import type { Account } from '../../core/provider/provider';
import { Refusal } from '../../core/refusal';
import { checkedOrigin, checkedSecret } from '../../core/wire/account';
import { totpKey } from './totp';

/**
 * Only this token tells a notification from a forgery, so it must be long. It travels in a header, so it must be
 * printable.
 */
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
		// Every request carries the key itself. Its hash names the store and does not reveal the key.
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

/** The token that is given to each invoice and that its notifications carry. Undefined when it is not set. */
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

/** The key that makes the one-time codes. Undefined when it is not set. */
export function twoFactorKey(credentials: ICredentialDataDecryptedObject): Buffer | undefined {
	const given = credentials.totpSecret;
	return isEmpty(given) ? undefined : totpKey(checkedSecret(given, 'TOTP Secret'));
}
