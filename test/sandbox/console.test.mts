import axios from 'axios';

import { catalogue } from '../catalogue.mts';
import { closeAll, failureOf, payout, start } from './client.mts';
import { Receiver } from './receiver.mts';

afterEach(closeAll);

async function open() {
	const { sandbox, client } = await start({ autopilot: false });
	const http = axios.create({ baseURL: sandbox.consoleUrl, validateStatus: () => true, proxy: false });
	return { sandbox, client, http };
}

describe('the console page', () => {
	it('is one self-contained page', async () => {
		const { http } = await open();
		const { data, headers } = await http.get<string>('/');
		expect(headers['content-type']).toBe('text/html; charset=utf-8');
		expect(data).toContain('prefers-color-scheme: dark');
		expect(data).toContain('/api/state');
		expect(data).not.toMatch(/<!-- (style|script) -->/);
		expect(data).not.toMatch(/(src|href)="(?!data:)/);
		expect(data).not.toMatch(/@import|url\(/);
	});
});

describe('the control interface', () => {
	it('shows the state, without the bytes', async () => {
		const { http, client } = await open();
		await client.call('createPayoutBatch', payout('b1'));
		const { data } = await http.get('/api/state');
		const [gatePay] = data.providers;
		expect(gatePay).toMatchObject({
			name: 'gatePay',
			title: 'Gate Pay',
			isListening: true,
			account: {
				clientId: 'sandbox-client',
				paymentSecret: 'sandbox-payment-secret-0001',
				merchantId: '10001',
			},
			state: { balances: { USDT: '999990' } },
			requests: [{ operation: 'createPayoutBatch', verdict: { kind: 'accepted' } }],
			appliedPerReference: { b1: 1 },
		});
		expect(gatePay.requests[0]).not.toHaveProperty('rawBody');
		expect(gatePay.tables.map(({ title }: { title: string }) => title)).toContain('Payout batches');
		expect(data.faultKinds).toHaveLength(14);
	});

	it("calls the values of an account what n8n's credentials call them", async () => {
		const { http } = await open();
		const { data } = await http.get<{
			providers: Array<{ title: string; account: object; credential: object }>;
		}>('/api/state');
		expect(data.providers).toHaveLength(catalogue.length);
		for (const { title, account, credential } of data.providers) {
			const form = catalogue.find(({ provider }) => provider.displayName === title)?.credential.properties;
			const values = new Map(Object.entries(account));
			for (const { name, displayName } of form ?? []) {
				if (values.has(name)) expect(credential).toHaveProperty([displayName], values.get(name));
			}
			const known = [...values.keys()].filter((name) => form?.some((field) => field.name === name));
			expect(known.length).toBeGreaterThan(1);
		}
	});

	it('plans and clears faults', async () => {
		const { http, client } = await open();
		const plan = { kind: 'bad-gateway', operation: 'getBalanceMap', times: 2 };
		expect((await http.post('/api/faults', plan)).data.faults).toEqual([plan]);
		expect((await client.call('getBalanceMap')).status).toBe(502);
		await http.delete('/api/faults');
		expect((await client.call('getBalanceMap')).status).toBe(200);
	});

	it('closes the port for a person who switches connection-refused on', async () => {
		const { http, client } = await open();
		await http.post('/api/faults', { kind: 'connection-refused' });
		expect(await failureOf(client.call('getBalanceMap'))).toBe('ECONNREFUSED');
		expect((await http.get('/api/state')).data.providers[0].isListening).toBe(false);
		await http.delete('/api/faults');
		expect(await failureOf(client.call('getBalanceMap'))).toBe('answered');
	});

	it('refuses faults that do not exist', async () => {
		const { http } = await open();
		for (const plan of [{ kind: 'fire' }, {}, { kind: 'dns', nth: 0 }, { kind: 'dns', colour: 'red' }]) {
			const { status, data } = await http.post('/api/faults', plan);
			expect([status, typeof data.error]).toEqual([400, 'string']);
		}
	});

	it('acts for bank, desk and chain', async () => {
		const { http, client, sandbox } = await open();
		await client.call('createPayoutBatch', payout('b1'));
		const act = (action: string, id: string) => http.post('/api/act', { provider: 'gatePay', action, id });
		expect((await act('completePayout', 'b1')).data).toEqual({ done: true });
		expect(sandbox.gatePay.state.payoutBatches[0]?.status).toBe('SUCCESS');
		expect((await act('completePayout', 'b1')).status).toBe(400);
		expect((await act('burn', 'b1')).data.error).toContain('burn');
		expect((await http.post('/api/act', { provider: 'x', action: 'y', id: 'z' })).data.error).toContain(
			'no provider',
		);
	});

	it('takes no commands from other sites', async () => {
		const { http } = await open();
		const fromElsewhere = { headers: { Origin: 'http://elsewhere.example' } };
		expect((await http.post('/api/reset', undefined, fromElsewhere)).status).toBe(403);
		const own = { headers: { Origin: String(http.defaults.baseURL) } };
		expect((await http.post('/api/reset', undefined, own)).status).toBe(200);
	});

	it('shows the books', async () => {
		const { http, client } = await open();
		await client.call('createPayoutBatch', payout('b1'));
		const { data } = await http.get('/api/books');
		const entry = {
			operation: 'createPayoutBatch',
			reference: 'b1',
			line: 'b1_1',
			amount: '10',
			currency: 'USDT',
		};
		expect(data.gatePay).toMatchObject({
			entries: [entry],
			appliedEvents: [{ reference: 'b1', entries: [entry] }],
			appliedPerReference: { b1: 1 },
		});
	});

	it('sets the callback, delivers, resends and forges', async () => {
		const receiver = new Receiver();
		const { http, client, sandbox } = await open();
		const url = await receiver.open();
		await client.call('createPayoutBatch', payout('b1'));
		sandbox.gatePay.act('completePayout', 'b1');
		expect((await http.post('/api/callback', { provider: 'gatePay', url })).data).toEqual({
			callbackUrl: url,
		});
		const deliver = { provider: 'gatePay', id: 'delivery-1' };
		expect((await http.post('/api/deliver', deliver)).data).toMatchObject({ state: 'delivered' });
		const forged = await http.post('/api/deliver', { ...deliver, forge: 'signature' });
		expect(forged.data).toMatchObject({ forgery: 'signature', event: 'PAYOUT DONE (forged)' });
		expect(receiver.received).toHaveLength(2);
		expect((await http.post('/api/deliver', { ...deliver, id: 'none' })).status).toBe(400);
		expect((await http.post('/api/callback', { provider: 'gatePay' })).data).toEqual({ callbackUrl: null });
		receiver.close();
	});

	it('resets, and keeps the callback URL', async () => {
		const { http, client, sandbox } = await open();
		sandbox.gatePay.setCallbackUrl('http://127.0.0.1:2/');
		await client.call('createPayoutBatch', payout('b1'));
		expect((await http.post('/api/reset')).data).toEqual({ reset: true });
		expect(sandbox.gatePay.state.payoutBatches).toEqual([]);
		expect(sandbox.gatePay.callbackUrl).toBe('http://127.0.0.1:2/');
	});
});

describe('starting', () => {
	it('listens on the loopback only, each provider on a port of its own', async () => {
		const { sandbox } = await open();
		const urls = [sandbox.consoleUrl, sandbox.gatePay.url];
		for (const url of urls) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		expect(new Set(urls).size).toBe(2);
	});

	it('says so when a port is taken', async () => {
		const { sandbox } = await open();
		const port = Number(new URL(sandbox.consoleUrl).port);
		await expect(start({ ports: { console: port } })).rejects.toThrow('EADDRINUSE');
	});
});
