import { generateKeyPairSync } from 'node:crypto';

import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { itemsOf } from '../../host/executions.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';
import { addressOf } from '../../sandbox/addresses.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { marker } from '../secrets.mts';
import { customApiCall } from './smallFlows.mts';

let setting: Setting;
beforeAll(async () => (setting = await startSetting()));
afterAll(async () => await setting?.close());

const TYPE = 'rapiraApi';
const of = (operation: string) =>
	setting.sandbox.rapira.requests.filter((request) => request.operation === operation);

async function create(change: Record<string, string> = {}) {
	const known = sandboxCredential(setting.sandbox, TYPE);
	const id = await setting.n8n.createCredential({ ...known, data: { ...known.data, ...change } });
	return { id, credentials: { ...setting.credentials, [TYPE]: { id, name: known.name } } };
}

describe("the credential's test in a real n8n", () => {
	const test = async (change: Record<string, string>) =>
		await setting.n8n.testCredential((await create(change)).id);

	it('succeeds with an account of the sandbox', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
		expect(setting.sandbox.rapira.requests.at(-1)).toMatchObject({
			operation: 'getBalances',
			verdict: { kind: 'accepted' },
		});
	});

	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	it.each([
		[
			'a key of somebody else',
			{ privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString() },
			/refused the login/,
		],
		['a key that is none', { privateKey: marker('key') }, /Private Key in the credential is not a key/],
		['an unknown UID', { uid: '00000000-0000-4000-8000-000000000000' }, /refused the login/],
		['a base URL with a path', { baseUrl: 'http://127.0.0.1:4461/open' }, /host alone/],
	])('says what is wrong with %s', async (_what, change, message) => {
		const result = await test(change);
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
	});
});

describe("n8n's HTTP Request node with the Rapira credential", () => {
	it('signs in once, keeps the token, and renews it when it was revoked', async () => {
		const { credentials } = await create();
		const call = customApiCall({ url: `${setting.sandbox.rapira.url}/open/wallet/balance` }, TYPE);
		const id = await setting.n8n.importWorkflow(call, { credentials });
		const before = of('generateJwt').length;
		const balances = async () => itemsOf(await setting.n8n.runWorkflow(id), 'Call');
		expect(await balances()).toContainEqual(expect.objectContaining({ unit: 'USDT' }));
		await balances();
		expect(of('generateJwt')).toHaveLength(before + 1);
		setting.sandbox.rapira.act('revokeTokens', 'account');
		expect(await balances()).toContainEqual(expect.objectContaining({ unit: 'USDT' }));
		expect(of('generateJwt')).toHaveLength(before + 2);
	});

	it('does not send a payment again that failed for another reason', async () => {
		const { credentials } = await create();
		const { url } = setting.sandbox.rapira;
		const pay = {
			method: 'POST',
			url: `${url}/open/withdraw/create`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '{"coin":"USDT","chain":"TRX","address":"TA1","amount":"10","nonce":1767225600123}',
		};
		const read = await setting.n8n.importWorkflow(
			customApiCall({ url: `${url}/open/wallet/balance` }, TYPE),
			{
				credentials,
			},
		);
		await setting.n8n.runWorkflow(read);
		setting.sandbox.fault({ operation: 'createCryptoWithdrawal', kind: 'bad-gateway', applied: true });
		const id = await setting.n8n.importWorkflow(customApiCall(pay, TYPE), { credentials });
		expect((await setting.n8n.runWorkflow(id)).status).toBe('error');
		expect(of('createCryptoWithdrawal')).toHaveLength(1);
	});
});

describe('the Rapira node', () => {
	it('pays, and leaves no token in the execution', async () => {
		const { credentials } = await create();
		const payout = {
			...node('Pay', 'n8n-nodes-otc-payouts.rapira', 1, {
				resource: 'payout',
				operation: 'create',
				token: { __rl: true, mode: 'id', value: 'USDT:TRX:USDTTRC20' },
				address: addressOf('TRX', 'TA2'),
				amount: '10.5',
				paymentReference: 'p-1',
				options: {},
			}),
			credentials: { [TYPE]: { id: '', name: '' } },
		};
		const id = await setting.n8n.importWorkflow(inARow('Pay', [start, payout]), { credentials });
		const execution = await setting.n8n.runWorkflow(id);
		expect(itemsOf(execution, 'Pay')).toMatchObject([
			{ outcome: 'applied', status: 'created', amount: '10.5' },
		]);
		expect(JSON.stringify(execution)).not.toMatch(/eyJ[\w-]{10}/);
	});
});

leavesNoSecret(() => setting);
