import { Refusal } from '../../../core/refusal.ts';
import { account } from '../../../nodes/PayPlay/account.ts';
import { authorized } from '../../../nodes/PayPlay/authentication.ts';

const good = { apiToken: 'token-123', baseUrl: 'https://api.payplay.io' };

describe('a credential that cannot work is refused before anything is sent', () => {
	it.each([
		[{ baseUrl: 'http://api.payplay.io' }, /must begin with https/],
		[{ baseUrl: 'https://api.payplay.io/private-api' }, /host alone/],
		[{ baseUrl: 'https://api.payplay.io?' }, /host alone/],
		[{ baseUrl: 'https://token@api.payplay.io' }, /user name/],
		[{ baseUrl: 'api.payplay.io' }, /not a URL|must begin/],
		[{ baseUrl: '' }, /empty/],
		[{ apiToken: '' }, /Private API Token .* empty/],
		[{ apiToken: ' token-123' }, /white space/],
		[{ apiToken: 'Bearer token-123' }, /begins with Bearer/],
		[{ apiToken: 'bearer\ttoken-123' }, /begins with Bearer/],
		[{ apiToken: 'token\r\nX-Other: 1' }, /characters that no token has/],
		[{ apiToken: 'токен' }, /characters that no token has/],
		[{ apiToken: 'to ken' }, /characters that no token has/],
		[{ paymentPageSlug: 'shop ' }, /Payment Page Slug .* white space/],
		[{ companySlug: ' acme' }, /Company Slug .* white space/],
		[{ companySlug: 'orders' }, /Company Slug `orders` .* name of a resource/],
		[{ companySlug: 'crypto-topups' }, /name of a resource/],
		[{ pageSignatureToken: 'x\n' }, /Page Signature Token .* white space/],
		[{ generalSignatureToken: ' x' }, /General Signature Token .* white space/],
	])('%j', (change, message) => {
		expect(() => account({ ...good, ...change })).toThrow(Refusal);
		expect(() => account({ ...good, ...change })).toThrow(message);
	});
});

describe('an account', () => {
	it('keeps the slugs apart and names every secret, but is itself none', () => {
		const own = account({
			...good,
			paymentPageSlug: 'shop',
			companySlug: 'acme',
			pageSignatureToken: 'page-token',
			generalSignatureToken: 'general-token',
		});
		expect(own).toEqual({
			origin: 'https://api.payplay.io',
			id: expect.stringMatching(/^[0-9a-f]{16}$/),
			parameters: { paymentPageSlug: 'shop', companySlug: 'acme' },
			secrets: ['token-123', 'page-token', 'general-token'],
		});
		expect(own.id).not.toBe(account({ ...good, apiToken: 'token-124' }).id);
	});

	it('may do without slugs and signature tokens', () => {
		expect(account(good)).toMatchObject({ secrets: ['token-123'], parameters: { companySlug: '' } });
	});
});

describe('authenticate', () => {
	const url = `${good.baseUrl}/private-api/order-statuses`;

	it('adds the token, leaves the bytes, and does not change what it was given', () => {
		const body = Buffer.from('{ "a" : "1.50" }');
		const options = Object.freeze({
			method: 'POST' as const,
			url,
			body,
			headers: Object.freeze({ 'Content-Type': 'application/json' }),
		});
		const once = authorized(good, options);
		expect(once.body).toBe(body);
		expect(once.headers).toEqual({ 'Content-Type': 'application/json', Authorization: 'Bearer token-123' });
		expect(authorized(good, once)).toEqual(once);
	});

	it('takes the place of another Authorization, whatever its spelling', () => {
		const { headers } = authorized(good, { url, headers: { authorization: 'Bearer other' } });
		expect(headers).toEqual({ Authorization: 'Bearer token-123' });
	});

	it('serves the HTTP Request node', () => {
		const older = { uri: '/rates', baseURL: good.baseUrl, qs: { a: 'b c' } };
		expect(authorized(good, older as never)).toMatchObject({ uri: `${good.baseUrl}/rates?a=b+c` });
	});

	it('does not send the token to another host', () => {
		for (const elsewhere of [
			'https://evil.example/rates',
			'http://api.payplay.io/rates',
			'https://api.payplay.io:444/rates',
			'https://api.payplay.io.evil.example/rates',
			'https://merchant.pay.payplay.io/crypto-orders/1',
		]) {
			expect(() => authorized(good, { url: elsewhere })).toThrow(/only, not to/);
		}
	});
});
