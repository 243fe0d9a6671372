import type { IHttpRequestOptions } from 'n8n-workflow';
import { signable, withHeaders } from '../../../../core/wire/authenticate.ts';

const HOST = 'https://api.example.com';

/** The options of n8n's HTTP Request node, which has members that its type does not name. */
const request = (options: object): IHttpRequestOptions => ({ url: `${HOST}/v1/pay`, ...options });
const bytes = (options: object) => signable(request(options), HOST).body.toString('utf8');
const sent = (options: object, headers: Record<string, string> = { 'X-Sign': 'a' }) =>
	withHeaders(request(options), signable(request(options), HOST), headers);

describe('the signed bytes', () => {
	it.each<[string, object, string, string]>([
		['a text as it is', { body: '{"a":1.10}' }, '{"a":1.10}', ''],
		['a buffer as it is', { body: Buffer.from('{"a": 1}') }, '{"a": 1}', ''],
		['an object as JSON', { body: { a: 1 } }, '{"a":1}', 'application/json'],
		['an empty object as nothing, as n8n does', { body: {} }, '', ''],
		['nothing', {}, '', ''],
		[
			'a form of the older node',
			{ form: { a: 1, b: 'x y' } },
			'a=1&b=x+y',
			'application/x-www-form-urlencoded',
		],
	])('are %s', (_what, options, text, contentType) => {
		expect(bytes(options)).toBe(text);
		expect(signable(request(options), HOST).contentType).toBe(contentType);
	});

	it('keep the content type of the request, in any spelling of its name', () => {
		const options = request({ body: { a: 1 }, headers: { 'content-TYPE': 'application/vnd+json' } });
		expect(signable(options, HOST).contentType).toBe('application/vnd+json');
	});

	it('of a form with files are left to n8n', () => {
		for (const options of [{ formData: { a: 1 } }, { headers: { 'Content-Type': 'multipart/form-data; b' } }])
			expect(signable(request(options), HOST).isMultipart).toBe(true);
	});

	it.each<[string, object]>([
		['the query of the URL', { url: `${HOST}/v1/pay?a=1&b=2&b=3` }],
		['a query beside it', { qs: { a: 1, b: [2, 3] } }],
		['both', { url: `${HOST}/v1/pay?a=1`, qs: { b: ['2', '3'] } }],
		['the older name of the URL', { url: 'ignored', uri: `${HOST}/v1/pay`, qs: { a: '1', b: [2, 3] } }],
		['a path below the base URL', { url: '/v1/pay', baseURL: HOST, qs: { a: 1, b: [2, 3] } }],
	])('belong to the whole URL: %s', (_what, options) => {
		const { url, method } = signable(request(options), HOST);
		expect([method, url.href]).toEqual(['GET', `${HOST}/v1/pay?a=1&b=2&b=3`]);
	});

	it('change nothing of the options that n8n gave', () => {
		const options = request({ qs: { a: 1 }, headers: { a: 'b' }, form: { c: 1 } });
		const before = structuredClone(options);
		withHeaders(options, signable(options, HOST), { 'X-Sign': 'a' });
		expect(options).toEqual(before);
	});
});

it.each([
	'https://evil.example/v1/pay',
	'http://api.example.com/v1/pay',
	'https://api.example.com:8443/v1/pay',
	'https://api.example.com@evil.example/',
	'//evil.example/v1/pay',
])('no signature leaves for %s', (url) => {
	expect(() => signable(request({ url }), HOST)).toThrow(`signs requests to ${HOST} only`);
	expect(() => signable(request({ uri: url }), HOST)).toThrow(`signs requests to ${HOST} only`);
});

describe('the signed request', () => {
	it('goes to one address: the query is in the URL, and no redirect is followed', () => {
		expect(sent({ qs: { a: 1 } })).toEqual({
			url: `${HOST}/v1/pay?a=1`,
			headers: { 'X-Sign': 'a' },
			disableFollowRedirect: true,
			maxRedirects: 0,
		});
		expect(sent({ uri: `${HOST}/v1/pay`, qs: { a: 1 } })).toMatchObject({
			uri: `${HOST}/v1/pay?a=1`,
			followRedirect: false,
			followAllRedirects: false,
		});
	});

	it('has the bytes that were signed, so that nothing writes them once more', () => {
		const { body, headers } = sent({ method: 'POST', body: { a: 1 } });
		expect(body).toEqual(Buffer.from('{"a":1}'));
		expect(headers).toEqual({ 'X-Sign': 'a', 'Content-Type': 'application/json' });
	});

	it('has a form as text, because n8n rewrites its bytes', () => {
		const signed = sent({ method: 'POST', form: { a: '1' } });
		expect(signed.body).toBe('a=1');
		expect(signed).not.toHaveProperty('form');
	});

	it('has one signature when n8n signs it again after a 401', () => {
		const once = sent({ headers: { 'x-SIGN': 'old', other: 'kept' } }, { 'X-Sign': 'first' });
		const twice = withHeaders(once, signable(once, HOST), { 'X-Sign': 'second' });
		expect(twice.headers).toEqual({ other: 'kept', 'X-Sign': 'second' });
		expect(twice.url).toBe(once.url);
	});

	it.each(['a\nb', 'a\r\nX-Other: b', 'ключ', 'a\u0000'])('has no value like %j in a header', (value) => {
		expect(() => sent({}, { 'X-Sign': value })).toThrow('cannot stand in the header X-Sign');
		// The value may be a secret, so the text does not repeat it.
		expect(() => sent({}, { 'X-Sign': value })).not.toThrow(value);
	});
});
