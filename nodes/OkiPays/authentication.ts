import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { clock } from '../../core/clock';
import { sha256 } from '../../core/exact/hash';
import { writeJson } from '../../core/exact/json';
import { Refusal } from '../../core/refusal';
import { checkedSecret } from '../../core/wire/account';
import { signable, type SignableRequest, withHeaders } from '../../core/wire/authenticate';
import { refuseForeignWrite } from '../../core/wire/foreignRequest';
import { checkedUnit, nextRequestId } from './requestId';
import { safeBody, sign } from './signing';

/** A name for a token, for places where the token itself must not appear. */
export function tokenName(origin: string, token: string): string {
	return sha256(`${origin} ${token}`).slice(0, 16);
}

/** Every signed call of OkiPays is a POST. These only read. */
const READS = ['/v1/order/get'];

/**
 * Adds a fresh `request_id` to the body, and token and signature to the headers, for our nodes and for n8n's HTTP
 * Request node. Public reads are sent without credentials. An existing `request_id` is replaced, because n8n may sign
 * a request twice and an id must not be used twice.
 * @throws Refusal for a credential that cannot work, a request to another host, or a body that cannot be signed
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	now: number = clock.now(),
): IHttpRequestOptions {
	const request = signable(options, credentials.baseUrl);
	refuseForeignWrite(credentials, options, request, READS);
	const token = checkedSecret(credentials.token, 'Token');
	const secret = checkedSecret(credentials.secret, 'Secret');
	const unit = checkedUnit(credentials.requestIdUnit);
	if (isPublic(request)) return withHeaders(options, request, {});
	// No rule says how to sign a call without a body. A hash of the secret alone must not be sent.
	if (request.method === 'GET') return withHeaders(options, request, { 'X-Auth-Token': token });

	const given = safeBody(textOf(request));
	const body = { ...given, request_id: nextRequestId(tokenName(request.url.origin, token), unit, now) };
	const sent: SignableRequest = {
		...request,
		body: Buffer.from(writeJson(body), 'utf8'),
		contentType: 'application/json',
	};
	return withHeaders(options, sent, { 'X-Auth-Token': token, 'X-Auth-Sign': sign(secret, body) });
}

function isPublic({ method, url }: SignableRequest): boolean {
	return method === 'GET' && url.pathname.startsWith('/v1/public/');
}

function textOf({ body, contentType, isMultipart }: SignableRequest): string {
	if (isMultipart || contentType.startsWith('application/x-www-form-urlencoded')) {
		throw new Refusal('OkiPays signs JSON bodies only', 'Send the parameters as JSON');
	}
	return body.length === 0 ? '{}' : body.toString('utf8');
}
