import * as fc from 'fast-check';
import { buildCustomRequest } from '../../../../core/wire/customRequest.ts';
import { checkFile } from '../../../../core/fields/file.ts';
import { multipart } from '../../../../core/wire/multipart.ts';
import { ExactNumber, writeJson, type WritableObject } from '../../../../core/exact/json.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { checkParameters } from '../../../../core/fields/parameters.ts';
import type { Account } from '../../../../core/provider/provider.ts';
import { Refusal } from '../../../../core/refusal.ts';
import { buildRequest } from '../../../../core/wire/request.ts';
import { redacted } from '../../../../core/wire/secrets.ts';

const account = { origin: 'https://api.example', id: 'me', secrets: ['s3cret'] };
const parts = { account, headers: {}, files: [], boundary: 'b' };

const row: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create payment',
	description: 'Create',
	request: 'POST /v1/{id}/payments',
	effect: 'money',
	docs: 'https://docs.example',
	returns: {},
	wire: { constants: { type: 'BUY' } },
	fields: [
		{ displayName: 'ID', name: 'id', type: 'string', default: '', required: true },
		{ displayName: 'Amount', name: 'amount', type: 'string', default: '', required: true },
	],
	options: [
		{ displayName: 'Memo', name: 'memo', type: 'string', default: '' },
		{ displayName: 'Flag', name: 'flag', type: 'boolean', default: false },
		{ displayName: 'Count', name: 'count', type: 'number', default: 0 },
		{ displayName: 'Tags', name: 'tags', type: 'string', default: '' },
	],
	rules: {
		amount: { kind: 'amount', decimals: 6 },
		count: { kind: 'integer', minimum: 0 },
		tags: { kind: 'list' },
	},
};

const noFile = () => Promise.reject(new Error('no file asked for'));
const check = (fields: object, options: object = {}) =>
	checkParameters(row, { fields: { ...fields }, options: { ...options } }, noFile, 'UTC');

describe('a request carries exactly what the user set', () => {
	it('leaves out empty options and keeps false and 0', async () => {
		const { values } = await check(
			{ id: 'a', amount: '1.50' },
			{ memo: '', flag: false, count: 0, tags: 'x, y,' },
		);
		expect(values).toEqual({ type: 'BUY', id: 'a', amount: '1.50', flag: false, count: 0, tags: ['x', 'y'] });
	});

	it('sends a number in a text field as text, and refuses one that may be rounded', async () => {
		const { values } = await check({ id: 5, amount: '1' }, { memo: 12345 });
		expect(values).toMatchObject({ id: '5', memo: '12345' });
		await expect(check({ id: 'a', amount: '1' }, { memo: Number('7615917337495251231') })).rejects.toThrow(
			'pass it as text',
		);
	});

	it('puts path parameters into the path, escaped, and the rest into the body', () => {
		const request = buildRequest(row, { ...parts, values: { type: 'BUY', id: 'ä/?#%', amount: '1.50' } });
		expect(request.url).toBe('https://api.example/v1/%C3%A4%2F%3F%23%25/payments');
		expect(request.body?.toString('utf8')).toBe('{"type":"BUY","amount":"1.50"}');
	});

	it('takes a path parameter of the account that has another name there, unless the user set one', () => {
		const of: Operation = {
			...row,
			wire: { fromAccount: { id: { parameter: 'companySlug', label: 'Company Slug' } } },
		};
		const own = { ...account, parameters: { id: 'wrong', companySlug: 'acme' } };
		const urlOf = (values: object, who: object = own) =>
			buildRequest(of, { ...parts, account: { ...account, ...who }, values: { ...values } }).url;
		expect(urlOf({})).toBe('https://api.example/v1/acme/payments');
		expect(urlOf({ id: 'mine' })).toBe('https://api.example/v1/mine/payments');
		expect(() => urlOf({}, account)).toThrow(
			'Company Slug is set neither in the credential nor in the operation',
		);
		expect(() => urlOf({}, { parameters: { companySlug: '..' } })).toThrow(Refusal);
	});

	it.each(['.', '..', ''])('refuses %p in a path', (id) => {
		expect(() => buildRequest(row, { ...parts, values: { id } })).toThrow(Refusal);
	});

	it('never leaves the host, whatever is in a path parameter', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
				fc.pre(id !== '.' && id !== '..');
				const url = new URL(buildRequest(row, { ...parts, values: { id } }).url);
				expect(url.origin).toBe('https://api.example');
				expect(url.pathname.split('/')).toHaveLength(4);
				expect(url.search + url.hash).toBe('');
			}),
		);
	});

	it('puts a GET into the query, escaped', () => {
		const get: Operation = { ...row, request: 'GET /v1/payments' };
		const { url, body } = buildRequest(get, { ...parts, values: { q: "a b&c='1'", n: 5 } });
		expect(url).toBe("https://api.example/v1/payments?q=a%20b%26c%3D'1'&n=5");
		expect(body).toBeUndefined();
	});
});

