import { timingSafeEqual } from 'node:crypto';

import type { IncomingRequest } from '../provider.mts';
import { Refusal } from './refusal.mts';

/** The names are those of the credential's fields. */
export interface PayPlayAccount {
	apiToken: string;
	/** A payment page; the sandbox knows a second one. */
	paymentPageSlug: string;
	companySlug: string;
	/** Signs events of the payment page. */
	pageSignatureToken: string;
	/** Signs events of the general settings. */
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

/** Requests are not signed; the token is all there is. Outside /private-api it may be left out, but not be wrong. */
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
