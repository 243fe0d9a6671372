import { Refusal } from '../../../core/refusal.ts';
import { authorized } from '../../../nodes/OkiPays/authentication.ts';
import { account } from '../../../nodes/OkiPays/account.ts';
import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { nextRequestId } from '../../../nodes/OkiPays/requestId.ts';
import { safeBody, sign } from '../../../nodes/OkiPays/signing.ts';

const good = { token: 'tok-123456', secret: 'secret-123', baseUrl: 'https://api.okipays.com' };

describe('a credential that cannot work is refused before anything is sent', () => {
	it.each([
		[{ baseUrl: 'http://api.okipays.com' }, /must begin with https/],
		[{ baseUrl: 'https://api.okipays.com/v1' }, /host alone/],
		[{ baseUrl: '' }, /empty/],
		[{ token: '' }, /Token in the credential is empty/],
		[{ token: ' tok' }, /Token .* white space/],
		[{ secret: 'secret\n' }, /Secret .* white space/],
		[{ secret: '' }, /Secret in the credential is empty/],
		[{ requestIdUnit: 'nanoseconds' }, /Request ID Unit/],
	])('%j', (change, message) => {
		expect(() => account({ ...good, ...change })).toThrow(Refusal);
		expect(() => account({ ...good, ...change })).toThrow(message);
		expect(() => authorized({ ...good, ...change }, { url: '/v1/public/currency-list' }, 1)).toThrow(message);
	});

	it('names the account without the token, and hides token and secret', () => {
		const { id, secrets, origin } = account(good);
		expect(origin).toBe('https://api.okipays.com');
		expect(id).toMatch(/^[0-9a-f]{16}$/);
		expect(secrets).toEqual([good.token, good.secret]);
		const lane = okiPays.lane?.(account(good));
		expect(lane).toMatchObject({ oneByOne: true, limits: [{ requests: 4, milliseconds: 1000 }] });
		expect(lane?.key).not.toContain(good.token);
		expect(account({ ...good, token: 'another' }).id).not.toBe(id);
	});
});

describe('request_id', () => {
	let tokens = 0;
	const token = () => `token ${(tokens += 1)}`;

	it('is the time in the unit of the credential', () => {
		expect(nextRequestId(token(), 'milliseconds', 1_610_097_140_116)).toBe('1610097140116');
		expect(nextRequestId(token(), 'microseconds', 1_610_097_140_116)).toBe('1610097140116000');
		expect(nextRequestId(token(), 'seconds', 1_610_097_140_116)).toBe('1610097140');
	});

	it('always grows, also within one moment and when the clock goes back', () => {
		const own = token();
		const ids = [5000, 5000, 5000, 4000, 5001, 9000].map((now) =>
			Number(nextRequestId(own, 'milliseconds', now)),
		);
		expect(ids).toEqual([5000, 5001, 5002, 5003, 5004, 9000]);
	});

	it('grows in every unit', () => {
		for (const unit of ['seconds', 'milliseconds', 'microseconds'] as const) {
			const own = token();
			const ids = Array.from({ length: 50 }, () => Number(nextRequestId(own, unit, 1_610_097_140_116)));
			expect(new Set(ids).size).toBe(50);
			expect([...ids].sort((a, b) => a - b)).toEqual(ids);
		}
	});

	it('is counted for each token apart', () => {
		const [one, other] = [token(), token()];
		expect(nextRequestId(one, 'milliseconds', 9000)).toBe('9000');
		expect(nextRequestId(other, 'milliseconds', 5000)).toBe('5000');
	});
});

describe('authenticate', () => {
	const url = `${good.baseUrl}/v1/order/create`;
	const now = 1_782_864_000_000;
	const post = (body: string, headers: Record<string, string> = { 'Content-Type': 'application/json' }) => ({
		method: 'POST' as const,
		url,
		body: Buffer.from(body),
		headers,
	});
	let tokens = 0;
	const fresh = () => ({ ...good, token: `tok-${(tokens += 1)}` });
	const text = (body: unknown) => (Buffer.isBuffer(body) ? body.toString('utf8') : String(body));

	it('adds the id, signs exactly what is sent, and keeps every digit', () => {
		const credential = fresh();
		const options = Object.freeze(post('{"order_id":123,"price":15.50}'));
		const once = authorized(credential, options, now);
		expect(text(once.body)).toBe('{"order_id":123,"price":15.50,"request_id":"1782864000000"}');
		expect(once.headers).toEqual({
			'Content-Type': 'application/json',
			'X-Auth-Token': credential.token,
			'X-Auth-Sign': sign(good.secret, safeBody(text(once.body))),
		});
		expect(text(options.body)).toBe('{"order_id":123,"price":15.50}');
	});

	it('signs again over its own result with a new id, as n8n does after a 401', () => {
		const credential = fresh();
		const once = authorized(credential, post('{"order_id":123}'), now);
		const twice = authorized(credential, once, now);
		expect(text(twice.body)).toBe('{"order_id":123,"request_id":"1782864000001"}');
		expect(Object.keys(twice.headers ?? {})).toHaveLength(3);
		expect(twice.headers?.['X-Auth-Sign']).not.toBe(once.headers?.['X-Auth-Sign']);
	});

	it('replaces an id that was typed, and signs a call without a body', () => {
		expect(text(authorized(fresh(), post('{"request_id":"7","a":"b"}'), now).body)).toBe(
			'{"request_id":"1782864000000","a":"b"}',
		);
		expect(text(authorized(fresh(), { method: 'POST', url }, now).body)).toBe(
			'{"request_id":"1782864000000"}',
		);
	});

	it("takes the HTTP Request node's shape", () => {
		const options = { method: 'POST' as const, uri: url, url: undefined as never, body: { order_id: 5 } };
		const sent = authorized(fresh(), options, now);
		expect(text(sent.body)).toBe('{"order_id":5,"request_id":"1782864000000"}');
		expect(sent.headers).toMatchObject({ 'Content-Type': 'application/json' });
	});

	it('sends public reads without any credential', () => {
		const sent = authorized(fresh(), { method: 'GET', url: `${good.baseUrl}/v1/public/currency-list` }, now);
		expect(sent.headers).toEqual({});
	});

	it('sends other reads with the token alone: no rule says what they sign', () => {
		const credential = fresh();
		const sent = authorized(credential, { method: 'GET', url: `${good.baseUrl}/v1/private/coins` }, now);
		expect(sent.headers).toEqual({ 'X-Auth-Token': credential.token });
	});

	it('does not sign for another host, and takes no id for what it refuses', () => {
		const credential = fresh();
		expect(() => authorized(credential, { method: 'POST', url: 'https://evil.example/v1' }, now)).toThrow(
			/signs requests to/,
		);
		expect(() => authorized(credential, post('{"a":true}'), now)).toThrow(/true or false/);
		expect(() =>
			authorized(credential, post('a=1', { 'Content-Type': 'application/x-www-form-urlencoded' }), now),
		).toThrow(/JSON bodies only/);
		expect(() =>
			authorized(credential, post('--b', { 'Content-Type': 'multipart/form-data; boundary=b' }), now),
		).toThrow(/JSON bodies only/);
		expect(text(authorized(credential, post('{}'), now).body)).toBe('{"request_id":"1782864000000"}');
	});
});
