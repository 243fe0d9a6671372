import { at, isObject, type Json, type JsonObject, textOf, type WritableObject } from '../exact/json';
import type { Operation } from '../provider/operation';
import type { Page } from '../provider/returns';
import type { Reading } from './reading';

/** How a list ended: `complete` at its real end, `enough` by the reader, `short` while promised rows were missing. */
export type ListEnd =
	| { state: 'complete' }
	| { state: 'enough' }
	| { state: 'short'; reason: string }
	| Exclude<Reading, { state: 'read' }>;

/**
 * Reads a list page by page and stores no page. A page without new rows ends the list: it repeats the whole page
 * before or, where rows have an ID, rows of any earlier page. Page 1 may repeat page 0, because some providers count
 * from 1 and accept 0.
 * @param limit the most rows that the reader wants; no larger page is requested
 * @param take gets the new rows of each page; returns whether the reading can stop
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
	let hasMore = false;
	let taken = 0;
	let previous = '';
	for (let number = page?.first ?? 0; ; number += 1) {
		const reading = await readPage(page ? { [page.number]: number, [page.size]: size } : {});
		if (reading.state !== 'read') return reading;
		// Flows and pollers rely on an empty list, so an answer without the list must not count as empty.
		if (lacksList(reading.data, operation) && totalOf(page, reading.data) !== 0)
			return { state: 'unclear', reason: 'it answered without the list' };
		const found = rowsOf(reading.data, operation);
		// The first total counts. A row that is made during the reading is not missing.
		promised ??= mostOf(totalOf(page, reading.data), shownTotal(reading.data, operation));
		hasMore = saysMore(reading.data, operation, number - (page?.first ?? 0) + 1);
		const whole = JSON.stringify(found);
		const news = whole === previous ? [] : fresh(found, known, page?.unique);
		const isFirstAgain = page?.first === 0 && number === 1 && found.length === size;
		if (news.length === 0 && !isFirstAgain) return endOf(taken, promised, found.length > 0, hasMore);
		previous = whole;
		taken += news.length;
		if (news.length > 0 && take(news)) return { state: 'enough' };
		if (!page || isLast(page, reading.data, found.length, size, taken))
			return endOf(taken, promised, false, hasMore);
	}
}

function endOf(taken: number, promised: number | undefined, isRepeated: boolean, hasMore: boolean): ListEnd {
	if (promised !== undefined && Number.isFinite(promised)) {
		if (taken >= promised) return { state: 'complete' };
		return { state: 'short', reason: `it names ${promised} rows and gave ${taken}` };
	}
	if (hasMore) return { state: 'short', reason: `it names more pages and gave ${taken} rows` };
	if (!isRepeated) return { state: 'complete' };
	return { state: 'short', reason: `its pages repeat after ${taken} rows` };
}

/** Reads the pages of a list up to a limit of rows, like `eachPage`. `short` says why rows are missing at the end. */
export async function readPages(
	operation: Operation,
	limit: number,
	readPage: (values: WritableObject) => Promise<Reading>,
	isEnough: (rows: readonly Json[]) => boolean = () => false,
): Promise<{ rows: Json[]; reading?: Exclude<Reading, { state: 'read' }>; short?: string }> {
	const rows: Json[] = [];
	const end = await eachPage(operation, limit, readPage, (news) => {
		for (const row of news) rows.push(row);
		return isEnough(news) || rows.length >= limit;
	});
	if (end.state === 'refused' || end.state === 'unclear') return { rows, reading: end };
	if (end.state === 'short') return { rows, short: end.reason };
	return { rows: rows.length > limit ? rows.slice(0, limit) : rows };
}

/** The rows that no earlier page had. Their ids become known. */
function fresh(found: readonly Json[], known: Set<string>, unique: string | undefined): readonly Json[] {
	if (unique === undefined) return found;
	const ids = found.map((row) => textOf(at(row, unique)));
	const news = found.filter((_row, index) => !known.has(ids[index] ?? ''));
	for (const id of ids) if (id !== undefined) known.add(id);
	return news;
}

