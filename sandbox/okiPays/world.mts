import type { Books } from '../books.mts';
import type { Deliveries } from '../deliveries.mts';
import type { Magic } from '../magicAmounts.mts';
import type { Scheduler } from '../scheduler.mts';
import type { OkiPaysAccount } from './account.mts';
import { freshState } from './seeds.mts';
import type { OkiPaysState } from './state.mts';

const FIRST_ID = 356_000_000_000;

/** What all calls share: records, numbers, time. */
export class World {
	readonly state: OkiPaysState = freshState();
	readonly account: OkiPaysAccount;
	readonly books: Books;
	readonly deliveries: Deliveries;
	readonly magic: Magic;
	readonly #scheduler: Scheduler;
	readonly #clock: () => number;
	readonly #autopilot: boolean;
	#issued = 0;

	constructor(parts: {
		account: OkiPaysAccount;
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
		this.#scheduler = parts.scheduler;
		this.#clock = parts.clock;
		this.#autopilot = parts.autopilot;
	}

	/** The time in Unix seconds. */
	get now(): number {
		return Math.floor(this.#clock() / 1000);
	}

	/** An ID of eight letters and digits, like the real ones. */
	nextId(): string {
		this.#issued += 1;
		return (FIRST_ID + this.#issued * 7_919_021).toString(36).toUpperCase().padStart(8, '0');
	}

	/** Runs a task after a while, as payers and chains do. Without autopilot a person does it in the console. */
	later(milliseconds: number, task: () => void): void {
		if (this.#autopilot) this.#scheduler.after(milliseconds, task);
	}

	reset(): void {
		Object.assign(this.state, freshState());
	}
}
