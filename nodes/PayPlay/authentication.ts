import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { signable, withHeaders } from '../../core/wire/authenticate';
import { apiToken } from './account';

/**
 * The same request with the Bearer token, for our nodes and for n8n's HTTP Request node. Nothing is signed.
 * @throws Refusal for a token that cannot work, or a request to another host: the token stays at home
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const request = signable(options, credentials.baseUrl);
	return withHeaders(options, request, { Authorization: `Bearer ${apiToken(credentials)}` });
}
