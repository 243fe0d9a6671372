import { hasEveryDigit, parseDecimal, type Decimal } from '../exact/decimal';
import { at, isObject } from '../exact/json';

/**
 * Where the user's ledger has the compared values: field names or dotted paths. A value without one is not compared.
 */
export interface LedgerFields {
	reference: string;
	amount?: string | undefined;
	currency?: string | undefined;
	status?: string | undefined;
}

/** One row of the user's ledger. A member is undefined where the row has no reliable value for it. */
export interface LedgerRow {
	/** The number of its input item, counted from 0. */
	item: number;
	json: Readonly<Record<string, unknown>>;
	reference: string | undefined;
	amount: Decimal | undefined;
	currency: string | undefined;
	status: string | undefined;
}

/** Reads a row by the user's fields. It guesses nothing: `1,50`, `1e3` and a perhaps rounded number are not amounts. */
export function ledgerRow(
	json: Readonly<Record<string, unknown>>,
	item: number,
	fields: LedgerFields,
): LedgerRow {
	const value = (path: string | undefined) => (path === undefined ? undefined : columnAt(json, path));
	return {
		item,
		json,
		reference: exactText(value(fields.reference)),
		amount: exactDecimal(value(fields.amount)),
		currency: exactText(value(fields.currency)),
		status: exactText(value(fields.status)),
	};
}

/**
 * The member with exactly this name, because the columns of a spreadsheet may have points in their names. If there is
 * none, the value at the path.
 */
export function columnAt(json: unknown, path: string): unknown {
	if (!isObject(json)) return undefined;
	return Object.prototype.hasOwnProperty.call(json, path) ? json[path] : at(json, path);
}

/** Text without the white space around it, or a whole number with all its digits. */
function exactText(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	const text = typeof value === 'string' ? value.trim() : '';
	return text === '' ? undefined : text;
}

function exactDecimal(value: unknown): Decimal | undefined {
	if (typeof value === 'string') return parseDecimal(value.trim());
	return typeof value === 'number' && hasEveryDigit(value) ? parseDecimal(String(value)) : undefined;
}
