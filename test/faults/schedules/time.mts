import type { Clock } from '../../../core/clock.ts';
import type { Timers } from '../../../sandbox/index.mts';

interface Timer {
	due: number;
	fire(): void;
}

/** Settles after everything that the machine has ready for now. */
export function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/**
 * One time for the node and the sandbox. It stands still while requests travel, and jumps when somebody waits: the
 * node between two tries, or the sandbox while it holds an answer back. So an hour costs nothing, and every run of a
 * schedule has the same times.
 */
export class SimulatedTime implements Timers {
	/** The provider's time, unix milliseconds. */
	now: number;
	/** How far the clock of n8n's machine is ahead of the provider's. */
	skew = 0;
	/** How often the deadline of a request has passed. */
	expired = 0;
	#timers: Timer[] = [];

	constructor(start: number) {
		this.now = start;
	}

	/** A new schedule: nothing that was held is held any longer. */
	async restart(now: number): Promise<void> {
		while (this.#timers.length > 0) {
			for (const timer of this.#timers.splice(0)) timer.fire();
			await settled();
		}
		this.now = now;
		this.skew = 0;
		this.expired = 0;
	}

	/** For the sandbox: what it holds back comes when all that is due before it has passed. */
	after(milliseconds: number, task: () => void): () => void {
		const cancel = this.#plan(milliseconds, task);
		setImmediate(() => this.#pass(milliseconds));
		return cancel;
	}

	/** For what comes by itself, while time passes for other reasons. */
	later(milliseconds: number, task: () => void): void {
		this.#plan(milliseconds, task);
	}

	/** For the node: does not wait, because nothing else would happen meanwhile. */
	async sleep(milliseconds: number): Promise<void> {
		await this.advance(milliseconds);
	}

	async advance(milliseconds: number): Promise<void> {
		const target = this.now + Math.ceil(milliseconds);
		for (let next = this.#first(); next && next.due <= target; next = this.#first()) {
			this.#fire(next);
			await settled();
		}
		this.now = Math.max(this.now, target);
	}

	deadline(milliseconds: number, signal: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			const cancel = this.#plan(milliseconds, () => {
				this.expired += 1;
				resolve();
			});
			signal.addEventListener('abort', () => {
				cancel();
				reject(signal.reason);
			});
		});
	}

	/** The node's clock. Chance and nonces come from the schedule's seed. */
	clock(random: () => number): Clock {
		let nonces = 0;
		return {
			now: () => this.now + this.skew,
			sleep: (milliseconds) => this.sleep(milliseconds),
			deadline: (milliseconds, signal) => this.deadline(milliseconds, signal),
			random,
			nonce: () =>
				`${hexadecimal(random())}${hexadecimal(random())}${String((nonces += 1)).padStart(8, '0')}`,
		};
	}

	/** Lets time pass until the held answer is due, or until the node has given up waiting for it. */
	#pass(milliseconds: number): void {
		const target = this.now + Math.ceil(milliseconds);
		const { expired } = this;
		for (
			let next = this.#first();
			next && next.due <= target && expired === this.expired;
			next = this.#first()
		)
			this.#fire(next);
	}

	#plan(milliseconds: number, fire: () => void): () => void {
		// Clocks count whole milliseconds.
		const timer = { due: this.now + Math.ceil(milliseconds), fire };
		const place = this.#timers.findIndex(({ due }) => due > timer.due);
		this.#timers.splice(place === -1 ? this.#timers.length : place, 0, timer);
		return () => {
			const index = this.#timers.indexOf(timer);
			if (index !== -1) this.#timers.splice(index, 1);
		};
	}

	#first(): Timer | undefined {
		return this.#timers[0];
	}

	#fire(timer: Timer): void {
		this.#timers.splice(this.#timers.indexOf(timer), 1);
		this.now = Math.max(this.now, timer.due);
		timer.fire();
	}
}

function hexadecimal(fraction: number): string {
	return Math.floor(fraction * 2 ** 32)
		.toString(16)
		.padStart(8, '0');
}
