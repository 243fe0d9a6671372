import type { Clock } from '../clock';
import { MOST_FRESH_SENDS, waitBeforeFreshSend } from './freshness';
import { at, isObject, textOf, type Json, type WritableObject } from '../exact/json';
import type { Operation, Page } from '../provider/operation';
import type { HttpAnswer, Verdict } from '../provider/provider';
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

/** Whether a refused read says that the object is not there; else it was refused for another reason, and says nothing. */
export function saysAbsent({ meaning }: Extract<Reading, { state: 'refused' }>): boolean {
	return meaning === undefined;
}

/**
 * Reads, and reads again after 429, 5xx, a cut connection or an unclear answer: nothing is at stake in a read.
 * @param deadline unix milliseconds, after which it is not read again
 */
export async function read(
	send: () => Promise<Transmission>,
	verdictOf: (answer: HttpAnswer) => Verdict,
	{ sleep, random, now }: Pick<Clock, 'sleep' | 'random' | 'now'>,
	deadline = Number.POSITIVE_INFINITY,
): Promise<Reading> {
	const again = { tries: 0, fresh: 0 };
	for (;;) {
		const transmission = await send();
		const reading = toReading(transmission, verdictOf);
		const wait = isStale(reading)
			? waitForFresh(again, random())
			: waitForTry(again, transmission, reading, { chance: random(), now: now() });
		if (wait === undefined || now() + wait > deadline) return reading;
		await sleep(wait);
	}
}

interface Again {
	tries: number;
	fresh: number;
}

/** Milliseconds; undefined when it is not read again. */
function waitForFresh(again: Again, chance: number): number | undefined {
	again.fresh += 1;
	return again.fresh > MOST_FRESH_SENDS ? undefined : waitBeforeFreshSend(again.fresh - 1, chance);
}

function waitForTry(
	again: Again,
	transmission: Transmission,
	reading: Reading,
	{ chance, now }: { chance: number; now: number },
): number | undefined {
	again.tries += 1;
	const isOver = again.tries >= MOST_TRIES || !mayRepeat(transmission, reading);
	return isOver ? undefined : waitBefore(again.tries, transmission, chance, now);
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
	// What was too large will be so again.
	if (transmission.state === 'no-answer') return transmission.tooLarge !== true;
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

/** How a list ended: read to its end, cut short by the reader, or over before all that it promised had come. */
export type ListEnd =
	| { state: 'complete' }
	| { state: 'enough' }
	| { state: 'short'; reason: string }
	| Exclude<Reading, { state: 'read' }>;

/**
 * Reads a list page by page and keeps none. A page that repeats what is known ends the list: the whole page before or,
 * where rows can be told apart, rows of any page. Page 1 may be page 0 once more: some providers count from 1 and take 0.
 * @param limit most rows that the reader wants: no larger page is asked for
 * @param take told the new rows of each page; whether the rest does not matter
 */
export async function eachPage(
	operation: Operation,
	limit: number,
	readPage: (values: WritableObject) => Promise<Reading>,
	take: (rows: readonly Json[]) => boolean,
): Promise<ListEnd> {
	const page = 'page' in operation.returns ? operation.returns.page : undefined;
	const size = page ? Math.min(page.maximumSize, Math.max(1, limit)) : 0;
	const known = new Set<string>();
	let promised: number | undefined;
	let taken = 0;
	let previous = '';
	for (let number = page?.first ?? 0; ; number += 1) {
		const reading = await readPage(page ? { [page.number]: number, [page.size]: size } : {});
		if (reading.state !== 'read') return reading;
		// Flows and pollers decide on it that there is nothing.
		if (lacksList(reading.data, operation) && totalOf(page, reading.data) !== 0)
			return { state: 'unanswered', reason: 'it answered without the list' };
		const found = rowsOf(reading.data, operation);
		// What is made while the list is read is not missed.
		promised ??= totalOf(page, reading.data);
		const whole = JSON.stringify(found);
		const news = whole === previous ? [] : fresh(found, known, page?.unique);
		const isFirstAgain = page?.first === 0 && number === 1 && found.length === size;
		if (news.length === 0 && !isFirstAgain) return endOf(taken, promised, found.length > 0);
		previous = whole;
		taken += news.length;
		if (news.length > 0 && take(news)) return { state: 'enough' };
		if (!page || isLast(page, reading.data, found.length, size, taken)) return endOf(taken, promised, false);
	}
}

function endOf(taken: number, promised: number | undefined, isRepeated: boolean): ListEnd {
	if (promised !== undefined && Number.isFinite(promised)) {
		if (taken >= promised) return { state: 'complete' };
		return { state: 'short', reason: `it names ${promised} rows and gave ${taken}` };
	}
	if (!isRepeated) return { state: 'complete' };
	return { state: 'short', reason: `its pages repeat after ${taken} rows` };
}

/** Pages of a list, up to a limit of rows, as `eachPage` reads them. */
export async function readPages(
	operation: Operation,
	limit: number,
	readPage: (values: WritableObject) => Promise<Reading>,
	isEnough: (rows: readonly Json[]) => boolean = () => false,
): Promise<{ rows: Json[]; reading?: Exclude<Reading, { state: 'read' }> }> {
	const rows: Json[] = [];
	const end = await eachPage(operation, limit, readPage, (news) => {
		for (const row of news) rows.push(row);
		return isEnough(news) || rows.length >= limit;
	});
	if (end.state === 'refused' || end.state === 'unanswered') return { rows, reading: end };
	return { rows: rows.length > limit ? rows.slice(0, limit) : rows };
}

/** The rows that no earlier page had; their ids are known from then on. */
function fresh(found: readonly Json[], known: Set<string>, unique: string | undefined): readonly Json[] {
	if (unique === undefined) return found;
	const ids = found.map((row) => textOf(at(row, unique)));
	const news = found.filter((_row, index) => !known.has(ids[index] ?? ''));
	for (const id of ids) if (id !== undefined) known.add(id);
	return news;
}

/** The rows of a list answer; an answer that is itself a list counts, whatever the path. */
export function rowsOf(data: Json, { returns }: Operation): Json[] {
	if (Array.isArray(data)) return data;
	const paths = 'list' in returns ? [returns.list].flat() : [];
	const found = paths.map((path) => at(data, path)).find((candidate) => Array.isArray(candidate));
	return Array.isArray(found) ? found : [];
}

/** Whether an answer says something, and it is neither rows nor that there are none. */
function lacksList(data: Json, { returns }: Operation): boolean {
	if (!isObject(data) || Object.keys(data).length === 0) return false;
	const paths = 'list' in returns ? [returns.list].flat() : [];
	return !paths.some((path) => Array.isArray(at(data, path)) || at(data, path) === null);
}

/** The one object of an answer that is no list; undefined when it is not where it should be. */
export function objectIn(data: Json, { returns }: Operation): Json | undefined {
	return at(data, 'data' in returns ? (returns.data ?? '') : '');
}

function isLast(page: Page, data: Json, found: number, size: number, all: number): boolean {
	if (found === 0) return true;
	const more = page.more === undefined || !isObject(data) ? undefined : at(data, page.more);
	if (typeof more === 'boolean') return !more;
	const total = totalOf(page, data);
	if (total !== undefined) return all >= total;
	return found < size;
}

function totalOf(page: Page | undefined, data: Json): number | undefined {
	const total = page?.total === undefined ? undefined : textOf(at(data, page.total));
	return total === undefined ? undefined : Number(total);
}
