import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto';
import CryptoJS from 'crypto-js';
import * as fc from 'fast-check';
import { Refusal } from '../../../core/refusal.ts';
import { assertion, expiryOf, fingerprintOf, importPrivateKey } from '../../../nodes/Rapira/signing.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const key = importPrivateKey(pem);
const jwk = pair.privateKey.export({ format: 'jwk' });
const number = (part: string | undefined) =>
	BigInt(`0x${Buffer.from(part ?? '', 'base64url').toString('hex')}`);

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const decoded = (part: string | undefined) => Buffer.from(part ?? '', 'base64url').toString('utf8');

/** The DigestInfo of SHA-256 (RFC 8017, 9.2). */
const SHA256_INFO = '3031300d060960864801650304020105000420';

/** RSASSA-PKCS1-v1_5 by hand: crypto-js makes the hash, BigInt does the arithmetic. */
function padded(text: string): bigint {
	const digest = CryptoJS.SHA256(text).toString(CryptoJS.enc.Hex);
	const tail = `00${SHA256_INFO}${digest}`;
	return BigInt(`0x0001${'ff'.repeat(256 - 2 - tail.length / 2)}${tail}`);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
	let result = 1n;
	let square = base % modulus;
	for (let left = exponent; left > 0n; left >>= 1n) {
		if (left & 1n) result = (result * square) % modulus;
		square = (square * square) % modulus;
	}
	return result;
}

/** Whether another implementation accepts the assertion. */
function isSigned(jwt: string): boolean {
	const [header, payload, signature] = jwt.split('.');
	return power(number(signature), number(jwk.e), number(jwk.n)) === padded(`${header}.${payload}`);
}

describe("Rapira's assertion", () => {
	const claims = { exp: 1767225600, jti: '0123456789ABCDEF01234567' };

	it('has the fixed encodings of the reference', () => {
		const [header, payload] = assertion(key, claims).split('.');
		expect(header).toBe('eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9');
		expect(payload).toBe('eyJleHAiOjE3NjcyMjU2MDAsImp0aSI6IjAxMjM0NTY3ODlBQkNERUYwMTIzNDU2NyJ9');
		expect(base64url('{"typ":"JWT","alg":"RS256"}')).toBe('eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9');
	});

	it('has two claims and no padding, and is the same for the same claims', () => {
		const jwt = assertion(key, claims);
		expect(JSON.parse(decoded(jwt.split('.')[1]))).toEqual(claims);
		expect(jwt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{342}$/);
		expect(assertion(key, claims)).toBe(jwt);
	});

	it('is the signature that the private exponent gives, by other arithmetic', () => {
		const [header, payload, signature] = assertion(key, claims).split('.');
		const own = power(padded(`${header}.${payload}`), number(jwk.d), number(jwk.n));
		expect(signature).toBe(Buffer.from(own.toString(16).padStart(512, '0'), 'hex').toString('base64url'));
	});

	it('is taken by WebCrypto', async () => {
		const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
		const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
		const imported = await webcrypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
		const [header, payload, signature] = assertion(key, claims).split('.');
		const signed = Buffer.from(`${header}.${payload}`);
		const theirs = Buffer.from(signature ?? '', 'base64url');
		expect(await webcrypto.subtle.verify(algorithm, imported, theirs, signed)).toBe(true);
	});

	const odd = [
		'{}',
		'[]',
		'',
		' ',
		'ü',
		'漢字',
		'😀',
		'"',
		'\\',
		'\n',
		'\u0000',
		'=',
		'+/',
		'-_',
		'.',
		'%20',
		'&a=b',
	];
	const times = [1, 1767225600, 2147483647, 2147483648, 4102444800, 9007199254740991];
	const ids = [
		'a',
		'A'.repeat(24),
		'f'.repeat(1000),
		'0'.repeat(32),
		crypto.randomUUID(),
		'1e3',
		'null',
		'true',
	];
	const cases = [
		...[...odd, ...ids].map((jti) => ({ exp: 1767225600, jti })),
		...times.map((exp) => ({ exp, jti: '0123456789ABCDEF01234567' })),
	];
	it.each(cases)('agrees with another implementation about %j', (one) => {
		const jwt = assertion(key, one);
		expect(isSigned(jwt)).toBe(true);
		expect(JSON.parse(decoded(jwt.split('.')[1]))).toEqual(one);
	});

	it('agrees with another implementation about anything', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (jti, exp) => {
				expect(isSigned(assertion(key, { exp, jti }))).toBe(true);
			}),
			{ numRuns: 50 },
		);
	});

	it('is not taken when anything is changed', () => {
		const jwt = assertion(key, claims);
		const [header, , signature] = jwt.split('.');
		expect(isSigned(`${header}.${base64url('{"exp":1767225601}')}.${signature}`)).toBe(false);
		expect(isSigned(jwt.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')))).toBe(false);
	});
});

