import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedSecret } from '../../core/wire/account';
import { signable, withHeaders, type SignableRequest } from '../../core/wire/authenticate';
import { refuseForeignWrite } from '../../core/wire/foreignRequest';
import { clock } from '../../core/clock';
import { fillIn } from '../../core/fields/fromCredential';
import { notificationToken, twoFactorKey } from './account';
import { sign } from './signing';
import { totp } from './totp';

/**
 * Adds BridgePay's two headers to a request, for our nodes and for n8n's HTTP Request node. It also writes the
 * credential's values into the body (notification token, one-time code). At this moment they are fresh, and nobody
 * sees them.
 * @throws Refusal for a credential that cannot work, or a request to another host
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	{ now }: { now: number } = { now: clock.now() },
): IHttpRequestOptions {
	const asked = signable(options, credentials.baseUrl);
	refuseForeignWrite(credentials, options, asked);
	const request = withSecrets(credentials, asked, now);
	// The page says: "No additional headers are needed". So the API key is not sent there.
	if (request.url.pathname.startsWith('/api/public/')) return withHeaders(options, request, {});
	const hasNoBody = request.method === 'GET' || request.isMultipart;
	const parts = { method: request.method, url: request.url.href, body: hasNoBody ? '' : request.body };
	return withHeaders(options, request, {
		'X-Identity': checkedSecret(credentials.apiKey, 'API Key'),
		'X-Signature': sign(checkedSecret(credentials.secret, 'Secret'), parts),
	});
}

function withSecrets(
	credentials: ICredentialDataDecryptedObject,
	request: SignableRequest,
	now: number,
): SignableRequest {
	if (request.isMultipart) return request;
	const body = fillIn(request.body, {
		notificationToken: () => notificationToken(credentials),
		code2FA: () => {
			const key = twoFactorKey(credentials);
			return key && totp(key, now);
		},
	});
	return body === request.body ? request : { ...request, body };
}
