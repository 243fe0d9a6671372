import * as fc from 'fast-check';

/** The seed of the run. SEED sets it to replay a run, and every block of cases prints it. */
export const seed = Number(process.env.SEED ?? 20261120);

/** The number of cases: `usual` ones in an ordinary run, more with `npm run test:fuzz`. */
export function cases(usual: number): number {
	return Number(process.env.CASES ?? usual);
}

/** A time limit in milliseconds: a minute for every ten thousand cases, because the machine may be busy. */
export function patience(count: number): number {
	return 60_000 + 6 * count;
}

const words = [
	'',
	' ',
	'null',
	'0',
	'-0',
	'1e5',
	'0.1000',
	'7615917337495251231',
	'1'.repeat(60),
	'true',
	'SUCCESS',
	'FAIL',
	'PAID',
	'COMPLETE',
	'2026-11-20T09:30:00Z',
	'2026-11-20 09:30:00',
	'1782864000000',
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'valueOf',
	'={{ $env }}',
	'{{ 1+1 }}',
	'={{ 1+1 }}',
	'../..',
	'%2e%2e%2f',
	'a/b?c#d',
	'\r\nX-Evil: 1',
	'\u0000',
	'\ud800',
	'\u202e',
	'<script>',
	'"\'`\\',
	'😀'.repeat(5),
];

/** JSON numbers that JavaScript rounds, writes in another way or turns into Infinity. */
const numbers = [
	'0',
	'-0',
	'0.10',
	'1e999',
	'-1E-999',
	'1e5',
	'9007199254740993',
	'123456789012345678.123',
	'3',
];

const MARK = '\u0001number:';

/** JSON text of any shape, with the given names and with words that attackers use. */
export function hostileJson(names: readonly string[], texts: readonly string[] = []): fc.Arbitrary<string> {
	const name = fc.oneof(
		{ weight: 12, arbitrary: fc.constantFrom(...names) },
		{
			weight: 1,
			arbitrary: fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'error', ''),
		},
		{ weight: 1, arbitrary: fc.string() },
	);
	const leaf = fc.oneof(
		{ weight: 4, arbitrary: fc.constantFrom(...words, ...texts) },
		{ weight: 1, arbitrary: fc.string() },
		{ weight: 2, arbitrary: fc.constantFrom(...numbers).map((digits) => `${MARK}${digits}`) },
		{ weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, 0, 1, 200) },
	);
	const { tree } = fc.letrec((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			{ weight: 3, arbitrary: leaf },
			{ weight: 4, arbitrary: fc.array(fc.tuple(name, tie('tree')), { maxLength: 8 }).map(objectOf) },
			{ weight: 1, arbitrary: fc.array(tie('tree'), { maxLength: 3 }) },
		),
	}));
	return tree.map(textOf);
}

// An assignment to `__proto__` would change the prototype. Here it has to be a member like any other.
function objectOf(members: Array<[string, unknown]>): unknown {
	return Object.fromEntries(members);
}

function textOf(value: unknown): string {
	return JSON.stringify(value).replace(/"\\u0001number:([^"]*)"/g, '$1');
}

/** Half of the text, the text with one letter changed, or a text that is not JSON. */
export function spoilt(json: fc.Arbitrary<string>): fc.Arbitrary<string> {
	return fc.oneof(
		{ weight: 20, arbitrary: json },
		{ weight: 1, arbitrary: json.map((text) => text.slice(0, text.length / 2)) },
		{ weight: 1, arbitrary: json.map((text) => `\ufeff${text}`) },
		{ weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
		{ weight: 1, arbitrary: fc.constantFrom('', '<html>', 'null', '[]', '{}', '"', '['.repeat(5000)) },
	);
}

const untouched = Object.getOwnPropertyNames(Object.prototype).length;

/** Throws when something has reached the prototype of all objects. */
export function expectNoPollution(): void {
	if (Object.getOwnPropertyNames(Object.prototype).length !== untouched)
		throw new Error('Object.prototype has a new member');
}

/** The names of all members in the text of a contract or of a source. */
export function namesIn(contract: string): string[] {
	const found = new Set<string>();
	for (const [, name] of contract.matchAll(/^\s+["']?([A-Za-z_]\w*)["']?:/gm)) if (name) found.add(name);
	return [...found];
}
