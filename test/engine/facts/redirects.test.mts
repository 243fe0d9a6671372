import type { IHttpRequestOptions } from 'n8n-workflow';
import { RecordingServer } from '../harness/index.mts';
import { json, send } from './probes.mts';

describe('a redirected POST', () => {
	let server: RecordingServer;
	let otherHost: RecordingServer;
	beforeAll(async () => {
		server = await RecordingServer.start();
		otherHost = await RecordingServer.start();
	});
	afterAll(async () => {
		await server.stop();
		await otherHost.stop();
	});

	const payout = '{"amount":"1"}';
	async function redirected(status: number, more: Partial<IHttpRequestOptions> = {}, to = otherHost.origin) {
		server.answer({ status, headers: { location: `${to}/elsewhere` } });
		otherHost.answer();
		const headers = { ...json, Authorization: 'Bearer abc' };
		return await send({ method: 'POST', url: server.origin, body: Buffer.from(payout), headers, ...more });
	}

	it.each([307, 308])('%s posts the same body, with signature and token, to another host', async (status) => {
		await redirected(status);
		const [heard] = otherHost.requests;
		expect([heard.method, heard.text]).toEqual(['POST', payout]);
		expect(heard.headers).toMatchObject({ 'x-signature': 'signed', authorization: 'Bearer abc' });
	});

	it.each([301, 302, 303])('%s becomes a GET without body, the signature goes along', async (status) => {
		await redirected(status);
		const [heard] = otherHost.requests;
		expect([heard.method, heard.text]).toEqual(['GET', '']);
		expect(heard.headers).toMatchObject({ 'x-signature': 'signed', authorization: 'Bearer abc' });
	});

	it('loses a token in `authorization`, written small, on the way to another host', async () => {
		await redirected(307, { headers: { ...json, authorization: 'Bearer abc' } });
		expect(otherHost.requests[0].headers.authorization).toBeUndefined();
	});

	it('stops at disableFollowRedirect', async () => {
		const { error } = await redirected(307, { disableFollowRedirect: true });
		expect(otherHost.requests).toHaveLength(0);
		expect(error?.httpCode).toBe('307');
	});

	it('is answered as it is with disableFollowRedirect and ignoreHttpStatusErrors', async () => {
		const { answer } = await redirected(302, {
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		});
		expect(answer).toMatchObject({ statusCode: 302 });
	});

	it('may have been applied though it ends with "connection refused"', async () => {
		const { error } = await redirected(307, {}, 'http://127.0.0.1:1');
		expect(server.requests).toHaveLength(1);
		expect(error?.httpCode).toBe('ECONNREFUSED');
	});
});
