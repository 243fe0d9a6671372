/** An exact decimal number: `units` / 10^`scale`. Money never passes through a JavaScript number. */
export interface Decimal {
	units: bigint;
	scale: number;
}

/** What an amount may look like, e.g. at most 6 decimals for USDT on TRX. */
export interface DecimalRule {
	/** Most digits after the point. */
	decimals: number;
	/** Smallest and largest allowed value, as decimal text. Zero is refused unless the smallest is `0`. */
	minimum?: string;
	maximum?: string;
	/** Most significant digits, where the provider computes with binary numbers and rounds beyond. */
	significant?: number;
}

const PLAIN = /^(\d{1,40})(?:\.(\d{1,40}))?$/;
const SIGNED = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?$/;

/** Decimal text (`12`, `-0.50`, the ledger's `+1`) to a Decimal; undefined for anything else, exponents included. */
export function parseDecimal(text: string): Decimal | undefined {
	const parts = SIGNED.exec(text);
	if (!parts) return undefined;
	const [, sign = '', whole = '', fraction = ''] = parts;
	const units = BigInt(whole + fraction);
	return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** Decimal to its shortest text: `1.50` becomes `1.5`, `-0.00` becomes `0`. */
export function formatDecimal({ units, scale }: Decimal): string {
	const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
	const whole = digits.slice(0, digits.length - scale);
	const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
	const sign = units < 0n ? '-' : '';
	return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** A JSON number's digits without its exponent: `3.0E-5` becomes `0.000030`. Other texts as they are. */
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

/** Below zero, zero or above zero, like every compare function. */
export function compare(left: Decimal, right: Decimal): number {
	const [a, b] = align(left, right);
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether two decimal texts are the same amount (`1.50` and `1.5` are). Texts that are no decimals are never equal. */
export function sameAmount(left: string, right: string): boolean {
	const a = parseDecimal(left);
	const b = parseDecimal(right);
	return a !== undefined && b !== undefined && compare(a, b) === 0;
}

/**
 * Takes an amount as the user typed it or as an expression gave it and returns its exact decimal text.
 * Refuses instead of rounding: a sign, an exponent, zero, more decimals than the rule allows, a number
 * that JavaScript may already have rounded.
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
	// Up to 15 significant digits a JavaScript number still has every digit that was typed.
	if (!Number.isFinite(value) || text.includes('e') || significantDigits(text) > 15) {
		return { refused: `\`${text}\` is a number that may already be rounded; pass the amount as text` };
	}
	return exactAmount(text, rule);
}

/** How many digits of a decimal text count: zeros before the first and after the last decimal do not. */
export function significantDigits(text: string): number {
	const short = text.includes('.') ? text.replace(/(?<!0)0+$/, '') : text;
	return short.replace(/^[+-]?0*\.?0*/, '').replace('.', '').length;
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
