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

/**
 * Works on all items, at most so many at once, and gives the results in their order. After one that failed, those that
 * have not begun are left out: there will be no result.
 */
export async function allInSlots<Item, Result>(
	most: number,
	items: Iterable<Item>,
	work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
	const inSlot = slots(most);
	let failed: Promise<Result> | undefined;
	const begin = async (item: Item): Promise<Result> => {
		if (failed) return await failed;
		const done = work(item);
		// Before the slot goes to the next. Gives nothing back: a promise that nobody waits for would fail once more.
		done.catch(() => {
			failed ??= done;
		});
		return await done;
	};
	return await Promise.all(Array.from(items, (item) => inSlot(() => begin(item))));
}
