import { add, type Decimal, formatDecimal, parseDecimal } from '../exact/decimal';
import { ExactNumber, type WritableJson } from '../exact/json';

/**
 * Packs lines in their order into as few batches as possible. The same lines always give the same batches, so a later
 * run finds each batch under its reference.
 * @param most the most lines of one batch, at least 1
 */
export function packed<Line>(lines: readonly Line[], most: number): Line[][] {
	const batches: Line[][] = [];
	for (let start = 0; start < lines.length; start += most) batches.push(lines.slice(start, start + most));
	return batches;
}

/** The first batch of `payroll_2026_11` is `payroll_2026_11_1`, even if there is no second one. */
export function batchReference(id: string, number: number): string {
	return `${id}_${number}`;
}

/**
 * The seventh item of `payroll_2026_11` gets `payroll_2026_11_line_7`. The number counts through the whole run, so a
 * recipient keeps its reference if the batch size changes.
 */
export function lineReference(id: string, item: number): string {
	return `${id}_line_${item + 1}`;
}

/** The exact sum for each currency, as decimal text. */
export function totals(
	lines: ReadonlyArray<{ amount: WritableJson; currency: WritableJson }>,
): Record<string, string> {
	const sums = new Map<string, Decimal>();
	for (const { amount, currency } of lines) {
		const digits = amount instanceof ExactNumber ? amount.digits : String(amount);
		const value = parseDecimal(digits);
		// All amounts were checked before. Nobody may approve a total that leaves an amount out.
		if (!value) throw new TypeError('An amount that is no decimal cannot be added up');
		const name = String(currency);
		sums.set(name, add(sums.get(name) ?? { units: 0n, scale: 0 }, value));
	}
	return Object.fromEntries([...sums].map(([name, sum]) => [name, formatDecimal(sum)]));
}