describe('a body that is not flat', () => {
	const flat: Operation = { ...row, request: 'POST /v1/payments' };
	const bodyOf = (change: Partial<Operation>, values: WritableObject) =>
		buildRequest({ ...flat, ...change }, { ...parts, values }).body?.toString('utf8');

	it('has objects where the provider wants them, in the order of the fields', () => {
		const within = { kind: 'env', scene: 'env', channel: 'channels[]', note: 'channels[]' };
		const values = { id: 'a', kind: 'APP', channel: 'c', amount: '1', scene: 's', note: 'n' };
		expect(bodyOf({ wire: { within } }, values)).toBe(
			'{"id":"a","env":{"kind":"APP","scene":"s"},"channels":[{"channel":"c","note":"n"}],"amount":"1"}',
		);
	});

	it('may be one value alone', () => {
		expect(bodyOf({ wire: { bodyOf: 'tags' } }, { tags: ['USDT', 'BTC'] })).toBe('["USDT","BTC"]');
	});

	it('keeps the digits of JSON that was typed, and of JSON from an expression', async () => {
		const json: Operation = { ...flat, rules: { memo: { kind: 'json' } } };
		const sent = async (memo: unknown) => {
			const given = { fields: { id: 'a', amount: '1' }, options: { memo } };
			const { values } = await checkParameters(json, given, noFile, 'UTC');
			return writeJson(values.memo);
		};
		expect(await sent('{ "a": 0.10, "b": 12345678901234567890, "c": [null, true] }')).toBe(
			'{"a":0.10,"b":12345678901234567890,"c":[null,true]}',
		);
		expect(await sent({ a: 1.5, b: 'ü' })).toBe('{"a":1.5,"b":"ü"}');
		await expect(sent('{a: 1}')).rejects.toThrow('Memo is not JSON');
		await expect(sent('[1e3]')).rejects.toThrow('Memo has a number with an exponent');
	});
});

describe('acting on behalf of another account', () => {
	const behalf = { ...account, onBehalfOf: '5' };
	const urlOf = (onBehalfOf: Operation['onBehalfOf'], of: Account) =>
		buildRequest(
			{ ...row, request: 'POST /own', ...(onBehalfOf ? { onBehalfOf } : {}) },
			{ ...parts, account: of, values: {} },
		).url;

	it('uses the path that the row names', () => {
		expect(urlOf('/theirs', account)).toBe('https://api.example/own');
		expect(urlOf('/theirs', behalf)).toBe('https://api.example/theirs');
		for (const stays of ['header', 'required', 'never'] as const)
			expect(urlOf(stays, behalf)).toBe('https://api.example/own');
	});

	it('refuses what has no such path, and what exists only so', () => {
		expect(() => urlOf(undefined, behalf)).toThrow(/no documented path/);
		expect(() => urlOf('required', account)).toThrow(/only on behalf of an account/);
		expect(urlOf('never', account)).toBe('https://api.example/own');
	});
});

it("sends the headers that a row needs from the account, and refuses when the account hasn't got them", () => {
	const own: Operation = {
		...row,
		request: 'GET /v1/x',
		wire: { accountHeaders: { 'X-Merchant': { parameter: 'merchantId', label: 'Merchant ID' } } },
	};
	const known = { ...account, parameters: { merchantId: '7' } };
	expect(buildRequest(own, { ...parts, account: known, values: {} }).headers).toMatchObject({
		'X-Merchant': '7',
	});
	expect(() => buildRequest(own, { ...parts, values: {} })).toThrow(/Create needs Merchant ID/);
});

describe('a fingerprint names the payment', () => {
	const of = (values: object, change: object = {}) =>
		buildRequest(row, { ...parts, ...change, values: { id: 'a', ...values } }).fingerprint;

	const form = (change: object = {}) =>
		buildRequest({ ...row, wire: { encoding: 'multipart' } }, { ...parts, values: { id: 'a' }, ...change })
			.fingerprint;

	it('is the same for the same content, whatever the boundary', () => {
		expect(form()).toBe(form({ boundary: 'other' }));
	});

	it('differs with every field, account, file and header', () => {
		const file = { field: 'file', name: 'r.png', type: 'image/png', content: Buffer.from('1') };
		const all = [
			of({ amount: '1' }),
			of({ amount: '1.0' }),
			of({ amount: '1', memo: 'x' }),
			of({ amount: '1' }, { account: { ...account, id: 'you' } }),
			of({ amount: '1' }, { account: { ...account, origin: 'https://other.example' } }),
			of({ amount: new ExactNumber('1') }),
			of({ amount: '1' }, { account: { ...account, parameters: { merchantId: '10001' } } }),
			of({ amount: '1' }, { account: { ...account, parameters: { merchantId: '99999' } } }),
			form({ files: [file] }),
			form({ files: [{ ...file, content: Buffer.from('2') }] }),
			of({ amount: '1' }, { headers: { 'X-On-Behalf-Of': '5' } }),
		];
		expect(new Set(all).size).toBe(all.length);
	});
});

