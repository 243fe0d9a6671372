import type { Clock } from './clock';
import { MOST_FRESH_SENDS, waitBeforeFreshSend } from './freshness';
import { at, isObject, textOf, type Json, type WritableObject } from './json';
import type { Operation, Page } from './operation';
import type { HttpAnswer, Verdict } from './provider';
import type { Transmission } from './transport';

/** A read that was answered, or why not. */
export type Reading =
	| { state: 'read'; data: Json }
	| {
			state: 'refused';
			reason: string;
			code: string;
			meaning?: string | undefined;
			nextStep?: string | undefined;
	  }
	| { state: 'unanswered'; reason: string; nextStep?: string | undefined };

/** Tries of one read, those aside that are refused for their age; and the longest wait between two of them. */
export const MOST_TRIES = 4;
const LONGEST_WAIT_MS = 20_000;

/** Reads, and reads again after 429, 5xx, a cut connection or an unclear answer: nothing is at stake in a read. */
export async function read(
	send: () => Promise<Transmission>,
	verdictOf: (answer: HttpAnswer) => Verdict,
	{ sleep, random, now }: Pick<Clock, 'sleep' | 'random' | 'now'>,
): Promise<Reading> {
	let [tries, fresh] = [0, 0];
	for (;;) {
		const transmission = await send();
		const reading = toReading(transmission, verdictOf);
		if (isStale(reading)) {
			if (fresh >= MOST_FRESH_SENDS) return reading;
			await sleep(waitBeforeFreshSend(fresh, random()));
			fresh += 1;
		} else {
			tries += 1;
			if (tries >= MOST_TRIES || !mayRepeat(transmission, reading)) return reading;
			await sleep(waitBefore(tries, transmission, random(), now()));
		}
	}
}

function isStale(reading: Reading): boolean {
	return reading.state === 'refused' && reading.meaning === 'stale';
}

function toReading(transmission: Transmission, verdictOf: (answer: HttpAnswer) => Verdict): Reading {
	if (transmission.state === 'never-sent') {
		return { state: 'unanswered', reason: transmission.reason, nextStep: transmission.nextStep };
	}
	if (transmission.state === 'no-answer') return { state: 'unanswered', reason: transmission.reason };
	const verdict = verdictOf(transmission.answer);
	if (verdict.state === 'accepted') return { state: 'read', data: verdict.data };
	if (verdict.state === 'unclear') return { state: 'unanswered', reason: verdict.reason };
	const { reason, code, meaning, nextStep } = verdict;
	return { state: 'refused', reason, code, meaning, nextStep };
}

function mayRepeat(transmission: Transmission, reading: Reading): boolean {
	if (reading.state !== 'unanswered') return false;
	if (transmission.state === 'never-sent') return false;
	if (transmission.state === 'no-answer') return true;
	const { status } = transmission.answer;
	return status === 429 || status >= 500 || status === 200;
}

/** Milliseconds: what Retry-After asks for, else 0.5, 1, 2 s and so on, each with up to a half more by chance. */
function waitBefore(tries: number, transmission: Transmission, chance: number, now: number): number {
	const header = transmission.state === 'answered' ? transmission.answer.headers['retry-after'] : undefined;
	const asked = header === undefined ? undefined : retryAfter(header, now);
	const wait = asked ?? 500 * 2 ** (tries - 1) * (1 + chance / 2);
	return Math.min(wait, LONGEST_WAIT_MS);
}

function retryAfter(header: string, now: number): number | undefined {
	if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Pages of a list, up to a limit of rows. A page that repeats what is known ends the list: the whole page before or,
 * where rows can be told apart, rows of any page. Page 1 may be page 0 once more: some providers count from 1 and take 0.
 * @param isEnough told the new rows of each page; whether the rest does not matter
 */
export async function readPages(
	operation: Operation,
	limit: number,
	readPage: (values: WritableObject) => Promise<Reading>,
	isEnough: (rows: readonly Json[]) => boolean = () => false,
): Promise<{ rows: Json[]; reading?: Exclude<Reading, { state: 'read' }> }> {
	const page = 'page' in operation.returns ? operation.returns.page : undefined;
	const rows: Json[] = [];
	let previous = '';
	for (let number = page?.first ?? 0; ; number += 1) {
		const size = page ? Math.min(page.maximumSize, Math.max(1, limit)) : 0;
		const reading = await readPage(page ? { [page.number]: number, [page.size]: size } : {});
		if (reading.state !== 'read') return { rows, reading };
		const found = rowsOf(reading.data, operation);
		const whole = JSON.stringify(found);
		const news = whole === previous ? [] : fresh(found, rows, page?.unique);
		const isFirstAgain = page?.first === 0 && number === 1 && found.length === size;
		if (news.length === 0 && !isFirstAgain) return { rows };
		previous = whole;
		rows.push(...news);
		if (news.length > 0 && isEnough(news)) return { rows };
		if (rows.length >= limit) return { rows: rows.slice(0, limit) };
		if (!page || isLast(page, reading.data, found.length, size, rows.length)) return { rows };
	}
}

/** The rows that no earlier page had. */
function fresh(
	found: readonly Json[],
	earlier: readonly Json[],
	unique: string | undefined,
): readonly Json[] {
	if (unique === undefined) return found;
	const known = new Set(earlier.map((row) => textOf(at(row, unique))));
	return found.filter((row) => {
		const id = textOf(at(row, unique));
		return id === undefined || !known.has(id);
	});
}

/** The rows of a list answer; an answer that is itself a list counts, whatever the path. */
export function rowsOf(data: Json, { returns }: Operation): Json[] {
	if (Array.isArray(data)) return data;
	const paths = 'list' in returns ? [returns.list].flat() : [];
	const found = paths.map((path) => at(data, path)).find((candidate) => Array.isArray(candidate));
	return Array.isArray(found) ? found : [];
}

/** The one object of an answer that is no list; undefined when it is not where it should be. */
export function objectIn(data: Json, { returns }: Operation): Json | undefined {
	return at(data, 'data' in returns ? (returns.data ?? '') : '');
}

function isLast(page: Page, data: Json, found: number, size: number, all: number): boolean {
	if (found === 0) return true;
	const more = page.more === undefined || !isObject(data) ? undefined : at(data, page.more);
	if (typeof more === 'boolean') return !more;
	const total = page.total === undefined ? undefined : textOf(at(data, page.total));
	if (total !== undefined) return all >= Number(total);
	return found < size;
}
