import type { Books } from '../books.mts';
import { add, compare, subtract } from '../decimal.mts';
import type { Deliveries } from '../deliveries.mts';
import type { Magic } from '../magicAmounts.mts';
import type { Scheduler } from '../scheduler.mts';
import type { PayPlayAccount } from './account.mts';
import { invalid } from './refusal.mts';
import { freshState } from './seeds.mts';
import type { PayPlayState } from './state.mts';

/** What all of PayPlay's products share: records, balances, time. */
export class World {
	readonly state: PayPlayState = freshState();
	readonly account: PayPlayAccount;
	readonly books: Books;
	readonly deliveries: Deliveries;
	readonly now: () => number;
	readonly magic: Magic;
	readonly #scheduler: Scheduler;
	readonly #autopilot: boolean;
	#numbers = 0;

	constructor(parts: {
		account: PayPlayAccount;
		books: Books;
		scheduler: Scheduler;
		deliveries: Deliveries;
		clock: () => number;
		autopilot: boolean;
		magic: Magic;
	}) {
		this.account = parts.account;
		this.books = parts.books;
		this.magic = parts.magic;
		this.deliveries = parts.deliveries;
		this.now = parts.clock;
		this.#scheduler = parts.scheduler;
		this.#autopilot = parts.autopilot;
	}

	/** A number of nine digits that people can read out. */
	nextNumber(): string {
		this.#numbers += 1;
		return String(348_883_075 + this.#numbers * 7919);
	}

	/** Runs a task after a while, as payers and chains do. Without autopilot a person does it in the console. */
	later(milliseconds: number, task: () => void): void {
		if (this.#autopilot) this.#scheduler.after(milliseconds, task);
	}

	balance(ticker: string): string {
		return this.state.balances[ticker] ?? '0';
	}

	require(ticker: string, amount: string, field: string): void {
		if (compare(this.balance(ticker), amount) >= 0) return;
		throw invalid(field, `Insufficient funds: ${this.balance(ticker)} ${ticker}.`);
	}

	credit(ticker: string, amount: string): void {
		this.state.balances[ticker] = add(this.balance(ticker), amount);
	}

	debit(ticker: string, amount: string): void {
		this.state.balances[ticker] = subtract(this.balance(ticker), amount);
	}

	reset(): void {
		Object.assign(this.state, freshState());
	}
}