describe('multipart', () => {
	it('is exact, and a name cannot start a header of its own', () => {
		const file = {
			field: 'file',
			name: 'a"\r\nX: y.png',
			type: 'image/png',
			content: Buffer.from([1, 0, 255]),
		};
		const { contentType, body } = multipart([['orderId', '7']], [file], 'b1');
		expect(contentType).toBe('multipart/form-data; boundary=b1');
		expect(body.toString('latin1')).toBe(
			'--b1\r\nContent-Disposition: form-data; name="orderId"\r\n\r\n7\r\n' +
				'--b1\r\nContent-Disposition: form-data; name="file"; filename="a%22%0D%0AX: y.png"\r\nContent-Type: image/png\r\n\r\n\x01\x00\xff\r\n--b1--\r\n',
		);
	});

	it('is read back by another implementation', async () => {
		const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
		const file = checkFile(
			{ field: 'file', label: 'Receipt', name: 'Überweisung.PNG', content: png },
			{ kind: 'file', maximumBytes: 100, extensions: ['png'] },
		);
		const { contentType, body } = multipart([['orderId', 'ü']], [file], 'b1');
		const form = await new Response(new Uint8Array(body), {
			headers: { 'Content-Type': contentType },
		}).formData();
		expect(form.get('orderId')).toBe('ü');
		const received = form.get('file');
		if (!(received instanceof File)) throw new Error('no file');
		expect([received.name, received.type, Buffer.from(await received.arrayBuffer())]).toEqual([
			'Überweisung.PNG',
			'image/png',
			png,
		]);
	});
});

it('hides every secret in a text', () => {
	expect(redacted('key s3cret and s3cret, signed', ['s3cret', ''])).toBe('key [hidden] and [hidden], signed');
});

describe('several parameters in one choice', () => {
	const choice: Operation = {
		...row,
		request: 'POST /v1/payments',
		wire: { constants: {} },
		fields: [{ displayName: 'Token', name: 'token', type: 'string', default: '', required: true }],
		options: [],
		rules: { token: { kind: 'parts', names: ['coin', 'chain', 'code'], optional: 1 } },
	};
	const split = (token: unknown) =>
		checkParameters(choice, { fields: { token }, options: {} }, noFile, 'UTC').then(({ values }) => values);

	it('are sent as the parameters that they stand for', async () => {
		expect(await split('USDT:TRX:USDTTRC20')).toEqual({ coin: 'USDT', chain: 'TRX', code: 'USDTTRC20' });
		expect(await split('USDT:TRX')).toEqual({ coin: 'USDT', chain: 'TRX' });
		expect(await split({ __rl: true, mode: 'list', value: 'BTC:BTC:BTC' })).toMatchObject({ coin: 'BTC' });
	});

	it.each(['USDT', 'USDT:', ':TRX', 'USDT:TRX:A:B', 'USDT: TRX', ''])('refuses %p', async (token) => {
		await expect(split(token)).rejects.toThrow(/Token (`.*` must be coin:chain:code|is empty)/);
	});
});

describe('a custom request', () => {
	const custom = { method: 'POST' as const, path: '/v1/x', query: [], body: '{"ignored":1}' };

	it('sends a form as fields in URL encoding', () => {
		const form = [
			{ name: 'address', value: 'T A&b=ü' },
			{ name: 'address', value: '' },
		];
		const { headers, body } = buildCustomRequest({ ...custom, form }, account, {});
		expect(headers['Content-Type']).toBe('application/x-www-form-urlencoded; charset=utf-8');
		expect(body?.toString('utf8')).toBe('address=T+A%26b%3D%C3%BC&address=');
	});

	// Readers of JSON differ in which of the two counts. A person could approve one, while the provider reads the other.
	it.each(['{"amount":1000,"amount":1}', '{"to":[{"a":{},"a":"{"}]}', '{"a":1,"\\u0061":2}'])(
		'is refused with a key that comes twice: %s',
		(body) => {
			expect(() => buildCustomRequest({ ...custom, body }, account, {})).toThrow('Body has a key twice');
		},
	);

	it.each(['{"a":":","b":{"a":"\\":"},"c":[{"a":1},{"a":1}]}', '{"__proto__":{"a":1}}', '[]', '"a:b"'])(
		'is sent byte for byte: %s',
		(body) => {
			expect(buildCustomRequest({ ...custom, body }, account, {}).body?.toString('utf8')).toBe(body);
		},
	);

	it('has another fingerprint for another field', () => {
		const of = (value: string) =>
			buildCustomRequest({ ...custom, form: [{ name: 'a', value }] }, account, {}).fingerprint;
		expect(of('1')).toBe(of('1'));
		expect(of('1')).not.toBe(of('2'));
	});

	it('has another fingerprint for other bytes that mean the same to some reader', () => {
		const { fingerprint: form } = buildCustomRequest(
			{ ...custom, form: [{ name: 'amount', value: '10.50' }] },
			account,
			{},
		);
		const bodies = ['[["amount","10.50"]]', '{"a":10.50}', '{"a":"10.50"}', '{"a":10.5}', '{ "a":10.5}'];
		const all = bodies.map((body) => buildCustomRequest({ ...custom, body }, account, {}).fingerprint);
		expect(new Set([...all, form]).size).toBe(all.length + 1);
	});
});