describe('the private key is read whatever it is wrapped in', () => {
	const pkcs1 = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
	const mislabelled = pem.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY');
	const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');
	const wrap = (text: string) => Buffer.from(text).toString('base64');
	const oneLine = mislabelled.trim().replace(/\n(?!-)/g, '');
	const variants: Array<[string, string]> = [
		['PKCS#8 PEM', pem],
		['PKCS#8 under the label of PKCS#1', mislabelled],
		['base64 of that, as the account hands it out', wrap(mislabelled)],
		['base64 with line breaks', wrap(mislabelled).replace(/(.{64})/g, '$1\n')],
		['the body as one line', oneLine],
		['line breaks as the two characters \\n', mislabelled.replace(/\n/g, '\\n')],
		['line breaks as spaces', mislabelled.replace(/\n/g, ' ')],
		['no line breaks', mislabelled.replace(/\n/g, '')],
		['CRLF', mislabelled.replace(/\n/g, '\r\n')],
		['CRLF as characters', mislabelled.replace(/\n/g, '\\r\\n')],
		['no white space at all', mislabelled.replace(/\s/g, '')],
		['the bare base64 body', body],
		['base64 of a PEM with \\n as characters', wrap(mislabelled.replace(/\n/g, '\\n'))],
		['spaces beside the dashes', pem.replace(/-----([^-]+)-----/g, '----- $1 -----')],
		['PKCS#1 PEM', pkcs1],
		['base64 of PKCS#1 PEM', wrap(pkcs1)],
		['PKCS#1 under the label of PKCS#8', pkcs1.replaceAll('RSA PRIVATE KEY', 'PRIVATE KEY')],
		['bare base64 of PKCS#1', pkcs1.replace(/-----[^-]+-----/g, '').replace(/\s/g, '')],
	];
	const around: Array<[string, (text: string) => string]> = [
		['', (text) => text],
		[' in double quotes', (text) => `"${text}"`],
		[' in single quotes', (text) => `'${text}'`],
		[' with white space around it', (text) => ` \n\t${text} \n`],
		[' in quotes with white space', (text) => ` "${text}"\n`],
	];
	const same = createHash('sha256')
		.update(pair.publicKey.export({ type: 'spki', format: 'der' }))
		.digest('hex');
	const all = variants.flatMap(([name, text]) =>
		around.map(([how, put]): [string, string] => [`${name}${how}`, put(text)]),
	);
	it.each(all)('%s', (_name, text) => expect(fingerprintOf(importPrivateKey(text))).toBe(same));
});

