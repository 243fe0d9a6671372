/** Runs work at most so many at once; what comes later waits in order. */
export function slots(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
	const queue: Array<() => void> = [];
	// Whose turn is next. Taking the first of a long list away moves all the others: of 100,000 that takes seconds.
	let turn = 0;
	let free = most;
	return async (work) => {
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => queue.push(resolve));
		try {
			return await work();
		} finally {
			// The slot goes to the next in line, not back: a newcomer must not overtake.
			const next = queue[turn];
			if (next) {
				turn += 1;
				next();
			} else {
				free += 1;
				queue.length = 0;
				turn = 0;
			}
		}
	};
}
