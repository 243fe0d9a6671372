import * as fc from 'fast-check';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Refusal } from '../../../core/refusal.ts';
import { catalogue } from '../../catalogue.mts';
import { cases, expectNoPollution, patience, seed } from '../../fuzzing.mts';
import { markedCredentials } from '../../markedCredentials.mts';

const COUNT = cases(2_000);

const value = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme', maxLength: 300 }),
	fc.constantFrom<unknown>(
		undefined,
		null,
		0,
		true,
		{},
		[],
		{ toString: null },
		Number.NaN,
		'',
		' ',
		'a\r\nX-Evil: 1',
		'a\u0000',
		'\ud800',
		'={{ $env }}',
		'__proto__',
		'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
		'-----BEGIN ENCRYPTED PRIVATE KEY-----',
		`${'-----'.repeat(3000)}BEGIN`,
		'MIIB'.repeat(4000),
		'='.repeat(19_999) + 'A',
		'A'.repeat(1_000_000),
		' '.repeat(1_000_000),
		'otpauth://totp/a?secret=b',
		'JBSWY3DPEHPK3PXP',
		'http://127.0.0.1:1',
		'https://user:pass@example.com',
		'https://example.com/path',
		'https://example.com#',
		'https://exa mple.com',
		'https://example.com\\@evil.com',
		'https://[::1',
		'HTTPS://EXAMPLE.COM',
		'javascript:alert(1)',
		'file:///etc/passwd',
	),
);

/** A usable credential with some changed fields, so that the checks reach every field. */
function changed(name: string): fc.Arbitrary<ICredentialDataDecryptedObject> {
	const good: Record<string, unknown> = {
		...markedCredentials[name],
		// Reading an RSA key takes longer than everything else.
		...(name === 'rapira' ? { privateKey: 'x' } : {}),
		baseUrl: 'https://api.example.com',
	};
	const fields = Object.keys(good);
	return fc
		.array(fc.tuple(fc.constantFrom(...fields), value), { minLength: 1, maxLength: 3 })
		.map((changes) => ({ ...good, ...Object.fromEntries(changes) }) as ICredentialDataDecryptedObject);
}

const bodies = fc.constantFrom<unknown>(
	undefined,
	Buffer.from('{"amount":"1"}'),
	'{"a":1}',
	{ a: 1 },
	'{',
	'['.repeat(10_000),
	{ a: { b: [null, true] } },
);

function ours(cause: unknown): void {
	if (!(cause instanceof Refusal)) throw cause;
	if (cause.message.length > 400) throw new Error(`A message of ${cause.message.length} characters`);
	if (/\p{Cc}/u.test(cause.message)) throw new Error('A message with a line break');
}

describe.each(catalogue.map(({ provider, credential }) => [provider.name, provider, credential] as const))(
	'%s',
	(name, provider, credential) => {
		it(
			`${COUNT} credentials: an account or a refusal of ours; seed ${seed}`,
			() => {
				fc.assert(
					fc.property(changed(name), (values) => {
						try {
							const { origin, secrets } = provider.account(values);
							if (!/^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])/.test(origin))
								throw new Error(`An origin that is not ours: ${origin}`);
							if (secrets.some((secret) => typeof secret !== 'string'))
								throw new Error('A secret is no text');
						} catch (cause) {
							ours(cause);
						}
						expectNoPollution();
					}),
					{ numRuns: COUNT, seed },
				);
			},
			patience(COUNT),
		);

		it(
			`${COUNT} credentials sign, or refuse with a reason of ours; seed ${seed}`,
			async () => {
				const { authenticate } = credential;
				if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
				await fc.assert(
					fc.asyncProperty(changed(name), bodies, fc.boolean(), async (values, body, isOlder) => {
						const url = 'https://api.example.com/v1/a?b=c';
						const options = { method: 'POST' as const, url, body, headers: {} };
						const older = { ...options, uri: url };
						try {
							const sent = await authenticate(values, (isOlder ? older : options) as never);
							for (const text of Object.values(sent.headers ?? {}))
								if (!/^[\x20-\x7e]*$/.test(String(text))) throw new Error(`A header ${String(text)}`);
							if (new URL(sent.url).origin !== 'https://api.example.com') throw new Error('Another host');
						} catch (cause) {
							ours(cause);
						}
					}),
					{ numRuns: COUNT, seed },
				);
			},
			patience(COUNT),
		);
	},
);
