import FormData from 'form-data';
import type { IRequestOptions } from 'n8n-workflow';
import { RecordingServer, runNode, type Recorded } from '../harness/index.mts';
import { always } from './httpRequestOptions.mts';
import { access, probeNode, type Authenticate } from './probes.mts';

describe("n8n's HTTP Request node with our credential", () => {
	let server: RecordingServer;
	beforeAll(async () => (server = await RecordingServer.start()));
	afterAll(async () => await server.stop());

	async function wire(what: IRequestOptions, authenticate?: Authenticate): Promise<Recorded> {
		server.answer();
		const options = {
			...always,
			uri: `${server.origin}/pay`,
			...what,
			headers: { ...always.headers, ...what.headers },
		};
		const node = probeNode(async function () {
			await this.helpers.requestWithAuthentication.call(this, 'probeApi', options, undefined, 0);
			return [[]];
		});
		const { error } = await runNode({ node, ...access(authenticate) });
		if (error) throw new Error(error.message);
		return server.requests[0];
	}

	/** The options that authenticate saw. A copy, because n8n writes into `headers` later. */
	async function seen(what: IRequestOptions): Promise<IRequestOptions> {
		let options: IRequestOptions = {};
		await wire(what, (given) => {
			options = { ...given, headers: { ...given.headers } };
			return given;
		});
		return options;
	}

	it('calls authenticate with `uri`, never `url`', async () => {
		const options = await seen({ body: { a: 1 } });
		expect(options.uri).toBe(`${server.origin}/pay`);
		expect(options).not.toHaveProperty('url');
	});

	it('has a JSON body as an object, without Content-Type', async () => {
		const options = await seen({ body: { a: 1 } });
		expect(options.body).toEqual({ a: 1 });
		expect(Object.keys(options.headers ?? {})).toEqual(['accept']);
	});

	it('has a form in `form` and no body', async () => {
		const options = await seen({ form: { a: 'x y' } });
		expect([options.form, options.body]).toEqual([{ a: 'x y' }, undefined]);
		expect(Object.keys(options.headers ?? {})).toEqual(['accept']);
	});

	it('has multipart in `formData`, a form-data object, and its Content-Type only later', async () => {
		const formData = new FormData();
		formData.append('a', 'x y');
		const options = await seen({ formData });
		expect([options.formData, options.body]).toEqual([formData, undefined]);
		expect(Object.keys(options.headers ?? {})).toEqual(['accept']);
	});

	it('has the query in `qs`, beside a uri that may have one too', async () => {
		const options = await seen({ method: 'GET', qs: { q: ['a b', 'c'] } });
		expect(options.qs).toEqual({ q: ['a b', 'c'] });
	});

	describe('the bytes', () => {
		/** An authenticate that returns the options with another `body` and its Content-Type. */
		const replaced =
			(body: unknown, type?: string): Authenticate =>
			(options) => {
				const rest = { ...options };
				Reflect.deleteProperty(rest, 'form');
				const headers = { ...rest.headers, ...(type && { 'Content-Type': type }) };
				return Object.assign(rest, { body, headers });
			};
		const exact = ' {"z": 1.0} ';

		it('of a Buffer with Content-Type application/json are exact', async () => {
			const received = await wire({ body: { a: 1 } }, replaced(Buffer.from(exact), 'application/json'));
			expect([received.text, received.headers['content-type']]).toEqual([exact, 'application/json']);
		});

		it('of a text with Content-Type application/json are trimmed', async () => {
			const received = await wire({ body: { a: 1 } }, replaced(exact, 'application/json'));
			expect(received.text).toBe(exact.trim());
		});

		it('of a Buffer without Content-Type are declared as a form', async () => {
			const received = await wire({ body: { a: 1 } }, replaced(Buffer.from(exact)));
			expect([received.text, received.headers['content-type']]).toEqual([
				exact,
				'application/x-www-form-urlencoded',
			]);
		});

		it('of a form are exact as a TEXT in `body` without `form`', async () => {
			const type = 'application/x-www-form-urlencoded';
			const received = await wire({ form: { a: 'x' } }, replaced('b=2&a=%20+ ', type));
			expect([received.text, received.headers['content-type']]).toEqual(['b=2&a=%20+ ', type]);
		});

		it('of a form are destroyed as a Buffer', async () => {
			const type = 'application/x-www-form-urlencoded';
			expect((await wire({ form: { a: 'x' } }, replaced(Buffer.from('b=2'), type))).text).toBe(
				'0=98&1=61&2=50',
			);
		});

		it('of a form are exact as a Buffer when the Content-Type has a charset', async () => {
			const type = 'application/x-www-form-urlencoded; charset=utf-8';
			expect((await wire({ form: { a: 'x' } }, replaced(Buffer.from('b=2&a=%20'), type))).text).toBe(
				'b=2&a=%20',
			);
		});

		it('of multipart cannot be chosen: a Buffer in `body` comes apart', async () => {
			const received = await wire({}, replaced(Buffer.from('--b\r\n'), 'multipart/form-data; boundary=b'));
			expect(received.text).not.toContain('--b\r\n');
		});

		it('of the query are exact in `uri` without `qs`', async () => {
			const received = await wire({ method: 'GET', qs: { q: 'a b' } }, (options) =>
				Object.assign({ ...options, qs: {} }, { uri: `${server.origin}/pay?q=a%20b&r=~!*` }),
			);
			expect(received.url).toBe('/pay?q=a%20b&r=~!*');
		});
	});

	it('does not send again after 401, unless the credential can log in', async () => {
		server.answer({ status: 401 });
		const node = probeNode(async function () {
			const options = { ...always, uri: server.origin, body: { a: 1 } };
			await this.helpers.requestWithAuthentication.call(this, 'probeApi', options);
			return [[]];
		});
		await runNode({ node, ...access() });
		expect(server.requests).toHaveLength(1);
	});
});
