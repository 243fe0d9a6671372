import { add } from './decimal.mts';

/** One amount that the provider committed itself to at the merchant's request. */
export interface BookEntry {
	/** The contract's operationId. */
	operation: string;
	/** What the merchant calls it (batch_id, clientOrderId ...), or the provider's id where there is no such field. */
	reference: string;
	/** In a batch: the line under the reference. */
	line?: string;
	amount: string;
	currency: string;
	at: number;
}

/** One request that was applied, with every amount in it. */
export interface AppliedEvent {
	operation: string;
	reference: string;
	at: number;
	entries: BookEntry[];
}

export interface AppliedLine {
	amount: string;
	currency: string;
	line?: string;
}

/** The truth about money: which requests the provider applied, whatever it told the client. */
export class Books {
	readonly appliedEvents: AppliedEvent[] = [];
	readonly #clock: () => number;

	constructor(clock: () => number) {
		this.#clock = clock;
	}

	get entries(): BookEntry[] {
		return this.appliedEvents.flatMap((event) => event.entries);
	}

	apply(operation: string, reference: string, lines: AppliedLine[]): void {
		const at = this.#clock();
		const entries = lines.map((line) => ({ operation, reference, ...line, at }));
		this.appliedEvents.push({ operation, reference, at, entries });
	}

	/** How many requests were applied under each reference; more than 1 is a double payment. */
	appliedPerReference(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const { reference } of this.appliedEvents) counts[reference] = (counts[reference] ?? 0) + 1;
		return counts;
	}

	total(currency: string): string {
		const matching = this.entries.filter((entry) => entry.currency === currency);
		return add(...matching.map((entry) => entry.amount));
	}

	clear(): void {
		this.appliedEvents.length = 0;
	}
}
