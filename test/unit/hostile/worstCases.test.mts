import { checkFile } from '../../../core/fields/file.ts';
import { multipart } from '../../../core/wire/multipart.ts';
import { parseJsonOrNothing, present, readJson } from '../../../core/exact/json.ts';
import type { Operation } from '../../../core/provider/operation.ts';
import { buildRequest } from '../../../core/wire/request.ts';
import { checkField } from '../../../core/fields/rules.ts';
import { significantDigits } from '../../../core/exact/decimal.ts';
import { transmitPlain } from '../../../core/wire/transport.ts';
import { receiveWebhook } from '../../../core/events/webhook.ts';
import { totpKey } from '../../../nodes/BridgePay/totp.ts';
import { safeBody } from '../../../nodes/OkiPays/signing.ts';
import { toPayment } from '../../../nodes/OkiPays/payment.ts';
import { okiPaysWebhook } from '../../../nodes/OkiPays/webhook.ts';
import { catalogue } from '../../catalogue.mts';

// A careless expression takes hours for such a text. If one becomes slow again, its test meets jest's time limit.
const LONG = 2_000_000;

const operation = (request: string): Operation => {
	const all = catalogue.flatMap(({ provider }) => provider.resources.flatMap(({ operations }) => operations));
	const found = all.find((one) => one.request === request);
	if (!found) throw new Error(`No ${request}`);
	return found;
};

describe('time grows with the length of a text, not with its square', () => {
	const files = catalogue.flatMap(({ provider }) =>
		provider.resources.flatMap(({ operations }) =>
			operations.filter(({ returns }) => 'file' in returns).map((one) => [provider, one] as const),
		),
	);
	const texts: Array<[string, string]> = [
		['comments without a picture', '<!-- -->'.repeat(LONG / 8)],
		['comments without an end', '<!--'.repeat(LONG / 4)],
		['declarations', '<?xml '.repeat(LONG / 6)],
		['beginnings of tokens', `"${'eyJaaaaa'.repeat(LONG / 8)}"`],
		['beginnings of tokens with points', `"${'eyJaaaaa.a'.repeat(LONG / 10)}"`],
		['points', `"${'.'.repeat(LONG)}"`],
		['white space', ' '.repeat(LONG)],
		['quotation marks', '"'.repeat(LONG)],
		['escapes', `"${'\\\\'.repeat(LONG * 4)}"`],
		['digits', '1'.repeat(LONG)],
		['zeros', `0.${'0'.repeat(LONG)}1`],
		['brackets', '['.repeat(LONG)],
		['nested lists', `${'['.repeat(LONG / 2)}${']'.repeat(LONG / 2)}`],
		['nested objects', `${'{"a":'.repeat(LONG / 8)}1${'}'.repeat(LONG / 8)}`],
		['a list of a million', `[${'1.5,'.repeat(LONG / 4)}1]`],
		['surrogates', `"${'\ud800'.repeat(LONG)}"`],
	];

	it.each(texts)('an answer of %s', (_what, text) => {
		for (const { provider } of catalogue) {
			const [read] = provider.resources.flatMap(({ operations }) => operations);
			if (read) expect(provider.verdict({ status: 200, headers: {}, text }, read)).toHaveProperty('state');
		}
		for (const [provider, one] of files)
			expect(provider.verdict({ status: 200, headers: {}, text }, one)).toHaveProperty('state');
	});

	it('a picture behind its declaration and comments is a picture, and half of one is not', () => {
		const bridgePay = files.find(([provider]) => provider.name === 'bridgePay');
		if (!bridgePay) throw new Error('No file at BridgePay');
		const [provider, one] = bridgePay;
		const svg =
			'\ufeff<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<!DOCTYPE svg>\n<svg width="1"><g/></svg>\n';
		const stateOf = (text: string) => provider.verdict({ status: 200, headers: {}, text }, one).state;
		expect(stateOf(svg)).toBe('accepted');
		expect(stateOf(svg.replace('</svg>', ''))).toBe('unclear');
		expect(stateOf(svg.replace('<svg', '<html><svg'))).toBe('unclear');
	});

	it('zeros before a digit, in an amount and in a body that is signed', () => {
		expect(significantDigits(`0.${'0'.repeat(LONG)}1`)).toBe(1);
		expect(significantDigits(`1.${'0'.repeat(LONG)}1`)).toBe(LONG + 2);
		expect(() => safeBody(`{"a":1.${'0'.repeat(LONG)}1}`)).toThrow(/more than 14 digits/);
	});

	it('a TOTP secret of padding', () => {
		expect(() => totpKey(`${'='.repeat(LONG)}A`)).toThrow(/not a Base32 secret/);
	});
});

