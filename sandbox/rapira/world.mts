import { createHash } from 'node:crypto';

import type { Books } from '../books.mts';
import { add, compare, subtract } from '../decimal.mts';
import type { Magic } from '../magicAmounts.mts';
import type { Scheduler } from '../scheduler.mts';
import type { Gatekeeper } from './account.mts';
import { Refusal } from './refusal.mts';
import { freshState } from './seeds.mts';
import type { RapiraState } from './state.mts';

/** What all of Rapira's products share: records, balances, numbers, time. */
export class World {
	readonly state: RapiraState = freshState();
	readonly books: Books;
	readonly gatekeeper: Gatekeeper;
	readonly now: () => number;
	readonly magic: Magic;
	readonly #scheduler: Scheduler;
	readonly #autopilot: boolean;
	#issued = 1_000_000;

	constructor(parts: {
		books: Books;
		gatekeeper: Gatekeeper;
		scheduler: Scheduler;
		clock: () => number;
		autopilot: boolean;
		magic: Magic;
	}) {
		this.books = parts.books;
		this.magic = parts.magic;
		this.gatekeeper = parts.gatekeeper;
		this.now = parts.clock;
		this.#scheduler = parts.scheduler;
		this.#autopilot = parts.autopilot;
	}

	nextId(): number {
		this.#issued += 1;
		return this.#issued;
	}

	/** Runs a task after a while, as payers and chains do. Without autopilot a person does it in the console. */
	later(milliseconds: number, task: () => void): void {
		if (this.#autopilot) this.#scheduler.after(milliseconds, task);
	}

	credit(coin: string, amount: string): void {
		this.state.balances[coin] = add(this.state.balances[coin] ?? '0', amount);
	}

	debit(coin: string, amount: string): void {
		const available = this.state.balances[coin] ?? '0';
		if (compare(available, amount) < 0) {
			throw new Refusal(400, `Balance too low: ${available} ${coin} available, ${amount} wanted`);
		}
		this.state.balances[coin] = subtract(available, amount);
	}

	reset(): void {
		Object.assign(this.state, freshState());
	}
}

/** A made-up transaction hash, always the same for the same text. */
export function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** YYYY-MM-DD HH:mm:ss as in the recorded rows. Their time zone is not known. Here it is UTC. */
export function dateTime(time: number): string {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
