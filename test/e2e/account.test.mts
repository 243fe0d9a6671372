import { createServer, type Server } from 'node:http';
import { once } from 'node:events';

import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { failureOf, itemsOf } from '../../host/executions.mts';
import { portOf } from '../../host/ports.mts';
import { catalogue } from '../catalogue.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { marker } from '../secrets.mts';
import { customApiCall } from './smallFlows.mts';

let setting: Setting;
beforeAll(async () => (setting = await startSetting()));
afterAll(async () => await setting?.close());

interface ServedType {
	name: string;
	iconUrl?: { light: string; dark: string };
	codex?: { categories?: string[]; alias?: string[] };
}

describe('the editor', () => {
	const names = catalogue.flatMap(({ node, triggers }) =>
		[node, ...triggers].map((one) => one.description.name),
	);

	it.each(names)('shows %s with its icons in its category', async (name) => {
		const { rest, url } = setting.n8n;
		const { data } = await rest.get<ServedType[]>(`${url}/types/nodes.json`);
		const type = data.find((each) => each.name === `n8n-nodes-otc-payouts.${name}`);
		expect(type?.codex?.categories).toEqual(['Finance & Accounting']);
		expect(type?.codex?.alias).not.toHaveLength(0);
		for (const icon of [type?.iconUrl?.light, type?.iconUrl?.dark]) {
			const picture = await rest.get<string>(`${url}/${icon}`);
			expect(picture.headers['content-type']).toContain('image/svg');
			expect(picture.data).toContain('<svg');
		}
		expect(type?.iconUrl?.light).not.toBe(type?.iconUrl?.dark);
	});
});

describe("the credential's test", () => {
	async function test(change: Record<string, string>) {
		const { n8n, sandbox } = setting;
		const known = sandboxCredential(sandbox, 'gatePayApi');
		const data = { ...known.data, ...change };
		return await n8n.testCredential(await n8n.createCredential({ ...known, data }));
	}

	it('succeeds with an account of the sandbox', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
		expect(setting.sandbox.gatePay.requests.at(-1)).toMatchObject({ verdict: { kind: 'accepted' } });
	});

	it.each([
		[
			'a wrong secret',
			{ paymentSecret: marker('another') },
			/refused the credential: INVALID_SIGNATURE.*not the Authorization Secret\?$/,
		],
		[
			'a wrong Client ID',
			{ clientId: 'somebody-else' },
			/ClientId is not known.*Check the Client ID in the credential\.$/,
		],
		['a secret with a line break', { paymentSecret: `${marker('line')}\n` }, /white space/],
		['a base URL with a path', { baseUrl: 'http://127.0.0.1:4461/v1' }, /host alone/],
		['a base URL without TLS', { baseUrl: 'http://example.com' }, /https:\/\//],
		['a base URL with nothing behind it', { baseUrl: 'http://127.0.0.1:2' }, /refused|connect/i],
	])('says what is wrong with %s', async (_what, change, message) => {
		const result = await test(change);
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
		expect(result.message).not.toMatch(/sandbox-payment-secret|MARK/);
	});
});

describe("n8n's HTTP Request node with the Gate Pay credential", () => {
	async function call(parameters: Parameters<typeof customApiCall>[0]) {
		const { n8n, credentials } = setting;
		return await n8n.runWorkflow(await n8n.importWorkflow(customApiCall(parameters), { credentials }));
	}
	const quotePath = '/withdraw/open/otc/api/v1/quote';
	const quote = { type: 'BUY', side: 'FIAT', cryptoCurrency: 'USDT', fiatCurrency: 'USD', fiatAmount: '10' };
	const last = () => setting.sandbox.gatePay.requests.at(-1);

	it('signs a GET with a query', async () => {
		const execution = await call({
			url: `${setting.sandbox.gatePay.url}/v1/pay/wallet/currency_chains`,
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'currency', value: 'USDT' }] },
		});
		expect(itemsOf(execution, 'Call')).toContainEqual(expect.objectContaining({ chain: 'TRX' }));
		expect(last()).toMatchObject({ url: '/v1/pay/wallet/currency_chains?currency=USDT' });
	});

	it('signs a POST of JSON', async () => {
		const execution = await call({
			method: 'POST',
			url: `${setting.sandbox.gatePay.url}${quotePath}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify(quote),
		});
		expect(itemsOf(execution, 'Call')).toMatchObject([{ data: { cryptoAmount: '10.8842' } }]);
		expect(last()).toMatchObject({ verdict: { kind: 'accepted' }, body: JSON.stringify(quote) });
	});

	it('signs a POST of raw text, byte for byte', async () => {
		const body = JSON.stringify(quote, null, 3).replace('"10"', '"10.00"');
		const execution = await call({
			method: 'POST',
			url: `${setting.sandbox.gatePay.url}${quotePath}`,
			sendBody: true,
			contentType: 'raw',
			rawContentType: 'application/json',
			body,
		});
		expect(itemsOf(execution, 'Call')).toMatchObject([{ data: { cryptoAmount: '10.8842' } }]);
		expect(last()).toMatchObject({ verdict: { kind: 'accepted' }, body });
	});

	describe('to another host', () => {
		let elsewhere: Server;
		let visits = 0;
		beforeAll(async () => {
			elsewhere = createServer((_request, response) => response.end(String((visits += 1))));
			await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
		});
		afterAll(() => elsewhere.close());

		it('is refused, and nothing is sent', async () => {
			const execution = await call({ url: `http://127.0.0.1:${portOf(elsewhere)}/v1/pay/balance/query` });
			expect(execution.status).toBe('error');
			expect(failureOf(execution)).toContain('signs requests to');
			expect(visits).toBe(0);
		});
	});
});

leavesNoSecret(() => setting);
