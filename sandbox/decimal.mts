/** Amounts are decimal texts outside and whole numbers of 10^-18 inside, so they stay exact. */
const PLACES = 18;
const ONE = 10n ** BigInt(PLACES);

/** An amount as a provider writes it: no sign, no exponent, no blanks. */
export const PLAIN_DECIMAL = /^\d+(\.\d+)?$/;

function units(amount: string): bigint {
	const negative = amount.startsWith('-');
	const [whole = '', fraction = ''] = (negative ? amount.slice(1) : amount).split('.');
	const magnitude = BigInt(whole) * ONE + BigInt(fraction.padEnd(PLACES, '0').slice(0, PLACES));
	return negative ? -magnitude : magnitude;
}

function textOf(value: bigint): string {
	const magnitude = value < 0n ? -value : value;
	const fraction = (magnitude % ONE).toString().padStart(PLACES, '0').replace(/0+$/, '');
	return `${value < 0n ? '-' : ''}${magnitude / ONE}${fraction && `.${fraction}`}`;
}

function roundTo(value: bigint, places: number): bigint {
	const step = 10n ** BigInt(PLACES - places);
	return ((value + step / 2n) / step) * step;
}

/** The exact sum of decimal texts. */
export function add(...amounts: string[]): string {
	return textOf(amounts.reduce((sum, amount) => sum + units(amount), 0n));
}

/** The exact difference of decimal texts; it may be negative. */
export function subtract(from: string, amount: string): string {
	return textOf(units(from) - units(amount));
}

/** The product with so many decimals, rounded half up. Only for amounts that are not negative. */
export function multiply(amount: string, factor: string, places: number): string {
	return textOf(roundTo((units(amount) * units(factor)) / ONE, places));
}

/** Negative when `left` is less, 0 when both are the same amount, positive when `left` is more. */
export function compare(left: string, right: string): number {
	const difference = units(left) - units(right);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether both texts mean the same amount: `1.5` and `1.50` do. */
export function isSameAmount(left: string, right: string): boolean {
	return compare(left, right) === 0;
}

/** The number of significant decimals: `1.50` has one. */
export function decimalsOf(amount: string): number {
	const [, fraction = ''] = amount.split('.');
	return fraction.replace(/0+$/, '').length;
}
