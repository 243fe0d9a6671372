/** What makes things happen later: the machine's timers, or those of a test that simulates time. */
export interface Timers {
	/** Runs the task later. The returned function cancels it. */
	after(milliseconds: number, task: () => void): () => void;
}

export const machineTimers: Timers = {
	after(milliseconds, task) {
		const timer = setTimeout(task, milliseconds);
		// A forgotten sandbox must not keep a test process alive.
		timer.unref();
		return () => clearTimeout(timer);
	},
};

/** Makes things happen later, such as the work of banks and chains and webhook retries. `pace` makes them happen sooner. */
export class Scheduler {
	readonly #pace: number;
	readonly #timers = new Set<NodeJS.Timeout>();
	#stopped = false;

	constructor(pace: number) {
		this.#pace = pace;
	}

	/** How long the sandbox takes for so many milliseconds of the provider's time. */
	duration(milliseconds: number): number {
		return milliseconds / this.#pace;
	}

	after(milliseconds: number, task: () => void): void {
		if (this.#stopped) return;
		const timer = setTimeout(() => {
			this.#timers.delete(timer);
			task();
		}, this.duration(milliseconds));
		// A forgotten sandbox must not keep a test process alive.
		timer.unref();
		this.#timers.add(timer);
	}

	clear(): void {
		for (const timer of this.#timers) clearTimeout(timer);
		this.#timers.clear();
	}

	/** Stops for good: a webhook that is on its way must not lead to another one. */
	stop(): void {
		this.#stopped = true;
		this.clear();
	}
}
