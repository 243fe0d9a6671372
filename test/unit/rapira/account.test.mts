import { generateKeyPairSync } from 'node:crypto';
import type { Clock } from '../../../core/clock.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Send } from '../../../core/provider/provider.ts';
import { authorized, loginOf, tokenForHttpRequest } from '../../../nodes/Rapira/authentication.ts';
import { account, keyOf } from '../../../nodes/Rapira/account.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const good = {
	uid: '00000000-0000-4000-8000-000000000000',
	privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	baseUrl: 'https://api.rapira.net',
	token: '',
};
const key = keyOf(good);

describe('a credential that cannot work is refused before anything is sent', () => {
	it.each([
		[{ baseUrl: 'http://api.rapira.net' }, /must begin with https/],
		[{ baseUrl: 'https://api.rapira.net/open' }, /host alone/],
		[{ baseUrl: 'https://user:pass@api.rapira.net' }, /user name/],
		[{ baseUrl: '' }, /Base URL .* empty/],
		[{ uid: '' }, /UID .* empty/],
		[{ uid: ' 1' }, /UID .* white space/],
		[{ privateKey: '' }, /Private Key .* empty/],
		[{ privateKey: 7 }, /Private Key .* empty/],
		[{ privateKey: 'nonsense!' }, /Private Key .* not a key/],
	])('%j', (change, message) => {
		expect(() => account({ ...good, ...change })).toThrow(Refusal);
		expect(() => account({ ...good, ...change })).toThrow(message);
	});

	it('takes the key with white space around it, and the other host', () => {
		const other = account({
			...good,
			privateKey: `\n ${good.privateKey} `,
			baseUrl: 'https://api.rapira.org',
		});
		expect(other.origin).toBe('https://api.rapira.org');
	});
});

describe('the account', () => {
	it('is named by its UID, and hides the key and the token that n8n keeps', () => {
		const { id, secrets } = account({ ...good, token: '0123456789abcdef.eyJ.a.b' });
		expect(id).toBe(good.uid);
		expect(secrets).toEqual([good.privateKey, 'eyJ.a.b']);
	});

	it('has one session per host, UID and key', () => {
		const names = [
			good,
			{ ...good, baseUrl: 'https://api.rapira.org' },
			{ ...good, uid: 'other' },
			{
				...good,
				privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 })
					.privateKey.export({ type: 'pkcs8', format: 'pem' })
					.toString(),
			},
		].map((credentials) => account(credentials).login?.key);
		expect(new Set(names).size).toBe(4);
		expect(names[0]).not.toContain(good.privateKey.slice(40, 80));
	});
});

