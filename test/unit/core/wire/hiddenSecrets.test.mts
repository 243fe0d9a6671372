import { redacted, withoutSecrets } from '../../../../core/wire/secrets.ts';

const SECRET = `k&y"<'>/+=\\ sé${'c'.repeat(4)}ret`;

const escapedHtml = (text: string) =>
	text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#39;');

const everyUnit = (text: string) =>
	Array.from(
		{ length: text.length },
		(_, place) => `\\u${text.charCodeAt(place).toString(16).padStart(4, '0')}`,
	).join('');

/** JSON as Go's encoding/json and PHP's JSON_HEX_* write characters that could be read as HTML. */
const withoutHtml = (json: string) =>
	json.replace(/[&<>']/g, (one) => `\\u00${one.charCodeAt(0).toString(16).toUpperCase()}`);

const inAscii = (json: string) =>
	json.replace(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('an answer that repeats a secret is cleaned, however it is spelled', () => {
	it.each<[string, string]>([
		['as JSON', JSON.stringify(SECRET)],
		['as JSON in JSON', JSON.stringify(JSON.stringify(SECRET))],
		['as JSON of PHP', inAscii(JSON.stringify(SECRET)).replace(/\//g, '\\/')],
		['as JSON of Go', withoutHtml(JSON.stringify(SECRET))],
		['as JSON of Go in JSON', JSON.stringify(withoutHtml(JSON.stringify(SECRET)))],
		['with every character escaped', `"${everyUnit(SECRET)}"`],
		['as HTML in JSON', JSON.stringify(escapedHtml(SECRET))],
		['as HTML twice in JSON', JSON.stringify(escapedHtml(escapedHtml(SECRET)))],
		[
			'as HTML with numbers in JSON',
			JSON.stringify(SECRET.replace(/[^\w]/g, (one) => `&#${one.charCodeAt(0)};`)),
		],
		[
			'as HTML with hexadecimal numbers in JSON',
			JSON.stringify(SECRET.replace(/[^\w]/g, (one) => `&#x${one.charCodeAt(0).toString(16)};`)),
		],
		['as HTML in JSON of Go', withoutHtml(JSON.stringify(escapedHtml(SECRET)))],
		['in a URL', JSON.stringify(`https://example.com/?key=${encodeURIComponent(SECRET)}&x=1`)],
		['in a form', JSON.stringify(new URLSearchParams({ key: SECRET }).toString())],
		['in a URL in small letters', JSON.stringify(encodeURIComponent(SECRET).toLowerCase())],
	])('%s', (_case, json) => {
		const text = `{"amount":"10.50","said":[${json}]}`;
		expect(() => JSON.parse(text)).not.toThrow();
		const clean = withoutSecrets(text, [SECRET]);
		expect(clean).toContain('[hidden]');
		expect(clean).not.toMatch(/cccc/);
		expect(JSON.parse(clean)).toMatchObject({ amount: '10.50' });
	});
});

it('a secret that begins like another leaves no rest of the longer one', () => {
	const secrets = ['abcdefgh', 'abcdefgh-the-rest'];
	expect(withoutSecrets('{"a":"abcdefgh-the-rest"}', secrets)).toBe('{"a":"[hidden]"}');
	expect(redacted('abcdefgh-the-rest and abcdefgh', secrets)).toBe('[hidden] and [hidden]');
});

it('what is no secret stays as it is, byte for byte', () => {
	const text = '{"a":"100% &amp; \\u043e\\/\\u0026","url":"https:\\/\\/p.example\\/?a=%2F","n":12345678}';
	expect(withoutSecrets(text, [SECRET, 's3cret', '12345678'])).toBe(text);
});

it('a large answer full of escapes is cleaned in no more than seconds', () => {
	const text = `"${'\\u0026%26&amp;k&\\\\\\\\'.repeat(500_000)}"`;
	const begun = performance.now();
	expect(withoutSecrets(text, [SECRET])).toBe(text);
	expect(performance.now() - begun).toBeLessThan(30_000);
});

describe('a dump in base64 that has a secret in it is hidden as a whole', () => {
	const token = 'api-key-0123456789/+abc';
	const url = (text: string) => text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
	const inLines = (text: string) => text.replace(/(.{20})/g, '$1\r\n');
	const dumps = ['', 'a', 'ab', 'Authorization: Bearer '].flatMap((before) =>
		['', '\r\nHost: api.example'].map((after) => Buffer.from(before + token + after).toString('base64')),
	);
	it.each(dumps.flatMap((dump) => [dump, url(dump), inLines(dump)]))('%j', (dump) => {
		for (const json of [
			JSON.stringify({ amount: '10.50', dump, id: '79550727153510001' }),
			JSON.stringify({ amount: '10.50', dump, id: '79550727153510001' }).replace(/\//g, '\\/'),
			JSON.stringify({ amount: '10.50', dump: `data:text/plain;base64,${dump}`, id: '79550727153510001' }),
		]) {
			const clean = withoutSecrets(json, [token]);
			const decodable = clean.match(/[A-Za-z0-9+/_-]{12,}/g) ?? [];
			for (const run of decodable) expect(Buffer.from(run, 'base64').toString()).not.toMatch(/0123456789/);
			expect(JSON.parse(clean)).toMatchObject({ amount: '10.50', id: '79550727153510001' });
			expect(JSON.parse(clean).dump).toMatch(/^(data:text\/plain;base64,)?\[hidden\]$/);
		}
	});

	it('leaves other base64 as it is, and takes no time for a long one', () => {
		const picture = Buffer.alloc(3_000_000, 'picture').toString('base64');
		const text = JSON.stringify({ picture });
		expect(withoutSecrets(text, [token, 'another secret of eight'])).toBe(text);
	});
});
