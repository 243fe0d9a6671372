import type { IHttpRequestOptions } from 'n8n-workflow';
import { RecordingServer, type Recorded } from '../harness/index.mts';
import { json, send } from './probes.mts';

describe('the bytes that n8n sends', () => {
	let server: RecordingServer;
	beforeAll(async () => (server = await RecordingServer.start()));
	afterAll(async () => await server.stop());

	async function wire(options: Partial<IHttpRequestOptions>): Promise<Recorded> {
		server.answer();
		const { error } = await send({
			method: 'POST',
			...options,
			url: `${server.origin}${options.url ?? '/'}`,
		});
		if (error) throw error;
		return server.requests[0];
	}

	it('trims a JSON text', async () => {
		expect((await wire({ body: ' {"a": 1.0}\n', headers: json })).text).toBe('{"a": 1.0}');
	});

	it('serialises an object anew', async () => {
		const body = JSON.parse('{"amount": 1.00, "a": "\\u00e9"}');
		expect((await wire({ body })).text).toBe('{"amount":1,"a":"é"}');
	});

	it('sends {} as an empty body', async () => {
		const { text, headers } = await wire({ body: {}, headers: json });
		expect([text, headers['content-length']]).toEqual(['', '0']);
	});

	it('declares a text without Content-Type as a form', async () => {
		const { headers, text } = await wire({ body: '{"a":1}' });
		expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(text).toBe('{"a":1}');
	});

	it('drops the body of a GET, a Buffer as well', async () => {
		expect((await wire({ method: 'GET', body: { a: 1 } })).text).toBe('');
		expect((await wire({ method: 'GET', body: Buffer.from('{"a":1}'), headers: json })).text).toBe('');
	});

	it('keeps the body of a DELETE', async () => {
		expect((await wire({ method: 'DELETE', body: Buffer.from('{"a":1}'), headers: json })).text).toBe(
			'{"a":1}',
		);
	});

	it('writes arrays of `qs` with indices', async () => {
		const { url } = await wire({ method: 'GET', qs: { a: ['x', 'y'] } });
		expect(decodeURIComponent(url)).toBe('/?a[0]=x&a[1]=y');
	});

	it('keeps a query string in the URL as it is', async () => {
		const query = '/path%2Fx?b=1&a=~!*()%20+&c[]=%e4';
		expect((await wire({ method: 'GET', url: query })).url).toBe(query);
	});

	it('encodes in it what `new URL` encodes: the apostrophe and letters beyond ASCII', async () => {
		expect((await wire({ method: 'GET', url: "/?a='ä" })).url).toBe('/?a=%27%C3%A4');
	});

	it.each([
		['application/json', ' {"a": 1.0}\n'],
		['application/json', '{}'],
		['application/json', '"text"'],
		['application/x-www-form-urlencoded; charset=utf-8', 'b=2&a=%20+'],
		['text/plain', ' é\r\n'],
	])('a Buffer with Content-Type %s goes byte for byte: %j', async (type, text) => {
		const { text: received, headers } = await wire({
			body: Buffer.from(text),
			headers: { 'Content-Type': type },
		});
		expect([received, headers['content-type']]).toEqual([text, type]);
	});

	it('but a Buffer with exactly application/x-www-form-urlencoded is not sent at all', async () => {
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
		const sending = wire({ body: Buffer.from('b=2&a=%20'), headers });
		await expect(sending).rejects.toThrow('Each query pair must be an iterable [name, value] tuple');
		expect(server.requests).toHaveLength(0);
	});

	it('a text with exactly application/x-www-form-urlencoded goes byte for byte', async () => {
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
		expect((await wire({ body: ' b=2&a=%20+', headers })).text).toBe(' b=2&a=%20+');
	});

	it('sends an empty Buffer as an empty body', async () => {
		expect((await wire({ body: Buffer.alloc(0), headers: json })).text).toBe('');
	});

	it('a hand-made multipart Buffer goes byte for byte', async () => {
		const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x00, 0xff]);
		const head =
			'--b1\r\nContent-Disposition: form-data; name="file"; filename="r.png"\r\nContent-Type: image/png\r\n\r\n';
		const body = Buffer.concat([Buffer.from(head), png, Buffer.from('\r\n--b1--\r\n')]);
		const type = 'multipart/form-data; boundary=b1';
		const received = await wire({ body, headers: { 'Content-Type': type } });
		expect(received.body.equals(body)).toBe(true);
		expect(received.headers['content-type']).toBe(type);
		expect(received.headers['content-length']).toBe(String(body.length));
	});
});
