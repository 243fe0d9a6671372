import { randomUUID } from 'node:crypto';

import type { Books } from '../books.mts';
import { add, compare, subtract } from '../decimal.mts';
import type { Deliveries } from '../deliveries.mts';
import type { Magic } from '../magicAmounts.mts';
import type { Scheduler } from '../scheduler.mts';
import type { BridgePayAccount } from './account.mts';
import { refused } from './refusal.mts';
import { freshState } from './seeds.mts';
import type { Account, BridgePayState } from './state.mts';

/** What all calls share: records, the balance, time. */
export class World {
	readonly state: BridgePayState = freshState();
	readonly account: BridgePayAccount;
	readonly books: Books;
	readonly deliveries: Deliveries;
	readonly now: () => number;
	readonly magic: Magic;
	readonly #scheduler: Scheduler;
	readonly #autopilot: boolean;

	constructor(parts: {
		account: BridgePayAccount;
		books: Books;
		deliveries: Deliveries;
		scheduler: Scheduler;
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

	nextId(): string {
		return randomUUID();
	}

	/** Runs a task after a while, as banks and chains do. Without autopilot a person does it in the console. */
	later(milliseconds: number, task: () => void): void {
		if (this.#autopilot) this.#scheduler.after(milliseconds, task);
	}

	/** Runs a task at a deadline, with and without autopilot. */
	deadline(milliseconds: number, task: () => void): void {
		this.#scheduler.after(milliseconds, task);
	}

	get usdt(): Account {
		const [account] = this.state.accounts;
		if (!account) throw new Error('The store has no account');
		return account;
	}

	/** Takes an amount from the balance and freezes it. */
	freeze(amount: string): void {
		const account = this.usdt;
		if (compare(account.sum, amount) < 0) throw refused('Insufficient funds');
		account.sum = subtract(account.sum, amount);
		account.frozenSum = add(account.frozenSum, amount);
	}

	/** Ends the freeze: the money leaves for good, or it comes back. */
	thaw(amount: string, isGone: boolean): void {
		const account = this.usdt;
		account.frozenSum = subtract(account.frozenSum, amount);
		if (!isGone) account.sum = add(account.sum, amount);
	}

	credit(amount: string): void {
		this.usdt.sum = add(this.usdt.sum, amount);
	}

	reset(): void {
		Object.assign(this.state, freshState());
	}
}
