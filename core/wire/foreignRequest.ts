import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { limitsOf, WHO_CHANGES } from '../limits/limits';
import { Refusal } from '../refusal';
import type { SignableRequest } from './authenticate';

/** The requests of our own nodes. The nodes hold them against the limits before they send anything. */
const own = new WeakSet<IHttpRequestOptions>();

/** Says that one of our nodes makes the request. n8n passes the same object to the credential. */
export function markOwn(options: IHttpRequestOptions): IHttpRequestOptions {
	own.add(options);
	return options;
}

/** Whether some web servers take a query parameter of this name for the method. */
export function overridesMethod(name: string): boolean {
	return /^_method$|method.?override/i.test(name);
}

/**
 * Every other request that a credential signs comes from a node that does not know the limits, e.g. n8n's HTTP Request
 * node. Where the limits let it only read, it may only GET. A read that the provider wants as a POST is refused too,
 * because nobody can tell it from a payment.
 * @param reads the paths of reads that the provider documents as a POST, and that are let through
 * @throws Refusal for such a request, and for a header or query that can turn a GET into another method
 */
export function refuseForeignWrite(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	{ method, url }: SignableRequest,
	reads: readonly string[] = [],
): void {
	if (own.has(options)) return;
	const isOverridden =
		Object.keys(options.headers ?? {}).some((name) => /method/i.test(name)) ||
		[...url.searchParams.keys()].some(overridesMethod);
	const isRead = method === 'GET' || (method === 'POST' && reads.includes(url.pathname));
	if (isRead && !isOverridden) return;
	const { customRequests, paymentsOff } = limitsOf(credentials);
	if (customRequests === 'all' && !paymentsOff) return;
	throw new Refusal(
		`The limits of the credential let this node send only GET, not ${method}`,
		`${WHO_CHANGES}, in Custom Requests and Payments Off`,
	);
}
