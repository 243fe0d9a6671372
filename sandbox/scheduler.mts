/** What makes things happen later: the machine's timers, or those of a test that simulates time. */
export interface Timers {
	/** Returns what takes the task back. */
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

/** Everything that happens later (banks, chains, webhook retries); `pace` makes it happen sooner. */
export class Scheduler {
	readonly #pace: number;
	readonly #timers = new Set<NodeJS.Timeout>();
	#stopped = false;

	constructor(pace: number) {
		this.#pace = pace;
	}

	/** How long `milliseconds` of the provider's time take here. */
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

	/** For good: a webhook that is on its way must not lead to another. */
	stop(): void {
		this.#stopped = true;
		this.clear();
	}
}