describe('what is no RSA private key is refused with a reason, without the key in it', () => {
	const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
	const damaged = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
	// This byte is in the name of the algorithm.
	damaged[11] = 0x55;
	const encrypted = { cipher: 'aes-256-cbc', passphrase: 'x' };
	const pkcs8Encrypted = pair.privateKey.export({ type: 'pkcs8', format: 'pem', ...encrypted }).toString();
	const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' });
	const body = pem.replace(/-----[^-]+-----/g, '').trim();
	const bytes = (...all: number[]) => Buffer.from(all).toString('base64');
	const pkcs1Encrypted = pair.privateKey.export({ type: 'pkcs1', format: 'pem', ...encrypted }).toString();
	it.each<[string, string, RegExp]>([
		['empty', '', /is empty/],
		['white space', ' \n', /is empty/],
		['white space in quotes', '" "', /is empty/],
		['line breaks as characters', '\\r\\n', /is empty/],
		['words', 'my private key', /is not a key/],
		['an encrypted PKCS#8 key', pkcs8Encrypted, /is encrypted/],
		['an encrypted PKCS#1 key', pkcs1Encrypted, /is encrypted/],
		[
			'an encrypted PKCS#1 key without a space',
			pkcs1Encrypted.replace('Proc-Type: 4', 'Proc-Type:4'),
			/is encrypted/,
		],
		[
			'an encrypted PKCS#1 key with one more space',
			pkcs1Encrypted.replace('4,ENCRYPTED', '4, ENCRYPTED'),
			/is encrypted/,
		],
		['an encrypted key without its label', pkcs8Encrypted.replace(/-----[^-]+-----/g, ''), /is encrypted/],
		['an EC key', ec.export({ type: 'pkcs8', format: 'pem' }).toString(), /is not an RSA key/],
		[
			'an EC key of its own kind',
			ec.export({ type: 'sec1', format: 'pem' }).toString(),
			/not a private RSA key/,
		],
		[
			'a public key',
			pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
			/is not a private key/,
		],
		['an Ed25519 key', ed25519.toString('base64'), /is not an RSA key/],
		['a cut off Ed25519 key', ed25519.subarray(0, -1).toString('base64'), /is cut off/],
		['a cut off PEM', pem.slice(0, 900), /is cut off/],
		['a PEM whose last line is missing', pem.replace(/-----END[^-]+-----/, ''), /is cut off/],
		['a PEM whose last line is cut after four dashes', pem.replace(/-END[^-]+-----/, ''), /is cut off/],
		['a PEM with nothing in it', '-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----', /is not a key/],
		['a cut off body', body.slice(0, 800), /is cut off/],
		['one byte less', body.replace(/.{4}$/, ''), /is cut off/],
		['the first two bytes alone', bytes(0x30, 0x82), /is cut off/],
		['a length of four bytes', bytes(0x30, 0x84, 0, 0, 0, 1), /is cut off/],
		['a length of more bytes than any key has', bytes(0x30, 0x85, 0, 0, 0, 0, 1), /is not a key/],
		['a stray sign before the key', `!${body}`, /is not a key/],
		['a stray sign within the key', body.replace(/.{50}/, '$&!'), /is not a key/],
		['a stray sign after the key', `${body}!`, /is not a key/],
		['a damaged key', damaged.toString('base64'), /is damaged/],
		['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /is not a private key/],
		['JSON', '{"key":"x"}', /is not a key/],
	])('%s', (_name, text, message) => {
		let thrown: unknown;
		try {
			importPrivateKey(text);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toBeInstanceOf(Refusal);
		const told = thrown instanceof Refusal ? `${thrown.message} ${thrown.nextStep}` : '';
		expect(told).toMatch(message);
		expect(told).toContain('Copy the whole private key');
		expect(told).not.toMatch(/MII|[A-Za-z0-9+/]{30}/);
	});

	it('never throws anything else, whatever is pasted', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.base64String(),
					fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
				),
				(text) => {
					expect(() => importPrivateKey(text)).toThrow(Refusal);
				},
			),
		);
	});
});

describe('the end of a token', () => {
	const token = (payload: unknown) => `h.${base64url(JSON.stringify(payload))}.s`;
	it.each([
		[token({ exp: 1767229200 }), 1767229200],
		[token({ exp: '1767229200' }), 1767229200],
		[token({ exp: 0 }), undefined],
		[token({ exp: null }), undefined],
		[token({ exp: true }), undefined],
		[token({ exp: [1767229200] }), undefined],
		[token({ exp: 'soon' }), undefined],
		[token({ iat: 1 }), undefined],
		[token([1]), undefined],
		['opaque', undefined],
		['', undefined],
		['a.b.c', undefined],
	])('%s', (text, exp) => expect(expiryOf(text)).toBe(exp));
});

it('knows the two halves of a key as one', () => {
	expect(fingerprintOf(createPrivateKey(pem))).toBe(fingerprintOf(key));
	expect(createPublicKey(key).asymmetricKeyType).toBe('rsa');
});
