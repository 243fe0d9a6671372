/** A JSON value with exact numbers: a number that JavaScript cannot hold exactly is a string here. */
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

/** The values that `writeJson` takes: JSON and exact numbers. A member that is `undefined` is left out. */
export type WritableJson =
	string | number | boolean | null | undefined | ExactNumber | WritableJson[] | WritableObject;
export interface WritableObject {
	[key: string]: WritableJson;
}

// Matches a whole JSON string, which is skipped, or a whole JSON number, which is checked.
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** No provider nests deeper than ten levels. Functions that call themselves for each level would overflow the stack. */
const MAX_DEPTH = 100;
// Finds the beginning of a number that JavaScript may not hold exactly. A match inside a string costs time and
// changes nothing.
const PERHAPS_INEXACT = /(?:^|[\s[:,])(?:-0|-?\d+[.eE]|-?\d{16})/;

/**
 * Reads JSON text without losing a digit. Integers up to 2^53 stay numbers. Larger integers, decimals and exponents
 * become strings with the received digits (`0.1000`, `7615917337495251231`).
 * @throws SyntaxError when the text is not JSON, or nested too deeply
 */
export function parseJson(text: string): Json {
	refuseDeep(text);
	// This line parses the original text first, because the rewritten text below would let `{1.5: 2}` pass.
	const plain: Json = JSON.parse(text);
	// Most answers hold only texts and small numbers. A second reading would take longer than JSON.parse.
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
 * Reads JSON text and lets `numberOf` make each number from its digits. It serves signatures over values and bodies
 * that are written again. If a key occurs twice, the last one counts, as in every JSON parser.
 * @throws SyntaxError when the text is not JSON, or nested too deeply
 */
export function readJson(text: string, numberOf: (digits: string) => WritableJson): WritableJson {
	refuseDeep(text);
	// This line parses the original text first, because the marked text below would let `{1.5: 2}` pass.
	JSON.parse(text);
	// The first letter tells texts and numbers apart. No content can imitate it, because each token gets one.
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
		// The regular expression fails on a text with millions of escapes.
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

/** Writes values as JSON text, the reverse of `parseJson`. Keys keep their order. An `undefined` member is left out. */
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

/** Gives the same text for the same content, because all keys are sorted. For fingerprints, never for the wire. */
export function canonicalJson(value: WritableJson): string {
	if (value instanceof ExactNumber || value === null || typeof value !== 'object') return writeJson(value);
	if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
	const members = Object.keys(value)
		.sort()
		.filter((key) => value[key] !== undefined)
		.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
	return `{${members.join(',')}}`;
}

/** Whether a value that goes to a provider is an object with members. A list and an exact number are not. */
export function isWritableObject(value: unknown): value is WritableObject {
	return (
		typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
	);
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** For values that nobody has checked to be JSON: an option of n8n, a response, a thrown value. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keeps the members that have a value. Null is a value. */
export function present<Value>(members: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
	const kept: Array<[string, Value]> = [];
	for (const [name, value] of Object.entries(members)) if (value !== undefined) kept.push([name, value]);
	// An assignment would make the value of a member called `__proto__` the prototype.
	return Object.fromEntries(kept);
}

/** Finds a table's entry for a text from outside. Every object inherits `constructor` and `__proto__`. */
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

/** The texts in a list. Any other value gives an empty list. */
export function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A text or a number as text. Gives undefined for '', null, objects and lists. IDs and amounts are read with it. */
export function textOf(value: Json | undefined): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
