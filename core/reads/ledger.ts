import { parseDecimal, significantDigits, type Decimal } from '../exact/decimal';
import { at, isObject } from '../exact/json';

/** Where the user's ledger has what is compared: field names or dotted paths. Without a path it is not compared. */
export interface LedgerFields {
	reference: string;
	amount?: string | undefined;
	currency?: string | undefined;
	status?: string | undefined;
}

/** One row of the user's ledger. A member is undefined where the row does not have it in a form to rely on. */
export interface LedgerRow {
	/** Its input item, from 0. */
	item: number;
	json: Readonly<Record<string, unknown>>;
	reference: string | undefined;
	amount: Decimal | undefined;
	currency: string | undefined;
	status: string | undefined;
}

/** A row as the fields read it. Nothing is guessed: `1,50`, `1e3` and a number that may be rounded are no amounts. */
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

/** The member of that very name, as columns of a spreadsheet may have points in theirs; else the one at the path. */
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
	if (typeof value !== 'number') return undefined;
	const text = String(value);
	// Up to 15 significant digits a JavaScript number still has every digit that was typed.
	return significantDigits(text) > 15 ? undefined : parseDecimal(text);
}
