import { createHash } from 'node:crypto';

import { multiply } from '../decimal.mts';
import { Refusal } from './refusal.mts';
import { perDollar, payoutChains, prices, type Chain } from './seeds.mts';

/** What the amount is worth in another currency, with 6 decimals. */
export function worthIn(amount: string, from: string, to: string): string {
	if (from === to) return amount;
	const dollars = multiply(amount, priceOf(from), 12);
	return multiply(dollars, perDollar[to] ?? refuseCurrency(to), 6);
}

/** The price of one unit in dollars. Throws a Refusal for an unknown currency. */
export function priceOf(currency: string): string {
	return prices[currency] ?? refuseCurrency(currency);
}

function refuseCurrency(currency: string): never {
	throw new Refusal('400205', `${currency} is not known here; ${Object.keys(prices).join(', ')} are`);
}

/** The networks of a currency. Payers and payouts have the same ones. */
export function networksOf(currency: string): Chain[] {
	return payoutChains[currency] ?? refuseCurrency(currency);
}

/** The network of this name. Throws a Refusal when the currency has none. */
export function requireNetwork(currency: string, name: string): Chain {
	const found = networksOf(currency).find(({ chain }) => chain === name);
	if (found) return found;
	throw new Refusal('400001', `${currency} has no chain ${name}`);
}

/** A made-up transaction hash, always the same for the same text. */
export function hashOf(seed: string): string {
	return `0x${createHash('sha256').update(seed).digest('hex')}`;
}
