import { decimalsOf, isSameAmount } from '../decimal.mts';
import type { UploadedFile } from '../form.mts';
import type { Fields } from '../values.mts';
import { Refusal } from './refusal.mts';
import type { World } from './world.mts';

/** A request that is authentic and fits the contract. */
export interface Call {
	operation: string;
	query: Fields;
	/** The headers by their lower-case names. */
	headers: Fields;
	body: Fields;
	/** The body of a call whose body is not an object. */
	bodyValue: unknown;
	files: Record<string, UploadedFile[]>;
}

export type Handler = (call: Call, world: World) => unknown;

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_FILES_PER_LIST = 5;

/** The one file of this part. Throws a Refusal when it is missing or has another ending. */
export function requireFile(call: Call, part: string, extensions: string[]): UploadedFile {
	const [file] = requireFiles(call, part, extensions);
	if (!file) throw new Refusal('400001', `The file ${part} is missing`);
	return file;
}

/** All files of this part. Throws a Refusal when there is none, or one has another ending. */
export function requireFiles(call: Call, part: string, extensions: string[]): UploadedFile[] {
	const files = call.files[part] ?? [];
	if (files.length === 0)
		throw new Refusal('400001', `The file ${part} is missing; it must have a file name`);
	if (files.length > MAX_FILES_PER_LIST) {
		throw new Refusal(
			'400001',
			`${part} has ${files.length} files; at most ${MAX_FILES_PER_LIST} are allowed`,
		);
	}
	for (const file of files) checkFile(file, extensions);
	return files;
}

function checkFile({ name, size }: UploadedFile, extensions: string[]): void {
	const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
	if (!extensions.includes(extension)) {
		throw new Refusal('400001', `The file ${name} must be one of ${extensions.join(', ')}`);
	}
	if (size === 0) throw new Refusal('400001', `The file ${name} is empty`);
	if (size > MAX_FILE_BYTES)
		throw new Refusal('400001', `The file ${name} has ${size} bytes; at most 4 MB are allowed`);
}

/** Refuses an amount with more decimals than this. */
export function requirePlaces(amount: string, places: number, field: string): void {
	if (decimalsOf(amount) <= places) return;
	throw new Refusal(
		'400001',
		`${field} ${amount} has ${decimalsOf(amount)} decimals; at most ${places} are allowed`,
	);
}

/** Refuses an amount that differs from the wanted one. */
export function requireSameAmount(given: string, wanted: string, field: string): void {
	if (isSameAmount(given, wanted)) return;
	throw new Refusal('400621', `${field} is ${given}, but the quote says ${wanted}`);
}

/** The rows of one page, counted from 1. A page size of 0 means all rows. */
export function pageOf<Row>(rows: Row[], page: number, pageSize: number): Row[] {
	if (pageSize <= 0) return rows;
	return rows.slice((Math.max(page, 1) - 1) * pageSize, Math.max(page, 1) * pageSize);
}
