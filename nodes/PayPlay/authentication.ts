import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { signable, withHeaders } from '../../core/wire/authenticate';
import { refuseForeignWrite } from '../../core/wire/foreignRequest';
import { apiToken } from './account';

/**
 * Adds the Bearer token to a request, for our nodes and for n8n's HTTP Request node. Nothing is signed.
 * @throws Refusal for a token that cannot work, or a request to another host, because the token must not leave its
 * host
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const request = signable(options, credentials.baseUrl);
	refuseForeignWrite(credentials, options, request);
	return withHeaders(options, request, { Authorization: `Bearer ${apiToken(credentials)}` });
}
