/** One row of a ledger. This file makes a ledger and a provider's payments from a seed, with planted differences. */

export interface LedgerLine {
	[column: string]: string;
	reference: string;
	amount: string;
	currency: string;
	status: string;
}

/** A payment of the provider. It has always succeeded. */
export interface PlantedPayment {
	reference: string;
	amount: string;
	currency: string;
}

export const PLANTED = [
	'missing_at_provider',
	'missing_in_ledger',
	'amount_differs',
	'currency_differs',
	'status_differs',
	'duplicate_in_ledger',
	'duplicate_at_provider',
	'not_comparable',
] as const;

export type Planted = (typeof PLANTED)[number];

export interface PlantedLedger {
	ledger: LedgerLine[];
	payments: PlantedPayment[];
	/** The planted difference by reference. */
	planted: Map<string, Planted>;
	/** For amounts that differ: the provider's minus the ledger's, by reference. */
	differences: Map<string, string>;
}

/** Makes numbers from 0 to below `most`, always the same for the same seed (mulberry32). */
export function random(seed: number): (most: number) => number {
	let state = seed >>> 0;
	return (most) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most);
	};
}

/** Makes both lists. @param rows all references, of which `differences` differ between the two sides */
export function plantedLedger(rows: number, differences: number, seed: number): PlantedLedger {
	const below = random(seed);
	const result: PlantedLedger = { ledger: [], payments: [], planted: new Map(), differences: new Map() };
	const chosen = new Set<number>();
	while (chosen.size < differences) chosen.add(below(rows));
	let kind = 0;
	for (let row = 0; row < rows; row += 1) {
		const cents = 100 + below(100_000_000);
		const amount = written(cents, below);
		const line: LedgerLine = {
			reference: `r-${seed}-${row}`,
			amount,
			currency: below(2) === 0 ? 'USDT' : 'usdt',
			status: below(2) === 0 ? 'succeeded' : 'COMPLETE',
		};
		const payment = { reference: line.reference, amount: written(cents, below), currency: 'USDT' };
		if (!chosen.has(row)) {
			result.ledger.push(line);
			result.payments.push(payment);
			continue;
		}
		plant(PLANTED[kind % PLANTED.length] ?? 'amount_differs', line, payment, cents, below, result);
		kind += 1;
	}
	shuffle(result.ledger, below);
	shuffle(result.payments, below);
	return result;
}

function plant(
	kind: Planted,
	line: LedgerLine,
	payment: PlantedPayment,
	cents: number,
	below: (most: number) => number,
	{ ledger, payments, planted, differences }: PlantedLedger,
): void {
	planted.set(line.reference, kind);
	switch (kind) {
		case 'missing_at_provider':
			ledger.push(line);
			return;
		case 'missing_in_ledger':
			payments.push(payment);
			return;
		case 'amount_differs': {
			// The smallest possible difference is a cent.
			ledger.push(line);
			payments.push({ ...payment, amount: written(cents + 1, below) });
			differences.set(line.reference, '0.01');
			return;
		}
		case 'currency_differs':
			ledger.push({ ...line, currency: 'USDC' });
			payments.push(payment);
			return;
		case 'status_differs':
			ledger.push({ ...line, status: 'failed' });
			payments.push(payment);
			return;
		case 'duplicate_in_ledger':
			ledger.push(line, { ...line });
			payments.push(payment);
			return;
		case 'duplicate_at_provider':
			ledger.push(line);
			payments.push(payment, { ...payment });
			return;
		case 'not_comparable':
			ledger.push({ ...line, amount: line.amount.replace(/^/, '~') });
			payments.push(payment);
	}
}

/** The amount as `12.5`, `12.50` or `12.500`. */
function written(cents: number, below: (most: number) => number): string {
	const exact = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
	const shortest = exact.replace(/\.?0+$/, '');
	return [exact, `${exact}0`, shortest][below(3)] ?? exact;
}

export function shuffle(list: unknown[], below: (most: number) => number): void {
	for (let last = list.length - 1; last > 0; last -= 1) {
		const other = below(last + 1);
		[list[last], list[other]] = [list[other], list[last]];
	}
}
