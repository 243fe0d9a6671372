import { timingSafeEqual } from 'node:crypto';

import type { IncomingRequest } from '../provider.mts';
import { Refusal } from './refusal.mts';

/** The names are those of the credential's fields. */
export interface PayPlayAccount {
	apiToken: string;
	/** The payment page. The sandbox has a second one too. */
	paymentPageSlug: string;
	companySlug: string;
	/** The secret that signs events of the payment page. */
	pageSignatureToken: string;
	/** The secret that signs events of the general settings. */
	generalSignatureToken: string;
}

export const sandboxAccount: PayPlayAccount = {
	apiToken: 'sandbox-private-api-token-0001',
	paymentPageSlug: 'sandbox-shop',
	companySlug: 'sandbox-company',
	pageSignatureToken: 'sandbox-page-signature-token-0001',
	generalSignatureToken: 'sandbox-general-signature-token-0001',
};

export const SECOND_PAGE = 'sandbox-second-shop';

/**
 * Checks the token, which is the only proof of a request. Outside /private-api a request may come without a token, but
 * not with a wrong one.
 */
export function checkToken({ headers, path }: IncomingRequest, { apiToken }: PayPlayAccount): void {
	const given = headers.authorization;
	if (given === undefined && !path.startsWith('/private-api')) return;
	if (given !== undefined && isSame(given, `Bearer ${apiToken}`)) return;
	throw new Refusal(401, 'Unauthenticated.');
}

function isSame(given: string, expected: string): boolean {
	const [one, other] = [Buffer.from(given), Buffer.from(expected)];
	return one.length === other.length && timingSafeEqual(one, other);
}
