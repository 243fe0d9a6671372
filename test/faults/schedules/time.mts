import type { Clock } from '../../../core/clock.ts';
import type { Timers } from '../../../sandbox/index.mts';

interface Timer {
	due: number;
	fire(): void;
	isDeadline?: boolean;
	/** The answer whose bytes are held back together. */
	answer?: Held | undefined;
}

interface Held {
	/** Whether nobody waits for it any longer. It comes while time passes for others, and moves no time itself. */
	isAbandoned: boolean;
}

/** Resolves after everything that is ready to run. */
export function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/**
 * One time for the node and the sandbox. It stands still while requests are under way. It jumps when somebody waits: the
 * node between two tries, or the sandbox while it holds an answer back. So an hour costs nothing, and every run of a
 * schedule has the same times.
 */
export class SimulatedTime implements Timers {
	/** The provider's time in Unix milliseconds. */
	now: number;
	/** How far the clock of n8n's machine is ahead of the provider's. */
	skew = 0;
	/** How often the deadline of a request has passed. */
	expired = 0;
	/** How long the node has slept. */
	slept = 0;
	/** Told when the node goes to sleep. */
	onSleep: (() => void) | undefined;
	#timers: Timer[] = [];
	/** The answer of the timer that fires now. */
	#answer: Held | undefined;

	constructor(start: number) {
		this.now = start;
	}

	/** Starts a new schedule. Everything that was held back is released. */
	async restart(now: number): Promise<void> {
		while (this.#timers.length > 0) {
			for (const timer of this.#timers.splice(0)) timer.fire();
			await settled();
		}
		this.now = now;
		this.skew = 0;
		this.expired = 0;
		this.slept = 0;
		this.onSleep = undefined;
	}

	/** For the sandbox: runs the task when everything that is due earlier has passed. */
	after(milliseconds: number, task: () => void): () => void {
		const answer = this.#answer ?? { isAbandoned: false };
		const cancel = this.#plan(milliseconds, task, { answer });
		setImmediate(() => this.#pass(milliseconds, answer));
		return cancel;
	}

	/** Stops time for requests that are under way, until the returned function is called. */
	freeze(): () => void {
		const frozenAt = this.now;
		const deadlines = this.#timers.filter(({ isDeadline }) => isDeadline === true);
		this.#timers = this.#timers.filter(({ isDeadline }) => isDeadline !== true);
		return () => {
			for (const timer of deadlines) {
				timer.due += this.now - frozenAt;
				this.#insert(timer);
			}
		};
	}

	/** For the node: does not wait, because nothing else would happen meanwhile. */
	async sleep(milliseconds: number, stop?: AbortSignal): Promise<void> {
		this.onSleep?.();
		if (stop?.aborted) return;
		this.slept += milliseconds;
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
			const expire = () => {
				this.expired += 1;
				for (const { answer } of this.#timers) if (answer) answer.isAbandoned = true;
				resolve();
			};
			const cancel = this.#plan(milliseconds, expire, { isDeadline: true });
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
			sleep: (milliseconds, stop) => this.sleep(milliseconds, stop),
			deadline: (milliseconds, signal) => this.deadline(milliseconds, signal),
			random,
			nonce: () =>
				`${hexadecimal(random())}${hexadecimal(random())}${String((nonces += 1)).padStart(8, '0')}`,
		};
	}

	/** Lets time pass until the held answer is due, or until the node has given up waiting for it. */
	#pass(milliseconds: number, answer: Held): void {
		const target = this.now + Math.ceil(milliseconds);
		for (let next = this.#first(); next && next.due <= target && !answer.isAbandoned; next = this.#first())
			this.#fire(next);
	}

	#plan(milliseconds: number, fire: () => void, more: Omit<Timer, 'due' | 'fire'>): () => void {
		// Clocks count whole milliseconds.
		const timer = { due: this.now + Math.ceil(milliseconds), fire, ...more };
		this.#insert(timer);
		return () => {
			const index = this.#timers.indexOf(timer);
			if (index !== -1) this.#timers.splice(index, 1);
		};
	}

	#insert(timer: Timer): void {
		const place = this.#timers.findIndex(({ due }) => due > timer.due);
		this.#timers.splice(place === -1 ? this.#timers.length : place, 0, timer);
	}

	#first(): Timer | undefined {
		return this.#timers[0];
	}

	#fire(timer: Timer): void {
		this.#timers.splice(this.#timers.indexOf(timer), 1);
		this.now = Math.max(this.now, timer.due);
		this.#answer = timer.answer;
		timer.fire();
		this.#answer = undefined;
	}
}

function hexadecimal(fraction: number): string {
	return Math.floor(fraction * 2 ** 32)
		.toString(16)
		.padStart(8, '0');
}
