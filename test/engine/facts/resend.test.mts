import type { IHttpRequestOptions } from 'n8n-workflow';
import { RecordingServer } from '../harness/index.mts';
import { json, send } from './probes.mts';

describe('httpRequestWithAuthentication after HTTP 401', () => {
	let server: RecordingServer;
	beforeAll(async () => (server = await RecordingServer.start()));
	afterAll(async () => await server.stop());
	beforeEach(() => server.answer({ status: 401, body: '{"message":"nonce used"}' }));

	const post = (more: Partial<IHttpRequestOptions> = {}): IHttpRequestOptions => ({
		method: 'POST',
		url: server.origin,
		body: Buffer.from('{"amount":"1"}'),
		headers: json,
		...more,
	});

	it('sends a POST again by itself, for a credential that cannot log in', async () => {
		const { error } = await send(post());
		expect(server.requests.map(({ method, text }) => [method, text])).toEqual([
			['POST', '{"amount":"1"}'],
			['POST', '{"amount":"1"}'],
		]);
		expect(error?.httpCode).toBe('401');
	});

	it('authenticates a second time what authenticate returned the first time', async () => {
		const given: IHttpRequestOptions[] = [];
		const returned: IHttpRequestOptions[] = [];
		const authenticate = (options: IHttpRequestOptions) => {
			given.push(options);
			const signed = { ...options, headers: { ...options.headers, 'x-nonce': String(given.length) } };
			returned.push(signed);
			return signed;
		};
		await send(post(), { authenticate });
		expect(given).toHaveLength(2);
		expect(given[1]).toBe(returned[0]);
		expect(server.requests.map(({ headers }) => headers['x-nonce'])).toEqual(['1', '2']);
	});

	it('gives authenticate the very object that the node made', async () => {
		const options = post();
		let given: IHttpRequestOptions | undefined;
		await send(options, { authenticate: (received) => (given ??= received) });
		expect(given).toBe(options);
	});

	it('sends once with ignoreHttpStatusErrors', async () => {
		const { answer } = await send(post({ ignoreHttpStatusErrors: true, returnFullResponse: true }));
		expect(server.requests).toHaveLength(1);
		expect(answer).toMatchObject({ statusCode: 401, body: { message: 'nonce used' } });
	});
});
