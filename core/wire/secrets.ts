/** Shorter ones, and numbers, may stand in an answer by chance: what is hidden there must be no amount and no id. */
const MIN_HIDDEN_LENGTH = 8;

/** Longer ones are private keys, which no provider has: every spelling of one would make a huge expression. */
const MAX_SPELLED_LENGTH = 512;

/**
 * An answer's JSON text in which the provider repeats no secret, as it stands or escaped for JSON, HTML or a URL:
 * everything that is made of an answer is saved with the execution.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	const long = secrets.filter((secret) => secret.length >= MIN_HIDDEN_LENGTH && !/^\d+$/.test(secret));
	const safe = redacted(text, [...new Set(long.flatMap(escapes))]);
	if (!/[&%]|\\u/.test(safe)) return safe;
	return spellingsOf(secrets, long).reduce((cleaner, spelling) => cleaner.replace(spelling, HIDDEN), safe);
}

/** A text with every secret in it replaced, for messages that quote a provider. */
export function redacted(text: string, secrets: readonly string[]): string {
	return longestFirst(secrets)
		.filter((secret) => secret.length >= 4)
		.reduce((safe, secret) => safe.split(secret).join(HIDDEN), text);
}

const HIDDEN = '[hidden]';

/** So that no half of one is left. */
function longestFirst(secrets: readonly string[]): string[] {
	return [...secrets].sort((one, other) => other.length - one.length);
}

/** As it stands, and escaped once or twice as JSON.stringify and PHP, with `\/` for a slash, do it. */
function escapes(secret: string): string[] {
	const once = JSON.stringify(secret).slice(1, -1);
	const twice = JSON.stringify(once).slice(1, -1);
	return [twice, once, secret].flatMap((one) => [
		one.replace(/\//g, '\\\\\\/'),
		one.replace(/\//g, '\\/'),
		one,
	]);
}

/** One run asks often, always with the secrets of one account. */
const known = new WeakMap<readonly string[], RegExp[]>();

function spellingsOf(secrets: readonly string[], long: readonly string[]): RegExp[] {
	const spellings =
		known.get(secrets) ??
		longestFirst(long)
			.filter(({ length }) => length <= MAX_SPELLED_LENGTH)
			// Backslashes in a row as one: taken one by one, each could be any of them.
			.map((secret) => new RegExp((secret.match(/\\+|[^\\]/gu) ?? []).map(spelled).join(''), 'g'));
	known.set(secrets, spellings);
	return spellings;
}

/** JSON inside JSON inside JSON. */
const BACKSLASHES = String.raw`\\{1,7}`;

const AMPERSAND = `(?:&|${BACKSLASHES}u0026)(?:amp;){0,2}`;

const HTML_NAMES: ReadonlyMap<string, string> = new Map([
	['&', 'amp'],
	['<', 'lt'],
	['>', 'gt'],
	['"', 'quot'],
	["'", 'apos'],
]);

/** Everything that a character of a secret may have become, as the source of a regular expression. */
function spelled(character: string): string {
	if (character.startsWith('\\')) {
		const each = `(?:${BACKSLASHES}u005[cC]|%5[cC]|${AMPERSAND}#(?:0{0,4}92|[xX]0{0,4}5[cC]);)`;
		return String.raw`(?:\\{${character.length},${character.length * 8}}|${each}{${character.length}})`;
	}
	const units = Array.from({ length: character.length }, (_, place) => character.charCodeAt(place));
	const escaped = units.map((unit) => `${BACKSLASHES}u${hexadecimal(unit, 4)}`).join('');
	if (/[A-Za-z0-9]/.test(character)) return `(?:${character}|${escaped})`;
	const code = character.codePointAt(0) ?? 0;
	const bytes = [...Buffer.from(character, 'utf8')].map((byte) => `%${hexadecimal(byte, 2)}`).join('');
	const names = [
		`#0{0,4}${code}`,
		`#[xX]0{0,4}${hexadecimal(code, 1)}`,
		HTML_NAMES.get(character) ?? [],
	].flat();
	const plain = character === ' ' ? '[ +]' : String.raw`\\{0,7}${literal(character)}`;
	return `(?:${plain}|${escaped}|${bytes}|${AMPERSAND}(?:${names.join('|')});)`;
}

function hexadecimal(value: number, digits: number): string {
	const text = value.toString(16).padStart(digits, '0');
	return text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function literal(character: string): string {
	return character.replace(/[$()*+.?[\]^{|}]/, '\\$&');
}
