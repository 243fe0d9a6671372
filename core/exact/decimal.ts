/** An exact decimal number: `units` / 10^`scale`. Money never passes through a JavaScript number. */
export interface Decimal {
	units: bigint;
	scale: number;
}

/** What an amount may look like, e.g. at most 6 decimals for USDT on TRX. */
export interface DecimalRule {
	/** Most digits after the point. */
	decimals: number;
	/** The smallest and the largest allowed value, as decimal text. Zero is refused unless the smallest is `0`. */
	minimum?: string;
	maximum?: string;
	/** The most significant digits, where the provider computes with binary numbers and rounds longer amounts. */
	significant?: number;
}

const PLAIN = /^(\d{1,40})(?:\.(\d{1,40}))?$/;
const SIGNED = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?$/;

/** Reads decimal text (`12`, `-0.50`, the ledger's `+1`). Gives undefined for any other text, also for an exponent. */
export function parseDecimal(text: string): Decimal | undefined {
	const parts = SIGNED.exec(text);
	if (!parts) return undefined;
	const [, sign = '', whole = '', fraction = ''] = parts;
	const units = BigInt(whole + fraction);
	return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** Writes a Decimal as its shortest text: `1.50` becomes `1.5`, `-0.00` becomes `0`. */
export function formatDecimal({ units, scale }: Decimal): string {
	const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
	const whole = digits.slice(0, digits.length - scale);
	const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
	const sign = units < 0n ? '-' : '';
	return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** Writes a JSON number without its exponent: `3.0E-5` becomes `0.000030`. Any other text stays as it is. */
export function withoutExponent(text: string): string {
	const parts = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/.exec(text);
	if (!parts) return text;
	const [, sign = '', whole = '', fraction = '', exponent = ''] = parts;
	const point = whole.length + Number(exponent);
	const digits = (whole + fraction)
		.padEnd(point, '0')
		.padStart(whole.length + fraction.length - point + 1, '0');
	const at = Math.max(point, 1);
	const left = digits.slice(0, at).replace(/^0+(?=\d)/, '');
	const right = digits.slice(at);
	return `${sign}${left}${right === '' ? '' : `.${right}`}`;
}

function align(left: Decimal, right: Decimal): [bigint, bigint, number] {
	const scale = Math.max(left.scale, right.scale);
	const lift = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own);
	return [lift(left), lift(right), scale];
}

export function add(left: Decimal, right: Decimal): Decimal {
	const [a, b, scale] = align(left, right);
	return { units: a + b, scale };
}

export function subtract(left: Decimal, right: Decimal): Decimal {
	const [a, b, scale] = align(left, right);
	return { units: a - b, scale };
}

export function multiply(left: Decimal, right: Decimal): Decimal {
	return { units: left.units * right.units, scale: left.scale + right.scale };
}

/** The result is below zero, zero or above zero, as with every compare function. */
export function compare(left: Decimal, right: Decimal): number {
	const [a, b] = align(left, right);
	return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Whether two decimal texts are the same amount, like `1.50` and `1.5`. A text that is not a decimal equals nothing.
 */
export function sameAmount(left: string, right: string): boolean {
	const a = parseDecimal(left);
	const b = parseDecimal(right);
	return a !== undefined && b !== undefined && compare(a, b) === 0;
}

/**
 * Gives the exact decimal text of an amount that a user typed or an expression returned. It never rounds. It refuses
 * a sign, an exponent, zero, more decimals than the rule allows, and a number that JavaScript may already have
 * rounded.
 * @returns the text to send, or `{ refused }` with the reason in the user's words
 */
export function exactAmount(value: unknown, rule: DecimalRule): string | { refused: string } {
	if (typeof value === 'number') return exactAmountOfNumber(value, rule);
	if (typeof value !== 'string') return { refused: `is ${describe(value)}, not decimal text` };
	if (value === '') return { refused: 'is empty' };

	const parts = PLAIN.exec(value);
	if (!parts) return { refused: `\`${shorten(value)}\` ${whyNotPlain(value)}` };
	const decimals = (parts[2] ?? '').length;
	if (decimals > rule.decimals) {
		const most = rule.decimals === 0 ? 'takes no decimals' : `takes at most ${rule.decimals}`;
		return { refused: `\`${value}\` has ${decimals} decimals; it ${most}` };
	}
	const digits = significantDigits(value);
	if (rule.significant !== undefined && digits > rule.significant) {
		return { refused: `\`${value}\` has ${digits} digits; at most ${rule.significant} are taken exactly` };
	}
	return withinLimits(value, rule);
}

function exactAmountOfNumber(value: number, rule: DecimalRule): string | { refused: string } {
	const text = String(value);
	if (!hasEveryDigit(value)) {
		return { refused: `\`${text}\` is a number that may already be rounded; pass the amount as text` };
	}
	return exactAmount(text, rule);
}

/** Counts the significant digits of a decimal text. Zeros at its beginning and after its last decimal do not count. */
export function significantDigits(text: string): number {
	const short = text.includes('.') ? text.replace(/(?<!0)0+$/, '') : text;
	return short.replace(/^[+-]?0*\.?0*/, '').replace('.', '').length;
}

/** A JavaScript number keeps so many significant digits. A spreadsheet does too, and replaces the others with zeros. */
const EXACT_DIGITS = 15;

/** Whether a JavaScript number has every digit that somebody typed. One that is written with an exponent does not count. */
export function hasEveryDigit(value: number): boolean {
	const text = String(value);
	return parseDecimal(text) !== undefined && significantDigits(text) <= EXACT_DIGITS;
}

function withinLimits(text: string, rule: DecimalRule): string | { refused: string } {
	const amount = parseDecimal(text);
	if (!amount || (amount.units === 0n && rule.minimum !== '0')) return { refused: `\`${text}\` is zero` };
	const minimum = rule.minimum === undefined ? undefined : parseDecimal(rule.minimum);
	if (minimum && compare(amount, minimum) < 0)
		return { refused: `\`${text}\` is below the least amount, ${rule.minimum}` };
	const maximum = rule.maximum === undefined ? undefined : parseDecimal(rule.maximum);
	if (maximum && compare(amount, maximum) > 0)
		return { refused: `\`${text}\` is above the largest amount, ${rule.maximum}` };
	return text;
}

function whyNotPlain(text: string): string {
	if (/^[+-]/.test(text)) return 'has a sign; amounts are positive';
	if (/^\d[\d.]*e[+-]?\d+$/i.test(text)) return 'has an exponent; write all digits';
	if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) || /^\d+,\d+$/.test(text))
		return 'has a comma; use a point and no grouping';
	if (text.trim() !== text) return 'has white space around it';
	return 'is not a decimal amount like 12.5';
}

function describe(value: unknown): string {
	if (value === null || value === undefined) return 'missing';
	return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function shorten(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