/** The rows of a list answer. If the answer itself is a list, the path does not matter. */
export function rowsOf(data: Json, operation: Operation): Json[] {
	if (Array.isArray(data)) return data;
	const found = listPaths(operation)
		.map((path) => at(data, path))
		.find((candidate) => Array.isArray(candidate));
	return Array.isArray(found) ? found : [];
}

/** Whether an answer has content but neither rows nor a statement that there are none. */
function lacksList(data: Json, operation: Operation): boolean {
	if (!isObject(data) || Object.keys(data).length === 0) return false;
	return !hasList(data, operation) && !listPaths(operation).some((path) => at(data, path) === null);
}

/**
 * Whether an answer has a list, perhaps an empty one. An answer without a list does not prove that there are no rows.
 */
export function hasList(data: Json, operation: Operation): boolean {
	return Array.isArray(data) || listPaths(operation).some((path) => Array.isArray(at(data, path)));
}

function listPaths({ returns }: Operation): string[] {
	return 'list' in returns ? [returns.list].flat() : [];
}

/** The single object in an answer. Undefined when it is not at its path. */
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

const TOTALS = [
	'total',
	'Total',
	'totalCount',
	'total_count',
	'totalElements',
	'totalElement',
	'totalRecords',
];
const PAGES = ['totalPages', 'totalPage', 'total_pages', 'last_page', 'lastPage', 'pages'];
const MORE = ['hasNext', 'has_next', 'hasMore', 'has_more'];

/** The largest count of all rows in an answer, even if the row of the operation does not name its path. */
function shownTotal(data: Json, operation: Operation): number | undefined {
	return mostOf(
		...placesIn(data, operation).flatMap((place) => TOTALS.map((name) => wholeNumber(place[name]))),
	);
}

/** Whether an answer says, in any form, that more pages follow. */
function saysMore(data: Json, operation: Operation, pagesRead: number): boolean {
	const places = placesIn(data, operation);
	if (places.some((place) => MORE.some((name) => place[name] === true))) return true;
	const pages = mostOf(...places.flatMap((place) => PAGES.map((name) => wholeNumber(place[name]))));
	return pages !== undefined && pages > pagesRead;
}

/** Where an answer may describe its list: in the root, in the parent of the rows, or in an object like `pagination`. */
function placesIn(data: Json, { returns }: Operation): JsonObject[] {
	const paths = 'list' in returns ? [returns.list].flat() : [];
	const parents = paths.map((path) => at(data, path.split('.').slice(0, -1).join('.')));
	const own = ['meta', 'page', 'pagination', 'pageInfo'].map((name) => at(data, name));
	return [data, ...parents, ...own].filter((place) => isObject(place));
}

/** A count is a whole number. An amount that is called a total is not one. */
function wholeNumber(value: Json | undefined): number | undefined {
	const text = textOf(value);
	return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function mostOf(...numbers: Array<number | undefined>): number | undefined {
	const known = numbers.filter((one) => one !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

/**
 * Whether a page ends the reading, because all its rows are too old. The list must be sorted with the newest row
 * first. That is checked by the ids, which must fall from row to row.
 * @param madeBy the latest time at which a row can have been made, unix milliseconds
 */
export function endBefore(
	{ returns }: Operation,
	madeBy: (row: JsonObject) => number | undefined,
	from: number,
): (page: readonly Json[]) => boolean {
	const unique = 'page' in returns ? returns.page?.unique : undefined;
	if (unique === undefined) return () => false;
	let isFalling = true;
	let before: string | undefined;
	return (page: readonly Json[]) => {
		for (const row of page) {
			const id = textOf(at(row, unique));
			if (id === undefined || (before !== undefined && !isLower(id, before))) isFalling = false;
			before = id;
		}
		return isFalling && page.every((row) => isObject(row) && (madeBy(row) ?? Infinity) < from);
	};
}

/** Compares two ids. They are whole numbers, often larger than a JavaScript number can hold, so they stay text. */
export function isLower(one: string, other: string): boolean {
	return one.length === other.length ? one < other : one.length < other.length;
}
