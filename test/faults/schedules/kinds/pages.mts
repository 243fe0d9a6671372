import type { Answer, ProviderName } from '../../../../sandbox/index.mts';

/** What stands between a client and the provider may answer so. */
export interface Page {
	status: number;
	body: string;
	type?: string;
	/** A gateway that may say this after the provider has carried the request out. */
	mayBeLate: boolean;
	/** Who documents a refusal in this form: there it is one. */
	own?: readonly ProviderName[];
}

const HTML = 'text/html; charset=utf-8';
const html = (title: string) =>
	`<!DOCTYPE html><html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`;

const json = (status: number, body: unknown, mayBeLate = false, own: readonly ProviderName[] = []): Page => ({
	status,
	body: JSON.stringify(body),
	mayBeLate,
	own,
});
const page = (status: number, title: string, mayBeLate = false): Page => ({
	status,
	body: html(title),
	type: HTML,
	mayBeLate,
});

export const PAGES: readonly Page[] = [
	json(404, { code: 404, message: 'Not Found' }),
	json(404, { message: 'no Route matched with those values' }),
	json(404, { status: 404, error: 'Not Found', path: '/v1' }),
	json(404, { code: 'SVC_404', message: 'Service not found' }),
	json(404, { message: 'No route found for "GET /api/merchant"' }),
	json(200, { success: true }, true),
	json(200, { code: 0, message: 'ok' }, true),
	json(200, { code: 0, msg: 'ok', data: null }, true),
	json(200, { code: 200, message: 'success', data: {} }, true),
	json(200, { code: 'MERCHANT_404', message: 'Merchant does not exist' }),
	json(200, {}, true),
	json(200, [], true),
	json(200, null, true),
	json(400, {}, true),
	json(403, { message: 'Host not found in allowlist' }),
	json(403, { message: 'Forbidden' }, true),
	json(403, { error: { code: 1020, message: 'Access denied' } }, true),
	json(401, {}, true),
	json(401, { message: 'Unauthorized' }, true, ['bridgePay', 'payPlay']),
	json(409, { message: 'Conflict' }, true),
	json(423, { message: 'Locked' }, true),
	json(425, { message: 'Too Early' }, true),
	json(429, { message: 'API rate limit exceeded' }),
	json(499, { code: 499, message: 'Client Closed Request' }, true),
	json(500, { code: 500, message: 'Internal Server Error', data: null }, true),
	json(503, { message: 'Service Unavailable' }, true),
	json(504, { message: 'Endpoint request timed out' }, true),
	json(200, { code: 503, message: 'System under maintenance', data: null }, true),
	json(200, { maintenance: true, until: '2026-11-30T04:00:00Z' }),
	page(200, 'Scheduled maintenance'),
	page(200, 'Just a moment...'),
	page(403, 'Attention Required! | Cloudflare', true),
	page(403, '403 Forbidden', true),
	page(404, '404 Not Found'),
	page(405, '405 Not Allowed'),
	page(444, '444', true),
	page(499, '499 Client Closed Request', true),
	page(502, '502 Bad Gateway', true),
	page(504, '504 Gateway Time-out', true),
	page(520, 'Web server is returning an unknown error', true),
	{ status: 200, body: '', mayBeLate: true },
	{ status: 403, body: 'Request blocked. Support ID: 1234567890', type: 'text/plain', mayBeLate: true },
	{ status: 418, body: "I'm a teapot", type: 'text/plain', mayBeLate: false },
];

/** The page in place of the provider's own answer. */
export function shown({ status, body, type }: Page, { verdict }: Answer): Answer {
	return { status, body, verdict, ...(type === undefined ? {} : { type }) };
}

/** How the page is called in the table. */
export function nameOf({ status, type = 'application/json' }: Page): string {
	return `${type.startsWith('text') ? 'page' : 'JSON'} ${status}`;
}
