import type { DecimalRule } from '../exact/decimal';
import type { TimeFormat } from '../exact/time';

export interface ReferenceRule {
	kind: 'reference';
	/** The allowed characters: a regular expression over the whole text, and words for the user. */
	pattern?: string;
	characters?: string;
	maximumLength: number;
}

export interface FileRule {
	kind: 'file';
	maximumBytes: number;
	/** File name endings in lower case, without the dot. Absent where none are documented. The content must match. */
	extensions?: readonly string[];
	/** The parameter takes several comma-separated binary fields, at most this many. */
	maximumFiles?: number;
}

/** How a field is checked and written. A field without a rule is sent as the user set it: text, number or boolean. */
export type FieldRule =
	/** Decimal text. `as: 'number'` writes a JSON number with exactly the typed digits, where one is documented. */
	| ({ kind: 'amount'; as?: 'number' } & DecimalRule)
	| ReferenceRule
	| FileRule
	| { kind: 'time'; as: TimeFormat }
	/** A whole number that the user may give as text. */
	| { kind: 'integer'; minimum?: number; maximum?: number }
	/** Several values in one text, separated by commas. */
	| { kind: 'list' }
	/**
	 * One choice sets several parameters, so that they always fit each other: `USDT:TRX:USDTTRC20`. The field itself
	 * is not sent. The last `optional` parts may be left out.
	 */
	| { kind: 'parts'; names: readonly string[]; optional?: number }
	/** Any JSON, written with exactly the typed digits. It is for objects that are nested too deeply for fields. */
	| { kind: 'json' };