const token = (payload: object) => `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;

function timeAt(now: number): Clock {
	let ids = 0;
	return {
		now: () => now,
		sleep: () => Promise.resolve(),
		deadline: () => new Promise(() => {}),
		random: () => 0,
		nonce: () => `id-${(ids += 1)}`,
	};
}

/** A server that gives one answer after the other and remembers the requests. */
function server(...answers: Array<[status: number, body: unknown]>) {
	const asked: Array<{ path: string; body: Record<string, string>; headers: Record<string, string> }> = [];
	const send: Send = ({ url, body, headers }) => {
		asked.push({ path: new URL(url).pathname, body: JSON.parse(body?.toString() ?? '{}'), headers });
		const [status, content] = answers.shift() ?? [500, {}];
		const text = typeof content === 'string' ? content : JSON.stringify(content);
		return Promise.resolve({ state: 'answered', answer: { status, headers: {}, text } });
	};
	const claims = (index: number) =>
		JSON.parse(Buffer.from(asked[index]?.body.jwt_token?.split('.')[1] ?? '', 'base64url').toString());
	return { asked, send, claims };
}

const NOW = 1_767_225_600_000;

describe('a login', () => {
	const exp = (seconds: number) => token({ exp: NOW / 1000 + seconds });

	it('posts UID and assertion without an Authorization header', async () => {
		const { send, asked, claims } = server([200, { token: exp(900) }]);
		const session = await loginOf(key, timeAt(NOW)).open(send);
		expect(asked[0]).toMatchObject({ path: '/open/generate_jwt', body: { kid: good.uid } });
		expect(Object.keys(asked[0]?.headers ?? {})).toEqual(['Accept', 'Content-Type']);
		expect(claims(0)).toEqual({ exp: NOW / 1000 + 1800, jti: 'id-1' });
		expect(session.headers).toEqual({ Authorization: `Bearer ${exp(900)}` });
		expect(session.secrets).toEqual([exp(900)]);
	});

	it.each([
		['a minute before its end', exp(900), 840_000],
		['after an hour at the latest', exp(86_400), 3_600_000],
		['after 25 minutes when it does not say', 'opaque', 1_500_000],
	])('holds until %s', async (_name, bearer, milliseconds) => {
		const { send } = server([200, { token: bearer }]);
		expect((await loginOf(key, timeAt(NOW)).open(send)).expiresAt).toBe(NOW + milliseconds);
	});

	it('is tried once more by the clock of the server when ours is wrong', async () => {
		const serverTime = NOW + 7_200_000;
		const { send, asked, claims } = server(
			[401, { code: 401 }],
			[200, { serverTime }],
			[200, { token: exp(8100) }],
		);
		const session = await loginOf(key, timeAt(NOW)).open(send);
		expect(asked.map(({ path }) => path)).toEqual([
			'/open/generate_jwt',
			'/open/system/time',
			'/open/generate_jwt',
		]);
		expect(claims(2)).toEqual({ exp: serverTime / 1000 + 1800, jti: 'id-2' });
		// 8100 s on our clock are 900 s on the server's.
		expect(session.expiresAt).toBe(NOW + 840_000);
	});

	it.each<[string, Array<[number, unknown]>, RegExp, RegExp]>([
		[
			'refused',
			[
				[401, { code: 401, message: 'no' }],
				[200, { serverTime: NOW + 4000 }],
			],
			/refused the login: no \(401\)/,
			/Check UID and Private Key/,
		],
		[
			'refused by a wrong clock',
			[
				[401, { code: 401 }],
				[200, { serverTime: NOW + 60_000 }],
				[401, { code: 401 }],
			],
			/refused the login/,
			/clock of this machine is 60 s behind/,
		],
		[
			'blocked',
			[
				[451, '<html>'],
				[451, ''],
			],
			/blocked \(HTTP 451\)/,
			/from an address and a region/,
		],
		[
			'answered without a token',
			[
				[200, {}],
				[200, {}],
				[200, {}],
				[200, {}],
			],
			/no answer: it answered 200 without a token/,
			/^undefined$/,
		],
	])('%s says why', async (_name, answers, message, next) => {
		const { send } = server(...answers);
		const refused: unknown = await loginOf(key, timeAt(NOW))
			.open(send)
			.catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(Refusal);
		expect(refused instanceof Refusal && refused.message).toMatch(message);
		expect(String(refused instanceof Refusal && refused.nextStep)).toMatch(next);
	});

	it('is repeated with a new jti after an answer that says nothing', async () => {
		const { send, claims, asked } = server([502, '<html>'], [200, { token: exp(900) }]);
		await loginOf(key, timeAt(NOW)).open(send);
		expect(asked).toHaveLength(2);
		expect(claims(1).jti).not.toBe(claims(0).jti);
	});
});

describe("for n8n's HTTP Request node", () => {
	const helper = (answers: Array<{ statusCode: number; body: string }>) => {
		const urls: string[] = [];
		return {
			urls,
			helpers: {
				httpRequest: ({ url }: { url: string }) => {
					urls.push(new URL(url).pathname);
					return Promise.resolve(answers.shift());
				},
			},
		};
	};
	const loggedIn = { statusCode: 200, body: JSON.stringify({ token: token({ exp: 1 }) }) };

	async function kept() {
		return await tokenForHttpRequest(helper([loggedIn]) as never, good, key);
	}

	it('a token is got, and marked with its key', async () => {
		expect(await kept()).toEqual({ token: expect.stringMatching(/^[0-9a-f]{16}\.e30\./) });
	});

	it('the bearer is put on requests to this host only', async () => {
		const credentials = { ...good, ...(await kept()) };
		const url = `${good.baseUrl}/open/wallet/balance`;
		const once = authorized(credentials, Object.freeze({ url }), key);
		expect(once.headers).toEqual({ Authorization: `Bearer ${token({ exp: 1 })}` });
		expect(authorized(credentials, once, key)).toEqual(once);
		expect(() => authorized(credentials, { url: 'https://evil.example/' }, key)).toThrow(/signs requests to/);
	});

	it('the token of another key is not used', async () => {
		const other = keyOf({ ...good, uid: 'other' });
		const credentials = { ...good, uid: 'other', ...(await kept()) };
		expect(() => authorized(credentials, { url: good.baseUrl }, other)).toThrow(/has not signed in/);
		const { urls, ...again } = helper([loggedIn]);
		await tokenForHttpRequest(again as never, credentials, other);
		expect(urls).toEqual(['/open/generate_jwt']);
	});

	it('a token that is still taken is not renewed, so that n8n sends nothing again', async () => {
		const credentials = { ...good, ...(await kept()) };
		const { urls, ...alive } = helper([{ statusCode: 200, body: '[]' }]);
		expect(await tokenForHttpRequest(alive as never, credentials, key)).toEqual({});
		expect(urls).toEqual(['/open/wallet/balance']);
		const over = helper([{ statusCode: 401, body: '{"code":401}' }, loggedIn]);
		expect(await tokenForHttpRequest(over as never, credentials, key)).toHaveProperty('token');
	});
});
