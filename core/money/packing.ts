import { add, type Decimal, formatDecimal, parseDecimal } from '../exact/decimal';
import { ExactNumber, type WritableJson } from '../exact/json';

/**
 * Lines in their order, in as few batches as possible. The same lines always make the same batches, so a re-run finds
 * each batch under its reference.
 * @param most lines of one batch, at least 1
 */
export function packed<Line>(lines: readonly Line[], most: number): Line[][] {
	const batches: Line[][] = [];
	for (let start = 0; start < lines.length; start += most) batches.push(lines.slice(start, start + most));
	return batches;
}

/** `payroll_2026_11` becomes `payroll_2026_11_1` for the first batch, also when there is no second. */
export function batchReference(id: string, number: number): string {
	return `${id}_${number}`;
}

/**
 * `payroll_2026_11` becomes `payroll_2026_11_line_7` for the seventh item. It counts through the whole run, not within a
 * batch: a recipient keeps the reference however the lines are packed.
 */
export function lineReference(id: string, item: number): string {
	return `${id}_line_${item + 1}`;
}

/** The exact sum per currency, as decimal text. */
export function totals(
	lines: ReadonlyArray<{ amount: WritableJson; currency: WritableJson }>,
): Record<string, string> {
	const sums = new Map<string, Decimal>();
	for (const { amount, currency } of lines) {
		const digits = amount instanceof ExactNumber ? amount.digits : String(amount);
		const value = parseDecimal(digits);
		// Amounts were checked before: a total that leaves one out must not be approved.
		if (!value) throw new TypeError('An amount that is no decimal cannot be added up');
		const name = String(currency);
		sums.set(name, add(sums.get(name) ?? { units: 0n, scale: 0 }, value));
	}
	return Object.fromEntries([...sums].map(([name, sum]) => [name, formatDecimal(sum)]));
}