describe('JSON of attackers', () => {
	it('that is nested too deeply is no JSON: what goes through it level by level would end the stack', () => {
		const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
		expect(parseJsonOrNothing(nested(100))).toBeDefined();
		expect(parseJsonOrNothing(nested(101))).toBeUndefined();
		expect(() => readJson(nested(101), String)).toThrow(SyntaxError);
		// Brackets inside texts do not count, not even after an escaped quotation mark.
		expect(parseJsonOrNothing(JSON.stringify({ a: `"${nested(200)}\\` }))).toEqual({
			a: `"${nested(200)}\\`,
		});
	});

	it('keeps `__proto__` as a member like any other, wherever values go through', () => {
		const parsed = parseJsonOrNothing('{"__proto__":{"admin":1.5},"constructor":{"prototype":{"x":1}}}');
		const copy: unknown = present({ ...Object(parsed) });
		expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
		expect(JSON.stringify(copy)).toContain('"__proto__"');
		expect(Object(copy).admin).toBeUndefined();
		expect(Object({}).admin).toBeUndefined();
	});

	it.each(['constructor', '__proto__', 'toString'])('finds no status and no next step under %s', (name) => {
		expect(toPayment('order', { status_id: name }).providerStatus).toBe(name);
		expect(toPayment('order', { status: name, status_id: '1' }).providerStatus).toBe(name);
		for (const { provider } of catalogue) {
			const [first] = provider.resources.flatMap(({ operations }) => operations);
			const text = JSON.stringify({ status: 'FAIL', success: false, code: name, message: 'm', error: 'e' });
			const verdict = first && provider.verdict({ status: 400, headers: {}, text }, first);
			if (verdict?.state === 'refused' && verdict.nextStep !== undefined)
				expect(typeof verdict.nextStep).toBe('string');
		}
	});
});

describe('what a user or an expression puts into an address, a header or a file name', () => {
	const account = { origin: 'https://api.example.com', id: 'a', secrets: [] };
	const getInvoice = operation('GET /api/merchant/withdrawals/{id}');
	const urlOf = (id: string) =>
		buildRequest(getInvoice, { account, headers: {}, values: { id }, files: [], boundary: '' }).url;

	it.each([
		'../../admin',
		'%2e%2e%2fadmin',
		'a/b',
		'a\\b',
		'a?b=c',
		'a#b',
		'a;b',
		'a%00',
		'//evil.example',
		'@evil',
	])('%p stays one part of the path', (id) => {
		const url = new URL(urlOf(id));
		expect(url.origin).toBe('https://api.example.com');
		expect(url.search + url.hash).toBe('');
		const parts = url.pathname.split('/');
		expect(parts).toHaveLength(getInvoice.request.split('/').length);
		expect(decodeURIComponent(parts.at(-1) ?? '')).toBe(id);
	});

	it.each(['.', '..', '', 'a\ud800', 'a'.repeat(301)])('%p is refused', (id) => {
		expect(() => urlOf(id)).toThrow(/cannot stand in a path/);
	});

	it.each(['a\r\nX-Evil: 1', 'a\nb', 'a\u0000b', 'a b', 'ä', '\u202ea'])(
		'the reference %p is refused',
		(reference) => {
			const rule = { kind: 'reference' as const, maximumLength: 64 };
			const field = { label: 'Reference', required: true, timezone: 'UTC' };
			expect(() => checkField(reference, rule, field)).toThrow(
				/characters that are not taken|nobody can see/,
			);
		},
	);

	it('half a character is refused in any text', () => {
		const field = { label: 'Note', required: false, timezone: 'UTC' };
		expect(() => checkField('a\ud800', undefined, field)).toThrow(/has half a character/);
		expect(checkField('a😀', undefined, field)).toBe('a😀');
	});

	const rule = { kind: 'file' as const, maximumBytes: 100 };
	const file = (name: string) => ({ field: 'f', label: 'Receipt', name, content: Buffer.from('x') });

	it.each([
		'a\r\nContent-Type: text/html\r\n\r\n<script>.png',
		'a\nb.png',
		'a\u0000.png',
		'../../etc/passwd',
		'C:\\a.png',
		'a\u2028b.png',
		'a\ud800.png',
	])('the file name %p is refused', (name) => {
		expect(() => checkFile(file(name), rule)).toThrow(/is not the name of a file alone/);
	});

	it.each(['a".txt', 'квитанция №5.txt', "o'neil; filename=x.txt", 'a%22.txt', '😀.txt'])(
		'the file name %p begins no header and ends no quotation',
		(name) => {
			const { body } = multipart([], [checkFile(file(name), rule)], 'b');
			const head = body.toString('utf8').split('\r\n\r\n')[0] ?? '';
			expect(head.split('\r\n')).toHaveLength(3);
			expect(head.split('\r\n')[1]?.match(/"/g)).toHaveLength(4);
		},
	);

	it('a header that Node refuses was never sent', async () => {
		const thrown = Object.assign(new TypeError('Invalid character in header content'), {
			code: 'ERR_INVALID_CHAR',
		});
		const helpers = { httpRequest: () => Promise.reject(thrown) };
		const request = { method: 'POST' as const, url: 'https://a.example', headers: {} };
		expect(await transmitPlain({ helpers } as never, request, 1000)).toMatchObject({ state: 'never-sent' });
	});
});

it('a notification that cannot be read to its end is refused, and starts no execution', async () => {
	const sent: unknown[] = [];
	const warnings: string[] = [];
	const response = {
		status: (code: number) => (sent.push(code), response),
		json: (body: unknown) => (sent.push(body), response),
		end: () => response,
	};
	const context = {
		getCredentials: async () => ({ token: 'token', secret: 'secret' }),
		getNodeParameter: () => undefined,
		getHeaderData: () => ({ 'content-type': 'multipart/form-data', 'content-encoding': 'gzip' }),
		getRequestObject: () => ({
			readRawBody: () => Promise.reject(new Error('request entity too large')),
		}),
		getResponseObject: () => response,
		logger: { warn: (text: string) => warnings.push(text) },
	};
	const answer = await receiveWebhook.call(context as never, okiPaysWebhook);
	expect(answer).toEqual({ noWebhookResponse: true });
	expect(sent[0]).toBe(401);
	expect(warnings).toEqual([expect.stringMatching(/^OkiPays: A notification was refused with 401\. /)]);
});
