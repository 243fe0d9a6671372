import type { IncomingRequest } from '../provider.mts';
import { Refusal } from './refusal.mts';
import { isSame, sign } from './signing.mts';

/** The names are those of the credential's fields. */
export interface BridgePayAccount {
	apiKey: string;
	secret: string;
	notificationToken: string;
	totpSecret: string;
}

export const sandboxAccount: BridgePayAccount = {
	apiKey: 'sandbox-store-key',
	secret: 'sandbox-merchant-secret-0001',
	notificationToken: 'sandbox-notification-token-0001',
	totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
};

/** Checks who calls, and whether they signed method, URL and bytes. Public paths need no caller. Throws a Refusal. */
export function checkCaller({ apiKey, secret }: BridgePayAccount, request: IncomingRequest): void {
	const { method, url, path, headers, rawBody } = request;
	if (path.startsWith('/api/public/')) return;
	const body = isMultipart(headers) ? '' : rawBody;
	const expected = sign(secret, `${method}http://${headers.host ?? ''}${url}`, body);
	const isTheirs =
		isSame(apiKey, headers['x-identity'] ?? '') && isSame(expected, headers['x-signature'] ?? '');
	if (!isTheirs) throw new Refusal(401, { message: 'Unauthorized' });
}

export function isMultipart(headers: Record<string, string>): boolean {
	return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
}
