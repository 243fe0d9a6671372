/** A JSON value whose numbers are exact: what a JavaScript number cannot hold is a string. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
	[key: string]: Json;
}

/** A number that is written into JSON with exactly these digits, e.g. an amount that a provider documents as a number. */
export class ExactNumber {
	readonly digits: string;

	/** @throws TypeError when the text is not a JSON number without an exponent */
	constructor(digits: string) {
		this.digits = digits;
		if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(digits)) throw new TypeError('Not the digits of a JSON number');
	}
}

/** What `writeJson` takes: JSON and exact numbers; `undefined` members are left out. */
export type WritableJson =
	string | number | boolean | null | undefined | ExactNumber | WritableJson[] | WritableObject;
export interface WritableObject {
	[key: string]: WritableJson;
}

// A whole JSON string (skipped) or a whole JSON number (looked at).
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** No provider nests deeper than ten levels; what goes through values level by level would end the stack. */
const MAX_DEPTH = 100;
// What comes before a number in JSON, and the beginning of one that a JavaScript number may not hold. Where it stands in a
// string it costs time and changes nothing.
const PERHAPS_INEXACT = /(?:^|[\s[:,])(?:-0|-?\d+[.eE]|-?\d{16})/;

/**
 * JSON text to values without losing a digit: integers up to 2^53 stay numbers; larger integers, decimals
 * and exponents become strings with the digits that were received (`0.1000`, `7615917337495251231`).
 * @throws SyntaxError when the text is not JSON, or nested too deeply
 */
export function parseJson(text: string): Json {
	refuseDeep(text);
	// Parsed as it stands first: the rewritten text below would let `{1.5: 2}` pass.
	const plain: Json = JSON.parse(text);
	// Most answers hold nothing else than texts and small numbers, and reading them again takes longer than JSON.parse.
	if (!PERHAPS_INEXACT.test(text)) return plain;
	let rewritten = false;
	const exact = replaced(text, (token) => {
		if (token.startsWith('"') || isExact(token)) return token;
		rewritten = true;
		return `"${token}"`;
	});
	if (!rewritten) return plain;
	const lossless: Json = JSON.parse(exact);
	return lossless;
}

/** Like `parseJson`; undefined when the text is not JSON. */
export function parseJsonOrNothing(text: string): Json | undefined {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

/**
 * JSON text to values, each number as `numberOf` makes it from its digits: for signatures over values, and for
 * bodies that are written again. Of a key that comes twice the last counts, as in every JSON parser.
 * @throws SyntaxError when the text is not JSON, or nested too deeply
 */
export function readJson(text: string, numberOf: (digits: string) => WritableJson): WritableJson {
	refuseDeep(text);
	// Parsed as it stands first: the marked text below would let `{1.5: 2}` pass.
	JSON.parse(text);
	// Texts and numbers are told apart by a first letter, which no content can imitate.
	const marked: Json = JSON.parse(
		replaced(text, (token) => (token.startsWith('"') ? `"${TEXT}${token.slice(1)}` : `"${NUMBER}${token}"`)),
	);
	return unmarked(marked, numberOf);
}

function refuseDeep(text: string): void {
	let depth = 0;
	let isInText = false;
	for (let place = 0; place < text.length; place += 1) {
		const letter = text[place];
		if (letter === '"') isInText = !isInText;
		else if (isInText) place += letter === '\\' ? 1 : 0;
		else if (letter === '[' || letter === '{') depth += 1;
		else if (letter === ']' || letter === '}') depth -= 1;
		if (depth > MAX_DEPTH) throw new SyntaxError(`Nested deeper than ${MAX_DEPTH} levels`);
	}
}

function replaced(text: string, replace: (token: string) => string): string {
	try {
		return text.replace(STRING_OR_NUMBER, replace);
	} catch (cause) {
		// Millions of escapes in one text are too many for the regular expression.
		throw cause instanceof RangeError ? new SyntaxError('A text with too many escapes') : cause;
	}
}

const TEXT = 't';
const NUMBER = 'n';

function unmarked(value: Json, numberOf: (digits: string) => WritableJson): WritableJson {
	if (typeof value === 'string') {
		return value.startsWith(TEXT) ? value.slice(1) : numberOf(value.slice(1));
	}
	if (Array.isArray(value)) return value.map((item) => unmarked(item, numberOf));
	if (!isObject(value)) return value;
	const members = Object.entries(value).map(([key, member]) => [key.slice(1), unmarked(member, numberOf)]);
	return Object.fromEntries(members);
}

function isExact(token: string): boolean {
	return /^-?\d+$/.test(token) && Number.isSafeInteger(Number(token)) && token !== '-0';
}

/** Values to JSON text; the mirror of `parseJson`. Keys keep their order, `undefined` members are left out. */
export function writeJson(value: WritableJson): string {
	if (value instanceof ExactNumber) return value.digits;
	if (Array.isArray(value)) return `[${value.map((item) => writeJson(item ?? null)).join(',')}]`;
	if (value === undefined || value === null) return 'null';
	if (typeof value !== 'object') return JSON.stringify(value);
	const members = Object.entries(value)
		.filter(([, member]) => member !== undefined)
		.map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member)}`);
	return `{${members.join(',')}}`;
}

/** The same text for the same content: keys sorted at every level. For fingerprints, never for the wire. */
export function canonicalJson(value: WritableJson): string {
	if (value instanceof ExactNumber || value === null || typeof value !== 'object') return writeJson(value);
	if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
	const members = Object.keys(value)
		.sort()
		.filter((key) => value[key] !== undefined)
		.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
	return `{${members.join(',')}}`;
}

/** For what goes to a provider: an object with members, not a list and not an exact number. */
export function isWritableObject(value: unknown): value is WritableObject {
	return (
		typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
	);
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is not checked to be JSON: an option of n8n, a response, a thrown value. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members that have a value; null is one. */
export function present<Value>(members: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
	const kept: Array<[string, Value]> = [];
	for (const [name, value] of Object.entries(members)) if (value !== undefined) kept.push([name, value]);
	// Not by assignment: a member called `__proto__` would become the prototype.
	return Object.fromEntries(kept);
}

/** A table's entry for a text from outside, which may be `constructor` or `__proto__`. */
export function ownMember<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
	return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
}

/** The value at a path like `data.list` or `deals.0.id`; undefined when a step is missing. */
export function at(value: Json | undefined, path: string): Json | undefined {
	if (path === '') return value;
	let current: Json | undefined = value;
	for (const key of path.split('.')) {
		if (Array.isArray(current) && /^\d+$/.test(key)) {
			current = current[Number(key)];
			continue;
		}
		current = isObject(current) ? ownMember(current, key) : undefined;
	}
	return current;
}

/** The texts of a list; what is no list has none. */
export function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A text or a number as text; undefined for '', null, objects and lists. Ids and amounts are read with it. */
export function textOf(value: Json | undefined): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
