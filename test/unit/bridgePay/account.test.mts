import { FROM_CREDENTIAL } from '../../../core/fields/fromCredential.ts';
import { Refusal } from '../../../core/refusal.ts';
import { account } from '../../../nodes/BridgePay/account.ts';
import { authorized } from '../../../nodes/BridgePay/authentication.ts';
import { sign } from '../../../nodes/BridgePay/signing.ts';
import { base, secret, vectors } from './vectors.mts';

const good = {
	baseUrl: base,
	apiKey: 'store-key-1',
	secret,
	notificationToken: 'a-long-random-token-0001',
	totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
};

describe('a credential that cannot work is refused before anything is sent', () => {
	it.each([
		[{ baseUrl: '' }, /Base URL in the credential is empty/],
		[{ baseUrl: undefined }, /Base URL in the credential is empty/],
		[{ baseUrl: 'http://api.bridgepay.club' }, /must begin with https/],
		[{ baseUrl: 'https://api.bridgepay.club/api' }, /host alone/],
		[{ baseUrl: 'https://api.bridgepay.club?' }, /host alone/],
		[{ baseUrl: 'https://me:you@api.bridgepay.club' }, /user name/],
		[{ baseUrl: 'api.bridgepay.club' }, /not a URL|must begin/],
		[{ apiKey: '' }, /API Key in the credential is empty/],
		[{ apiKey: 'store-key-1\n' }, /API Key .* white space/],
		[{ secret: '' }, /Secret in the credential is empty/],
		[{ secret: ` ${secret}` }, /Secret .* white space/],
		[{ notificationToken: 'short' }, /16 to 256/],
		[{ notificationToken: 'with a space in the midst' }, /without spaces/],
		[{ notificationToken: 'токен-токен-токен' }, /letters, digits or signs/],
		[{ notificationToken: 'a-long-random-token-0001 ' }, /white space/],
		[{ totpSecret: '123456' }, /TOTP Secret .* Base32/],
	])('%j', (change, message) => {
		const credentials = { ...good, ...change } as never;
		expect(() => account(credentials)).toThrow(Refusal);
		expect(() => account(credentials)).toThrow(message);
	});

	it('names the store without its key, and hides every secret', () => {
		const { id, secrets } = account(good);
		expect(id).not.toContain(good.apiKey);
		expect(secrets).toEqual([good.apiKey, secret, good.notificationToken, good.totpSecret]);
	});

	it('says what it cannot fill in', () => {
		expect(account(good).lacks).toEqual({});
		const { lacks, secrets } = account({ ...good, notificationToken: '', totpSecret: '' });
		expect(lacks).toEqual({
			notificationToken: expect.stringContaining('Notification Token in the credential is empty'),
			code2FA: expect.stringContaining('2FA Code is empty'),
		});
		expect(secrets).toEqual([good.apiKey, secret]);
	});
});

describe('authenticate', () => {
	const now = 1_111_111_109_000;
	const json = { 'Content-Type': 'application/json' };
	const signatureOf = (options: object) =>
		authorized(good, options as never, { now }).headers?.['X-Signature'];

	it.each(vectors)('signs $name as it goes on the wire', ({ method, path, body, signature, multipart }) => {
		const url = base + path;
		const form = {
			body: Buffer.from('--b--'),
			headers: { 'content-type': 'multipart/form-data; boundary=b' },
		};
		const plain = body === '' ? {} : { body: Buffer.from(body), headers: json };
		expect(signatureOf({ method, url, ...(multipart ? form : plain) })).toBe(signature);
		expect(signatureOf({ method, uri: url, ...(multipart ? form : plain) })).toBe(signature);
	});

	it('signs the query that the HTTP Request node keeps apart', () => {
		const options = { method: 'GET', uri: `${base}/api/merchant/payment-methods`, qs: { currency: 'RUB' } };
		expect(signatureOf(options)).toBe(vectors[7]?.signature);
	});

	it('leaves the bytes of a body as they are, and what it was given', () => {
		const body = Buffer.from('{ "a" : "1.50" }');
		const options = Object.freeze({
			method: 'POST' as const,
			url: `${base}/api/merchant/invoices`,
			body,
			headers: Object.freeze(json),
		});
		const once = authorized(good, options, { now });
		expect(once.body).toBe(body);
		expect(once.headers).toMatchObject({ 'X-Identity': good.apiKey });
	});

	it('signs again over its own result, as n8n does after a 401', () => {
		const options = {
			method: 'POST' as const,
			url: `${base}/api/merchant/withdrawals`,
			body: Buffer.from(`{"code2FA":${JSON.stringify(FROM_CREDENTIAL)}}`),
			headers: json,
		};
		const once = authorized(good, options, { now });
		expect(authorized(good, once, { now })).toEqual(once);
	});

	it('sends no key to public paths, and to no other path but those', () => {
		const open = authorized(good, { url: `${base}/api/public/payment-methods/RUB` });
		expect(Object.keys(open.headers ?? {})).toEqual([]);
		for (const path of ['/api/public/../merchant/accounts', '/api/publicity', '/x/api/public/']) {
			expect(authorized(good, { url: base + path }).headers).toHaveProperty('X-Signature');
		}
	});

	it('does not sign for another host', () => {
		for (const elsewhere of ['https://evil.example/', `${base}:444/`, 'http://api.bridgepay.club/']) {
			expect(() => authorized(good, { url: elsewhere })).toThrow(/signs requests to/);
		}
	});

	describe('writes into the body what only the credential holds', () => {
		const place = JSON.stringify(FROM_CREDENTIAL);
		const send = (path: string, text: string, change = {}) =>
			authorized(
				{ ...good, ...change },
				{ method: 'POST', url: base + path, body: Buffer.from(text), headers: json },
				{ now },
			);

		it('the notification token of an invoice, and signs what is then sent', () => {
			const url = `${base}/api/merchant/invoices`;
			const sent = send('/api/merchant/invoices', `{"type":"in","notificationToken":${place},"amount":"1"}`);
			const body = '{"type":"in","notificationToken":"a-long-random-token-0001","amount":"1"}';
			expect(String(sent.body)).toBe(body);
			expect(sent.headers?.['X-Signature']).toBe(sign(secret, { method: 'POST', url, body }));
		});

		it('a one-time code of the moment', () => {
			const sent = send('/api/merchant/withdrawals', `{"amount":"1","code2FA":${place}}`);
			expect(String(sent.body)).toBe('{"amount":"1","code2FA":"081804"}');
		});

		it('never the placeholder itself', () => {
			for (const [change, field] of [
				[{ totpSecret: '' }, 'code2FA'],
				[{ notificationToken: '' }, 'notificationToken'],
				[{}, 'amount'],
			] as const) {
				expect(() => send('/api/merchant/withdrawals', `{"${field}":${place}}`, change)).toThrow(Refusal);
			}
		});
	});
});
