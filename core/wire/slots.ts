/** Runs at most this much work at once. Later work waits in order. */
export function slots(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
	const queue: Array<() => void> = [];
	// Whose turn is next. Removing the first entry of a long list moves all others, which takes seconds for 100,000
	// entries.
	let turn = 0;
	let free = most;
	return async (work) => {
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => queue.push(resolve));
		try {
			return await work();
		} finally {
			// The slot goes to the next in line and does not become free, so that a newcomer cannot overtake.
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
 * Works on all items, at most this many at once, and gives the results in the order of the items. After one item has
 * failed, the items that have not begun are left out, because the whole call fails.
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
		// This must run before the slot goes to the next item. The callback does not return the failed promise:
		// nobody would wait for it, and it would be reported as unhandled.
		done.catch(() => {
			failed ??= done;
		});
		return await done;
	};
	return await Promise.all(Array.from(items, (item) => inSlot(() => begin(item))));
}
