import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

/** Shorter secrets are found in harmless texts too. */
const SHORTEST = 8;

const known = new Map<string, string[]>();

/** Every spelling that a secret may have in a text. */
export function spellings(secret: string): string[] {
	const cached = known.get(secret);
	if (cached) return cached;
	const bytes = Buffer.from(secret, 'utf8');
	const escaped = escape(secret);
	const hex = bytes.toString('hex');
	const base64 = [0, 1, 2].flatMap((offset) => within(bytes, offset));
	const found = [
		secret,
		escaped,
		escape(escaped),
		escape(escape(escaped)),
		hex,
		hex.toUpperCase(),
		...base64,
		...base64.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_')),
		encodeURIComponent(secret),
		new URLSearchParams({ a: secret }).toString().slice(2),
	];
	const all = [...new Set(found)];
	known.set(secret, all);
	return all;
}

/** The text as JSON writes it. n8n keeps JSON in texts of JSON, and sends that as JSON again. */
const escape = (text: string) => JSON.stringify(text).slice(1, -1);

/** Base64 of the secret after so many other bytes, without the letters at the ends that depend on other bytes. */
function within(bytes: Buffer, offset: number): string[] {
	const text = Buffer.concat([Buffer.alloc(offset), bytes])
		.toString('base64')
		.replace(/=+$/, '');
	const end = (offset + bytes.length) % 3 === 0 ? text.length : text.length - 1;
	const part = text.slice([0, 2, 3][offset], end);
	return part.length >= SHORTEST ? [part] : [];
}

/** A value for a secret that is found wherever it appears. All its spellings differ from each other. */
export const marker = (what: string) => `MARK?${what}/secret+of&it="\\`;

/**
 * The secrets of a credential: the values that its type masks in the editor. Each line of a key is a secret, also when the
 * key is base64 of its lines.
 */
export function secretsOf(type: ICredentialType, values: ICredentialDataDecryptedObject): string[] {
	return type.properties
		.filter(({ typeOptions }) => typeOptions?.password === true)
		.flatMap(({ name }) => values[name])
		.filter((value): value is string => typeof value === 'string')
		.flatMap((value) => [value, ...linesOf(value), ...linesOf(decoded(value))])
		.filter((value) => value.length >= SHORTEST);
}

function linesOf(value: string): string[] {
	return value.split(/\r?\n|\\n/).filter((line) => !line.startsWith('-----'));
}

/** The key behind its base64. Empty when the value is not base64 of a key. */
function decoded(value: string): string {
	const text = Buffer.from(value, 'base64').toString('latin1');
	return text.startsWith('-----') ? text : '';
}

/** Headers that prove who sends. While a proof is fresh, it is as good as a secret. */
const PROOFS = [
	'authorization',
	'x-auth-sign',
	'x-auth-token',
	'x-gatepay-signature',
	'x-identity',
	'x-signature',
	'x-notification-token',
];

/** The tokens and signatures in the headers of a request. */
export function proofsIn(headers: Readonly<Record<string, unknown>>): string[] {
	return PROOFS.map((name) => String(headers[name] ?? '').replace(/^Bearer /, '')).filter(
		(value) => value.length >= SHORTEST,
	);
}

/**
 * Which of the secrets are in a text: the beginning of each, and the text before it.
 * @param written the spellings to look for. A proof that is used once is looked for as it is
 */
export function leaksIn(
	text: string,
	secrets: readonly string[],
	written: (secret: string) => string[] = spellings,
): string[] {
	return secrets.flatMap((secret) => {
		const spelling = written(secret).find((one) => text.includes(one));
		if (spelling === undefined) return [];
		const place = text.indexOf(spelling);
		return [`${secret.slice(0, 4)}... behind: ${text.slice(Math.max(0, place - 120), place)}`];
	});
}
