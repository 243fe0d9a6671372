/**
 * A shorter secret, or one of digits only, may be in an answer by chance. Hiding it could destroy an amount or an id.
 */
const MIN_HIDDEN_LENGTH = 8;

/** A longer secret is a private key, which no provider has. An expression for all its spellings would be huge. */
const MAX_SPELLED_LENGTH = 512;

/**
 * Removes all secrets from an answer's JSON text: plain, escaped for JSON, HTML or a URL, or inside of base64. n8n
 * saves everything that is made of an answer with the execution.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	const long = secrets.filter((secret) => secret.length >= MIN_HIDDEN_LENGTH && !/^\d+$/.test(secret));
	const safe = withoutEncoded(redacted(text, [...new Set(long.flatMap(escapes))]), secrets, long);
	if (!/[&%]|\\u/.test(safe)) return safe;
	return spellingsOf(secrets, long).reduce((cleaner, spelling) => cleaner.replace(spelling, HIDDEN), safe);
}

/** Replaces every secret in a text, for messages that quote a provider. */
export function redacted(text: string, secrets: readonly string[]): string {
	return longestFirst(secrets)
		.filter((secret) => secret.length >= 4)
		.reduce((safe, secret) => safe.split(secret).join(HIDDEN), text);
}

const HIDDEN = '[hidden]';

/** The longest secret comes first. A secret inside a longer one would otherwise leave a part of it visible. */
function longestFirst(secrets: readonly string[]): string[] {
	return [...secrets].sort((one, other) => other.length - one.length);
}

/** The secret itself, and escaped once or twice like JSON.stringify and like PHP, which writes `\/` for a slash. */
function escapes(secret: string): string[] {
	const once = JSON.stringify(secret).slice(1, -1);
	const twice = JSON.stringify(once).slice(1, -1);
	return [twice, once, secret].flatMap((one) => [
		one.replace(/\//g, '\\\\\\/'),
		one.replace(/\//g, '\\/'),
		one,
	]);
}

/** A run asks many times with the secrets of one account, so the expressions are kept. */
const known = new WeakMap<readonly string[], RegExp[]>();

function spellingsOf(secrets: readonly string[], long: readonly string[]): RegExp[] {
	const spellings =
		known.get(secrets) ??
		longestFirst(long)
			.filter(({ length }) => length <= MAX_SPELLED_LENGTH)
			// Several backslashes in a row count as one unit. As single characters, each could match any of them,
			// which takes very long.
			.map((secret) => new RegExp((secret.match(/\\+|[^\\]/gu) ?? []).map(spelled).join(''), 'g'));
	known.set(secrets, spellings);
	return spellings;
}

/** Enough backslashes for JSON inside JSON inside JSON. */
const BACKSLASHES = String.raw`\\{1,7}`;

const AMPERSAND = `(?:&|${BACKSLASHES}u0026)(?:amp;){0,2}`;

const HTML_NAMES: ReadonlyMap<string, string> = new Map([
	['&', 'amp'],
	['<', 'lt'],
	['>', 'gt'],
	['"', 'quot'],
	["'", 'apos'],
]);

/** The source of a regular expression for all spellings of a secret's character. */
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

const encoded = new WeakMap<readonly string[], RegExp[]>();

/** Debug output may contain headers in base64. If such a dump contains a secret, the whole dump is hidden. */
function withoutEncoded(text: string, secrets: readonly string[], long: readonly string[]): string {
	const patterns = encoded.get(secrets) ?? long.flatMap(inBase64);
	encoded.set(secrets, patterns);
	return patterns.reduce(withoutRuns, text);
}

/** How many bytes of a long secret are searched for. A dump of a secret contains its beginning. */
const SOUGHT_BYTES = 96;

/**
 * The base64 forms of a secret at any position in a text. The letters that also depend on the neighbouring bytes are
 * left out.
 */
function inBase64(secret: string): RegExp[] {
	const bytes = Buffer.from(secret, 'utf8').subarray(0, SOUGHT_BYTES);
	return [0, 1, 2].flatMap((before) => {
		const letters = Buffer.concat([Buffer.alloc(before), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		const isWhole = (before + bytes.length) % 3 === 0;
		const core = letters.slice([0, 2, 3][before], isWhole ? undefined : -1);
		return core.length < MIN_HIDDEN_LENGTH ? [] : new RegExp([...core].map(letterOf).join(BREAK), 'g');
	});
}

/** Line breaks may divide a dump. */
const BREAK = String.raw`(?:\\{1,7}[rn]|\s)*`;

function letterOf(letter: string): string {
	if (letter === '+') return '[+-]';
	return letter === '/' ? String.raw`(?:\\{0,7}/|_)` : letter;
}

const RUN_BEFORE = /(?:[A-Za-z0-9+/_-]|\\{1,7}(?:[rn]|(?=\/)))*$/;
const RUN_AFTER = /^(?:[A-Za-z0-9+/_=-]|\\{1,7}(?:[rn]|(?=\/)))*/;

/** The longest dump of headers. A longer run of letters is not a dump, and searching all of it would take long. */
const MAX_RUN = 20_000;

function withoutRuns(text: string, pattern: RegExp): string {
	const kept: string[] = [];
	let place = 0;
	for (const { index, 0: found } of text.matchAll(pattern)) {
		// This match is inside the run that was just hidden.
		if (index < place) continue;
		const before = text.slice(Math.max(place, index - MAX_RUN), index);
		const after = text.slice(index + found.length, index + found.length + MAX_RUN);
		kept.push(text.slice(place, index - (RUN_BEFORE.exec(before)?.[0].length ?? 0)), HIDDEN);
		place = index + found.length + (RUN_AFTER.exec(after)?.[0].length ?? 0);
	}
	return kept.length === 0 ? text : kept.join('') + text.slice(place);
}
