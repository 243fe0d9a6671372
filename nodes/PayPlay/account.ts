import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { sha256 } from '../../core/exact/hash';
import { isEmpty } from '../../core/fields/rules';
import type { ReferenceRule } from '../../core/provider/fieldRule';
import type { Account } from '../../core/provider/provider';
import { Refusal } from '../../core/refusal';
import { checkedOrigin, checkedSecret } from '../../core/wire/account';

/**
 * The account of a credential. PayPlay knows it only by its token, so a hash of the token names the account.
 * @throws Refusal for a base URL, token or slug that cannot work
 */
export function account(credentials: ICredentialDataDecryptedObject): Account {
	const token = apiToken(credentials);
	const pageToken = optional(credentials.pageSignatureToken, 'Page Signature Token');
	const generalToken = optional(credentials.generalSignatureToken, 'General Signature Token');
	const paymentPageSlug = optional(credentials.paymentPageSlug, 'Payment Page Slug');
	const companySlug = companyName(credentials.companySlug);
	return {
		origin: checkedOrigin(credentials.baseUrl),
		id: sha256(token).slice(0, 16),
		parameters: { paymentPageSlug, companySlug },
		secrets: [token, pageToken, generalToken].filter((secret) => secret !== ''),
	};
}

/**
 * @throws Refusal when the token cannot stand in a header. The request would otherwise fail in the middle of sending.
 */
export function apiToken({ apiToken: token }: ICredentialDataDecryptedObject): string {
	const text = checkedSecret(token, 'Private API Token');
	if (/^Bearer\s/i.test(text)) {
		throw new Refusal(
			'Private API Token in the credential begins with Bearer',
			'Paste the token alone; the node adds Bearer',
		);
	}
	if (!/^[\x21-\x7e]+$/.test(text))
		throw new Refusal('Private API Token in the credential has characters that no token has');
	return text;
}

function optional(value: unknown, label: string): string {
	return isEmpty(value) ? '' : checkedSecret(value, label);
}

/**
 * The resources below `/private-api`. A company with one of these names would turn
 * `POST /private-api/crypto-orders/withdrawal` into a new order of a page called `withdrawal`.
 */
const RESOURCES =
	'balances|convert-withdrawal|crypto-orders|crypto-topups|currencies|exchange-rates|order-statuses|orders|refunds|transactions|withdrawals';

export const companySlug: ReferenceRule = {
	kind: 'reference',
	pattern: `^(?!(?:${RESOURCES})$)\\S+$`,
	characters: 'the slug of the company, which is no resource of the API such as orders or balances',
	maximumLength: 255,
};

function companyName(value: unknown): string {
	const slug = optional(value, 'Company Slug');
	if (new RegExp(`^(?:${RESOURCES})$`).test(slug)) {
		throw new Refusal(
			`Company Slug \`${slug}\` in the credential is the name of a resource of the API`,
			'Set the name of the company as the CRM shows it',
		);
	}
	return slug;
}
