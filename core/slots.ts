/** Runs work at most so many at once; what comes later waits in order. */
export function slots(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
	const queue: Array<() => void> = [];
	let free = most;
	return async (work) => {
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => queue.push(resolve));
		try {
			return await work();
		} finally {
			// The slot goes to the next in line, not back: a newcomer must not overtake.
			const next = queue.shift();
			if (next) next();
			else free += 1;
		}
	};
}
