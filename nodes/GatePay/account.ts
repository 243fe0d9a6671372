import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { checkedOrigin, checkedSecret } from '../../core/wire/account';
import type { Account } from '../../core/provider/provider';
import { isEmpty } from '../../core/fields/rules';
import { Refusal } from '../../core/refusal';

/**
 * The account of a credential.
 * @throws Refusal for a base URL, client id or secret that cannot work
 */
export function account(credentials: ICredentialDataDecryptedObject): Account {
	const { baseUrl, clientId, paymentSecret, merchantId, onBehalfOf } = credentials;
	const origin = checkedOrigin(baseUrl);
	const id = checkedSecret(clientId, 'Client ID');
	const secret = checkedSecret(paymentSecret, 'Payment API Secret');
	const merchant = optionalNumber(merchantId, 'Merchant ID');
	const behalf = optionalNumber(onBehalfOf, 'On Behalf Of');
	return {
		origin,
		id,
		parameters: { clientId: id, merchantId: merchant },
		secrets: [secret],
		...(behalf === '' ? {} : { onBehalfOf: behalf }),
	};
}

/** Reads a merchant or account id. Such ids have more digits than a JavaScript number can hold, so they stay text. */
export function optionalNumber(value: unknown, label: string): string {
	if (isEmpty(value)) return '';
	const text = checkedSecret(typeof value === 'number' ? String(value) : value, label);
	if (!/^\d{1,20}$/.test(text)) throw new Refusal(`${label} in the credential must have digits only`);
	return text;
}
