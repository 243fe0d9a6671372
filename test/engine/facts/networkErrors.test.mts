import dns from 'node:dns';
import { NodeApiError, type IHttpRequestOptions } from 'n8n-workflow';
import { RecordingServer } from '../harness/index.mts';
import { breakingTls, faultyServer, speaking, type Faulty } from './faultyServers.mts';
import { json, send } from './probes.mts';

const post: IHttpRequestOptions = {
	method: 'POST',
	url: '',
	body: Buffer.from('{"amount":"1"}'),
	headers: json,
	timeout: 10_000,
	disableFollowRedirect: true,
	ignoreHttpStatusErrors: true,
};

/** The place where a node can see what happened. `error.code` is never set. */
async function failureOf(options: Partial<IHttpRequestOptions>) {
	const { error } = await send({ ...post, ...options });
	const cause: { code?: unknown; isAxiosError?: unknown } = Object(error?.cause);
	return {
		isNodeApiError: error instanceof NodeApiError,
		code: Reflect.get(Object(error), 'code'),
		httpCode: error?.httpCode,
		isAxiosError: cause.isAxiosError,
		causeCode: cause.code,
		message: error?.message,
		messages: error?.messages,
	};
}

function failure(code: string) {
	return { isNodeApiError: true, code: undefined, httpCode: code, isAxiosError: true, causeCode: code };
}

describe('a request that never left', () => {
	it.each(['ENOTFOUND', 'EAI_AGAIN'])('%s: the name has no address', async (code) => {
		const { lookup } = dns;
		const notFound = Object.assign(new Error(`getaddrinfo ${code} host.invalid`), { code });
		Object.assign(dns, {
			lookup: (_name: string, _options: object, done: (e: Error) => void) => done(notFound),
		});
		try {
			expect(await failureOf({ url: 'http://host.invalid/' })).toMatchObject(failure(code));
		} finally {
			Object.assign(dns, { lookup });
		}
	});

	it('ECONNREFUSED: nobody listens', async () => {
		expect(await failureOf({ url: 'http://127.0.0.1:1/' })).toMatchObject({
			...failure('ECONNREFUSED'),
			message: 'The service refused the connection - perhaps it is offline',
			messages: expect.arrayContaining(['connect ECONNREFUSED 127.0.0.1:1']),
		});
	});

	describe('because TLS fails', () => {
		let server: Faulty;
		afterEach(async () => await server.stop());
		const url = () => `https://127.0.0.1:${server.port}/`;

		it('EPROTO: the other side does not speak TLS', async () => {
			server = await speaking('HTTP/1.1 400 Bad Request\r\n\r\n');
			expect(await failureOf({ url: url() })).toMatchObject(failure('EPROTO'));
		});

		it('DEPTH_ZERO_SELF_SIGNED_CERT: the certificate is not trusted', async () => {
			server = await breakingTls();
			expect(await failureOf({ url: url() })).toMatchObject(failure('DEPTH_ZERO_SELF_SIGNED_CERT'));
			expect(server.received()).toBe(0);
		});

		it('ECONNRESET: the connection is closed in the handshake, and no code tells it from a later one', async () => {
			server = await faultyServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
			expect(await failureOf({ url: url() })).toMatchObject(failure('ECONNRESET'));
		});

		it('ECONNRESET with "before secure TLS connection": closed in the handshake, and the text says so', async () => {
			server = await faultyServer((socket) => socket.once('data', () => socket.end()));
			const text = 'Client network socket disconnected before secure TLS connection was established';
			const failed = await failureOf({ url: url() });
			expect(failed).toMatchObject({ ...failure('ECONNRESET'), messages: expect.arrayContaining([text]) });
		});

		it('ERR_SSL_...: but this one comes after the whole request was read', async () => {
			server = await breakingTls();
			const failed = await failureOf({ url: url(), skipSslCertificateValidation: true });
			expect(failed.causeCode).toMatch(/^ERR_SSL_/);
			expect(server.received()).toBeGreaterThan(0);
		});
	});
});

describe('a request whose outcome nobody knows', () => {
	let server: RecordingServer;
	beforeAll(async () => (server = await RecordingServer.start()));
	afterAll(async () => await server.stop());

	it.each(['applied it', 'applied nothing'])('ECONNRESET when the provider %s', async (what) => {
		const paid: string[] = [];
		server.answer(({ text }) => {
			if (what === 'applied it') paid.push(text);
			return { reset: true };
		});
		expect(await failureOf({ url: server.origin })).toMatchObject(failure('ECONNRESET'));
		expect(server.requests).toHaveLength(1);
		expect(paid).toHaveLength(what === 'applied it' ? 1 : 0);
	});

	it('is recommended for a retry by n8n: the text must never be shown', async () => {
		server.answer({ reset: true });
		const { message, messages } = await failureOf({ url: server.origin });
		expect(message).toContain('You can retry the request immediately');
		expect(messages).toContain('read ECONNRESET');
	});

	it('ECONNABORTED after a time-out', async () => {
		server.answer({ silent: true });
		expect(await failureOf({ url: server.origin, timeout: 200 })).toMatchObject({
			...failure('ECONNABORTED'),
			messages: expect.arrayContaining(['timeout of 200ms exceeded']),
		});
	});

	it('ERR_BAD_RESPONSE after half an answer, with "200" as its httpCode', async () => {
		server.answer({ half: '{"id":"1"' });
		const failed = await failureOf({ url: server.origin });
		expect(failed).toMatchObject({ ...failure('ERR_BAD_RESPONSE'), httpCode: '200' });
	});

	it('ERR_BAD_RESPONSE is the code of an answered HTTP 500 too', async () => {
		server.answer({ status: 500 });
		const failed = await failureOf({ url: server.origin, ignoreHttpStatusErrors: false });
		expect(failed).toMatchObject({ ...failure('ERR_BAD_RESPONSE'), httpCode: '500' });
	});
});

describe('`timeout`', () => {
	let server: Faulty;
	afterEach(async () => await server.stop());
	const url = () => `http://127.0.0.1:${server.port}/`;
	const body = '0123456789'.repeat(3);
	const head = 'HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n';

	it('is a total one until the head of the answer is complete', async () => {
		server = await speaking(head, 20);
		const { error } = await send({ ...post, url: url(), timeout: 400 });
		expect(error?.httpCode).toBe('ECONNABORTED');
	});

	it('is an idle one from then on: a dripping body takes as long as it likes', async () => {
		server = await faultyServer((socket) =>
			socket.once('data', async () => {
				socket.write(head);
				for (const letter of body) {
					await new Promise((resolve) => setTimeout(resolve, 60));
					socket.write(letter);
				}
			}),
		);
		const { answer, milliseconds } = await send({ ...post, url: url(), encoding: 'text', timeout: 1500 });
		expect(answer).toBe(body);
		expect(milliseconds).toBeGreaterThan(1500);
	});

	it.each([
		[true, 'ECONNABORTED'],
		[false, 'ERR_BAD_RESPONSE'],
	])(
		'ends a body that stops in the middle; with disableFollowRedirect %s as %s',
		async (disableFollowRedirect, code) => {
			server = await speaking(`${head}half`);
			expect(await failureOf({ url: url(), disableFollowRedirect, timeout: 1000 })).toMatchObject({
				causeCode: code,
			});
		},
	);
});
