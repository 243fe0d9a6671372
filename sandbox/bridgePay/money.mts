/** Amounts as BridgePay writes them: decimal text, padded to the decimals of the currency. */
export interface Money {
	amount: string;
	currency: string;
	subunit: number;
}

const SUBUNITS: Record<string, number> = { USDT: 8 };

/** How many decimals BridgePay writes for the currency. */
export function subunitOf(currency: string): number {
	return SUBUNITS[currency] ?? 2;
}

/** The amount as BridgePay writes it. */
export function money(amount: string, currency: string): Money {
	const subunit = subunitOf(currency);
	return { amount: text(units(amount, subunit), subunit), currency, subunit };
}

/** What a fiat amount is worth in USDT: "Taker / rate, cut (not rounded) to 8 decimals". */
export function inUsdt(fiat: string, rate: string): Money {
	const scaled = (units(fiat, 10) * 10n ** 8n) / units(rate, 10);
	return { amount: text(scaled, 8), currency: 'USDT', subunit: 8 };
}

/** So many percent of an amount, cut to the decimals of the currency. */
export function percentOf({ amount, currency, subunit }: Money, percent: bigint): Money {
	return { amount: text((units(amount, subunit) * percent) / 100n, subunit), currency, subunit };
}

function units(amount: string, places: number): bigint {
	const [whole = '', fraction = ''] = amount.split('.');
	return BigInt(whole + fraction.padEnd(places, '0').slice(0, places));
}

function text(value: bigint, places: number): string {
	const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
	return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
