import type { Books } from '../books.mts';
import { add, compare, subtract } from '../decimal.mts';
import type { Deliveries } from '../deliveries.mts';
import type { Magic } from '../magicAmounts.mts';
import type { Scheduler } from '../scheduler.mts';
import type { GatePayAccount } from './account.mts';
import { Refusal, type RefusalCode } from './refusal.mts';
import { freshState } from './seeds.mts';
import type { GatePayState, LedgerRow } from './state.mts';

/** IDs are larger than 2^53 on purpose, like the real ones: a client that reads them as numbers loses digits. */
const FIRST_ID = 79_550_727_153_516_602n;

export type Movement = Pick<LedgerRow, 'orderId' | 'merchantTradeNo' | 'financialType'> &
	Partial<Pick<LedgerRow, 'fullChain' | 'hash' | 'address'>>;

/** What all of Gate Pay's products share: records, balances, numbers, time. */
export class World {
	readonly state: GatePayState = freshState();
	readonly account: GatePayAccount;
	readonly books: Books;
	readonly scheduler: Scheduler;
	readonly deliveries: Deliveries;
	readonly now: () => number;
	readonly magic: Magic;
	readonly #autopilot: boolean;
	#issued = 0n;

	constructor(parts: {
		account: GatePayAccount;
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
		this.scheduler = parts.scheduler;
		this.deliveries = parts.deliveries;
		this.now = parts.clock;
		this.#autopilot = parts.autopilot;
	}

	get merchantNumber(): number {
		return Number(this.account.merchantId);
	}

	nextId(): string {
		this.#issued += 1n;
		return String(FIRST_ID + this.#issued * 1009n);
	}

	nextNumber(): number {
		this.#issued += 1n;
		return 48_000_000 + Number(this.#issued);
	}

	/** Runs a task after a while, as payers, banks and chains do. Without autopilot a person does it in the console. */
	later(milliseconds: number, task: () => void): void {
		if (this.#autopilot) this.scheduler.after(milliseconds, task);
	}

	require(currency: string, amount: string, code: RefusalCode): void {
		const available = this.state.balances[currency] ?? '0';
		if (compare(available, amount) >= 0) return;
		throw new Refusal(code, `Balance too low: ${available} ${currency} available, ${amount} wanted`);
	}

	credit(currency: string, amount: string, movement: Movement): void {
		this.#move(currency, `+${amount}`, add(this.state.balances[currency] ?? '0', amount), movement);
	}

	debit(currency: string, amount: string, movement: Movement): void {
		this.#move(currency, `-${amount}`, subtract(this.state.balances[currency] ?? '0', amount), movement);
	}

	reset(): void {
		Object.assign(this.state, freshState());
	}

	#move(currency: string, payAmount: string, balance: string, movement: Movement): void {
		this.state.balances[currency] = balance;
		this.state.ledger.push({
			transactId: this.nextId(),
			transactTime: this.now(),
			payAmount,
			currency,
			balance,
			fullChain: '',
			hash: '',
			address: '',
			...movement,
		});
	}
}
