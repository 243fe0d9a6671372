import { compare, decimalsOf, PLAIN_DECIMAL } from '../decimal.mts';
import type { Fields } from '../values.mts';
import { invalid } from './refusal.mts';
import { currencies, type Currency } from './seeds.mts';
import type { World } from './world.mts';

/** A request that is authentic and fits the contract. */
export interface Call {
	operation: string;
	/** The parameters in the path. */
	path: Record<string, string>;
	query: Fields;
	body: Fields;
}

export type Handler = (call: Call, world: World) => unknown;

/** The currency with this ticker. Throws a Refusal about the field when there is none. */
export function currencyOf(ticker: string, field: string): Currency {
	const currency = currencies.find((each) => each.ticker === ticker);
	if (!currency) throw invalid(field, `The selected ${field} is invalid.`);
	return currency;
}

/** A positive amount with no more decimals than the currency has. */
export function amountOf(body: Fields, field: string, currency: Currency): string {
	const amount = body.scalar(field);
	if (!PLAIN_DECIMAL.test(amount) || compare(amount, '0') <= 0) {
		throw invalid(field, `The ${field} must be a number above 0.`);
	}
	if (decimalsOf(amount) > currency.precision) {
		throw invalid(field, `The ${field} must have at most ${currency.precision} decimals.`);
	}
	return amount;
}

/** Refuses an amount under the minimum. The text is not in English, as in a recorded answer. */
export function requireAtLeast(amount: string, minimum: string, field: string): void {
	if (compare(amount, minimum) >= 0) return;
	throw invalid(field, `Мінімальна сума: ${minimum}`);
}

/** Refuses an amount over the maximum. */
export function requireAtMost(amount: string, maximum: string, field: string): void {
	if (compare(amount, maximum) <= 0) return;
	throw invalid(field, `The ${field} may not be greater than ${maximum}.`);
}
