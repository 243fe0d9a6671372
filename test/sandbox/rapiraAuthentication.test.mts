import { operations, PUBLIC } from '../../sandbox/rapira/operations.mts';
import { closeAll, contract, payout, start } from './rapiraClient.mts';

afterEach(closeAll);

const refusal = (code: number) => ({ data: null, code, message: expect.any(String), isWorking: 1 });

describe('who may call Rapira', () => {
	it('gives a token for an assertion of another implementation, in either order of the header', async () => {
		const { client } = await start();
		for (const header of [
			{ typ: 'JWT', alg: 'RS256' },
			{ alg: 'RS256', typ: 'JWT' },
		]) {
			const { status, body } = await client.login(client.assertion({}, header));
			expect([status, contract.checkAnswer('generateJwt', body)]).toEqual([200, []]);
		}
	});

	it.each<[string, (assertion: string) => string]>([
		['a changed signature', (jwt) => jwt.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))],
		['changed claims', (jwt) => jwt.replace(/\.[^.]+\./, `.${Buffer.from('{}').toString('base64url')}.`)],
		['a fourth part', (jwt) => `${jwt}.x`],
		['no assertion', () => ''],
	])('refuses %s', async (_name, change) => {
		const { client } = await start();
		expect(await client.login(change(client.assertion()))).toMatchObject({ status: 401, body: refusal(401) });
	});

	const now = Math.floor(Date.now() / 1000);
	const rs256 = { alg: 'RS256', typ: 'JWT' };
	it.each<[string, object, object]>([
		['an expired assertion', { exp: now - 1 }, rs256],
		['exp in milliseconds', { exp: Date.now() + 60_000 }, rs256],
		['exp as text', { exp: String(now + 60) }, rs256],
		['another claim', { iss: 'me' }, rs256],
		['a short jti', { jti: 'x' }, rs256],
		['another algorithm', {}, { alg: 'HS256', typ: 'JWT' }],
	])('refuses %s', async (_name, claims, header) => {
		const { client } = await start();
		expect((await client.login(client.assertion(claims, header))).status).toBe(401);
	});

	it('refuses a jti that was used before, and another UID', async () => {
		const { client } = await start();
		const jwt = client.assertion();
		expect((await client.login(jwt)).status).toBe(200);
		expect((await client.login(jwt)).status).toBe(401);
		expect((await client.login(client.assertion(), '00000000-0000-4000-8000-000000000000')).status).toBe(401);
	});

	it('wants a token of its own on every call but the public ones, in the words that were seen', async () => {
		const { client, rapira } = await start();
		for (const operation of Object.keys(operations).filter((name) => !PUBLIC.has(name))) {
			const { status, body } = await client.send(operation, { token: '' });
			expect([operation, status, body]).toEqual([operation, 401, expect.objectContaining({ code: 401 })]);
			expect(Object(body).message).toBe('Error! JWT does not set');
			expect((await client.send(operation, { token: 'a.b.c' })).status).toBe(401);
		}
		expect(
			(await client.send('createCryptoWithdrawal', { ...payout(), token: client.assertion() })).status,
		).toBe(401);
		expect(rapira.books.entries).toEqual([]);
	});

	it('refuses a token that has ended or was revoked', async () => {
		let ahead = 0;
		const { client, rapira } = await start({ autopilot: false, clock: () => Date.now() + ahead });
		expect((await client.call('getBalances')).status).toBe(200);
		ahead = 3_601_000;
		expect((await client.call('getBalances')).status).toBe(401);
		ahead = 0;
		rapira.act('revokeTokens', 'account');
		expect((await client.call('getBalances')).status).toBe(401);
	});

	it('answers 451 to everybody while the region is blocked', async () => {
		const { client, rapira } = await start();
		rapira.act('blockRegion', 'account');
		expect((await client.send('getServerTime', {})).status).toBe(451);
		rapira.act('unblockRegion', 'account');
		expect((await client.send('getServerTime', {})).status).toBe(200);
	});
});
