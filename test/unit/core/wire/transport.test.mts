import { classify } from '../../../../core/money/classify.ts';
import { Refusal } from '../../../../core/refusal.ts';
import type { WireRequest } from '../../../../core/wire/request.ts';
import { transmit, transmitPlain } from '../../../../core/wire/transport.ts';

const request: WireRequest = {
	method: 'POST',
	url: 'https://api.example/v1/pay',
	headers: { 'Content-Type': 'application/json' },
	body: Buffer.from('{"a":"1.50"}'),
	fingerprint: 'f',
	values: {},
};

/** Sends with an n8n helper that behaves like this. */
function send(behaviour: () => unknown, timeout = 1000) {
	const asked: unknown[] = [];
	const sender = {
		helpers: {
			httpRequestWithAuthentication: (_credential: string, options: unknown) => {
				asked.push(options);
				return Promise.resolve().then(behaviour);
			},
		},
	};
	return { asked, result: transmit(sender as never, { type: 'someApi' }, request, timeout) };
}

/** An error as n8n throws it: its own class around the one that has the code. */
function wrapped(code: string, message = 'something happened') {
	const cause = Object.assign(new Error(message), { code, isAxiosError: true });
	return Object.assign(new Error('The service refused the connection - perhaps it is offline'), {
		cause,
		httpCode: code,
	});
}

it('asks n8n for exact bytes, exact text, no repeats and no redirects', async () => {
	const { asked, result } = send(() => ({ statusCode: 200, headers: { 'Retry-After': 5 }, body: '{}' }));
	expect(await result).toEqual({
		state: 'answered',
		answer: { status: 200, headers: { 'retry-after': '5' }, text: '{}' },
	});
	expect(asked).toEqual([
		{
			method: 'POST',
			url: 'https://api.example/v1/pay',
			headers: { 'Content-Type': 'application/json' },
			body: request.body,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 1000,
		},
	]);
});

it.each([
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'CERT_HAS_EXPIRED',
	'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s proves that nothing was sent', async (code) => {
	const transmission = await send(() => {
		throw wrapped(code);
	}).result;
	expect(transmission.state).toBe('never-sent');
	expect(classify(transmission, () => ({ state: 'unclear', reason: '' })).outcome.state).toBe('rejected');
});

it.each([
	'ECONNRESET',
	'EPIPE',
	'ECONNABORTED',
	'ETIMEDOUT',
	'ERR_BAD_RESPONSE',
	'EPROTO',
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'SOMETHING_NEW',
	'',
])('%p proves nothing', async (code) => {
	const transmission = await send(() => {
		throw wrapped(code);
	}).result;
	expect(transmission.state).toBe('no-answer');
	expect(classify(transmission, () => ({ state: 'accepted', data: 1 })).outcome.state).toBe('unknown');
});

it('knows a connection that ended before TLS was set up', async () => {
	const text = 'Client network socket disconnected before secure TLS connection was established';
	const { state } = await send(() => {
		throw wrapped('ECONNRESET', text);
	}).result;
	expect(state).toBe('never-sent');
});

it('passes on what the credential refused to sign', async () => {
	const refusal = new Refusal('This credential signs requests to https://api.example only');
	const thrown = Object.assign(new Error('outer'), { cause: refusal });
	expect(
		await send(() => {
			throw thrown;
		}).result,
	).toEqual({ state: 'never-sent', reason: 'This credential signs requests to https://api.example only' });
});

it('does not wait for an answer that drips', async () => {
	const never = new Promise(() => undefined);
	expect(await send(() => never, 30).result).toEqual({
		state: 'no-answer',
		reason: 'no whole answer came in time',
	});
});

it.each([undefined, null, 'text', {}, { body: 'x' }])(
	'does not trust an answer without a status: %p',
	async (response) => {
		expect((await send(() => response).result).state).toBe('no-answer');
	},
);

it("never repeats n8n's advice to retry at once", async () => {
	const transmission = await send(() => {
		throw wrapped(
			'ECONNRESET',
			'The connection to the server was closed unexpectedly, perhaps it is offline. You can retry the request immediately',
		);
	}).result;
	expect(JSON.stringify(transmission)).not.toContain('retry');
});

describe('a request of an execution that is canceled', () => {
	const stoppable = (behaviour: (options: { abortSignal?: AbortSignal }) => unknown) => {
		const stop = new AbortController();
		const asked: Array<{ abortSignal?: AbortSignal }> = [];
		const take = (options: { abortSignal?: AbortSignal }) => {
			asked.push(options);
			return Promise.resolve().then(() => behaviour(options));
		};
		const sender = {
			helpers: {
				httpRequestWithAuthentication: (_credential: string, options: object) => take(options),
				httpRequest: take,
			},
		};
		const signed = () => transmit(sender as never, { type: 'someApi' }, request, 1000, stop.signal);
		const plain = () => transmitPlain(sender as never, request, 1000, stop.signal);
		return { stop, asked, ways: [signed, plain] };
	};

	it('is not begun', async () => {
		const { stop, asked, ways } = stoppable(() => ({ statusCode: 200, body: '{}' }));
		stop.abort();
		for (const way of ways)
			expect(await way()).toEqual({ state: 'never-sent', reason: 'the execution was canceled' });
		expect(asked).toEqual([]);
	});

	it('gets the signal in both ways', async () => {
		const { stop, asked, ways } = stoppable(() => ({ statusCode: 200, body: '{}' }));
		for (const way of ways) expect((await way()).state).toBe('answered');
		expect(asked.map(({ abortSignal }) => abortSignal)).toEqual([stop.signal, stop.signal]);
	});

	it('is not known when it was under way, whether n8n ends it or not', async () => {
		const never = new Promise(() => undefined);
		const ended = () => Promise.reject(wrapped('ERR_CANCELED', 'canceled'));
		for (const behaviour of [() => never, ended]) {
			const { stop, ways } = stoppable(behaviour);
			const results = ways.map((way) => way());
			stop.abort();
			for (const transmission of await Promise.all(results)) {
				expect(transmission).toEqual({
					state: 'no-answer',
					reason: 'the execution was canceled before the answer came',
				});
				expect(classify(transmission, () => ({ state: 'accepted', data: 1 })).outcome.state).toBe('unknown');
			}
		}
	});
});
