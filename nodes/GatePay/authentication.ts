import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedSecret } from '../../core/wire/account';
import { clock } from '../../core/clock';
import { signable, withHeaders } from '../../core/wire/authenticate';
import { refuseForeignWrite } from '../../core/wire/foreignRequest';
import { optionalNumber } from './account';
import { sign } from './signing';

/** The values that differ in each signature. */
export interface Freshness {
	/** Unix milliseconds. */
	now: number;
	/** Letters and digits, 1 to 32. */
	nonce: string;
}

/**
 * Adds Gate Pay's four headers to a request, for our nodes and for n8n's HTTP Request node.
 * @throws Refusal for a credential that cannot work, or a request to another host
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	{ now, nonce }: Freshness = { now: clock.now(), nonce: clock.nonce() },
): IHttpRequestOptions {
	const request = signable(options, credentials.baseUrl);
	refuseForeignWrite(credentials, options, request);
	const clientId = checkedSecret(credentials.clientId, 'Client ID');
	const secret = checkedSecret(credentials.paymentSecret, 'Payment API Secret');
	const merchantId = optionalNumber(credentials.merchantId, 'Merchant ID');
	const timestamp = String(now);
	const hasNoBody = request.method === 'GET' || request.method === 'DELETE' || request.isMultipart;
	const headers: Record<string, string> = {
		'X-GatePay-Certificate-ClientId': clientId,
		'X-GatePay-Timestamp': timestamp,
		'X-GatePay-Nonce': nonce,
		'X-GatePay-Signature': sign(secret, { timestamp, nonce, body: hasNoBody ? '' : request.body }),
	};
	if (merchantId !== '' && takesMerchantId(request.url, options))
		headers['X-GatePay-MerchantId'] = merchantId;
	return withHeaders(options, request, headers);
}

/** The paths that take the merchant's number: the deposits of OTC and the fee rules. No other call gets it. */
const MERCHANT_PATHS = /^\/(?:open\/otc\/api\/recharge|rate\/commission_rule)(?:\/|$)/;

function takesMerchantId({ pathname }: URL, { headers }: IHttpRequestOptions): boolean {
	// The page says: "Do not send X-GatePay-On-Behalf-Of with it."
	const behalf = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'x-gatepay-on-behalf-of');
	return MERCHANT_PATHS.test(pathname) && !behalf;
}
