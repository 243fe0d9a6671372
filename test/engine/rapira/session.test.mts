import { generateKeyPairSync } from 'node:crypto';
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { RapiraApi } from '../../../credentials/RapiraApi.credentials.ts';
import { assertion, importPrivateKey } from '../../../nodes/Rapira/signing.ts';
import { nodeOf, runNode } from '../harness/index.mts';
import { addressOf } from '../../../sandbox/addresses.mts';
import { openRapira, payoutPerItem, paidBy, payouts, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeEach(async () => {
	// Each test has another origin, and so another session.
	setting = await openRapira();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await setting.close();
});

const balances: INodeParameters = { resource: 'balance', operation: 'getMany', returnAll: true, options: {} };
const of = (operation: string) =>
	setting.provider.requests.filter((request) => request.operation === operation);
const applied = () => paidBy(setting.provider);
const tokens = () => [...setting.provider.requests].map(({ headers }) => headers.authorization ?? '');

describe('the session', () => {
	it('is opened once for many executions, at the same time or one after the other', async () => {
		await Promise.all([1, 2, 3].map(() => setting.run(balances, { items: [{}] })));
		await setting.run(payoutPerItem(), { items: payouts('TA1', 'TA2') });
		expect(of('generateJwt')).toHaveLength(1);
		expect(of('getBalances')).toHaveLength(3);
		expect(applied()).toEqual({ TA1: 1, TA2: 1 });
	});

	it('is not opened for public calls', async () => {
		await setting.run({ resource: 'market', operation: 'getServerTime', options: {} }, { items: [{}] });
		expect(of('generateJwt')).toHaveLength(0);
		expect(tokens()).toEqual(['']);
	});

	it('is renewed once when the provider has revoked it, and the payout is made once', async () => {
		await setting.run(balances, { items: [{}] });
		setting.provider.act('revokeTokens', 'account');
		const { items, error } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(error).toBeUndefined();
		expect(items[0]?.json.outcome).toBe('applied');
		expect(of('generateJwt')).toHaveLength(2);
		const sent = of('createCryptoWithdrawal').map(({ body }) => body);
		expect(sent).toHaveLength(2);
		// It is the same request with the same nonce.
		expect(sent[1]).toBe(sent[0]);
		expect(applied()).toEqual({ TA1: 1 });
	});

	it('is renewed before it ends', async () => {
		await setting.run(balances, { items: [{}] });
		const later = Date.now() + 59.5 * 60_000;
		jest.spyOn(clock, 'now').mockImplementation(() => later);
		await setting.run(balances, { items: [{}] });
		expect(of('generateJwt')).toHaveLength(2);
	});

	it('is opened by the clock of the server when that of this machine is wrong', async () => {
		const slow = jest.spyOn(clock, 'now').mockImplementation(() => Date.now() - 3 * 3_600_000);
		const { error } = await setting.run(balances, { items: [{}] });
		slow.mockRestore();
		expect(error).toBeUndefined();
		expect(setting.provider.requests.map(({ operation }) => operation)).toEqual([
			'generateJwt',
			'getServerTime',
			'generateJwt',
			'getBalances',
		]);
	});

	it('survives a login that is answered badly at first', async () => {
		setting.sandbox.fault({ operation: 'generateJwt', kind: 'bad-gateway', times: 2 });
		setting.sandbox.fault({ operation: 'generateJwt', kind: 'reset-after-applying', nth: 3 });
		const { items } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(items[0]?.json.outcome).toBe('applied');
		expect(of('generateJwt')).toHaveLength(4);
	});
});

const otherKey = () => {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

describe('without a session nothing is sent', () => {
	it.each<[string, () => object, RegExp, RegExp]>([
		[
			'a key of somebody else',
			() => ({ privateKey: otherKey() }),
			/Payout: Create `TA1` was not carried out: the request never left: Rapira refused the login: Error! The signature is not valid \(401\)\. No money was moved by it\. \[item 1\]/,
			/Check UID and Private Key in the credential/,
		],
		[
			'an unknown UID',
			() => ({ uid: '00000000-0000-4000-8000-000000000000' }),
			/refused the login: Error! kid is not known \(401\)/,
			/Check UID/,
		],
	])('with %s', async (_case, change, message, next) => {
		const { error } = await setting.run(payoutPerItem(), {
			items: payouts('TA1'),
			credentials: setting.credentials(change() as never),
		});
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(next);
		expect(of('createCryptoWithdrawal')).toHaveLength(0);
	});

	it('another key under the same UID does not use the session of the first', async () => {
		await setting.run(balances, { items: [{}] });
		const credentials = setting.credentials({ privateKey: otherKey() });
		const { error } = await setting.run(balances, { items: [{}], credentials });
		expect(error?.message).toContain('refused the login');
	});

	it('and the next payout is made when the login is answered again', async () => {
		setting.sandbox.fault({ operation: 'generateJwt', kind: 'bad-gateway', times: 4 });
		const first = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(first.error?.message).toContain(
			'the request never left: the login got no answer: it answered 502',
		);
		const { items } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		expect(items[0]?.json.outcome).toBe('applied');
	});

	it.each<[string, string, RegExp]>([
		['empty', '', /Private Key in the credential is empty\. Nothing was sent\./],
		['cut off', '-----BEGIN PRIVATE KEY-----\nMIIEvQ', /is cut off/],
		['no key', 'my secret key', /is not a key/],
	])('with a private key that is %s', async (_case, privateKey, message) => {
		const { error } = await setting.run(balances, {
			items: [{}],
			credentials: setting.credentials({ privateKey }),
		});
		expect(error?.message).toMatch(message);
		if (privateKey) expect(JSON.stringify(error)).not.toContain(privateKey);
		expect(setting.provider.requests).toHaveLength(0);
	});
});

describe('neither token nor key', () => {
	const secretsIn = (text: string) => {
		const { privateKey } = setting.provider.account;
		const assertions = of('generateJwt').map(({ body }) => JSON.parse(body).jwt_token);
		const bearers = tokens().map((token) => token.replace('Bearer ', ''));
		return [privateKey, ...assertions, ...bearers].filter((secret) => secret !== '' && text.includes(secret));
	};

	it.each(['reset-before-reading', 'unauthorized', 'ok-but-wrong', undefined])(
		'is saved with the execution (%p)',
		async (kind) => {
			if (kind) setting.sandbox.fault({ operation: 'createCryptoWithdrawal', kind: kind as never });
			const { saved } = await setting.run(payoutPerItem(), { items: payouts('TA1', 'TA2') });
			expect(tokens().join()).toContain('Bearer eyJ');
			expect(secretsIn(saved)).toEqual([]);
			expect(saved).not.toMatch(/eyJ[\w-]{10}/);
		},
	);

	it('is shown by a custom request that asks for a token', async () => {
		const { uid, privateKey } = setting.provider.account;
		const claims = { exp: Math.floor(Date.now() / 1000) + 600, jti: '0123456789ABCDEF01234567' };
		const jwt_token = assertion(importPrivateKey(privateKey), claims);
		const { items, saved } = await setting.run(
			{
				resource: 'customRequest',
				operation: 'send',
				paymentReference: '={{ `custom-${$itemIndex + 1}` }}',
				method: 'POST',
				path: '/open/generate_jwt',
				query: {},
				bodyFormat: 'json',
				body: '={{ $json.body }}',
				options: {},
			},
			{ items: [{ body: JSON.stringify({ kid: uid, jwt_token }) }] },
		);
		expect(items[0]?.json).toEqual({ outcome: 'applied', reference: 'custom-1', token: '[hidden]' });
		expect(secretsIn(saved.split(jwt_token).join(''))).toEqual([]);
	});
});

describe("n8n's HTTP Request node", () => {
	/** Sends as the HTTP Request node does with a predefined credential. */
	function httpRequest(request: object) {
		const credentials = [{ name: 'rapiraApi', required: true }];
		return nodeOf('probe', execute, { credentials });

		async function execute(this: IExecuteFunctions) {
			const always = { resolveWithFullResponse: true, simple: true, json: true };
			const options = { ...always, method: 'GET', ...request };
			const answer = await this.helpers.requestWithAuthentication.call(this, 'rapiraApi', options as never);
			return [[{ json: { body: answer.body } }]];
		}
	}

	const run = (request: object, credentials = setting.credentials()) =>
		runNode({
			node: httpRequest({ uri: `${setting.provider.url}/open/wallet/balance`, ...request }),
			credentials,
			credentialTypes: setting.credentialTypes,
			parameters: {},
			items: [{}],
		});

	it('signs in, and n8n keeps the token for the next time', async () => {
		const credentials = setting.credentials();
		const first = await run({}, credentials);
		expect(first.error).toBeUndefined();
		expect(JSON.stringify(first.items)).toContain('USDT');
		await run({}, credentials);
		expect(of('generateJwt')).toHaveLength(1);
		expect(credentials.rapiraApi?.token).toMatch(/^[0-9a-f]{16}\.eyJ/);
	});

	it('signs in anew when the token was revoked', async () => {
		const credentials = setting.credentials();
		await run({}, credentials);
		setting.provider.act('revokeTokens', 'account');
		const { error } = await run({}, credentials);
		expect(error).toBeUndefined();
		expect(of('generateJwt')).toHaveLength(2);
	});

	it('signs in anew when the key was changed, and does not use the token of the old one', async () => {
		const credentials = setting.credentials();
		await run({}, credentials);
		const old = credentials.rapiraApi?.token ?? '';
		const { error } = await run({}, setting.credentials({ token: old, privateKey: otherKey() }));
		expect(error).toBeDefined();
		expect(of('getBalances')).toHaveLength(1);
		expect(of('generateJwt').at(-1)?.verdict).toMatchObject({ kind: 'refused' });
	});

	it('does not send a payment again that failed for another reason', async () => {
		const credentials = setting.credentials();
		await run({}, credentials);
		setting.sandbox.fault({ operation: 'createCryptoWithdrawal', kind: 'bad-gateway', applied: true });
		const body = {
			coin: 'USDT',
			chain: 'TRX',
			address: addressOf('TRX', 'TA1'),
			amount: '10',
			nonce: 1767225600123,
		};
		const uri = `${setting.provider.url}/open/withdraw/create`;
		const { error } = await run({ method: 'POST', uri, body }, credentials);
		expect(error).toBeDefined();
		expect(of('createCryptoWithdrawal')).toHaveLength(1);
		expect(applied()).toEqual({ TA1: 1 });
	});

	it('sends the token to no other host', async () => {
		const { error } = await run({ uri: 'http://127.0.0.1:2/open/wallet/balance' });
		expect(JSON.stringify(error)).toContain('signs requests to');
	});
});

it('the credential says what it needs', () => {
	const { properties } = new RapiraApi();
	expect(properties.find(({ name }) => name === 'token')).toMatchObject({
		type: 'hidden',
		typeOptions: { expirable: true },
	});
});
