import { Refusal } from '../../../core/refusal.ts';
import { account } from '../../../nodes/GatePay/account.ts';
import { authorized } from '../../../nodes/GatePay/authentication.ts';
import { readContract } from '../../contract/contract.mts';

const good = { clientId: 'cid', paymentSecret: 'secret-123', baseUrl: 'https://openplatform.gateapi.io' };

describe('a credential that cannot work is refused before anything is sent', () => {
	it.each([
		[{ baseUrl: 'http://openplatform.gateapi.io' }, /must begin with https/],
		[{ baseUrl: 'https://openplatform.gateapi.io/v1' }, /host alone/],
		[{ baseUrl: 'https://openplatform.gateapi.io/?a=1' }, /host alone/],
		[{ baseUrl: 'https://openplatform.gateapi.io?' }, /host alone/],
		[{ baseUrl: 'https://user:pass@openplatform.gateapi.io' }, /user name/],
		[{ baseUrl: ' https://openplatform.gateapi.io' }, /white space/],
		[{ baseUrl: 'openplatform.gateapi.io' }, /not a URL|must begin/],
		[{ baseUrl: 'ftp://openplatform.gateapi.io' }, /must begin with https/],
		[{ baseUrl: 'http://127.0.0.1.evil.example' }, /must begin with https/],
		[{ baseUrl: '' }, /empty/],
		[{ paymentSecret: 'secret-123 ' }, /Payment API Secret .* white space/],
		[{ paymentSecret: '\nsecret-123' }, /white space/],
		[{ paymentSecret: '' }, /empty/],
		[{ clientId: 'cid\t' }, /Client ID .* white space/],
		[{ merchantId: 'abc' }, /Merchant ID .* digits only/],
		[{ onBehalfOf: '12 34' }, /On Behalf Of .* digits only/],
	])('%j', (change, message) => {
		expect(() => account({ ...good, ...change })).toThrow(Refusal);
		expect(() => account({ ...good, ...change })).toThrow(message);
	});

	it.each([
		'https://openplatform.gateapi.io',
		'https://openplatform.gateapi.io/',
		'http://127.0.0.1:4461',
		'http://localhost:1',
		'http://[::1]:8',
	])('takes %s', (baseUrl) => {
		expect(account({ ...good, baseUrl }).origin).toBe(new URL(baseUrl).origin);
	});
});

describe('authenticate', () => {
	const fresh = { now: 1782864000000, nonce: 'a1B2c3D4e5F6g7H8' };
	const url = `${good.baseUrl}/v1/pay/withdraw`;

	it('signs exactly the bytes of the body and leaves them as they are', () => {
		const body = Buffer.from('{ "a" : "1.50" }');
		const options = Object.freeze({
			method: 'POST' as const,
			url,
			body,
			headers: Object.freeze({ 'Content-Type': 'application/json' }),
		});
		const once = authorized(good, options, fresh);
		expect(once.body).toBe(body);
		expect(once.headers).toMatchObject({
			'X-GatePay-Timestamp': '1782864000000',
			'X-GatePay-Nonce': fresh.nonce,
		});
	});

	it('signs again over its own result, as n8n does after a 401', () => {
		const options = {
			method: 'POST' as const,
			url,
			body: Buffer.from('{}'),
			headers: { 'Content-Type': 'application/json' },
		};
		const once = authorized(good, options, fresh);
		const twice = authorized(good, once, { now: fresh.now + 1, nonce: 'other' });
		expect(twice).toEqual(authorized(good, options, { now: fresh.now + 1, nonce: 'other' }));
	});

	it('signs an empty body for GET, DELETE and multipart', () => {
		const empty = (options: object) =>
			authorized(good, { url, ...options } as never, fresh).headers?.['X-GatePay-Signature'];
		const expected = empty({ method: 'GET' });
		expect(empty({ method: 'DELETE' })).toBe(expected);
		expect(
			empty({
				method: 'POST',
				body: Buffer.from('--x--'),
				headers: { 'content-type': 'multipart/form-data; boundary=x' },
			}),
		).toBe(expected);
	});

	it('does not sign for another host', () => {
		for (const elsewhere of [
			'https://evil.example/v1',
			'http://openplatform.gateapi.io/v1',
			'https://openplatform.gateapi.io:444/v1',
		]) {
			expect(() => authorized(good, { url: elsewhere }, fresh)).toThrow(/signs requests to/);
		}
	});

	const pages = readContract('gatepay').endpoints.map(({ method, path, parameters }) => ({
		call: `${method} ${path}`,
		url: `${good.baseUrl}${path.replace(/\{\w+\}/g, '1')}`,
		method,
		hasMerchant: parameters.some((one) => one.in === 'header' && one.name === 'X-GatePay-MerchantId'),
	}));
	const headersOf = (url: string, method: string, headers = {}) =>
		authorized({ ...good, merchantId: '10001' }, { url, method: method as 'GET', headers }, fresh).headers;

	it.each(pages)('sends the merchant id with $call if its page has it', ({ url, method, hasMerchant }) => {
		const sent = headersOf(url, method);
		expect('X-GatePay-MerchantId' in (sent ?? {})).toBe(hasMerchant);
		const behalf = headersOf(url, method, { 'x-gatepay-on-behalf-of': '1' });
		expect(behalf).not.toHaveProperty('X-GatePay-MerchantId');
	});

	it('knows pages of both kinds', () => {
		const having = pages.filter(({ hasMerchant }) => hasMerchant);
		expect([having.length, pages.length - having.length > 100]).toEqual([9, true]);
		expect(headersOf(having[0]?.url ?? '', 'POST')).toMatchObject({ 'X-GatePay-MerchantId': '10001' });
		expect(headersOf(`${having[0]?.url}_of_others`, 'POST')).not.toHaveProperty('X-GatePay-MerchantId');
	});
});
