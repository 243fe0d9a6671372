/** Shorter ones, and numbers, may stand in an answer by chance: what is hidden there must be no amount and no id. */
const MIN_HIDDEN_LENGTH = 8;

/** Longer ones are private keys, which no provider has: every spelling of one would make a huge expression. */
const MAX_SPELLED_LENGTH = 512;

/**
 * An answer's JSON text in which the provider repeats no secret, as it stands, escaped for JSON, HTML or a URL, or inside
 * of base64: everything that is made of an answer is saved with the execution.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	const long = secrets.filter((secret) => secret.length >= MIN_HIDDEN_LENGTH && !/^\d+$/.test(secret));
	const safe = withoutEncoded(redacted(text, [...new Set(long.flatMap(escapes))]), secrets, long);
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

const encoded = new WeakMap<readonly string[], RegExp[]>();

/** Debug output dumps headers in base64: the whole of a dump that has a secret in it is hidden. */
function withoutEncoded(text: string, secrets: readonly string[], long: readonly string[]): string {
	const patterns = encoded.get(secrets) ?? long.flatMap(inBase64);
	encoded.set(secrets, patterns);
	return patterns.reduce(withoutRuns, text);
}

/** Bytes of a long secret that are looked for: whoever dumps it dumps its beginning. */
const SOUGHT_BYTES = 96;

/** What base64 makes of a secret, wherever in the text it begins, without the letters that its neighbours decide on. */
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

/** Dumps are broken into lines. */
const BREAK = String.raw`(?:\\{1,7}[rn]|\s)*`;

function letterOf(letter: string): string {
	if (letter === '+') return '[+-]';
	return letter === '/' ? String.raw`(?:\\{0,7}/|_)` : letter;
}

const RUN_BEFORE = /(?:[A-Za-z0-9+/_-]|\\{1,7}(?:[rn]|(?=\/)))*$/;
const RUN_AFTER = /^(?:[A-Za-z0-9+/_=-]|\\{1,7}(?:[rn]|(?=\/)))*/;

/** The longest dump of headers: beyond, the run is no dump, and looking at all of it would take long. */
const MAX_RUN = 20_000;

function withoutRuns(text: string, pattern: RegExp): string {
	const kept: string[] = [];
	let place = 0;
	for (const { index, 0: found } of text.matchAll(pattern)) {
		// Inside of the run that was hidden just now.
		if (index < place) continue;
		const before = text.slice(Math.max(place, index - MAX_RUN), index);
		const after = text.slice(index + found.length, index + found.length + MAX_RUN);
		kept.push(text.slice(place, index - (RUN_BEFORE.exec(before)?.[0].length ?? 0)), HIDDEN);
		place = index + found.length + (RUN_AFTER.exec(after)?.[0].length ?? 0);
	}
	return kept.length === 0 ? text : kept.join('') + text.slice(place);
}
